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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::convert::convert;
    use crate::{ModelFolder, ModelState, synthetic};

    struct Case {
        data: tempfile::TempDir,
        folder: ModelFolder,
        f16: PathBuf,
    }

    /// A folder whose catalogue knows the synthetic model as `small-q8_0` and, where wanted, `small-f16`.
    fn case(knows_f16: bool) -> Case {
        let data = tempfile::tempdir().unwrap();
        let [ct2, tokens, f16] =
            ["model.bin", "vocabulary.txt", "f16.bin"].map(|name| data.path().join(name));
        std::fs::write(&ct2, synthetic::model_bin(&synthetic::variables())).unwrap();
        std::fs::write(&tokens, synthetic::vocabulary_txt()).unwrap();
        convert(&ct2, &tokens, &f16, &mut |_| ()).unwrap();
        let model = |id: &str, weights: &str, size: u64, sha256: &str| {
            format!(
                "[[model]]\nid = \"{id}\"\nabout = \"\"\nsize = {size}\nsha256 = \"{sha256}\"\nweights = \"{weights}\"\n\
                 licence = \"MIT\"\nlanguages = [\"en\"]\n[[model.source]]\nvia = \"url\"\nurl = \"http://localhost/\"\n"
            )
        };
        let mut catalog = "default = \"small-q8_0\"\n".to_owned();
        catalog += &model("small-q8_0", "q8_0", 141_467, synthetic::Q8_0_SHA256);
        if knows_f16 {
            catalog += &model("small-f16", "f16", 181_067, synthetic::F16_SHA256);
        }
        let folder = ModelFolder::with_catalog(data.path(), Catalog::parse(&catalog).unwrap());
        Case { data, folder, f16 }
    }

    #[test]
    fn a_known_file_gets_its_name_by_its_contents() {
        let Case { folder, f16, data: _data } = case(true);
        assert_eq!(folder.import(&f16, None).unwrap(), "small-f16");
        assert!(folder.verify("small-f16").is_ok());
        assert!(f16.exists(), "the original stays where it is");
    }

    #[test]
    fn the_16_bit_file_of_a_q8_0_model_is_quantised() {
        for knows_f16 in [true, false] {
            let Case { folder, f16, data: _data } = case(knows_f16);
            assert_eq!(folder.import(&f16, Some("small-q8_0")).unwrap(), "small-q8_0");
            assert_eq!(folder.verify("small-q8_0").unwrap().to_string(), synthetic::Q8_0_SHA256);
        }
    }

    #[test]
    fn a_name_of_the_catalogue_is_given_only_to_its_own_file() {
        let Case { folder, f16, data: _data } = case(true);
        folder.import(&f16, Some("small-q8_0")).unwrap();
        let q8_0 = folder.path("small-q8_0").unwrap();
        let error = folder.import(&q8_0, Some("small-f16")).unwrap_err().to_string();
        assert!(error.contains("is not small-f16, it is small-q8_0"), "{error}");

        let mut other = std::fs::read(&f16).unwrap();
        *other.last_mut().unwrap() ^= 1;
        std::fs::write(&f16, other).unwrap();
        let error = folder.import(&f16, Some("small-q8_0")).unwrap_err().to_string();
        assert!(error.contains("it is an unknown model of the kind whisper2-f16"), "{error}");
        assert_eq!(
            folder.verify("small-q8_0").unwrap().to_string(),
            synthetic::Q8_0_SHA256,
            "the sound one stays"
        );
    }

    #[test]
    fn an_unknown_model_is_remembered_with_its_size_and_hash() {
        let Case { folder, f16, data: _data } = case(false);
        assert_eq!(folder.import(&f16, None).unwrap(), "imported-whisper2-f16");
        assert_eq!(folder.import(&f16, Some("ours")).unwrap(), "ours");
        let listed = folder.list();
        let ids: Vec<&str> = listed.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(ids, ["small-q8_0", "imported-whisper2-f16", "ours"]);
        assert_eq!((listed[2].state, listed[2].size), (ModelState::Ready, 181_067));
        assert_eq!(folder.verify("ours").unwrap().to_string(), synthetic::F16_SHA256);

        let path = folder.path("ours").unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[100] ^= 1;
        std::fs::write(path, bytes).unwrap();
        assert!(matches!(folder.verify("ours"), Err(ModelError::WrongHash { .. })));
    }

    #[test]
    fn a_name_is_not_taken_from_another_model() {
        let Case { folder, f16, data: _data } = case(false);
        folder.import(&f16, Some("ours")).unwrap();
        folder.import(&f16, Some("ours")).unwrap();
        let mut other = std::fs::read(&f16).unwrap();
        *other.last_mut().unwrap() ^= 1;
        std::fs::write(&f16, other).unwrap();
        assert!(matches!(folder.import(&f16, Some("ours")), Err(ModelError::NameTaken { .. })));
        assert!(matches!(folder.import(&f16, Some("../ours")), Err(ModelError::BadId { .. })));
    }

    #[test]
    fn a_file_that_is_no_model_leaves_nothing_behind() {
        let Case { data, folder, f16 } = case(true);
        let bytes = std::fs::read(&f16).unwrap();
        for broken in [&b"not a model"[..], &bytes[..bytes.len() / 2]] {
            std::fs::write(&f16, broken).unwrap();
            let error = folder.import(&f16, None).unwrap_err().to_string();
            assert!(error.contains("f16.bin cannot be used as a model: at byte"), "{error}");
        }
        assert!(matches!(folder.import(&data.path().join("nowhere.bin"), None), Err(ModelError::Io { .. })));
        assert_eq!(std::fs::read_dir(data.path().join("models")).unwrap().count(), 0);
    }
}
