use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody did with the session logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum AccessKind {
    /// Opened a call.
    CallOpened,
    /// Played a call's recording.
    RecordingPlayed,
    /// Searched; for what is not kept.
    Searched,
    /// Compared the points that reviewers gave.
    ScoresCompared,
    /// Wrote a call to a file.
    Exported,
    /// Brought a call in that was exported elsewhere.
    Imported,
    /// Deleted a call.
    Deleted,
    /// Deleted a call's recording.
    RecordingDeleted,
    /// Put a call under legal hold.
    Held,
    /// Lifted a legal hold.
    HoldLifted,
    /// Put other retention rules in force.
    RetentionChanged,
    /// Took up a role with its passphrase.
    SignedIn,
    /// Gave a wrong passphrase for a role.
    WrongPassphrase,
    /// Set a role's passphrase.
    PassphraseSet,
    /// Took the roles' passphrases away.
    PassphrasesRemoved,
}
