use super::{ExportedCall, ExportedScore};
use crate::hex_bytes::HexBytes;
use crate::recording::RecordingOutline;
use crate::{LedgerState, StoreError, StoredCall};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What the JSON that [`json`] writes says it is.
pub(crate) const FORMAT: &str = "cueline-call";

/// The version of the JSON that [`json`] writes.
pub const FORMAT_VERSION: u32 = 2;

/// A call as JSON.
///
/// # Errors
/// [`StoreError::Unfit`] when something in it cannot be said in JSON.
pub fn json(call: &ExportedCall) -> Result<String, StoreError> {
    let unfit = |e| StoreError::Unfit { what: format!("a call cannot be exported: {e}") };
    let mut document = Document {
        format: FORMAT,
        version: FORMAT_VERSION,
        digest: None,
        started: &call.started,
        stored: &call.stored,
        ledger_state: call.record.ledger_state,
        recording: call.recording.as_ref(),
        score: call.score.as_ref(),
        titles: &call.titles,
    };
    let digest = document_digest(serde_json::to_value(&document).map_err(unfit)?);
    document.digest = Some(HexBytes(digest));
    serde_json::to_string_pretty(&document).map_err(unfit)
}

/// The digest of an export: SHA-256 over the document without its `digest`, as JSON text without spaces and with the keys of each
/// object in order.
pub(crate) fn document_digest(mut document: Value) -> [u8; 32] {
    if let Value::Object(keys) = &mut document {
        keys.remove("digest");
    }
    // They are in order already, unless another part of the program has serde keep the order in which they come.
    document.sort_all_objects();
    Sha256::digest(document.to_string()).into()
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<HexBytes<32>>,
    started: &'a str,
    #[serde(flatten)]
    stored: &'a StoredCall,
    ledger_state: LedgerState,
    recording: Option<&'a RecordingOutline>,
    score: Option<&'a ExportedScore>,
    titles: &'a BTreeMap<String, String>,
}
