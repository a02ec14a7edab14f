use super::{Pattern, Way};
use cueline_events::{CallContext, Communication, Direction, Lane, Mode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of the playbook's cues: its place in the list.
pub(crate) type CueId = usize;

/// What a cue is about, which decides how it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum CueKind {
    /// Something the agent has to say.
    Disclosure,
    /// Something the customer says that the agent has to act on.
    Trigger,
    /// Something the agent must not say.
    Guard,
    /// The customer's anger or distress.
    Deescalation,
    /// How the agent listens: counts and seconds.
    Listening,
    /// A fact that the customer reveals.
    Clue,
}

/// How much hangs on a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Severity {
    /// A right of the customer or a legal duty.
    Critical,
    /// Close to it.
    High,
    /// Good practice.
    Medium,
    /// A nicety.
    Low,
}

/// A compiled cue.
#[derive(Debug)]
pub(crate) struct Cue {
    pub id: String,
    pub kind: CueKind,
    pub title: String,
    pub headline: String,
    pub prompt: String,
    pub say: Option<String>,
    pub why: Option<String>,
    pub source: Option<String>,
    pub severity: Severity,
    pub skill: String,
    /// Whose words fire it, or satisfy it when it is a disclosure.
    pub lane: Lane,
    pub applies: Applies,
    pub fires: Vec<Way>,
    pub signals: Vec<Signal>,
    /// The customer's heat at which its signals fire it.
    pub threshold: f64,
    pub satisfies: Vec<Way>,
    pub handles: Vec<Way>,
    /// When there are steps, one answer is not enough: it is handled when each step was heard since it fired.
    pub handle_steps: Vec<Vec<Pattern>>,
    /// Agent's words that fire it again while its stop-order holds.
    pub breaks: Vec<Way>,
    /// What in the same sentence takes a hit back.
    pub unless: Vec<Pattern>,
    /// The scopes inside which a hit does not count.
    pub outside: Vec<usize>,
    /// It listens only for so many turns of its lane after one of these.
    pub after: Option<After>,
    pub duty: Option<Duty>,
    pub count: Option<Count>,
    pub echo: Option<Echo>,
    /// Words that speak of a repetition: with them one repeated word is enough.
    pub hints: Vec<Pattern>,
    /// It fires only while the customer is not verified.
    pub until_verified: bool,
    /// Its satisfaction is decided by the verification, not by its words alone.
    pub verification: bool,
    pub stop_order: bool,
    pub safety: bool,
    /// Nobody on the line is the customer: there is nothing left to verify or to disclose.
    pub wrong_number: bool,
    /// It asks for or helps with a payment: a stop-order silences it.
    pub payment: bool,
    pub early: bool,
    /// It may become a card.
    pub card: bool,
    pub cooldown: f64,
    pub per_call: u32,
}

/// The contexts in which a cue exists; an empty list or `None` means any.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Applies {
    pub mode: Vec<Mode>,
    pub communication: Option<Communication>,
    pub direction: Option<Direction>,
    pub recording: Option<bool>,
    pub time_barred: Option<bool>,
    pub legal_authorised: Option<bool>,
    pub fees_authorised: Option<bool>,
    pub in_validation_period: Option<bool>,
    /// Beginnings of jurisdictions, `US` for all of its states.
    pub jurisdiction: Vec<String>,
}

impl Applies {
    /// Whether a call of this context has the cue.
    pub(crate) fn to(&self, context: &CallContext) -> bool {
        fn fits<T: PartialEq>(wanted: Option<T>, is: T) -> bool {
            wanted.is_none_or(|wanted| wanted == is)
        }
        (self.mode.is_empty() || self.mode.contains(&context.mode))
            && fits(self.communication, context.communication)
            && fits(self.direction, context.direction)
            && fits(self.recording, context.recording)
            && fits(self.time_barred, context.time_barred)
            && fits(self.legal_authorised, context.legal_authorised)
            && fits(self.fees_authorised, context.fees_authorised)
            && fits(self.in_validation_period, context.in_validation_period)
            && (self.jurisdiction.is_empty()
                || context.jurisdiction.is_empty()
                || self.jurisdiction.iter().any(|place| context.jurisdiction.starts_with(place.as_str())))
    }
}

/// Words that add to the customer's heat.
#[derive(Debug)]
pub(crate) struct Signal {
    pub way: Way,
    pub weight: f64,
}

/// What opens a cue that listens only then.
#[derive(Debug)]
pub(crate) struct After {
    pub cues: Vec<CueId>,
    /// Customer's words.
    pub words: Vec<Pattern>,
    /// Turns of the cue's own lane.
    pub turns: u32,
}

/// When a disclosure comes onto the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Due {
    /// With the call.
    Start,
    /// When the customer is verified.
    Verified,
    /// When words or another cue ask for it.
    Words,
}

/// A disclosure's order and deadlines.
#[derive(Debug)]
pub(crate) struct Duty {
    pub due: Due,
    pub due_on: Vec<Way>,
    pub due_after: Vec<CueId>,
    /// Seconds since it became due.
    pub seconds: Option<f64>,
    /// Agent's turns that may pass without it.
    pub turns: Option<u32>,
    /// Agent's words before which it must have been said.
    pub overdue_on: Vec<Way>,
    /// A new person on the line makes it due again.
    pub again_for_new_party: bool,
    /// It counts only once the customer is verified.
    pub needs_verified: bool,
    /// It can be satisfied again, later in the call.
    pub repeats: bool,
    /// Its elements may lie in two turns that follow each other.
    pub adjacent_turns: bool,
}

/// What a listening cue counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Measured {
    /// Seconds of both speaking, the agent second.
    Overtalk,
    /// Seconds the agent has spoken without the customer.
    Monologue,
    /// The agent's share of voiced time.
    TalkShare,
    /// The agent's words per minute of voiced time.
    SpeechRate,
}

/// A listening cue's number. Seconds, words per minute or a share, after `measure`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    pub measure: Measured,
    /// The limit.
    pub over: f64,
    /// Seconds looked back.
    #[serde(default)]
    pub window_s: f64,
    /// Overtalk: so many shorter overlaps within the window count as well,
    #[serde(default)]
    pub times: u32,
    /// each of them longer than this.
    #[serde(default)]
    pub each_s: f64,
    /// Speech rate: no figure from fewer words than this.
    #[serde(default)]
    pub min_words: u32,
    /// Talk share: no figure before so many seconds of speech.
    #[serde(default)]
    pub min_voiced_s: f64,
}

/// When a customer who repeats himself has not been heard.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Echo {
    /// The share of a turn's content words that an earlier turn had too.
    pub overlap: f64,
    /// The share of those that the agent said in between.
    pub echoed: f64,
    /// How far back the earlier turn may be, in seconds.
    pub within_s: f64,
}
