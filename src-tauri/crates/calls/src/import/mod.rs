//! Calls that were exported from another data folder as JSON, brought into this one.
//!
//! An export is read and looked at whole before anything is written ([`read`]): whether it is one and of a version that is known,
//! whether it is as it was exported, whether every value is one that a call can have. Then every text is masked again, as a file
//! from elsewhere may hold anything ([`masked`]). What was masked before stays as it is; a quote in the ledger that would change is
//! refused, as its hash would break.
//!
//! What this proves: the document's digest shows that nothing in it was changed by accident, or by somebody who did not compute the
//! digest anew. The ledger's hashes show the same of the disclosures, and that they belong to this call. Neither is a signature:
//! whoever changes an export and computes every hash anew is not noticed. From its coming on the call is in this machine's chain.

mod checks;
mod document;
mod exports;
mod fault;
mod masking;
mod wav_reader;

pub(crate) use document::{Document, read};
pub use exports::exports_in;
pub use fault::ImportFault;
pub(crate) use masking::masked;
pub(crate) use wav_reader::WavReader;
