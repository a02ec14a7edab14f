use super::ExportedCall;
use crate::StoreError;
use serde::Serialize;

/// The version of the JSON that [`json`] writes.
pub const FORMAT_VERSION: u32 = 1;

/// A call as JSON.
///
/// # Errors
/// [`StoreError::Unfit`] when something in it cannot be said in JSON.
pub fn json(call: &ExportedCall) -> Result<String, StoreError> {
    let document = Document { format: "cueline-call", version: FORMAT_VERSION, call };
    serde_json::to_string_pretty(&document)
        .map_err(|e| StoreError::Unfit { what: format!("a call cannot be exported: {e}") })
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    call: &'a ExportedCall,
}
