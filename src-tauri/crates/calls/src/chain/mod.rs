//! The chain across calls: every end of a call and every deletion of a machine, each sealed to the one before.
//!
//! A call's ledger tells whether its rows are whole; this chain tells whether a whole call was taken out or put in. A
//! call that is deleted as it should be leaves its seals and an entry that says who let it go. Somebody who holds the
//! folder's key and recomputes every hash is not stopped by it, and nobody can tell from the store alone that its newest
//! calls were taken out together with their seals: so [`ChainHead`] carries the newest hash, to be written down elsewhere.

mod deletion;
mod proof;
mod recording_deletion;
mod seal;

pub use deletion::Deletion;
pub(crate) use deletion::{NewDeletion, deletions, insert as insert_deletion};
pub(crate) use proof::prove;
pub use proof::{ChainHead, Proof, ProofFault};
pub(crate) use recording_deletion::insert as insert_recording_deletion;
pub(crate) use seal::seal_end;
