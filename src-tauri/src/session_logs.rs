use crate::failure::Failure;
use crate::state::lock;
use cueline_calls::{
    KeyState, KeyStore, Passphrase, Repaired, Store, StoreError, SystemKeyStore, Unlock, key_state,
};
use cueline_events::Notice;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use ts_rs::TS;

/// Where the passphrase is looked for before anybody is asked.
const VARIABLE: &str = "CUELINE_PASSPHRASE";

/// Whether past calls can be read and new ones kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum StoreState {
    /// They can.
    Open,
    /// Not before the passphrase is entered.
    NeedsPassphrase,
    /// Not before a passphrase is chosen: this system has no key store, and this is the first start.
    NewPassphrase,
}

/// The store of past calls, opened once.
pub(crate) struct SessionLogs {
    data_dir: PathBuf,
    store: Mutex<Option<Store>>,
}

impl SessionLogs {
    /// The store of a data folder, still closed.
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned(), store: Mutex::new(None) }
    }

    /// Opens the store if that needs nobody: with the system's key store, or with the passphrase in
    /// `CUELINE_PASSPHRASE`. Says what was repaired, or that somebody must be asked.
    ///
    /// # Errors
    /// When the key or the store can't be used.
    pub(crate) fn open(&self) -> Result<(StoreState, Vec<Notice>), Failure> {
        let mut store = lock(&self.store);
        if store.is_some() {
            return Ok((StoreState::Open, Vec::new()));
        }
        let given = std::env::var(VARIABLE).ok();
        let unlock = match (given, key_state(&self.data_dir)?) {
            (Some(passphrase), KeyState::New | KeyState::Passphrase) => {
                Unlock::Passphrase(Passphrase::from(passphrase))
            }
            (_, KeyState::System) => Unlock::system(),
            (None, KeyState::Passphrase) => return Ok((StoreState::NeedsPassphrase, Vec::new())),
            (None, KeyState::New) if SystemKeyStore.works().is_ok() => Unlock::system(),
            (None, KeyState::New) => return Ok((StoreState::NewPassphrase, Vec::new())),
        };
        match Store::open(&self.data_dir, &unlock) {
            Ok((opened, repaired)) => {
                *store = Some(opened);
                Ok((StoreState::Open, notices(&repaired)))
            }
            // The variable holds another folder's passphrase: the person at the screen may know this one's.
            Err(error @ StoreError::WrongPassphrase { .. }) => {
                Ok((StoreState::NeedsPassphrase, vec![error.notice()]))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the store with a passphrase; on the first start it becomes the store's passphrase. Says what was repaired.
    ///
    /// # Errors
    /// When it is not the passphrase, or too weak for a new store.
    pub(crate) fn unlock(&self, passphrase: String) -> Result<Vec<Notice>, Failure> {
        let mut store = lock(&self.store);
        let (opened, repaired) =
            Store::open(&self.data_dir, &Unlock::Passphrase(Passphrase::from(passphrase)))?;
        *store = Some(opened);
        Ok(notices(&repaired))
    }

    /// The open store.
    ///
    /// # Errors
    /// When it is locked.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        lock(&self.store).clone().ok_or_else(|| {
            Failure::new(
                "store_locked",
                "The session logs are locked.",
                "Enter the passphrase on the first screen.",
            )
        })
    }
}

/// What the person should know about calls that were cut off when the program or the machine stopped.
fn notices(repaired: &[Repaired]) -> Vec<Notice> {
    let told = |repair: &Repaired| {
        let (minutes, seconds) = (repair.lost_after as u64 / 60, repair.lost_after as u64 % 60);
        repair.fault.clone().unwrap_or_else(|| Notice {
            code: "call_repaired".to_owned(),
            message: format!(
                "A call was cut off when Cueline stopped. Its log is whole up to {minutes}:{seconds:02}."
            ),
            what_to_do: "You can read it among the past calls.".to_owned(),
        })
    };
    repaired.iter().map(told).collect()
}
