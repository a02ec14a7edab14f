use crate::block::BLOCK_SAMPLES;
use crate::block_cutter::BlockCutter;
use crate::resampler::Resampler;
use crate::wav_file::WavFile;
use crate::{AudioError, LaneEvent, SAMPLE_RATE};
use cueline_events::{Lane, Notice};
use std::path::Path;

/// A recorded call, read as if it were live: both lanes in blocks of 20 ms with their levels.
///
/// A lane without sound of its own (a recording of one side, or the shorter of two files) is silent, so that both
/// lanes are always there and end together.
pub struct CallFile {
    files: Vec<WavFile>,
    lanes: [RecordedLane; 2],
    /// Samples per lane, at 16 kHz.
    length: u64,
    given: u64,
}

/// One lane of a recording.
struct RecordedLane {
    /// Which file and which of its channels; `None` is silence.
    from: Option<(usize, usize)>,
    resampler: Resampler,
    /// Resampled, not given yet.
    ready: Vec<f32>,
    cutter: BlockCutter,
}

impl CallFile {
    /// Opens a WAV file of 8 to 32 bit integers or 32 bit floats at any sample rate. Of two channels the left is the
    /// agent and the right the customer; one channel needs a `lane`.
    ///
    /// A file whose recorder was killed before it wrote the length is read to its end; [`CallFile::notices`] says so.
    ///
    /// # Errors
    /// That the file cannot be read, is no WAV file (with the byte of the fault), holds no sound, has more than two
    /// channels, or that `lane` is missing for one channel or given for two.
    pub fn open(path: impl AsRef<Path>, lane: Option<Lane>) -> Result<Self, AudioError> {
        let file = WavFile::open(path.as_ref())?;
        let path = file.path().to_owned();
        let from = match (file.channels(), lane) {
            (1, Some(Lane::Agent)) => [Some((0, 0)), None],
            (1, Some(Lane::Customer)) => [None, Some((0, 0))],
            (1, None) => return Err(AudioError::LaneMissing { path }),
            (_, Some(lane)) => return Err(AudioError::LaneUnwanted { path, lane }),
            (_, None) => [Some((0, 0)), Some((0, 1))],
        };
        Ok(Self::new(vec![file], from))
    }

    /// Opens one mono WAV file per lane. They may differ in rate and length; both begin with the call.
    ///
    /// # Errors
    /// As [`CallFile::open`], for a file with two channels that it has to be given alone.
    pub fn open_pair(agent: impl AsRef<Path>, customer: impl AsRef<Path>) -> Result<Self, AudioError> {
        let mono = |path: &Path, lane| {
            let file = WavFile::open(path)?;
            match file.channels() {
                1 => Ok(file),
                _ => Err(AudioError::LaneUnwanted { path: path.to_owned(), lane }),
            }
        };
        let files = vec![mono(agent.as_ref(), Lane::Agent)?, mono(customer.as_ref(), Lane::Customer)?];
        Ok(Self::new(files, [Some((0, 0)), Some((1, 0))]))
    }

    /// The call's length in seconds: the longer lane's.
    pub fn duration(&self) -> f64 {
        self.length as f64 / f64::from(SAMPLE_RATE)
    }

    /// What the person who opened the recording should know about it: that its recorder did not finish it.
    pub fn notices(&self) -> Vec<Notice> {
        let unfinished = self.files.iter().filter(|file| file.is_unfinished());
        let notice = |file: &WavFile| Notice {
            code: "recording_unfinished".into(),
            message: format!(
                "The recorder of {} never wrote how long it is; the file was read to its end, {:.1} s.",
                file.path().display(),
                file.frames() as f64 / f64::from(file.sample_rate())
            ),
            what_to_do: "Check whether the end of the call is missing.".into(),
        };
        unfinished.map(notice).collect()
    }

    /// The next 20 ms of both lanes, agent first; `None` after the end.
    ///
    /// # Errors
    /// That the file cannot be decoded any further, with the frame.
    pub fn read(&mut self) -> Result<Option<Vec<LaneEvent>>, AudioError> {
        let count = (self.length - self.given).min(BLOCK_SAMPLES as u64) as usize;
        if count == 0 {
            return Ok(None);
        }
        for file in 0..self.files.len() {
            self.decode(file, count)?;
        }
        self.given += count as u64;
        let mut events = Vec::new();
        for lane in &mut self.lanes {
            // Silence where the lane has no sound, or none any more.
            lane.ready.resize(lane.ready.len().max(count), 0.0);
            lane.cutter.push(&lane.ready[..count], &mut events);
            lane.ready.drain(..count);
            if self.given == self.length {
                lane.cutter.finish(&mut events);
            }
        }
        Ok(Some(events))
    }

    fn new(files: Vec<WavFile>, from: [Option<(usize, usize)>; 2]) -> Self {
        let samples =
            |file: &WavFile| (file.frames() * u64::from(SAMPLE_RATE)).div_ceil(u64::from(file.sample_rate()));
        let length = files.iter().map(samples).max().unwrap_or(0);
        let lanes = Lane::BOTH.map(|lane| {
            let from = from[lane.index()];
            let rate = from.map_or(SAMPLE_RATE, |(file, _)| files[file].sample_rate());
            let (resampler, cutter) = (Resampler::new(rate), BlockCutter::new(lane));
            RecordedLane { from, resampler, ready: Vec::new(), cutter }
        });
        Self { files, lanes, length, given: 0 }
    }

    /// Decodes a file until each of its lanes has so many samples ready, or to its end.
    fn decode(&mut self, file: usize, count: usize) -> Result<(), AudioError> {
        let wav = &mut self.files[file];
        let mut channels = vec![Vec::new(); wav.channels()];
        let step = (wav.sample_rate() / 50).max(1) as usize;
        let mut lanes: Vec<_> = self.lanes.iter_mut().filter_map(|lane| lane.channel_of(file)).collect();
        while lanes.iter().any(|(_, lane)| lane.ready.len() < count) {
            wav.read(step, &mut channels)?;
            let ended = channels.iter().any(Vec::is_empty);
            for (channel, lane) in &mut lanes {
                if ended {
                    lane.resampler.finish(&mut lane.ready);
                } else {
                    lane.resampler.push(&channels[*channel], &mut lane.ready);
                }
            }
            if ended {
                break;
            }
        }
        Ok(())
    }
}

impl RecordedLane {
    /// The lane and its channel, if it comes from this file.
    fn channel_of(&mut self, file: usize) -> Option<(usize, &mut Self)> {
        match self.from {
            Some((from, channel)) if from == file => Some((channel, self)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
