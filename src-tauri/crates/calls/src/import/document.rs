use super::{ImportFault, checks};
use crate::export::{FORMAT, FORMAT_VERSION, document_digest};
use crate::hex_bytes::HexBytes;
use crate::recording::RecordingOutline;
use crate::{StoreError, StoredCall};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// An exported call that was read and looked at.
pub(crate) struct Document {
    pub(crate) digest: [u8; 32],
    pub(crate) call: StoredCall,
    /// What its recording is, where it was exported with it.
    pub(crate) recording: Option<RecordingOutline>,
}

/// Bytes of an export at most: a call of ten hours has some 30 MB.
const LARGEST: u64 = 256 << 20;

/// Reads an export and sees that it is one, whole, as it was exported, and that no value in it is strange.
///
/// # Errors
/// [`StoreError::Import`], and [`StoreError::File`] when the file can't be read.
pub(crate) fn read(file: &Path) -> Result<Document, StoreError> {
    let fail = |e| StoreError::file(file, e);
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(fail)?;
    opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
    understood(&bytes).map_err(|fault| StoreError::Import { file: file.to_path_buf(), fault })
}

/// The same of an export's bytes.
fn understood(bytes: &[u8]) -> Result<Document, ImportFault> {
    if bytes.len() as u64 > LARGEST {
        return Err(ImportFault::Strange { what: format!("more than {} MB", LARGEST >> 20) });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ImportFault::NotAnExport)?;
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        // Half an export begins as a whole one does.
        Err(_) if !begins(text) => return Err(ImportFault::NotAnExport),
        Err(error) => return Err(damaged(&error)),
    };
    if document.get("format") != Some(&FORMAT.into()) {
        return Err(ImportFault::NotAnExport);
    }
    match document.get("version").and_then(Value::as_u64) {
        Some(version) if version > u64::from(FORMAT_VERSION) => return Err(ImportFault::Newer),
        Some(version) if version < u64::from(FORMAT_VERSION) => return Err(ImportFault::Older),
        Some(_) => {}
        None => return Err(ImportFault::NotAnExport),
    }
    let Told { digest, recording } = typed(text)?;
    if document_digest(document) != digest.0 {
        return Err(ImportFault::Changed);
    }
    let call: StoredCall = typed(text)?;
    checks::check(&call, recording.as_ref())?;
    Ok(Document { digest: digest.0, call, recording })
}

/// What an export has beside the call's rows and is taken.
#[derive(Deserialize)]
struct Told {
    digest: HexBytes<32>,
    recording: Option<RecordingOutline>,
}

fn begins(text: &str) -> bool {
    let begin: String = text.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    begin.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

fn typed<T: DeserializeOwned>(text: &str) -> Result<T, ImportFault> {
    serde_json::from_str(text).map_err(|error| damaged(&error))
}

/// What is wrong with an export and where. What serde itself says may hold words of the call.
fn damaged(error: &serde_json::Error) -> ImportFault {
    let reason = match error.classify() {
        Category::Eof | Category::Io => "it ends too early",
        Category::Syntax => "it is no JSON from there on",
        Category::Data => "something is missing, or is not of its kind",
    };
    ImportFault::Damaged { line: error.line(), column: error.column(), reason }
}
