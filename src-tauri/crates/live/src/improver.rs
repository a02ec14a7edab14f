//! One call's recording, heard and decoded again.

use crate::LiveError;
use crate::ears::Ears;
use crate::machine::machine;
use cueline_audio::Block;
use cueline_calls::{ImprovedTranscript, ImprovedUtterance, Store, StoreError};
use cueline_events::Lane;
use cueline_speech::{DecodeJob, Decoder, Heard, JobKind, Recent, SAMPLE_RATE, Said};

/// A second at 16 kHz has so many samples of each lane.
const RATE: f64 = SAMPLE_RATE as f64;

/// Samples of each lane that are heard at a time, 20 ms: as a live call brings them.
const PIECE: usize = SAMPLE_RATE as usize / 50;

/// How far the pass over a call has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImproveProgress {
    /// Seconds of the call that are done.
    pub done: f64,
    /// Its length in seconds.
    pub total: f64,
}

/// How a pass over a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passed {
    /// Everything was decoded and the transcript is in the store.
    Whole,
    /// It was told to stop; the next [`Improver::run`] goes on from there.
    InPart,
}

/// Makes a call's transcript again from its recording.
///
/// It hears the lanes with the ears of a live call, cuts them into utterances as those do and decodes each once, whole;
/// nothing is shown or kept until all of them are. Finding the utterances costs next to nothing, so a pass that was
/// stopped hears the recording from its beginning and passes over the utterances whose words it has.
pub(crate) struct Improver {
    store: Store,
    call: String,
    seconds: f64,
    /// How many utterances have been decoded.
    decoded: usize,
    recent: Recent,
    utterances: Vec<ImprovedUtterance>,
}

impl Improver {
    /// The pass over a call that has ended, named by its id or the beginning of it.
    ///
    /// # Errors
    /// When there is no such call, it still runs, or it has no recording.
    pub(crate) fn new(store: &Store, id: &str) -> Result<Self, LiveError> {
        let call = store.show(id)?.call;
        let seconds = call.seconds.ok_or_else(|| StoreError::StillRunning { id: call.id.clone() })?;
        if !call.recording {
            return Err(StoreError::NoRecording { id: call.id }.into());
        }
        Ok(Self {
            store: store.clone(),
            call: call.id,
            seconds,
            decoded: 0,
            recent: Recent::default(),
            utterances: Vec::new(),
        })
    }

    /// How far it has come.
    pub(crate) fn progress(&self) -> ImproveProgress {
        let done = self.utterances.iter().map(|utterance| utterance.end).fold(0.0, f64::max);
        ImproveProgress { done: done.min(self.seconds), total: self.seconds }
    }

    /// Decodes what is left and keeps the transcript. Between two utterances it asks `go_on`.
    ///
    /// # Errors
    /// When the recording can't be read, an utterance can't be decoded or the store can't be written. The live
    /// transcript is as it was then, and no improved one is kept.
    pub(crate) fn run(
        &mut self,
        decoder: &mut dyn Decoder,
        go_on: &mut dyn FnMut(ImproveProgress) -> bool,
    ) -> Result<Passed, LiveError> {
        let no_recording = || StoreError::NoRecording { id: self.call.clone() };
        let mut recording = self.store.recording(&self.call)?.ok_or_else(no_recording)?;
        let mut ears = Lane::BOTH.map(Ears::new);
        let mut heard = 0;
        let mut frames = 0;
        while let Some(second) = recording.read_second()? {
            for piece in second.chunks(PIECE * Lane::BOTH.len()) {
                for lane in Lane::BOTH {
                    let block = Block { lane, start: frames, samples: lane_of(piece, lane) };
                    ears[lane.other().index()].hear_other(&block);
                    let found = ears[lane.index()].hear(&block);
                    if !self.decode(found, &mut heard, decoder, go_on)? {
                        return Ok(Passed::InPart);
                    }
                }
                frames += (piece.len() / Lane::BOTH.len()) as u64;
            }
        }
        for ears in &mut ears {
            if !self.decode(ears.finish(), &mut heard, decoder, go_on)? {
                return Ok(Passed::InPart);
            }
        }
        let transcript = ImprovedTranscript {
            model: decoder.model().to_owned(),
            machine: machine(),
            utterances: std::mem::take(&mut self.utterances),
        };
        self.store.keep_improved(&self.call, transcript)?;
        go_on(ImproveProgress { done: self.seconds, total: self.seconds });
        Ok(Passed::Whole)
    }

    /// Decodes what of a stretch of audio is a finished utterance; false when it was told to stop.
    fn decode(
        &mut self,
        found: Vec<Heard>,
        heard: &mut usize,
        decoder: &mut dyn Decoder,
        go_on: &mut dyn FnMut(ImproveProgress) -> bool,
    ) -> Result<bool, LiveError> {
        for mut job in found.into_iter().filter_map(finished) {
            *heard += 1;
            if *heard <= self.decoded {
                continue;
            }
            if !go_on(self.progress()) {
                return Ok(false);
            }
            job.before = self.recent.before(&job);
            let decoded = decoder.decode(&job)?;
            if let Some(said) = Said::of(&job, &decoded) {
                self.recent.note(job.lane, said);
            }
            self.decoded = *heard;
            let (start, end) = (job.voiced.start as f64 / RATE, job.voiced.end as f64 / RATE);
            self.utterances.push(ImprovedUtterance { lane: job.lane, start, end, text: decoded.text });
        }
        Ok(true)
    }
}

/// The audio of an utterance that is over: looks before that are for the screen of a live call.
fn finished(heard: Heard) -> Option<DecodeJob> {
    match heard {
        Heard::Wanted(job) if job.kind == JobKind::Final => Some(job),
        _ => None,
    }
}

/// One lane of interleaved samples, from -1 to 1.
fn lane_of(interleaved: &[i16], lane: Lane) -> Vec<f32> {
    let lanes = Lane::BOTH.len();
    interleaved.iter().skip(lane.index()).step_by(lanes).map(|sample| f32::from(*sample) / 32_768.0).collect()
}

#[cfg(test)]
mod tests;
