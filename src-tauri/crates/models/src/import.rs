//! Taking a model file that is already on this computer into the folder.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::catalog::is_id;
use crate::fingerprint::FingerprintWriter;
use crate::ggml_file::TensorKind;
use crate::imported_model::ImportedModel;
use crate::inspect::{Inspection, inspect};
use crate::progress::{Stage, StageProgress};
use crate::quantise::quantise;
use crate::{Catalog, Fingerprint, Model, ModelError, Weights};

/// Copies `file` into `folder` once it is seen to be a whole model; the name it got.
///
/// Without `id`, a file that the catalogue knows gets its name there, and any other one made of its size. A catalogue name
/// is given only to a file with its SHA-256, or to the 16-bit file that becomes it when quantised.
pub(crate) fn import(
    folder: &Path,
    catalog: &Catalog,
    file: &Path,
    id: Option<&str>,
) -> Result<String, ModelError> {
    let inspection = inspect(file)?;
    let (copy, size, sha256) = copy_into(folder, file)?;
    let by_hash = catalog.models().iter().find(|m| m.sha256 == sha256);
    let named = id.and_then(|id| catalog.find(id));
    let (id, copy) = match (id, named, by_hash) {
        (_, Some(model), Some(same)) if model.id == same.id => (model.id.clone(), copy),
        (_, Some(model), _) => (model.id.clone(), quantised(folder, file, model, &inspection, by_hash)?),
        (None, _, Some(model)) => (model.id.clone(), copy),
        (Some(id), None, _) => (id.to_owned(), copy),
        (None, _, None) => (format!("imported-{}", inspection.name()), copy),
    };
    if !is_id(&id) {
        return Err(ModelError::BadId { id });
    }
    let path = folder.join(format!("{id}.bin"));
    let is_new = catalog.find(&id).is_none();
    if is_new && path.exists() && ImportedModel::read(folder, &id).is_some_and(|known| known.sha256 != sha256)
    {
        return Err(ModelError::NameTaken { id });
    }
    copy.as_file().sync_all().map_err(ModelError::io("writing", &path))?;
    copy.persist(&path).map_err(|e| ModelError::io("renaming", &path)(e.error))?;
    if is_new {
        let languages = vec![if inspection.sizes.is_english_only() { "en" } else { "mul" }.to_owned()];
        ImportedModel { name: inspection.name(), size, sha256, languages }.write(folder, &id)?;
    }
    Ok(id)
}

fn copy_into(folder: &Path, file: &Path) -> Result<(NamedTempFile, u64, Fingerprint), ModelError> {
    let mut from = File::open(file).map_err(ModelError::io("reading", file))?;
    let copy = temporary(folder)?;
    let mut writer = FingerprintWriter::new(copy);
    io::copy(&mut from, &mut writer).map_err(ModelError::io("copying", file))?;
    writer.flush().map_err(ModelError::io("copying", file))?;
    Ok(writer.finish())
}

/// The file quantised, when that makes it the wanted model.
fn quantised(
    folder: &Path,
    file: &Path,
    model: &Model,
    inspection: &Inspection,
    by_hash: Option<&Model>,
) -> Result<NamedTempFile, ModelError> {
    let other = || ModelError::OtherModel {
        path: file.to_owned(),
        id: model.id.clone(),
        found: by_hash
            .map_or_else(|| format!("an unknown model of the kind {}", inspection.name()), |m| m.id.clone()),
    };
    if inspection.kind != TensorKind::F16 || model.weights != Weights::Q8_0 {
        return Err(other());
    }
    let made = temporary(folder)?;
    quantise(file, made.path(), &mut |_| ())?;
    let found = Fingerprint::of_file(
        made.path(),
        &mut StageProgress::begin(&mut |_| (), Stage::Checking, 0, model.size),
    )?;
    if found == model.sha256 { Ok(made) } else { Err(other()) }
}

/// A file that disappears by itself unless it is given a name.
fn temporary(folder: &Path) -> Result<NamedTempFile, ModelError> {
    NamedTempFile::with_prefix_in("import-", folder).map_err(ModelError::io("writing", folder))
}
