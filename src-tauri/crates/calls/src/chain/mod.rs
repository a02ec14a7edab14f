//! The chain across calls: every end of a call and every deletion of a machine, each sealed to the one before.
//!
//! A call that was made elsewhere and brought in from an export is sealed when it comes, on the machine on which it came: what was
//! before then, its own ledger alone tells.
//!
//! A call's ledger tells whether its rows are whole; this chain tells whether a whole call was taken out or put in. A
//! call that is deleted as it should be leaves its seals and an entry that says who let it go. Somebody who holds the
//! folder's key and recomputes every hash is not stopped by it, and nobody can tell from the store alone that its newest
//! calls were taken out together with their seals: so [`ChainHead`] carries the newest hash, to be written down elsewhere.

mod deletion;
mod import;
mod proof;
mod recording_deletion;
mod seal;

pub use deletion::Deletion;
pub(crate) use deletion::{NewDeletion, deletion, deletions, insert as insert_deletion};
pub(crate) use import::insert as insert_import;
pub(crate) use proof::prove;
pub use proof::{ChainHead, Proof, ProofFault};
pub(crate) use recording_deletion::insert as insert_recording_deletion;
pub(crate) use seal::seal_end;
