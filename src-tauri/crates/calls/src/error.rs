use crate::{AccessError, ImportFault};
use std::path::{Path, PathBuf};

/// Why the session logs could not be opened, written or read.
///
/// Every message names the place; [`StoreError::what_to_do`] names the remedy. No message carries a word of a call.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The passphrase does not open this folder's key.
    #[error("the passphrase does not open the session logs in {}", dir.display())]
    WrongPassphrase {
        /// The data folder.
        dir: PathBuf,
    },
    /// The passphrase is too short to protect anything.
    #[error("the passphrase for the session logs in {} has fewer than {least} characters", dir.display())]
    WeakPassphrase {
        /// The data folder.
        dir: PathBuf,
        /// The least number of characters.
        least: usize,
    },
    /// The folder's key is kept under a passphrase, and none was given.
    #[error("the session logs in {} are kept under a passphrase", dir.display())]
    PassphraseNeeded {
        /// The data folder.
        dir: PathBuf,
    },
    /// The folder's key is kept in the system's key store, and a passphrase was given.
    #[error("the key to the session logs in {} is in the system's key store, not under a passphrase", dir.display())]
    KeyStoreNeeded {
        /// The data folder.
        dir: PathBuf,
    },
    /// The system's key store is locked, missing or refuses.
    #[error("the system's key store cannot be used: {reason}")]
    KeyStore {
        /// What the key store said.
        reason: String,
    },
    /// The system's key store works but does not hold this folder's key.
    #[error("the system's key store holds no key that opens the session logs in {}", dir.display())]
    KeyGone {
        /// The data folder.
        dir: PathBuf,
    },
    /// The file that says how the key is kept cannot be read as one.
    #[error("the key file {} is damaged: {reason}", file.display())]
    KeysDamaged {
        /// The key file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There are session logs, but not the file that says how their key is kept.
    #[error("the key file {} is missing", file.display())]
    KeysMissing {
        /// Where the key file should be.
        file: PathBuf,
    },
    /// There is a key, but the session logs that it opens are gone.
    #[error("the session logs {} are missing", file.display())]
    StoreMissing {
        /// Where the store should be.
        file: PathBuf,
    },
    /// The file opens, but it is not Cueline's.
    #[error("{} is not a store of session logs", file.display())]
    NotAStore {
        /// The file.
        file: PathBuf,
    },
    /// A newer Cueline wrote this store.
    #[error("{} was written by a newer Cueline (schema {found}; this one knows {known})", file.display())]
    Newer {
        /// The store.
        file: PathBuf,
        /// The schema it has.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// Bytes of a file were changed or lost.
    #[error("{} is damaged: {reason}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The disk that holds the data folder is full.
    #[error("the disk with {} is full", path.display())]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// The data folder may not be written.
    #[error("{} cannot be written", path.display())]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// Another program holds the store for longer than a write takes.
    #[error("{} is in use by another program", file.display())]
    Busy {
        /// The store.
        file: PathBuf,
    },
    /// More was waiting to be written than memory is set aside for.
    #[error("the log of call {call} could not be written for so long that {lost} events were dropped")]
    Dropped {
        /// The call.
        call: String,
        /// How many.
        lost: u64,
    },
    /// More audio was waiting for its words than memory is set aside for.
    #[error(
        "the transcript was so far behind that {seconds} seconds of the recording were left out, as nobody knew what was said in them"
    )]
    Unjudged {
        /// How many so far.
        seconds: u64,
    },
    /// No call has this id.
    #[error("there is no call `{id}`")]
    NoSuchCall {
        /// The id as it was given.
        id: String,
    },
    /// More than one call's id begins so.
    #[error("more than one call's id begins with `{prefix}`")]
    AmbiguousCall {
        /// The beginning as it was given.
        prefix: String,
    },
    /// The call is still running.
    #[error("the call {id} is still running")]
    StillRunning {
        /// The call.
        id: String,
    },
    /// The call has no improved transcript.
    #[error("the call {id} has no improved transcript")]
    NotImproved {
        /// The call.
        id: String,
    },
    /// The call was not recorded, or its recording is gone.
    #[error("the call {id} has no recording")]
    NoRecording {
        /// The call.
        id: String,
    },
    /// The call is under legal hold.
    #[error("the call {id} is under legal hold")]
    LegalHold {
        /// The call.
        id: String,
    },
    /// Something that a person said of a call is incomplete.
    #[error("{what}")]
    Incomplete {
        /// What is missing or wrong.
        what: String,
    },
    /// Somebody may not do that.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// An exported call is not brought in.
    #[error("{}: {fault}", file.display())]
    Import {
        /// The export.
        file: PathBuf,
        /// Why not.
        fault: ImportFault,
    },
    /// A value handed in by another room does not fit.
    #[error("{what}")]
    Unfit {
        /// What does not fit.
        what: String,
    },
    /// The system could not read or write a file.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database could not do what was asked.
    #[error("{}: {source}", file.display())]
    Database {
        /// The store.
        file: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// A stable name for scripts, notices and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongPassphrase { .. } => "wrong_passphrase",
            Self::WeakPassphrase { .. } => "weak_passphrase",
            Self::PassphraseNeeded { .. } => "passphrase_needed",
            Self::KeyStoreNeeded { .. } => "key_store_needed",
            Self::KeyStore { .. } => "key_store",
            Self::KeyGone { .. } => "key_gone",
            Self::KeysDamaged { .. } => "keys_damaged",
            Self::KeysMissing { .. } => "keys_missing",
            Self::StoreMissing { .. } => "store_missing",
            Self::NotAStore { .. } => "not_a_store",
            Self::Newer { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::DiskFull { .. } => "disk_full",
            Self::ReadOnly { .. } => "read_only",
            Self::Busy { .. } => "store_busy",
            Self::Dropped { .. } => "log_dropped",
            Self::Unjudged { .. } => "recording_left_out",
            Self::NoSuchCall { .. } => "no_such_call",
            Self::AmbiguousCall { .. } => "ambiguous_call",
            Self::StillRunning { .. } => "still_running",
            Self::NotImproved { .. } => "not_improved",
            Self::NoRecording { .. } => "no_recording",
            Self::LegalHold { .. } => "legal_hold",
            Self::Incomplete { .. } => "incomplete",
            Self::Access(error) => error.code(),
            Self::Import { fault, .. } => fault.code(),
            Self::Unfit { .. } => "unfit",
            Self::File { .. } => "file",
            Self::Database { .. } => "database",
        }
    }

    /// The remedy, in one sentence.
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::WrongPassphrase { .. } => "Enter the passphrase that was chosen for this folder.",
            Self::WeakPassphrase { .. } => "Choose a longer passphrase, for example five random words.",
            Self::PassphraseNeeded { .. } => "Enter the passphrase, or set CUELINE_PASSPHRASE.",
            Self::KeyStoreNeeded { .. } => "Open the folder without a passphrase.",
            Self::KeyStore { .. } => {
                "Unlock the system's key store and try again; on a machine without one, choose a passphrase."
            }
            Self::KeyGone { .. } => {
                "Sign in as the user who made these logs, or restore the key store from a backup; nothing was changed."
            }
            Self::KeysDamaged { .. } | Self::KeysMissing { .. } => {
                "Restore this file from a backup; the logs are whole and open again with it."
            }
            Self::StoreMissing { .. } => {
                "Restore this file from a backup, or choose another data folder to begin with empty logs."
            }
            Self::NotAStore { .. } => "Move this file away, or choose another data folder.",
            Self::Newer { .. } => "Update Cueline on this machine; nothing was changed.",
            Self::Damaged { .. } => "Keep a copy of this file, then restore it from a backup.",
            Self::DiskFull { .. } => "Free some space; what is waiting in memory is written then.",
            Self::ReadOnly { .. } => {
                "Give your user the right to write there, or choose another data folder."
            }
            Self::Busy { .. } => "Close the other program and try again.",
            Self::Dropped { .. } => "Free some space or repair the disk; the rest of the call is kept.",
            Self::Unjudged { .. } => {
                "Close other programs or choose a smaller speech model; the transcript goes on."
            }
            Self::NoSuchCall { .. } => "List the calls to see their ids.",
            Self::AmbiguousCall { .. } => "Give more of the id.",
            Self::StillRunning { .. } => "End the call first.",
            Self::NotImproved { .. } => "Make one with `cueline calls improve`, or read the live transcript.",
            Self::NoRecording { .. } => "Its live transcript is all there is; later calls can be recorded.",
            Self::LegalHold { .. } => "Ask whoever placed the hold; the call can go once it is lifted.",
            Self::Incomplete { .. } => "Complete it and try again; nothing was kept.",
            Self::Access(error) => error.what_to_do(),
            Self::Import { fault, .. } => fault.what_to_do(),
            Self::Unfit { .. } => "Report this fault: one part of Cueline handed another something wrong.",
            Self::File { .. } => "See whether the file and its folder exist and may be read.",
            // A full disk, a folder that may not be written: the database does not say which.
            Self::Database { source, .. }
                if source.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) =>
            {
                "See whether the disk has space left and whether you may write in that folder."
            }
            Self::Database { .. } => "Try again; if it stays, report this message.",
        }
    }

    /// A file operation's error, told apart by what the person can do about it.
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let path = path.to_path_buf();
        match source.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull { path },
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::File { path, source },
        }
    }

    /// A database operation's error, told apart by what the person can do about it.
    pub(crate) fn database(file: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let file = file.to_path_buf();
        match source.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull { path: file },
            // The write-ahead log's index could not grow, which no error code of its own tells from a full disk.
            Some(Code::SystemIoFailure) if extended(&source) == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => {
                Self::DiskFull { path: file }
            }
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly { path: file },
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy { file },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
                Self::Damaged { file, reason: "a page does not carry its seal".to_owned() }
            }
            _ => Self::Database { file, source },
        }
    }

    /// Whether an import failed for its own file alone, so that others may still be imported.
    pub fn is_of_one_file(&self) -> bool {
        matches!(self, Self::Import { .. } | Self::StillRunning { .. } | Self::File { .. })
    }

    /// The sentence and the remedy as the notice that a window or a terminal shows.
    pub fn notice(&self) -> cueline_events::Notice {
        cueline_events::Notice {
            code: self.code().to_owned(),
            message: self.to_string(),
            what_to_do: self.what_to_do().to_owned(),
        }
    }
}

fn extended(error: &rusqlite::Error) -> i32 {
    error.sqlite_error().map_or(0, |error| error.extended_code)
}

#[cfg(test)]
mod tests {
    use super::StoreError;
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    #[test]
    fn the_system_s_errors_are_told_apart_by_their_remedy() {
        for (kind, code) in [
            (ErrorKind::StorageFull, "disk_full"),
            (ErrorKind::QuotaExceeded, "disk_full"),
            (ErrorKind::PermissionDenied, "read_only"),
            (ErrorKind::ReadOnlyFilesystem, "read_only"),
            (ErrorKind::NotFound, "file"),
        ] {
            let error = StoreError::file(Path::new("/data/keys.json"), Error::from(kind));
            assert_eq!(error.code(), code);
            assert!(error.to_string().contains("/data/keys.json"), "{error}");
        }
    }
}
