use super::script::{Expected, ExpectedEvent, Scope, Turn};
use crate::playbook::Playbook;
use cueline_events::{CueEvent, CueEventKind};

/// An event's time may lie outside its turn by this much: times are estimated.
const EDGE: f64 = 0.3;

/// How a call compares with what it expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Every expectation with what became of it, in the order of the script.
    pub outcomes: Vec<Outcome>,
    /// Those that were not met.
    pub differences: Vec<Difference>,
}

/// One expectation and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The expectation.
    pub expected: Expected,
    /// Whether it was met; `None` when the playbook does not have the cue.
    pub met: Option<bool>,
    /// When the event that met or broke it was decided, in seconds.
    pub at: Option<f64>,
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The turn, counted from 0.
    pub turn: usize,
    /// The cue's id.
    pub cue: String,
    /// What was expected.
    pub expected: ExpectedEvent,
    /// When a forbidden event happened; `None` when an expected one did not.
    pub at: Option<f64>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (turn, cue) = (self.turn, &self.cue);
        match (self.expected, self.at) {
            (ExpectedEvent::MustNotFire, at) => {
                write!(f, "turn {turn}: {cue} must not fire and did at {:.2} s", at.unwrap_or_default())
            }
            (ExpectedEvent::Fires, _) => write!(f, "turn {turn}: {cue} should have fired"),
            (ExpectedEvent::Satisfied, _) => write!(f, "turn {turn}: {cue} should have been satisfied"),
        }
    }
}

/// Compares cue events with what a call expects.
///
/// An expected event has to happen from its turn's start to the end of the next turn and `slack` seconds more: 0 for a
/// script, 3 for recorded audio, where a final comes later than its words. Each event meets one expectation. A
/// forbidden one must not be caused by its turn, or not happen at all when its scope is the call. Only cues that the
/// playbook has are compared.
pub fn compare(
    events: &[CueEvent],
    turns: &[Turn],
    expected: &[Expected],
    playbook: &Playbook,
    slack: f64,
) -> Comparison {
    let mut used = vec![false; events.len()];
    let mut outcomes: Vec<Outcome> = Vec::new();
    for wanted in expected {
        let known = playbook.cue(&wanted.cue).is_some();
        let found = if known { find(events, turns, wanted, slack, &mut used) } else { None };
        let met = known.then_some(found.is_some() != (wanted.event == ExpectedEvent::MustNotFire));
        outcomes.push(Outcome { expected: wanted.clone(), met, at: found });
    }
    let differs = |outcome: &&Outcome| outcome.met == Some(false);
    let difference = |outcome: &Outcome| Difference {
        turn: outcome.expected.turn,
        cue: outcome.expected.cue.clone(),
        expected: outcome.expected.event,
        at: outcome.at,
    };
    let differences = outcomes.iter().filter(differs).map(difference).collect();
    Comparison { outcomes, differences }
}

/// When the event that decides about an expectation happened, if it did.
fn find(
    events: &[CueEvent],
    turns: &[Turn],
    wanted: &Expected,
    slack: f64,
    used: &mut [bool],
) -> Option<f64> {
    let turn = turns.get(wanted.turn)?;
    // What is known before the call begins belongs to its first turn.
    let begins = if wanted.turn == 0 { 0.0 } else { turn.t0 - EDGE };
    let next_end = turns.get(wanted.turn + 1).map_or(turn.t1, |next| next.t1.max(turn.t1));
    let kind = match wanted.event {
        ExpectedEvent::Satisfied => CueEventKind::Satisfied,
        ExpectedEvent::Fires | ExpectedEvent::MustNotFire => CueEventKind::Fires,
    };
    let found = events.iter().enumerate().find(|(i, event)| {
        let time = match (wanted.event, wanted.scope) {
            (ExpectedEvent::MustNotFire, Scope::Call) => true,
            (ExpectedEvent::MustNotFire, Scope::Turn) => {
                event.at > turn.t0
                    && event.at <= turn.t1 + EDGE
                    && event.lane.is_none_or(|lane| lane == turn.speaker)
            }
            _ => !used[*i] && event.at >= begins && event.at <= next_end + EDGE + slack,
        };
        event.event == kind && event.cue == wanted.cue && time
    });
    let (i, event) = found?;
    if wanted.event != ExpectedEvent::MustNotFire {
        used[i] = true;
    }
    Some(event.at)
}
