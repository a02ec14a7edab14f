use super::format::{CHUNK_LIMIT, Kind, LANES, Seal, end_content, silenced_content};
use crate::keys::{Keys, random};
use crate::{StoreError, files};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Writes the audio of one call as it comes.
///
/// When the disk is full, up to a minute waits in memory and is written once there is space; what comes beyond it is
/// kept as a length of silence, so that the rest stays in its place.
pub struct RecordingWriter {
    path: PathBuf,
    file: File,
    seal: Seal,
    /// How many bytes of the file are whole chunks.
    whole: u64,
    chunks: u64,
    frames: u64,
    waiting: VecDeque<Piece>,
    finished: bool,
    /// Whether each chunk is on the disk before the next is taken.
    through: bool,
}

enum Piece {
    /// Samples, silent where figures were said.
    Audio {
        bytes: Zeroizing<Vec<u8>>,
        silenced: Vec<Range<u64>>,
    },
    Missing {
        frames: u64,
    },
}

/// How many seconds wait in memory while the disk is full (64 kB each).
const WAITING: usize = 60;

impl RecordingWriter {
    pub(crate) fn create(data_dir: &Path, keys: &Keys, call: Uuid) -> Result<Self, StoreError> {
        let folder = super::folder(data_dir);
        files::create_private_folder(&folder)?;
        let path = super::path(data_dir, call);
        let file = files::private().write(true).create_new(true).open(&path);
        let file = file.map_err(|e| StoreError::file(&path, e))?;
        let writer = Self::on(file, path, Seal::new(keys, call, random()?), true)?;
        files::sync_folder(&folder)?;
        Ok(writer)
    }

    /// A recording that gets its place only once it is whole and settled; one that was left unfinished there is begun anew.
    pub(super) fn anew(path: PathBuf, keys: &Keys, call: Uuid) -> Result<Self, StoreError> {
        let file = files::private().write(true).create(true).truncate(true).open(&path);
        let file = file.map_err(|e| StoreError::file(&path, e))?;
        Self::on(file, path, Seal::new(keys, call, random()?), false)
    }

    fn on(mut file: File, path: PathBuf, seal: Seal, through: bool) -> Result<Self, StoreError> {
        let written = file.write_all(seal.header()).and_then(|()| file.sync_all());
        written.map_err(|e| StoreError::file(&path, e))?;
        let whole = seal.header().len() as u64;
        let waiting = VecDeque::new();
        Ok(Self { path, file, seal, whole, chunks: 0, frames: 0, waiting, finished: false, through })
    }

    /// Adds up to a second of interleaved samples (agent, customer) at 16 kHz; it is on the disk on return.
    ///
    /// # Errors
    /// When it could not be written; it then waits in memory and is tried again with the next second.
    /// [`StoreError::Unfit`] when it is more than a second, not a whole number of frames, or after the end.
    pub fn push_second(&mut self, interleaved: &[i16]) -> Result<(), StoreError> {
        self.fits(interleaved)?;
        self.push(interleaved, Vec::new())
    }

    /// The same, silenced in these of its frames first; the recording says where.
    pub(super) fn push_silenced(
        &mut self,
        interleaved: &mut [i16],
        silenced: &[Range<u64>],
    ) -> Result<(), StoreError> {
        self.fits(interleaved)?;
        let lanes = usize::from(LANES);
        for Range { start, end } in silenced {
            interleaved[*start as usize * lanes..*end as usize * lanes].fill(0);
        }
        self.push(interleaved, silenced.to_vec())
    }

    /// Says that so many frames could not be kept.
    pub(super) fn push_missing(&mut self, frames: u64) -> Result<(), StoreError> {
        self.miss(frames);
        self.flush()
    }

    /// Whether these are samples that can be pushed now.
    pub(super) fn fits(&self, interleaved: &[i16]) -> Result<(), StoreError> {
        let lanes = usize::from(LANES);
        if self.finished || interleaved.len() * 2 > CHUNK_LIMIT || !interleaved.len().is_multiple_of(lanes) {
            let what = format!("audio of {} samples that is too long, uneven or too late", interleaved.len());
            return Err(StoreError::Unfit { what });
        }
        Ok(())
    }

    fn push(&mut self, interleaved: &[i16], silenced: Vec<Range<u64>>) -> Result<(), StoreError> {
        if self.waiting.len() < WAITING {
            let bytes = interleaved.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            self.waiting.push_back(Piece::Audio { bytes: Zeroizing::new(bytes), silenced });
        } else {
            self.miss((interleaved.len() / usize::from(LANES)) as u64);
        }
        self.flush()
    }

    fn miss(&mut self, more: u64) {
        match self.waiting.back_mut() {
            Some(Piece::Missing { frames }) => *frames += more,
            _ => self.waiting.push_back(Piece::Missing { frames: more }),
        }
    }

    /// Writes what waits and the end of the recording. Finishing it again changes nothing.
    ///
    /// # Errors
    /// When it could not be written, and it may be tried again. A recording that is never finished can be read as far
    /// as it goes; where the call's log has no end either, the next [`Store::open`](crate::Store::open) ends both.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.finish_as(Kind::End)
    }

    /// The same with another kind of end.
    pub(super) fn finish_as(&mut self, end: Kind) -> Result<(), StoreError> {
        self.flush()?;
        if !self.finished {
            self.write(end, &end_content(self.chunks, self.frames), 0)?;
            self.finished = true;
        }
        Ok(())
    }

    /// Lets go of a file that was written anew, once the disk has all of it.
    pub(super) fn settle(mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.file.sync_all().map_err(|e| StoreError::file(&self.path, e))
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        while let Some(piece) = self.waiting.pop_front() {
            let written = match &piece {
                Piece::Audio { bytes, silenced } => {
                    let frames = bytes.len() as u64 / (2 * u64::from(LANES));
                    // Said first: so what is silent is never taken for a silence of the call.
                    let marks = silenced_content(silenced);
                    let marked =
                        if marks.is_empty() { Ok(()) } else { self.write(Kind::Silenced, &marks, 0) };
                    marked.and_then(|()| self.write(Kind::Audio, bytes, frames))
                }
                Piece::Missing { frames } => self.write(Kind::Missing, &frames.to_le_bytes(), *frames),
            };
            if let Err(e) = written {
                self.waiting.push_front(piece);
                return Err(e);
            }
        }
        Ok(())
    }

    fn write(&mut self, kind: Kind, content: &[u8], frames: u64) -> Result<(), StoreError> {
        let unfit = || StoreError::Unfit { what: "a chunk of audio could not be sealed".to_owned() };
        let chunk = self.seal.seal(self.chunks, kind, content).ok_or_else(unfit)?;
        let synced = |file: &File| if self.through { file.sync_data() } else { Ok(()) };
        if let Err(e) = self.file.write_all(&chunk).and_then(|()| synced(&self.file)) {
            // Half a chunk must not stand in the way of the next.
            let _ = self.file.set_len(self.whole).and_then(|()| self.file.seek(SeekFrom::Start(self.whole)));
            return Err(StoreError::file(&self.path, e));
        }
        self.whole += chunk.len() as u64;
        self.chunks += 1;
        self.frames += frames;
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::keys::Key;
    use crate::{RecordingEnd, RecordingState};

    #[test]
    fn a_full_disk_is_named_and_the_second_waits() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys { store: Key::new([1; 32]), recordings: Key::new([2; 32]) };
        let call = Uuid::now_v7();
        let mut writer = RecordingWriter::create(dir.path(), &keys, call).unwrap();
        writer.push_second(&[1; 32_000]).unwrap();
        // The device that answers every write with "no space left".
        let full = File::options().write(true).open("/dev/full").unwrap();
        let disk = std::mem::replace(&mut writer.file, full);
        for _ in 0..WAITING + 5 {
            let error = writer.push_second(&[2; 32_000]).unwrap_err();
            assert_eq!(error.code(), "disk_full");
            assert!(error.to_string().contains("cuerec"));
        }
        writer.file = disk;
        writer.push_second(&[3; 32_000]).unwrap();
        writer.finish().unwrap();

        let mut reader = crate::RecordingReader::open(dir.path(), &keys, call).unwrap().unwrap();
        let mut seconds = Vec::new();
        while let Some(second) = reader.read_second().unwrap() {
            seconds.push(second[0]);
        }
        let silent = 6;
        let whole =
            RecordingState { end: RecordingEnd::Finished, seconds: 67.0, missing: 6.0, silenced: 0.0 };
        assert_eq!(seconds, [vec![1], vec![2; WAITING], vec![0; silent]].concat());
        assert_eq!(reader.state().unwrap(), whole);
    }
}
