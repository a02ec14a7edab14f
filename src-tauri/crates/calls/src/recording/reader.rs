use super::format::{
    CHUNK_LIMIT, HEADER_LEN, Kind, LANES, PREFIX_LEN, RATE, Seal, TAG, end_content, silenced_stretches,
};
use super::silenced::add;
use crate::StoreError;
use crate::keys::Keys;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use ts_rs::TS;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Reads a call's audio second by second.
pub struct RecordingReader {
    path: PathBuf,
    file: BufReader<File>,
    len: u64,
    seal: Seal,
    /// Bytes read so far, all of them whole chunks.
    whole: u64,
    chunks: u64,
    frames: u64,
    /// Frames of silence still to be handed out.
    silence: u64,
    missing: u64,
    /// What was silenced, as far as it was read.
    silenced: Vec<Range<u64>>,
    end: Option<RecordingEnd>,
}

/// How much of a recording there is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RecordingState {
    /// How it ends.
    pub end: RecordingEnd,
    /// Its length in seconds, silence for what is missing included.
    pub seconds: f64,
    /// Seconds of it that could not be kept: the disk was full, or the transcript too far behind.
    pub missing: f64,
    /// Seconds of it that were silenced, as what was said there must not be stored.
    pub silenced: f64,
}

/// How a recording ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RecordingEnd {
    /// With the call.
    Finished,
    /// Where its process stopped; a later start ended it there.
    Repaired,
    /// Cut off: the call still runs, or the end was lost.
    Torn,
}

/// A part of a recording as it was written.
pub(super) enum RecordedPiece {
    /// Interleaved samples.
    Audio(Zeroizing<Vec<i16>>),
    /// So many frames could not be kept.
    Missing {
        /// How many.
        frames: u64,
    },
}

impl RecordingReader {
    /// Opens a call's recording, or nothing when it has none.
    pub(crate) fn open(data_dir: &Path, keys: &Keys, call: Uuid) -> Result<Option<Self>, StoreError> {
        let path = super::path(data_dir, call);
        let fail = |e| StoreError::file(&path, e);
        let file = match File::open(&path) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.map_err(fail)?,
        };
        let len = file.metadata().map_err(fail)?.len();
        let mut file = BufReader::with_capacity(CHUNK_LIMIT + TAG + PREFIX_LEN, file);
        let mut header = [0; HEADER_LEN];
        let damaged = |reason: &str| StoreError::Damaged { file: path.clone(), reason: reason.to_owned() };
        if len < HEADER_LEN as u64 {
            return Err(damaged("it ends within its header"));
        }
        file.read_exact(&mut header).map_err(fail)?;
        let seal =
            Seal::of_file(keys, call, &header).ok_or_else(|| damaged("its header is not this call's"))?;
        let whole = HEADER_LEN as u64;
        Ok(Some(Self {
            path,
            file,
            len,
            seal,
            whole,
            chunks: 0,
            frames: 0,
            silence: 0,
            missing: 0,
            silenced: Vec::new(),
            end: None,
        }))
    }

    /// The next second of interleaved samples (agent, customer), or nothing at the end.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first chunk that is not as it was written.
    pub fn read_second(&mut self) -> Result<Option<Vec<i16>>, StoreError> {
        loop {
            if self.silence > 0 {
                let frames = self.silence.min(u64::from(RATE));
                self.silence -= frames;
                return Ok(Some(vec![0; frames as usize * usize::from(LANES)]));
            }
            if self.end.is_some() {
                return Ok(None);
            }
            if let Some(samples) = self.next_chunk()? {
                return Ok(Some(samples));
            }
        }
    }

    /// Reads what is left and says how the recording is.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first chunk that is not as it was written.
    pub fn state(&mut self) -> Result<RecordingState, StoreError> {
        while self.read_second()?.is_some() {}
        let seconds = |frames: u64| frames as f64 / f64::from(RATE);
        let silenced = self.silenced.iter().map(|stretch| stretch.end - stretch.start).sum();
        Ok(RecordingState {
            end: self.end(),
            seconds: seconds(self.frames),
            missing: seconds(self.missing),
            silenced: seconds(silenced),
        })
    }

    /// The stretches that were silenced, in order, as far as the recording was read.
    pub(super) fn silenced(&self) -> &[Range<u64>] {
        &self.silenced
    }

    /// The next chunk that holds a part of the call; `None` at the end.
    pub(super) fn next_piece(&mut self) -> Result<Option<RecordedPiece>, StoreError> {
        loop {
            if self.end.is_some() {
                return Ok(None);
            }
            if let Some(samples) = self.next_chunk()? {
                return Ok(Some(RecordedPiece::Audio(Zeroizing::new(samples))));
            }
            if self.silence > 0 {
                return Ok(Some(RecordedPiece::Missing { frames: std::mem::take(&mut self.silence) }));
            }
        }
    }

    /// How it ended, once it was read to its end.
    pub(super) fn end(&self) -> RecordingEnd {
        self.end.unwrap_or(RecordingEnd::Torn)
    }

    /// One chunk further: samples, or nothing when it held none.
    fn next_chunk(&mut self) -> Result<Option<Vec<i16>>, StoreError> {
        let left = self.len - self.whole;
        let mut prefix = [0; PREFIX_LEN];
        if left < PREFIX_LEN as u64 {
            self.end = Some(RecordingEnd::Torn);
            return Ok(None);
        }
        self.read(&mut prefix)?;
        let sealed_len = u32::from_le_bytes([prefix[1], prefix[2], prefix[3], prefix[4]]) as usize;
        let kind = Kind::from_byte(prefix[0]);
        let chunk_len = (PREFIX_LEN + sealed_len) as u64;
        // A power cut can leave the last chunk short, or long enough but not written through.
        let last = chunk_len >= left;
        let fits = (TAG..=CHUNK_LIMIT + TAG).contains(&sealed_len) && chunk_len <= left;
        let opened = match kind {
            Some(kind) if fits => {
                let mut sealed = vec![0; sealed_len];
                self.read(&mut sealed)?;
                self.seal.open(self.chunks, kind, &prefix, &sealed).map(|content| (kind, content))
            }
            _ => None,
        };
        let Some((kind, content)) = opened else {
            if last {
                self.end = Some(RecordingEnd::Torn);
                return Ok(None);
            }
            return Err(self.damaged());
        };
        if matches!(kind, Kind::End | Kind::RepairedEnd) {
            if content != end_content(self.chunks, self.frames) || !last {
                return Err(self.damaged());
            }
            self.end = Some(if kind == Kind::End { RecordingEnd::Finished } else { RecordingEnd::Repaired });
            return Ok(None);
        }
        self.whole += chunk_len;
        self.chunks += 1;
        if kind == Kind::Silenced {
            for stretch in silenced_stretches(&content).ok_or_else(|| self.damaged())? {
                add(&mut self.silenced, self.frames + stretch.start..self.frames + stretch.end);
            }
            return Ok(None);
        }
        if kind == Kind::Missing {
            let frames = content.try_into().map(u64::from_le_bytes).map_err(|_| self.damaged())?;
            self.frames += frames;
            self.missing += frames;
            self.silence = frames;
            return Ok(None);
        }
        let samples: Vec<i16> = content.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        self.frames += samples.len() as u64 / u64::from(LANES);
        Ok(Some(samples))
    }

    /// Passes over chunks without opening them, up to the one that holds a frame, and says at which frame that one
    /// begins. A chunk whose length says nothing of its frames is opened.
    pub(super) fn skip_to(&mut self, frame: u64) -> Result<u64, StoreError> {
        loop {
            let begins = self.frames;
            let mut prefix = [0; PREFIX_LEN];
            let left = self.len - self.whole;
            if left <= PREFIX_LEN as u64 {
                return Ok(begins);
            }
            self.read(&mut prefix)?;
            let sealed_len = u32::from_le_bytes([prefix[1], prefix[2], prefix[3], prefix[4]]) as usize;
            let chunk_len = (PREFIX_LEN + sealed_len) as u64;
            let fits = (TAG..=CHUNK_LIMIT + TAG).contains(&sealed_len) && chunk_len <= left;
            let frames = (sealed_len.saturating_sub(TAG) / (2 * usize::from(LANES))) as u64;
            let audio = fits && Kind::from_byte(prefix[0]) == Some(Kind::Audio);
            if audio && begins + frames <= frame {
                self.seek(chunk_len as i64 - PREFIX_LEN as i64)?;
                self.whole += chunk_len;
                self.chunks += 1;
                self.frames += frames;
                continue;
            }
            self.seek(-(PREFIX_LEN as i64))?;
            if !fits || !matches!(Kind::from_byte(prefix[0]), Some(Kind::Missing | Kind::Silenced)) {
                return Ok(begins);
            }
            self.next_chunk()?;
            if begins + self.silence > frame {
                return Ok(begins);
            }
            self.silence = 0;
        }
    }

    /// The length in frames, silence for what is missing included, from the chunks' lengths; the reader stands at the
    /// beginning before and after.
    pub(super) fn length(&mut self) -> Result<u64, StoreError> {
        self.skip_to(u64::MAX)?;
        let frames = self.frames;
        self.file.seek(SeekFrom::Start(HEADER_LEN as u64)).map_err(|e| StoreError::file(&self.path, e))?;
        (self.whole, self.chunks, self.frames, self.missing) = (HEADER_LEN as u64, 0, 0, 0);
        (self.silence, self.end) = (0, None);
        self.silenced.clear();
        Ok(frames)
    }

    fn seek(&mut self, bytes: i64) -> Result<(), StoreError> {
        self.file.seek_relative(bytes).map_err(|e| StoreError::file(&self.path, e))
    }

    fn read(&mut self, into: &mut [u8]) -> Result<(), StoreError> {
        self.file.read_exact(into).map_err(|e| StoreError::file(&self.path, e))
    }

    fn damaged(&self) -> StoreError {
        let second = self.frames as f64 / f64::from(RATE);
        StoreError::Damaged {
            file: self.path.clone(),
            reason: format!("after second {second:.1} it is not as it was written"),
        }
    }

    /// What a repair needs to end a recording where it is whole: its seal, its bytes, chunks and frames so far.
    pub(super) fn ended(self) -> (Seal, u64, u64, u64) {
        (self.seal, self.whole, self.chunks, self.frames)
    }
}
