use super::format::{HEADER_LEN, Kind, end_content};
use super::reader::{RecordingEnd, RecordingReader};
use crate::keys::Keys;
use crate::{StoreError, files};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use uuid::Uuid;

/// Ends a recording whose writer was killed where it is whole; its length in seconds, or nothing when the call has
/// no recording. At most the second that was being written goes.
pub(crate) fn repair(data_dir: &Path, keys: &Keys, call: Uuid) -> Result<Option<f64>, StoreError> {
    let path = super::path(data_dir, call);
    let fail = |e| StoreError::file(&path, e);
    if std::fs::metadata(&path).is_ok_and(|file| file.len() < HEADER_LEN as u64) {
        // Killed before the header was whole: there is no audio in it.
        std::fs::remove_file(&path).map_err(fail)?;
        return Ok(None);
    }
    let Some(mut reader) = RecordingReader::open(data_dir, keys, call)? else { return Ok(None) };
    let state = reader.state()?;
    let (seal, whole, chunks, frames) = reader.ended();
    if state.end == RecordingEnd::Torn {
        let unfit = || StoreError::Unfit { what: "a recording's end could not be sealed".to_owned() };
        let chunk = seal.seal(chunks, Kind::RepairedEnd, &end_content(chunks, frames)).ok_or_else(unfit)?;
        let mut file = files::private().write(true).open(&path).map_err(fail)?;
        file.set_len(whole).map_err(fail)?;
        file.seek(SeekFrom::Start(whole)).map_err(fail)?;
        file.write_all(&chunk).and_then(|()| file.sync_all()).map_err(fail)?;
    }
    Ok(Some(state.seconds))
}
