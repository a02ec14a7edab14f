use super::{Pattern, Way};
use cueline_events::{CallContext, CallStage, ClockTime, Communication, Direction, Lane, Mode};
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
    /// Something about the call that is known before it begins.
    Context,
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
    /// Which of the playbook's scores its signals add to.
    pub score: usize,
    /// The score at which its signals fire it.
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
    pub repeat: Option<Repeat>,
    /// The other lane's words that it waits for: it fires only when the agent leaves its words without an answer for
    /// so many of his turns.
    pub answer_within: Option<u32>,
    /// It is handled when one of these is satisfied, and by no words alone.
    pub handled_after: Vec<CueId>,
    /// Once handled it stays quiet until the agent says one of these.
    pub reopened_by: Vec<Pattern>,
    pub duty: Option<Duty>,
    pub count: Option<Count>,
    pub echo: Option<Echo>,
    /// Words that speak of a repetition: with them one repeated word is enough.
    pub hints: Vec<Pattern>,
    /// It fires only while the customer is not verified.
    pub until_verified: bool,
    /// Its words count only while somebody else than the customer is on the line; it also fires when that is heard.
    pub third_party: bool,
    /// Its satisfaction is decided by the verification, not by its words alone.
    pub verification: bool,
    pub stop_order: bool,
    pub safety: bool,
    /// Nobody on the line is the customer: there is nothing left to verify or to disclose.
    pub wrong_number: bool,
    /// With it the agent brings the call to its close.
    pub closes: bool,
    /// With it the customer commits himself to a sum or a day.
    pub commits: bool,
    /// With it the customer disputes what he is asked for.
    pub disputes: bool,
    /// A call in which it fired is held until a person has looked at it.
    pub holds_call: bool,
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
    /// The customer's name is known, or it is not.
    pub customer_name: Option<bool>,
    /// The customer's clock stands outside these hours, `["08:00", "21:00"]`.
    pub outside_hours: Option<(ClockTime, ClockTime)>,
    pub frequency: Option<Frequency>,
    /// The customer has asked for the call.
    pub prior_consent: Option<bool>,
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
            && fits(self.customer_name, !context.customer_name.is_empty())
            && fits(self.prior_consent, context.prior_consent)
            && self
                .outside_hours
                .is_none_or(|(from, to)| context.local_time.is_some_and(|time| time < from || time >= to))
            && self.frequency.is_none_or(|most| most.is_reached(context))
            && (self.jurisdiction.is_empty()
                || context.jurisdiction.is_empty()
                || self.jurisdiction.iter().any(|place| context.jurisdiction.starts_with(place.as_str())))
    }
}

/// Who scores an item of the scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ScoredBy {
    /// The call's events.
    Auto,
    /// The events suggest, a person confirms.
    Suggested,
    /// A person.
    Human,
}

/// Open questions that fit a moment of the call.
#[derive(Debug)]
pub(crate) struct Palette {
    /// They fit when one of these fired lately; an empty list fits the stage alone.
    pub after: Vec<CueId>,
    /// The stages that they fit; an empty list means any.
    pub stages: Vec<CallStage>,
    /// Asked in this order.
    pub ask: Vec<String>,
}

/// An item of the scorecard.
#[derive(Debug)]
pub(crate) struct ScoreItem {
    pub title: String,
    pub weight: f64,
    pub by: ScoredBy,
    /// Disclosures that have to be said.
    pub said: Vec<CueId>,
    /// What has to be handled when it comes up.
    pub handled: Vec<CueId>,
    /// What must not happen.
    pub silent: Vec<CueId>,
}

/// Calls to one person about one debt: so many in seven days, or one so soon after a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frequency {
    /// Calls in the last seven days from which on one more is too many.
    pub calls_in_7_days: u32,
    /// Days that have to pass after a conversation.
    pub days_since_conversation: u32,
}

impl Frequency {
    fn is_reached(self, context: &CallContext) -> bool {
        context.calls_in_7_days.is_some_and(|calls| calls >= self.calls_in_7_days)
            || context.days_since_conversation.is_some_and(|days| days < self.days_since_conversation)
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
    /// Words of the other lane.
    pub words: Vec<Pattern>,
    /// Turns of the cue's own lane.
    pub turns: u32,
}

/// Words that are harmless once and not when they are said again and again.
#[derive(Debug)]
pub(crate) struct Repeat {
    pub of: Vec<Way>,
    /// Turns in which they were said.
    pub times: u32,
    pub within_s: f64,
    /// They count only after one of these fired; an empty list means from the start.
    pub after: Vec<CueId>,
    /// Words of the same lane that begin the count afresh.
    pub cleared_by: Vec<Pattern>,
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
    /// What people call that moment: `before the call ends`.
    pub before: Option<String>,
    /// A new person on the line makes it due again.
    pub again_for_new_party: bool,
    /// It counts only once the customer is verified.
    pub needs_verified: bool,
    /// It can be satisfied again, later in the call.
    pub repeats: bool,
    /// Its elements may lie in two turns that follow each other.
    pub adjacent_turns: bool,
    /// It is satisfied only by the customer's yes to it.
    pub assent: bool,
}

/// What a listening cue counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Measured {
    #[default]
    /// Seconds of both speaking, the agent second.
    Overtalk,
    /// Seconds the agent has spoken without the customer.
    Monologue,
    /// The agent's share of voiced time.
    TalkShare,
    /// The agent's words per minute of voiced time.
    SpeechRate,
    /// How many words per minute faster the agent is than a customer who is not angry.
    PaceGap,
    /// The same as the speech rate, of the utterance that says a disclosure.
    DisclosureRate,
    /// Seconds that the customer goes on speaking after the agent has cut in.
    Interruption,
    /// Seconds in which nobody speaks.
    DeadAir,
    /// The same, with the agent's microphone switched off and nothing said about it.
    Muted,
    /// Questions that want a yes or a number, while none was open.
    ClosedQuestions,
    /// Questions one after the other: the words of each answer, at most.
    RapidFire,
    /// Seconds without the words that the cue asks the agent for.
    Unsaid,
    /// Seconds since the agent summed up, while more has come up.
    Unrecapped,
    /// The agent's turns in which a clue was not picked up.
    ClueMissed,
    /// The same, for a long turn of the customer's: his own words were not taken up in the very next one.
    NoMirror,
}

/// A listening cue's number. Seconds, words per minute or a share, after `measure`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    pub measure: Measured,
    /// The limit.
    pub over: f64,
    /// Seconds looked back.
    #[serde(default)]
    pub window_s: f64,
    /// Overtalk: so many shorter overlaps within the window count as well; questions in a row; clues since a summary,
    #[serde(default)]
    pub times: u32,
    /// each of them longer than this.
    #[serde(default)]
    pub each_s: f64,
    /// Speech rate, pace gap, interruption, mirror: nothing from fewer words than this.
    #[serde(default)]
    pub min_words: u32,
    /// Dead air: the limit after somebody asked for a moment,
    #[serde(default)]
    pub announced: f64,
    /// and within a minute after the customer told something hard.
    #[serde(default)]
    pub after_disclosure: f64,
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
