//! Who may do what with the session logs, and who did.
//!
//! A role needs a passphrase once the team lead has set one. [`Acting`] is somebody at work in a role that was checked:
//! the heads reach calls through it alone, so what a role may not do is refused here, whatever a page offers. What is done
//! goes into the access log, each row sealed to the one before.
//!
//! A passphrase holds whoever uses Cueline. It does not hold who has the folder's key and reads the database with a
//! program of their own; what such a program changes in the log, `verify` finds.

mod access_error;
mod access_kind;
mod acting;
mod actor;
mod entry;
mod log;
mod log_writer;
pub(crate) mod passphrases;
mod patience;
mod recovery_code;
mod right;
mod taken_in;
mod verifier;

pub use access_error::AccessError;
pub use access_kind::AccessKind;
pub use acting::{Acting, TakenOut};
pub use actor::Actor;
pub(crate) use entry::NewAccess;
pub use entry::{AccessEntry, AccessFilter};
pub(crate) use log::{follow, insert, read};
pub(crate) use log_writer::LogWriter;
pub use passphrases::Guard;
pub use recovery_code::RecoveryCode;
pub use taken_in::TakenIn;
