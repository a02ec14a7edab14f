use crate::failure::Failure;
use crate::state::lock;
use cueline_events::Notice;
use cueline_live::{ENGINE, SharedDecoder};
use cueline_models::{AdvisedModel, FetchOptions, Machine, ModelFolder, ModelState, Progress, Speeds, Suits};
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

/// The model that calls are transcribed with, loaded once: the chosen one, or the one that suits this machine.
pub(crate) struct SpeechModel {
    folder: ModelFolder,
    /// What was measured on this machine.
    speeds: Mutex<Speeds>,
    /// What the person chose.
    chosen: Mutex<Option<String>>,
    loaded: Mutex<Option<(String, SharedDecoder)>>,
}

impl SpeechModel {
    /// The models of a data folder; nothing is loaded yet.
    pub(crate) fn new(data_dir: &Path) -> Self {
        let speeds = Speeds::load(data_dir, Machine::this(ENGINE));
        Self {
            folder: ModelFolder::new(data_dir),
            speeds: Mutex::new(speeds),
            chosen: Mutex::default(),
            loaded: Mutex::new(None),
        }
    }

    /// Which model calls use from now on; `None` leaves it to what was measured. It is loaded when it is needed.
    pub(crate) fn choose(&self, id: Option<&str>) {
        *lock(&self.chosen) = id.map(str::to_owned);
    }

    /// Every model with what is known of it on this machine.
    pub(crate) fn list(&self) -> Vec<AdvisedModel> {
        self.folder.advised(&lock(&self.speeds))
    }

    /// Measures a model unless that was done on this machine before, and says whether there is a figure now. One that
    /// was taken while the machine was busy, or in a call by what `in_call` says, is not kept.
    ///
    /// # Errors
    /// When the model can't be used or the figure can't be written.
    pub(crate) fn measure_once(&self, id: &str, in_call: impl Fn() -> bool) -> Result<bool, Failure> {
        let disturbed = || in_call() || Machine::is_busy();
        if lock(&self.speeds).measured(id).is_some() {
            return Ok(true);
        }
        if disturbed() {
            return Ok(false);
        }
        let loaded = lock(&self.loaded).clone().filter(|(loaded, _)| loaded == id);
        let decoder = match loaded {
            Some((_, decoder)) => decoder,
            None => cueline_live::load_model(&self.folder.path(id)?, id)?,
        };
        let seconds = cueline_live::measure(&decoder)?;
        if disturbed() {
            return Ok(false);
        }
        tracing::info!(model = id, seconds, "a look at three seconds of speech was measured");
        lock(&self.speeds).keep(id, seconds)?;
        Ok(true)
    }

    /// What the person should know when calls use another model than the one that suits this machine, and nobody
    /// chose it.
    pub(crate) fn remark(&self) -> Option<Notice> {
        let used = self.id();
        if lock(&self.chosen).is_some() || !self.folder.ready(&used) {
            return None;
        }
        let recommended = self.list().into_iter().find(|one| one.advice.suits == Suits::Recommended)?;
        // A guess from another model's figure is no reason to ask anybody for a download.
        let measured = lock(&self.speeds).measured(&used).is_some() && used == self.folder.default_id();
        (recommended.model.id != used && measured).then(|| Notice {
            code: "model_slow".to_owned(),
            message: format!(
                "The speech model {used} falls behind on this machine: {}.",
                recommended.advice.why
            ),
            what_to_do: format!("Download {} in the settings.", recommended.model.id),
        })
    }

    /// Which model calls would use, and whether it is there.
    pub(crate) fn state(&self) -> SpeechModelState {
        let id = self.id();
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
        let id = self.id();
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

    /// The chosen model while its file is there; otherwise the one that suits this machine, or whichever is there.
    pub(crate) fn id(&self) -> String {
        let chosen = lock(&self.chosen).clone();
        chosen
            .filter(|id| self.folder.ready(id))
            .unwrap_or_else(|| self.folder.for_calls(&lock(&self.speeds)))
    }
}
