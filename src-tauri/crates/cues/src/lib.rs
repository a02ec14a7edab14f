//! The cue engine: from what was said to what the agent should see.
//!
//! Pure: no I/O, no clock, no threads. Time arrives with every [`Observation`], so the same playbook, context and
//! observations give the same [`CueEvent`](cueline_events::CueEvent)s: live, in a replay, in a rehearsal
//! (design rule 3).
//!
//! Data flows one way. `text` brings words to one form, `pattern` finds what a playbook asks for among them,
//! `playbook` reads and checks the TOML file, `reading` puts the two together for one stretch of speech, `engine`
//! keeps the state of the call and decides, `rehearse` runs scripted calls through it and compares, `probe` asks what
//! single phrases would do, `scorecard` scores a call that has ended.

mod engine;
mod pattern;
mod playbook;
mod probe;
mod reading;
mod rehearse;
mod scorecard;
mod text;

pub use engine::{CardAction, Engine, Observation, Progress};
pub use playbook::{
    CueKind, CueRole, CueView, Deadline, Fault, Limits, Playbook, PlaybookError, PlaybookView, ScoredBy,
    Severity,
};
pub use probe::{Hit, HitAs, probe};
pub use rehearse::{
    Comparison, Difference, Expected, ExpectedEvent, Outcome, Rehearsal, Scope, Script, ScriptError, Turn,
    compare, rehearse,
};
pub use scorecard::{ScoreEvidence, ScoreState, Scorecard, ScoredItem, scorecard};
