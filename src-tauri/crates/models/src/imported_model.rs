use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::{Fingerprint, ModelError};

/// What is remembered about an imported model that the catalogue does not know: `ID.toml` beside `ID.bin`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ImportedModel {
    /// Size and storage as its header states them, such as `base.en-q5_1`.
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: Fingerprint,
    pub(crate) languages: Vec<String>,
}

impl ImportedModel {
    /// What is remembered under that name, if anything readable is.
    pub(crate) fn read(folder: &Path, id: &str) -> Option<Self> {
        toml::from_str(&fs::read_to_string(folder.join(format!("{id}.toml"))).ok()?).ok()
    }

    /// All that are remembered, with their names, in order of name.
    pub(crate) fn read_all(folder: &Path) -> Vec<(String, Self)> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut models: Vec<(String, Self)> = entries
            .filter_map(|entry| {
                let id = entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned();
                let model = Self::read(folder, &id)?;
                Some((id, model))
            })
            .collect();
        models.sort_by(|a, b| a.0.cmp(&b.0));
        models
    }

    pub(crate) fn write(&self, folder: &Path, id: &str) -> Result<(), ModelError> {
        let path = folder.join(format!("{id}.toml"));
        let text = toml::to_string(self).map_err(|e| ModelError::Catalog { what: e.to_string() })?;
        let mut file = NamedTempFile::new_in(folder).map_err(ModelError::io("writing", &path))?;
        file.write_all(text.as_bytes()).map_err(ModelError::io("writing", &path))?;
        file.persist(&path).map_err(|e| ModelError::io("renaming", &path)(e.error))?;
        Ok(())
    }
}
