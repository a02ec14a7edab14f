//! A recording that comes with an imported call: written whole beside its place, which it gets once the call's rows are there.

use super::format::{Kind, LANES, RATE};
use super::reader::RecordingEnd;
use super::silenced::{Silenced, add, within};
use super::writer::RecordingWriter;
use super::{RecordingOutline, folder, path};
use crate::keys::Keys;
use crate::{StoreError, files};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use zeroize::Zeroizing;

/// A recording that waits for its call's rows. Unless it is kept it goes when it is dropped.
pub(crate) struct Arriving {
    waits: PathBuf,
    place: PathBuf,
    kept: bool,
}

impl Arriving {
    /// Writes a recording by its outline; `read` fills in the next samples. `silenced` is what must be silent beside what the
    /// outline says. It is on the disk on return.
    pub(crate) fn write(
        data_dir: &Path,
        keys: &Keys,
        call: Uuid,
        outline: &RecordingOutline,
        silenced: &[Silenced],
        read: &mut dyn FnMut(&mut [i16]) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let waiting = waiting(data_dir);
        files::create_private_folder(&waiting)?;
        let waits = waiting.join(format!("{call}.cuerec"));
        let arriving = Self { waits: waits.clone(), place: path(data_dir, call), kept: false };
        let mut writer = RecordingWriter::anew(waits, keys, call)?;
        let mut silent = outline.silenced.clone();
        silenced.iter().for_each(|one| add(&mut silent, one.frames()));
        let mut missing = outline.missing.iter().peekable();
        let mut at = 0;
        while at < outline.frames {
            missing.next_if(|stretch| stretch.end <= at);
            let ahead = missing.peek().map_or(outline.frames, |stretch| stretch.start);
            let is_missing = missing.peek().is_some_and(|stretch| stretch.contains(&at));
            let until = if is_missing { missing.peek().map_or(at, |stretch| stretch.end) } else { ahead };
            let end = until.min(at + u64::from(RATE));
            let mut samples = Zeroizing::new(vec![0; (end - at) as usize * usize::from(LANES)]);
            read(&mut samples)?;
            match is_missing {
                true => writer.push_missing(end - at)?,
                false => writer.push_silenced(&mut samples, &within(&silent, &(at..end)))?,
            }
            at = end;
        }
        match outline.end {
            RecordingEnd::Finished => writer.finish()?,
            RecordingEnd::Repaired => writer.finish_as(Kind::RepairedEnd)?,
            RecordingEnd::Torn => {}
        }
        writer.settle()?;
        files::create_private_folder(&folder(data_dir))?;
        files::sync_folder(&waiting)?;
        Ok(arriving)
    }

    /// Gives it its place.
    pub(crate) fn keep(mut self) -> Result<(), StoreError> {
        // From here on it is the call's, and the next start gives it its place where this fails.
        self.kept = true;
        files::rename(&self.waits, &self.place)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.waits);
        }
    }
}

/// Gives recordings their places whose calls are there, as an import was cut off between the two, and deletes those whose calls
/// never came. `goes_on` says of a call whether somebody is bringing it in, `is_there` whether its rows are there.
pub(crate) fn settle_arrivals(
    data_dir: &Path,
    goes_on: impl Fn(Uuid) -> Result<bool, StoreError>,
    is_there: impl Fn(Uuid) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    for call in super::recorded(&waiting(data_dir))? {
        if goes_on(call)? {
            continue;
        }
        let waits = waiting(data_dir).join(format!("{call}.cuerec"));
        let place = path(data_dir, call);
        if is_there(call)? && !place.exists() {
            files::rename(&waits, &place)?;
        } else {
            std::fs::remove_file(&waits).map_err(|e| StoreError::file(&waits, e))?;
        }
    }
    Ok(())
}

fn waiting(data_dir: &Path) -> PathBuf {
    data_dir.join("arriving")
}
