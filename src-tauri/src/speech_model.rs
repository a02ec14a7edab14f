use crate::failure::Failure;
use crate::state::lock;
use cueline_live::SharedDecoder;
use cueline_models::{FetchOptions, ModelFolder, ModelState, Progress};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use ts_rs::TS;

/// Whether calls can be transcribed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub(crate) struct SpeechModelState {
    /// The model's id, for example `base-q8_0`.
    id: String,
    /// Whether its file is there.
    state: Readiness,
    /// What a download of it costs, in megabytes.
    size_mb: u32,
}

/// Whether a model's file can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub(crate) enum Readiness {
    /// It can.
    Ready,
    /// It is not there, or only in part.
    Missing,
    /// It is there and damaged.
    Broken,
}

/// The model that calls are transcribed with: the best one in the data folder, loaded once.
pub(crate) struct SpeechModel {
    folder: ModelFolder,
    loaded: Mutex<Option<(String, SharedDecoder)>>,
}

impl SpeechModel {
    /// The models of a data folder; nothing is loaded yet.
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { folder: ModelFolder::new(data_dir), loaded: Mutex::new(None) }
    }

    /// Which model calls would use, and whether it is there.
    pub(crate) fn state(&self) -> SpeechModelState {
        let id = self.best_id();
        let listed = self.folder.list().into_iter().find(|model| model.id == id);
        let state = match listed.as_ref().map(|model| model.state) {
            Some(ModelState::Ready) => Readiness::Ready,
            Some(ModelState::Broken { .. }) => Readiness::Broken,
            Some(ModelState::Missing | ModelState::Partial { .. }) | None => Readiness::Missing,
        };
        let size_mb =
            listed.map_or(0, |model| u32::try_from(model.size.div_ceil(1_000_000)).unwrap_or(u32::MAX));
        SpeechModelState { id, state, size_mb }
    }

    /// The loaded model; the first time this takes as long as reading the file.
    ///
    /// # Errors
    /// When no model is there, or its file can't be used.
    pub(crate) fn load(&self) -> Result<SharedDecoder, Failure> {
        let mut loaded = lock(&self.loaded);
        let id = self.best_id();
        if let Some((ready, decoder)) = &*loaded
            && *ready == id
        {
            return Ok(SharedDecoder::clone(decoder));
        }
        let decoder = cueline_live::load_model(&self.folder.path(&id)?, &id)?;
        tracing::info!(model = id, "speech model loaded");
        *loaded = Some((id, SharedDecoder::clone(&decoder)));
        Ok(decoder)
    }

    /// The model for the pass after a call, and its file: the most accurate one in the data folder.
    ///
    /// # Errors
    /// When no model is there.
    pub(crate) fn most_accurate(&self) -> Result<(String, PathBuf), Failure> {
        let id = self.folder.most_accurate_here().unwrap_or_else(|| self.folder.default_id().to_owned());
        let file = self.folder.path(&id)?;
        Ok((id, file))
    }

    /// Downloads a model and makes it ready. The only thing in the app that uses the network.
    ///
    /// # Errors
    /// When no source could be reached, the disk is full, or what arrived is not the model.
    pub(crate) fn fetch(&self, id: &str, progress: &mut dyn FnMut(Progress)) -> Result<(), Failure> {
        self.folder.fetch(id, &FetchOptions::default(), progress)?;
        Ok(())
    }

    /// The default model; where only another one was fetched, that.
    fn best_id(&self) -> String {
        let default = self.folder.default_id();
        if self.folder.ready(default) {
            return default.to_owned();
        }
        let ready = self.folder.list().into_iter().find(|model| model.state == ModelState::Ready);
        ready.map_or_else(|| default.to_owned(), |model| model.id)
    }
}
