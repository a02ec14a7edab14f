//! A recorded call as fast as the machine can, on a virtual clock: audio time plus the measured time of the work.
//!
//! The parts are those of a live call. The clock stands still while a decode is measured; its result becomes known
//! at the virtual second at which one worker of this machine's speed would have had it.

use crate::call_clock::CallClock;
use crate::call_loop::{CallLoop, OnEvent};
use crate::ears::Ears;
use crate::frontier::Frontier;
use crate::intake::{broken_file, message_of, voice_activity};
use crate::live_call::LiveCall;
use crate::message::Message;
use crate::opened_call::{self, Facts};
use crate::{LiveError, SharedDecoder, recorder};
use crossbeam_channel::{Receiver, Sender, bounded};
use cueline_audio::{Block, CallFile, LaneEvent};
use cueline_events::Lane;
use cueline_speech::{DecodeJob, Decoded, Heard, SpeechError, Transcribed, Transcriber};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::thread::Builder;
use std::time::Instant;

/// Virtual seconds between two looks of the call loop at the clock, as in a live call.
const CLOCK_PERIOD: f64 = 0.1;

/// Starts a replay on a thread of its own.
pub(crate) fn start(
    facts: Facts,
    decoder: SharedDecoder,
    file: CallFile,
    on_event: OnEvent,
) -> Result<LiveCall, LiveError> {
    let opened = opened_call::open(facts, &decoder, on_event)?;
    let ending: Arc<AtomicBool> = Arc::default();
    let mut others = Vec::new();
    // What the recorder has to tell is at most one failure.
    let (out, failures) = bounded(1);
    let recorder = match opened.recording {
        Some((writer, judged)) => {
            let (blocks, recorded) = bounded(recorder::QUEUE);
            let record = move || recorder::record(&recorded, &judged, writer, &out);
            others.push(Builder::new().name("recorder".into()).spawn(record)?);
            Some(blocks)
        }
        None => None,
    };
    let replay = Replay {
        call_loop: opened.call_loop,
        decoder,
        ears: Lane::BOTH.map(Ears::new),
        transcriber: Transcriber::new(),
        frontier: Frontier::default(),
        decoding: None,
        free_at: 0.0,
        next_clock: CLOCK_PERIOD,
        recorder,
        failures,
    };
    let stop = Arc::clone(&ending);
    let call_loop = Builder::new().name("replay".into()).spawn(move || replay.run(file, &stop))?;
    // Nobody presses a key in virtual time; the receiving end is gone, and what is pressed goes nowhere.
    let (acts, _) = bounded(1);
    let (clock, hearing) = (CallClock::begin(), Arc::default());
    Ok(LiveCall { id: opened.id, clock, ending, hearing, acts, call_loop, others })
}

struct Replay {
    call_loop: CallLoop,
    decoder: SharedDecoder,
    ears: [Ears; 2],
    transcriber: Transcriber,
    frontier: Frontier,
    /// The job that the worker is busy with, its result, and the second at which it becomes known.
    decoding: Option<(DecodeJob, Result<Decoded, SpeechError>, f64)>,
    /// The second from which the worker is free.
    free_at: f64,
    next_clock: f64,
    recorder: Option<Sender<Block>>,
    failures: Receiver<Message>,
}

impl Replay {
    fn run(mut self, mut file: CallFile, ending: &AtomicBool) {
        let mut now = 0.0;
        for notice in file.notices() {
            self.call_loop.take(Message::Notice(notice), now);
        }
        while !ending.load(Ordering::Relaxed) {
            match file.read() {
                Ok(Some(events)) => {
                    now = events.iter().filter_map(LaneEvent::end).fold(now, f64::max);
                    // What the worker finished meanwhile was known before this piece of audio was.
                    self.work_until(now);
                    events.into_iter().for_each(|event| self.hear(event, now));
                    for lane in Lane::BOTH {
                        self.frontier.settle(lane, self.ears[lane.index()].settled());
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    self.call_loop.take(broken_file(&error), now);
                    break;
                }
            }
            self.work_until(now);
            if let Some(message) = self.frontier.advance(&self.transcriber) {
                self.call_loop.take(message, now);
            }
        }
        let length = now;
        for lane in Lane::BOTH {
            let heard = self.ears[lane.index()].finish();
            self.heard(heard, now);
        }
        while !(self.transcriber.idle() && self.decoding.is_none()) {
            self.work_until(now);
            now = now.max(self.free_at);
        }
        self.recorder = None;
        self.call_loop.take(Message::SpeechOver { whole: true }, now);
        self.call_loop.end(length, now);
    }

    fn hear(&mut self, event: LaneEvent, now: f64) {
        match event {
            LaneEvent::Samples(block) => {
                self.ears[block.lane.other().index()].hear_other(&block);
                let heard = self.ears[block.lane.index()].hear(&block);
                self.heard(heard, now);
                if let Some((speech, voice_end)) = self.transcriber.complete(block.lane) {
                    let heard = self.ears[block.lane.index()].settle(speech, voice_end);
                    self.heard(heard, now);
                }
                if let Some(recorder) = &self.recorder {
                    let _ = recorder.send(block);
                }
            }
            other => {
                if let Some(message) = message_of(other) {
                    self.call_loop.take(message, now);
                }
            }
        }
    }

    fn heard(&mut self, heard: Vec<Heard>, now: f64) {
        for one in heard {
            if let Some(message) = voice_activity(&one) {
                self.call_loop.take(message, now);
            }
            let transcribed = self.transcriber.hear(one, now);
            self.tell(transcribed, now);
        }
    }

    /// Lets the worker do what it would have done by `now`, and the clock tick as often as it would have.
    fn work_until(&mut self, now: f64) {
        // An idle worker learns of a job with the piece of audio that made it; one that was busy goes on at once.
        let mut start = self.free_at.max(now);
        loop {
            if self.decoding.is_some() && self.free_at > now {
                break;
            }
            if let Some((job, result, done_at)) = self.decoding.take() {
                start = done_at;
                self.tick_until(done_at);
                let transcribed = self.transcriber.decoded(job, result, done_at);
                self.tell(transcribed, done_at);
            }
            let Some(job) = self.transcriber.next() else { break };
            let begun = Instant::now();
            let result = self.decoder.lock().unwrap_or_else(PoisonError::into_inner).decode(&job);
            let work = result.as_ref().map_or(begun.elapsed().as_secs_f64(), |decoded| decoded.seconds);
            self.free_at = start + work;
            self.decoding = Some((job, result, self.free_at));
        }
        self.tick_until(now);
    }

    fn tick_until(&mut self, now: f64) {
        while self.next_clock <= now {
            let lag = self.transcriber.lag(self.next_clock);
            self.call_loop.clock(self.next_clock, lag);
            self.next_clock += CLOCK_PERIOD;
        }
        if let Ok(failure) = self.failures.try_recv() {
            self.call_loop.take(failure, now);
        }
    }

    fn tell(&mut self, transcribed: Vec<Transcribed>, now: f64) {
        for one in transcribed {
            self.call_loop.take(Message::Transcribed(one), now);
        }
    }
}
