use crate::commands::LabRuns;
use crate::compact::Compact;
use crate::current_call::CurrentCall;
use crate::failure::Failure;
use crate::improvements::Improvements;
use crate::level_watch::LevelWatch;
use crate::link;
use crate::requests::Requests;
use crate::seat::Seat;
use crate::session_logs::SessionLogs;
use crate::settings::Settings;
use crate::speech_model::SpeechModel;
use crate::startup::Startup;
use crate::sweeps::Sweeps;
use cueline_calls::{Acting, Actor, Role};
use cueline_events::{CallContext, Notice};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What lasts from the start of the app to its end. Commands reach it from any thread.
pub(crate) struct AppState {
    /// How the app was started.
    pub(crate) startup: Startup,
    /// Where `sample-call.wav` and `sample-call.json` lie.
    pub(crate) sample_dir: PathBuf,
    /// The call that is running, if one is.
    pub(crate) call: CurrentCall,
    /// The measuring of the chosen devices before a call.
    pub(crate) levels: LevelWatch,
    /// The store of past calls.
    pub(crate) logs: SessionLogs,
    /// The model that calls are transcribed with.
    pub(crate) model: SpeechModel,
    /// The passes over recordings after their calls.
    pub(crate) improvements: Arc<Improvements>,
    /// The runs of the replay lab.
    pub(crate) lab: LabRuns,
    /// What comes to the page from outside it.
    pub(crate) requests: Requests,
    /// The role that somebody took up with its passphrase.
    pub(crate) seat: Seat,
    /// The deletion of what is older than is kept.
    pub(crate) sweeps: Sweeps,
    /// The window's shape and places.
    pub(crate) compact: Compact,
    /// What is known before the next call, from the command line or a link at the start.
    pub(crate) context: Option<CallContext>,
    settings: Mutex<Settings>,
    notices: Mutex<Vec<Notice>>,
}

impl AppState {
    /// Reads the settings; nothing is opened or loaded yet.
    pub(crate) fn new(startup: Startup, sample_dir: PathBuf) -> Self {
        let mut notices = Vec::new();
        let settings = Settings::load(&startup.data_dir).unwrap_or_else(|error| {
            tracing::warn!(%error, "settings");
            notices.push(error.notice());
            Settings::default()
        });
        let linked = startup.link.as_deref().map(link::context);
        let context = match linked {
            Some(Ok(context)) => Some(context),
            Some(Err(failure)) => {
                notices.push(failure.into());
                None
            }
            None => startup.context.clone(),
        };
        let model = SpeechModel::new(&startup.data_dir);
        model.choose(settings.model());
        Self {
            sample_dir,
            call: CurrentCall::default(),
            levels: LevelWatch::default(),
            logs: SessionLogs::new(&startup.data_dir),
            model,
            improvements: Arc::default(),
            lab: LabRuns::default(),
            requests: Requests::default(),
            seat: Seat::default(),
            sweeps: Sweeps::default(),
            compact: Compact::new(&startup.data_dir),
            context,
            settings: Mutex::new(settings),
            notices: Mutex::new(notices),
            startup,
        }
    }

    /// Whoever is at the window, in the role that holds now: the one that was taken up with its passphrase, the agent's where
    /// roles need one, and otherwise the one in the settings.
    ///
    /// # Errors
    /// When the session logs are locked or can't be read.
    pub(crate) fn acting(&self) -> Result<Acting, Failure> {
        let store = self.logs.store()?;
        if !store.guard()?.guarded {
            self.seat.leave();
            return Ok(store.act(self.actor(self.settings().role()), None)?);
        }
        match self.seat.taken(self.settings().role_rest(), true) {
            Some((acting, _)) => Ok(acting),
            None => Ok(store.act(self.actor(Role::Agent), None)?),
        }
    }

    /// Whoever is at the window, as what is said.
    pub(crate) fn actor(&self, role: Role) -> Actor {
        Actor { name: self.settings().agent_name().to_owned(), role, machine: cueline_live::machine() }
    }

    /// The settings as they are now.
    pub(crate) fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }

    /// Keeps new settings, on disk first.
    ///
    /// # Errors
    /// When they can't be written; the old ones stay.
    pub(crate) fn keep_settings(&self, settings: Settings) -> Result<(), crate::settings::SettingsError> {
        let mut kept = lock(&self.settings);
        settings.save(&self.startup.data_dir)?;
        *kept = settings;
        self.model.choose(kept.model());
        drop(kept);
        self.improvements.wake();
        Ok(())
    }

    /// Remembers something the person at the screen should know about this start.
    pub(crate) fn tell(&self, notices: impl IntoIterator<Item = Notice>) {
        lock(&self.notices).extend(notices);
    }

    /// What there was to tell since the start.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        lock(&self.notices).clone()
    }
}

/// Locks a value. A thread that panicked while it held the lock has not left anything half done that matters here:
/// every value behind a lock of this crate is replaced whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
