//! The replay lab: a stored call told again to a playbook, and what would have been different.
//!
//! What the engine was told is kept with every call ([`Observed`]), and the engine does the same whenever it is told the
//! same. So a call that is told again to the playbook that it ran with gives its cue events to the last. Where that is not
//! so:
//!
//! - figures that were masked are told as zeroes: their number may differ, and a number that was heard in a partial may be
//!   cut otherwise. It matters only to a pattern that asks for how many figures there are, or which;
//! - a call that was cut off lacks what was told after its last event on the disk ([`Telling::Part`]);
//! - a call of before observations were kept is told from its transcript alone ([`Telling::Transcript`]): without partials,
//!   and each lane is taken to speak from an utterance's beginning to its end.

mod change;
mod run;
mod told_call;
mod totals;

pub use change::{CueChange, Precision, changes};
pub use run::{LabProgress, lab_threads, tell_all};
pub use told_call::ToldCall;
pub use totals::{CueTotal, LabTotals};

use crate::observed::{stand_in, told};
use cueline_calls::{CallToRetell, ObservedWhat};
use cueline_cues::{Engine, Observation, Playbook, Progress};
use cueline_events::{CallEvent, CueEvent};
use serde::Serialize;
use std::sync::Arc;
use ts_rs::TS;

/// From what a call was told again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Telling {
    /// From all that the engine was told.
    Observed,
    /// From what the engine was told up to where the rest was lost.
    Part,
    /// From its transcript, as nothing else was kept.
    Transcript,
}

/// Tells a stored call to a playbook: the cue events that there would have been.
pub fn retell(call: &CallToRetell, playbook: Arc<Playbook>) -> (Telling, Vec<CueEvent>) {
    let mut engine = Engine::new(playbook, call.context.clone());
    let mut events = Vec::new();
    let mut length = call.seconds.unwrap_or_default();
    let telling = match call.observed.last().map(|last| &last.what) {
        None => Telling::Transcript,
        Some(ObservedWhat::Ended) => Telling::Observed,
        Some(_) => Telling::Part,
    };
    if telling == Telling::Transcript {
        for observation in from_transcript(&call.transcript) {
            events.extend(engine.observe(&observation));
        }
    }
    for one in &call.observed {
        events.extend(engine.observe(&Observation::Clock { at: one.clock }));
        if one.what == ObservedWhat::Ended {
            length = one.at;
        }
        events.extend(told(one).into_iter().flat_map(|observation| engine.observe(&observation)));
    }
    events.extend(engine.finish(length));
    (telling, events)
}

/// What an engine can be told of a call when only its transcript is there.
fn from_transcript(events: &[CallEvent]) -> Vec<Observation> {
    let mut timed: Vec<(f64, u8, Observation)> = Vec::new();
    for event in events {
        match event {
            CallEvent::Final { lane, utterance, start, end, text, .. } => {
                let (lane, text) = (*lane, stand_in(text.as_str()).into());
                timed.push((*start, 2, Observation::VoiceStarted { lane, at: *start }));
                timed.push((*end, 0, Observation::VoiceEnded { lane, at: *end }));
                let (utterance, start, end) = (*utterance, *start, *end);
                let progress = Progress::Final;
                let said = Observation::Utterance { at: end, lane, utterance, start, end, text, progress };
                timed.push((end, 1, said));
            }
            CallEvent::Paused { at } => timed.push((*at, 3, Observation::Paused { at: *at })),
            CallEvent::Resumed { at } => timed.push((*at, 3, Observation::Resumed { at: *at })),
            _ => {}
        }
    }
    timed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    timed.into_iter().map(|(_, _, observation)| observation).collect()
}

#[cfg(test)]
mod tests;
