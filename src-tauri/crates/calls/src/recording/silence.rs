//! Silencing a stored recording where a later look found figures.

use super::format::Kind;
use super::reader::{RecordedPiece, RecordingEnd, RecordingReader};
use super::silenced::{Silenced, add, within};
use super::writer::RecordingWriter;
use crate::keys::Keys;
use crate::{StoreError, files};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Writes a call's recording anew with these stretches silent, and gives it the old one's place in one step. True when there
/// was something to silence.
///
/// It gets a key of its own: a chunk that is sealed again with other samples must not share its nonce with what it was.
/// Until then the figures were on the disk under the old key, and the old file's bytes stay there, sealed, until the disk
/// uses them again.
pub(crate) fn silence(
    data_dir: &Path,
    keys: &Keys,
    call: Uuid,
    silenced: &[Silenced],
) -> Result<bool, StoreError> {
    if silenced.is_empty() || !sounds(data_dir, keys, call, silenced)? {
        return Ok(false);
    }
    let Some(mut old) = RecordingReader::open(data_dir, keys, call)? else { return Ok(false) };
    let mut stretches = Vec::new();
    silenced.iter().for_each(|one| add(&mut stretches, one.frames()));
    let path = unfinished(data_dir, call);
    let mut new = RecordingWriter::anew(path.clone(), keys, call)?;
    let mut at = 0;
    while let Some(piece) = old.next_piece()? {
        // A recording tells what of a piece was silenced before the piece.
        old.silenced().iter().for_each(|known| add(&mut stretches, known.clone()));
        match piece {
            RecordedPiece::Missing { frames } => {
                new.push_missing(frames)?;
                at += frames;
            }
            RecordedPiece::Audio(mut samples) => {
                let place = at..at + samples.len() as u64 / 2;
                new.push_silenced(&mut samples, &within(&stretches, &place))?;
                at = place.end;
            }
        }
    }
    match old.end() {
        RecordingEnd::Finished => new.finish()?,
        RecordingEnd::Repaired => new.finish_as(Kind::RepairedEnd)?,
        RecordingEnd::Torn => {}
    }
    new.settle()?;
    files::rename(&path, &super::path(data_dir, call))?;
    Ok(true)
}

/// Where a recording that is written anew waits until it is whole.
pub(crate) fn unfinished(data_dir: &Path, call: Uuid) -> PathBuf {
    super::folder(data_dir).join(format!("{call}.cuerec.new"))
}

/// Whether anything is heard there.
fn sounds(data_dir: &Path, keys: &Keys, call: Uuid, silenced: &[Silenced]) -> Result<bool, StoreError> {
    for one in silenced {
        let Some(recording) = RecordingReader::open(data_dir, keys, call)? else { return Ok(false) };
        if recording.audio(one.start, one.end)?.iter().any(|sample| *sample != 0) {
            return Ok(true);
        }
    }
    Ok(false)
}
