use std::fs;
use std::path::{Path, PathBuf};

use crate::fetch::{FetchOptions, fetch};
use crate::import::import;
use crate::imported_model::ImportedModel;
use crate::progress::{Progress, Stage, StageProgress};
use crate::{Advice, AdvisedModel, Catalog, Fingerprint, ListedModel, Model, ModelError, ModelState, Speeds};

/// The models on this computer: `models/` in the user's data folder, one file `ID.bin` for each.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    folder: PathBuf,
    catalog: Catalog,
}

impl ModelFolder {
    /// The folder below `data_dir`, with the built-in catalogue. Nothing is read or created yet.
    pub fn new(data_dir: impl AsRef<Path>) -> Self {
        Self::with_catalog(data_dir, Catalog::built_in())
    }

    /// The folder below `data_dir`, with another catalogue.
    pub fn with_catalog(data_dir: impl AsRef<Path>, catalog: Catalog) -> Self {
        Self { folder: data_dir.as_ref().join("models"), catalog }
    }

    /// The name of the model to use when none is chosen.
    pub fn default_id(&self) -> &str {
        self.catalog.default_id()
    }

    /// What is known about the models that can be fetched.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Every model of the catalogue, then those imported besides. Looks at sizes only.
    pub fn list(&self) -> Vec<ListedModel> {
        let known = self.catalog.models().iter().map(|model| ListedModel {
            id: model.id.clone(),
            about: model.about.clone(),
            size: model.size,
            sha256: model.sha256,
            weights: Some(model.weights),
            licence: Some(model.licence.clone()),
            languages: model.languages.clone(),
            is_default: model.id == self.default_id(),
            state: self.state(&model.id, model.size),
        });
        let imported = ImportedModel::read_all(&self.folder);
        let unknown = imported.into_iter().filter(|(id, _)| self.catalog.find(id).is_none());
        let unknown = unknown.map(|(id, model)| ListedModel {
            about: format!("Imported from a file; of the kind {}.", model.name),
            size: model.size,
            sha256: model.sha256,
            weights: None,
            licence: None,
            languages: model.languages,
            is_default: false,
            state: self.state(&id, model.size),
            id,
        });
        known.chain(unknown).collect()
    }

    /// The same list, with what is known of each model on this computer.
    pub fn advised(&self, speeds: &Speeds) -> Vec<AdvisedModel> {
        let advised = |model: ListedModel| AdvisedModel { advice: Advice::on(speeds, &model.id), model };
        self.list().into_iter().map(advised).collect()
    }

    /// The model for calls when none was chosen: the recommended one; where only others are here, the first of them.
    pub fn for_calls(&self, speeds: &Speeds) -> String {
        let recommended = crate::advice::recommended(speeds);
        if self.ready(recommended) {
            return recommended.to_owned();
        }
        let ready = self.list().into_iter().find(|model| model.state == ModelState::Ready);
        ready.map_or_else(|| recommended.to_owned(), |model| model.id)
    }

    /// The most accurate model that can be used now, however slow it is: the one with the largest file.
    pub fn most_accurate_here(&self) -> Option<String> {
        let ready = self.list().into_iter().filter(|model| model.state == ModelState::Ready);
        ready.max_by_key(|model| model.size).map(|model| model.id)
    }

    /// Whether the model's file is there in its right size. Cheap: [`verify`](Self::verify) reads the whole file.
    pub fn ready(&self, id: &str) -> bool {
        self.path(id).is_ok()
    }

    /// The model's file, for loading.
    ///
    /// # Errors
    /// When the name is unknown, or the file is missing or has another size; the error names the command that helps.
    pub fn path(&self, id: &str) -> Result<PathBuf, ModelError> {
        let (size, _) = self.expected(id)?;
        let (id, path) = (id.to_owned(), self.file(id));
        match fs::metadata(&path).map(|meta| meta.len()) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(ModelError::Missing { id, path }),
            Err(e) => Err(ModelError::io("reading", &path)(e)),
            Ok(at) if at < size => Err(ModelError::Truncated { id, path, at, size }),
            Ok(found) if found > size => Err(ModelError::TooLong { id, path, found, size }),
            Ok(_) => Ok(path),
        }
    }

    /// Reads the model's whole file and compares its SHA-256, which it returns.
    ///
    /// # Errors
    /// Says what is wrong: unknown, missing, cut at which byte, too long, or other contents.
    pub fn verify(&self, id: &str) -> Result<Fingerprint, ModelError> {
        let path = self.path(id)?;
        let (size, expected) = self.expected(id)?;
        let found =
            Fingerprint::of_file(&path, &mut StageProgress::begin(&mut |_| (), Stage::Checking, 0, size))?;
        if found != expected {
            return Err(ModelError::WrongHash {
                what: path.display().to_string(),
                expected,
                found,
                id: id.to_owned(),
            });
        }
        Ok(found)
    }

    /// Gets a model of the catalogue and returns its file. Does nothing when a sound one is there already.
    ///
    /// Blocks until it is done. What a broken download brought is kept, and the next fetch goes on from it. A file under the
    /// model's name is always whole and checked.
    ///
    /// # Errors
    /// When every source failed; the error says why each did, and which other ways there are.
    pub fn fetch(
        &self,
        id: &str,
        options: &FetchOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<PathBuf, ModelError> {
        let model = self.catalog.find(id).ok_or_else(|| self.unknown(id))?;
        let path = self.file(id);
        if self.verify(id).is_ok() {
            return Ok(path);
        }
        self.create()?;
        fetch(model, &path, &self.folder.join("fetch.lock"), options, progress)?;
        Ok(path)
    }

    /// Copies a whisper.cpp model file into the folder and returns the name under which it can be used.
    ///
    /// Without `id` the file gets the name by which the catalogue knows its contents, or one made of its size. With the `id`
    /// of a q8_0 model of the catalogue, that model's 16-bit file is taken too, and quantised.
    ///
    /// # Errors
    /// When the file is not a whole Whisper model, or not the one that `id` names.
    pub fn import(&self, file: &Path, id: Option<&str>) -> Result<String, ModelError> {
        self.create()?;
        import(&self.folder, &self.catalog, file, id)
    }

    fn create(&self) -> Result<(), ModelError> {
        fs::create_dir_all(&self.folder).map_err(ModelError::io("creating", &self.folder))
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.bin"))
    }

    fn expected(&self, id: &str) -> Result<(u64, Fingerprint), ModelError> {
        if let Some(Model { size, sha256, .. }) = self.catalog.find(id) {
            return Ok((*size, *sha256));
        }
        let imported = crate::catalog::is_id(id).then(|| ImportedModel::read(&self.folder, id)).flatten();
        imported.map(|model| (model.size, model.sha256)).ok_or_else(|| self.unknown(id))
    }

    fn unknown(&self, id: &str) -> ModelError {
        let known = self.list().into_iter().map(|model| model.id).collect();
        ModelError::Unknown { id: id.to_owned(), known }
    }

    fn state(&self, id: &str, size: u64) -> ModelState {
        let bytes = |path: &Path| fs::metadata(path).map(|meta| meta.len()).ok();
        match (bytes(&self.file(id)), bytes(&self.file(id).with_extension("part"))) {
            (Some(found), _) if found == size => ModelState::Ready,
            (_, Some(done)) if done > 0 => ModelState::Partial { done },
            (Some(found), _) => ModelState::Broken { found },
            (None, _) => ModelState::Missing,
        }
    }
}
