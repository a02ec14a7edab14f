use super::format::{LANES, RATE};
use super::silenced::{Silenced, add, frame, within};
use super::writer::RecordingWriter;
use crate::StoreError;
use std::collections::VecDeque;
use std::ops::Range;
use zeroize::Zeroizing;

/// Seconds of audio that wait for their words at most: 19 MB, and far more than a transcript that keeps up is behind.
const LONGEST: u64 = 300;

/// The recording of a running call, held in memory until the words that were said in it are known: so what must not be
/// stored is silent in it before any of it reaches the disk, sealed or not.
///
/// Each second goes to the disk once [`HeldRecording::judge`] says that everything up to its end was understood. It holds
/// five minutes. When the transcript is further behind than that, the oldest second is left out and its length is kept as
/// missing, as it may hold anything; [`StoreError::Unjudged`] says so. A process that is killed loses what is held.
pub struct HeldRecording {
    writer: RecordingWriter,
    held: VecDeque<Zeroizing<Vec<i16>>>,
    /// The frames that are held.
    frames: Range<u64>,
    /// Up to which frame everything was understood.
    judged: u64,
    /// What is to be silent, from the first held frame on.
    silenced: Vec<Range<u64>>,
    /// Frames that were left out.
    left_out: u64,
}

impl HeldRecording {
    /// Holds back what a recording that has just begun is given.
    pub fn new(writer: RecordingWriter) -> Self {
        Self { writer, held: VecDeque::new(), frames: 0..0, judged: 0, silenced: Vec::new(), left_out: 0 }
    }

    /// Takes up to a second of interleaved samples (agent, customer) at 16 kHz, and writes what may be written by now.
    ///
    /// # Errors
    /// [`StoreError::Unjudged`] when a second had to be left out; [`StoreError::Unfit`] for what is no such second; and as
    /// [`RecordingWriter::push_second`].
    pub fn push_second(&mut self, interleaved: &[i16]) -> Result<(), StoreError> {
        self.writer.fits(interleaved)?;
        self.frames.end += length(interleaved);
        self.held.push_back(Zeroizing::new(interleaved.to_vec()));
        let released = self.release();
        let mut bound = Ok(());
        while self.frames.end - self.frames.start > LONGEST * u64::from(RATE) {
            bound = self.leave_out();
        }
        released.and(bound)
    }

    /// Everything that was said up to second `until` is understood, and `silenced` is what of it must not be heard;
    /// it may reach beyond.
    ///
    /// # Errors
    /// As [`RecordingWriter::push_second`].
    pub fn judge(&mut self, until: f64, silenced: &[Silenced]) -> Result<(), StoreError> {
        silenced.iter().for_each(|one| add(&mut self.silenced, one.frames()));
        self.judged = self.judged.max(frame(until));
        self.release()
    }

    /// Whether nothing waits for its words.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Writes the end of the recording. What still waits is left out.
    ///
    /// # Errors
    /// [`StoreError::Unjudged`] when that was something, and as [`RecordingWriter::finish`].
    pub fn finish(&mut self) -> Result<(), StoreError> {
        let mut left_out = Ok(());
        while !self.held.is_empty() {
            left_out = self.leave_out();
        }
        self.writer.finish()?;
        left_out
    }

    fn release(&mut self) -> Result<(), StoreError> {
        while self.held.front().is_some_and(|piece| self.frames.start + length(piece) <= self.judged) {
            let Some((place, mut piece)) = self.take() else { break };
            let silent = within(&self.silenced, &place);
            self.silenced.retain(|stretch| stretch.end > place.end);
            self.writer.push_silenced(&mut piece, &silent)?;
        }
        Ok(())
    }

    /// Leaves the oldest piece out, and says so.
    fn leave_out(&mut self) -> Result<(), StoreError> {
        if let Some((place, _)) = self.take() {
            self.silenced.retain(|stretch| stretch.end > place.end);
            self.left_out += place.end - place.start;
            self.writer.push_missing(place.end - place.start)?;
        }
        Err(StoreError::Unjudged { seconds: self.left_out.div_ceil(u64::from(RATE)) })
    }

    /// The oldest piece and where it lies.
    fn take(&mut self) -> Option<(Range<u64>, Zeroizing<Vec<i16>>)> {
        let piece = self.held.pop_front()?;
        let start = self.frames.start;
        self.frames.start += length(&piece);
        Some((start..self.frames.start, piece))
    }
}

fn length(interleaved: &[i16]) -> u64 {
    (interleaved.len() / usize::from(LANES)) as u64
}

#[cfg(test)]
mod tests;
