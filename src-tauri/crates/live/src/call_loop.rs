//! The middle of a call: observations in, cue events out, everything written down and shown in one order.

use crate::act::Act;
use crate::digest::digest;
use crate::judging::Judging;
use crate::message::Message;
use crate::observed::kept;
use crate::silent_lane::SilentLane;
use cueline_calls::{CallLog, Observed, ObservedWhat, Silenced};
use cueline_cues::{Engine, Observation, Playbook, Progress};
use cueline_events::{CallContext, CallEvent, CallSource, CueEvent, Lane, Notice};
use cueline_speech::{Transcribed, Utterance};
use std::sync::Arc;

/// Who is told of every event, in order: a window, a terminal, a test.
pub(crate) type OnEvent = Box<dyn FnMut(&CallEvent) + Send>;

/// Seconds between two readings of the listening counters.
const LISTENING_PERIOD: f64 = 1.0;
/// A change of lag smaller than this many seconds is not worth an event.
const LAG_STEP: f64 = 1.0;
/// A microphone that stays at this, the level of nothing at all in dB of full scale, is switched off: a quiet room is
/// above -80.
const NOTHING_DB: f32 = -90.0;
/// Seconds of a pause after which the agent is reminded of it, once.
const PAUSE_REMINDER: f64 = 60.0;

pub(crate) struct CallLoop {
    engine: Engine,
    playbook: Arc<Playbook>,
    /// Up to when the engine's clock was told to have gone.
    clocked: f64,
    /// Every cue event so far, for the call's digest.
    cues: Vec<CueEvent>,
    log: Option<CallLog>,
    /// While the call is recorded: who is told what of it may be kept.
    judging: Option<Judging>,
    on_event: OnEvent,
    next_listening: f64,
    lag: f64,
    told_of_log: bool,
    /// Since when the call is paused, while the agent has not been reminded.
    paused: Option<f64>,
    muted: bool,
    /// While the call is captured from devices, whether each gives something.
    devices: Option<SilentLane>,
}

impl CallLoop {
    pub(crate) fn begin(
        playbook: Arc<Playbook>,
        context: CallContext,
        log: Option<CallLog>,
        judging: Option<Judging>,
        on_event: OnEvent,
        started: CallEvent,
    ) -> Self {
        let from_devices = matches!(&started, CallEvent::CallStarted { source: CallSource::Devices, .. });
        let mut this = Self {
            engine: Engine::new(Arc::clone(&playbook), context),
            playbook,
            clocked: 0.0,
            cues: Vec::new(),
            log,
            judging,
            on_event,
            next_listening: LISTENING_PERIOD,
            lag: 0.0,
            told_of_log: false,
            paused: None,
            muted: false,
            devices: from_devices.then(SilentLane::default),
        };
        this.emit(started);
        this
    }

    /// Takes what a thread of the call has to say. `now` is in seconds on the call's clock.
    pub(crate) fn take(&mut self, message: Message, now: f64) {
        match message {
            Message::VoiceStarted { lane, at } => self.observe(&Observation::VoiceStarted { lane, at }, now),
            Message::VoiceEnded { lane, at } => self.observe(&Observation::VoiceEnded { lane, at }, now),
            Message::Transcribed(transcribed) => self.transcribed(transcribed, now),
            Message::Level { lane, rms_db, peak_db } => {
                if let Some(devices) = &mut self.devices {
                    devices.level(lane, peak_db);
                }
                if lane == Lane::Agent {
                    self.microphone(peak_db <= NOTHING_DB, now);
                }
                self.emit(CallEvent::Level { lane, rms_db, peak_db });
            }
            Message::Gap { lane, start, end } => self.emit(CallEvent::Gap { lane, start, end }),
            Message::Notice(notice) => self.emit(CallEvent::Notice(notice)),
            Message::Understood { until } => {
                if let Some(log) = &mut self.log {
                    let (until, kept) = log.understood(until);
                    if let Some(judging) = &mut self.judging {
                        judging.understood(until);
                    }
                    if let Err(error) = kept {
                        self.log_failed(&error);
                    }
                }
            }
            Message::SpeechOver { whole } => {
                if let Some(judging) = self.judging.take() {
                    judging.end(whole);
                }
            }
        }
    }

    /// The agent did something.
    pub(crate) fn act(&mut self, act: Act, now: f64) {
        match act {
            Act::Card { cue, action } => self.observe(&Observation::Action { at: now, cue, action }, now),
            Act::MarkSaid { cue } => self.observe(&Observation::MarkedSaid { at: now, cue }, now),
            Act::Pause { at } => {
                self.paused = Some(at);
                self.emit(CallEvent::Paused { at });
                self.observe(&Observation::Paused { at }, now);
            }
            Act::Resume { at } => {
                self.paused = None;
                self.emit(CallEvent::Resumed { at });
                self.observe(&Observation::Resumed { at }, now);
            }
            Act::EndRecording { at } => self.emit(CallEvent::RecordingEnded { at }),
        }
    }

    /// Time passes: duties fall due, counters are read, the lag is told.
    pub(crate) fn clock(&mut self, now: f64, lag: f64) {
        self.observe(&Observation::Clock { at: now }, now);
        if now >= self.next_listening {
            self.next_listening = now + LISTENING_PERIOD;
            let listening = self.engine.listening();
            self.emit(CallEvent::Listening(listening));
        }
        if self.paused.is_some_and(|since| now - since >= PAUSE_REMINDER) {
            self.paused = None;
            self.emit(CallEvent::Notice(Notice {
                code: "still_paused".into(),
                message: "Transcription has been paused for a minute.".into(),
                what_to_do: "Press F8 to go on.".into(),
            }));
        }
        let silent = self.devices.as_mut().filter(|_| self.paused.is_none());
        if let Some(notice) = silent.and_then(|devices| devices.notice(now)) {
            self.emit(CallEvent::Notice(notice));
        }
        let back_to_normal = lag == 0.0 && self.lag > 0.0;
        if (lag - self.lag).abs() >= LAG_STEP || back_to_normal {
            self.lag = lag;
            self.emit(CallEvent::Lag { seconds: lag });
        }
        if let Some(log) = &mut self.log
            && let Err(error) = log.flush()
        {
            self.log_failed(&error);
        }
    }

    /// The call is over: it was `length` seconds long, and everything in it was understood `now`.
    pub(crate) fn end(mut self, length: f64, now: f64) {
        if let Some(log) = &mut self.log {
            log.observe(Observed { clock: self.clocked, at: length, what: ObservedWhat::Ended });
        }
        let last = self.engine.finish(length);
        self.cue_events(last, now);
        self.emit(CallEvent::CallEnded { at: length });
        if let Some(mut log) = self.log.take()
            && let Err(error) =
                log.end(length).and_then(|()| log.keep_digest(&digest(&self.playbook, &self.cues)))
        {
            self.log_failed(&error);
        }
    }

    fn microphone(&mut self, muted: bool, now: f64) {
        if muted != self.muted {
            self.muted = muted;
            let observation =
                if muted { Observation::Muted { at: now } } else { Observation::Unmuted { at: now } };
            self.observe(&observation, now);
        }
    }

    fn transcribed(&mut self, transcribed: Transcribed, now: f64) {
        if let (Some(devices), Transcribed::Final(said)) = (&mut self.devices, &transcribed) {
            devices.spoke(said.lane);
        }
        let (event, said, progress) = match transcribed {
            Transcribed::Partial { said, revision, paused } => {
                let Utterance { lane, id: utterance, start, end, ref text } = said;
                let text = text.clone();
                (
                    CallEvent::Partial { lane, utterance, revision, start, end, text, emitted_at: now },
                    said,
                    if paused { Progress::Paused } else { Progress::Speaking },
                )
            }
            Transcribed::Final(said) => {
                let Utterance { lane, id: utterance, start, end, ref text } = said;
                let text = text.clone();
                (
                    CallEvent::Final { lane, utterance, start, end, text, emitted_at: now },
                    said,
                    Progress::Final,
                )
            }
            Transcribed::Unheard { start, end } => {
                if let Some(judging) = &mut self.judging {
                    judging.silence([Silenced::around(start, end)]);
                }
                return;
            }
        };
        self.emit(event);
        let Utterance { lane, id: utterance, start, end, text } = said;
        self.observe(&Observation::Utterance { at: now, lane, utterance, start, end, text, progress }, now);
    }

    fn observe(&mut self, observation: &Observation, now: f64) {
        if let Observation::Clock { at } = observation {
            self.clocked = self.clocked.max(*at);
        }
        if let Some(log) = &mut self.log
            && let Some(kept) = kept(observation, self.clocked)
        {
            log.observe(kept);
        }
        let events = self.engine.observe(observation);
        self.cue_events(events, now);
    }

    fn cue_events(&mut self, events: Vec<CueEvent>, now: f64) {
        for mut event in events {
            event.emitted_at = now;
            if self.log.is_some() {
                self.cues.push(event.clone());
            }
            self.emit(CallEvent::Cue(event));
        }
        if let Some(board) = self.engine.board() {
            self.emit(CallEvent::Board(Box::new(board)));
        }
    }

    fn emit(&mut self, event: CallEvent) {
        if let Some(log) = &mut self.log
            && let Err(error) = log.append(&event)
        {
            self.log_failed(&error);
        }
        if let (Some(log), Some(judging), CallEvent::Final { .. }) =
            (&mut self.log, &mut self.judging, &event)
        {
            judging.silence(log.take_silenced());
        }
        (self.on_event)(&event);
    }

    /// Told once a call: the person must act, and repeating it would hide the cards.
    fn log_failed(&mut self, error: &cueline_calls::StoreError) {
        if !self.told_of_log {
            self.told_of_log = true;
            (self.on_event)(&CallEvent::Notice(error.notice()));
        }
    }
}

#[cfg(test)]
mod tests;
