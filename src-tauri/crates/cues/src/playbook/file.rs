use super::cue::{Applies, Count, CueKind, Due, Echo, ScoredBy, Severity};
use super::party_rules::Shape;
use super::way::RawWay;
use cueline_events::{CallStage, Lane, Level, Mode};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A list of patterns as they are written.
pub(super) type RawPatterns = Vec<Spanned<String>>;
/// A list of ways as they are written.
pub(super) type RawWays = Vec<Spanned<RawWay>>;

/// A playbook as it is written. Unknown keys are faults, so that a misspelt one is not silently without effect.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub playbook: Head,
    pub budget: Option<Spanned<Budget>>,
    #[serde(default)]
    pub heat: HeatRules,
    #[serde(default)]
    pub party: RawParty,
    #[serde(default)]
    pub listening: RawListening,
    #[serde(default)]
    pub words: BTreeMap<String, RawPatterns>,
    #[serde(default)]
    pub scopes: BTreeMap<String, Spanned<RawScope>>,
    /// By kind, and `handles`: the scopes inside which words do not count.
    #[serde(default)]
    pub outside: RawOutside,
    #[serde(default)]
    pub scorecard: Vec<Spanned<RawScoreItem>>,
    #[serde(default)]
    pub question: Vec<Spanned<RawPalette>>,
    #[serde(default)]
    pub cue: Vec<Spanned<RawCue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPalette {
    #[serde(default)]
    pub after: RawPatterns,
    #[serde(default)]
    pub stages: Vec<CallStage>,
    pub ask: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScoreItem {
    pub title: String,
    pub weight: f64,
    pub by: ScoredBy,
    #[serde(default)]
    pub said: RawPatterns,
    #[serde(default)]
    pub handled: RawPatterns,
    #[serde(default)]
    pub silent: RawPatterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub id: Spanned<String>,
    pub version: String,
    pub title: String,
    pub modes: Spanned<Vec<Mode>>,
}

/// What may be shown, and when. Seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Budget {
    /// Between two coaching cards.
    pub coaching_gap_s: f64,
    /// What agents of each experience see.
    pub new: LevelBudget,
    pub steady: LevelBudget,
    pub expert: LevelBudget,
    /// No coaching before.
    pub quiet_start_s: f64,
    /// No coaching so long after the customer disclosed something hard.
    pub quiet_after_disclosure_s: f64,
    /// How long an agent may have been speaking for a coaching card still to appear.
    pub speaking_grace_s: f64,
    /// How long a coaching card waits for the agent to pause.
    pub hold_s: f64,
    /// A cue whose words are older than this is no longer shown.
    pub stale_s: f64,
    /// A card stands at least so long before an equal one takes its place.
    pub card_min_s: f64,
    /// A coaching card stays up so long.
    pub coaching_card_s: f64,
    /// A legal card keeps its place so long.
    pub legal_card_s: f64,
    /// So long a card that was put aside stays away.
    pub not_now_s: f64,
    /// So many times put aside, and a cue is muted for the call.
    pub dismissals_to_mute: u32,
}

/// The coaching that an agent of one level of experience sees. What is legal or about safety everybody sees.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelBudget {
    /// Coaching cards in five minutes.
    pub coaching_per_5_min: u32,
    /// Coaching cards in a call.
    pub coaching_per_call: u32,
    /// Coaching on which less hangs is not shown.
    pub coaching_from: Severity,
}

impl Budget {
    /// What agents of a level see.
    pub(crate) fn of(&self, level: Level) -> LevelBudget {
        match level {
            Level::New => self.new,
            Level::Steady => self.steady,
            Level::Expert => self.expert,
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            coaching_gap_s: 20.0,
            new: LevelBudget { coaching_per_5_min: 3, coaching_per_call: 8, coaching_from: Severity::Low },
            steady: LevelBudget {
                coaching_per_5_min: 2,
                coaching_per_call: 3,
                coaching_from: Severity::Medium,
            },
            expert: LevelBudget {
                coaching_per_5_min: 1,
                coaching_per_call: 2,
                coaching_from: Severity::High,
            },
            quiet_start_s: 10.0,
            quiet_after_disclosure_s: 10.0,
            speaking_grace_s: 1.0,
            hold_s: 5.0,
            stale_s: 8.0,
            card_min_s: 4.0,
            coaching_card_s: 15.0,
            legal_card_s: 20.0,
            not_now_s: 60.0,
            dismissals_to_mute: 2,
        }
    }
}

/// How the customer's heat rises and falls.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct HeatRules {
    /// Seconds in which it halves.
    pub half_life_s: f64,
}

impl Default for HeatRules {
    fn default() -> Self {
        Self { half_life_s: 60.0 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawParty {
    pub identifiers_required: Spanned<usize>,
    pub identifier: Vec<RawIdentifier>,
    pub verifies: RawPatterns,
    pub ask_unless: RawPatterns,
    pub refuses: RawPatterns,
    pub third_person: RawPatterns,
    pub hand_over: RawPatterns,
}

impl Default for RawParty {
    fn default() -> Self {
        Self {
            identifiers_required: Spanned::new(0..0, 0),
            identifier: Vec::new(),
            verifies: Vec::new(),
            ask_unless: Vec::new(),
            refuses: Vec::new(),
            third_person: Vec::new(),
            hand_over: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIdentifier {
    pub asks: RawPatterns,
    pub shape: Shape,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawListening {
    pub not_counted: RawPatterns,
    /// Questions that want more than a yes or a number.
    pub open_questions: RawPatterns,
    /// Words by which either side asks for a moment.
    pub holds: RawPatterns,
    /// The customer's yes, and his no.
    pub assents: RawPatterns,
    pub declines: RawPatterns,
    /// Words that pick up whatever the customer revealed.
    pub picks_up: RawPatterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScope {
    pub opens: RawPatterns,
    #[serde(default)]
    pub stops: RawPatterns,
    pub reach: usize,
    #[serde(default)]
    pub inside: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawOutside {
    pub disclosure: RawPatterns,
    pub trigger: RawPatterns,
    pub guard: RawPatterns,
    pub deescalation: RawPatterns,
    pub listening: RawPatterns,
    pub clue: RawPatterns,
    pub context: RawPatterns,
    pub handles: RawPatterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCue {
    pub id: Spanned<String>,
    pub kind: CueKind,
    pub title: String,
    pub headline: Spanned<String>,
    pub prompt: Spanned<String>,
    pub say: Option<String>,
    pub why: Option<String>,
    pub source: Option<String>,
    pub severity: Severity,
    #[serde(default)]
    pub skill: String,
    pub lane: Option<Spanned<Lane>>,
    #[serde(default)]
    pub applies: Applies,
    #[serde(default)]
    pub fires: RawWays,
    #[serde(default)]
    pub signals: RawWays,
    /// Words of one feeling add up apart from those of another.
    pub score: Option<String>,
    pub threshold: Option<Spanned<f64>>,
    #[serde(default)]
    pub satisfies: RawWays,
    #[serde(default)]
    pub handles: RawWays,
    #[serde(default)]
    pub handle_steps: Vec<RawPatterns>,
    #[serde(default)]
    pub breaks: RawWays,
    #[serde(default)]
    pub unless: RawPatterns,
    pub outside: Option<RawPatterns>,
    pub after: Option<RawAfter>,
    pub repeat: Option<RawRepeat>,
    pub answer_within: Option<Spanned<u32>>,
    #[serde(default)]
    pub handled_after: RawPatterns,
    #[serde(default)]
    pub reopened_by: RawPatterns,
    pub duty: Option<RawDuty>,
    pub count: Option<Spanned<Count>>,
    pub echo: Option<Spanned<Echo>>,
    #[serde(default)]
    pub hints: RawPatterns,
    #[serde(default)]
    pub until_verified: bool,
    #[serde(default)]
    pub third_party: bool,
    #[serde(default)]
    pub verification: bool,
    #[serde(default)]
    pub stop_order: bool,
    #[serde(default)]
    pub safety: bool,
    #[serde(default)]
    pub wrong_number: bool,
    #[serde(default)]
    pub closes: bool,
    #[serde(default)]
    pub commits: bool,
    #[serde(default)]
    pub disputes: bool,
    #[serde(default)]
    pub holds_call: bool,
    #[serde(default)]
    pub payment: bool,
    #[serde(default)]
    pub early: bool,
    pub card: Option<bool>,
    pub cooldown_s: Option<Spanned<f64>>,
    pub per_call: Option<Spanned<u32>>,
    #[serde(default)]
    pub test: Vec<RawTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAfter {
    #[serde(default)]
    pub cues: RawPatterns,
    #[serde(default)]
    pub words: RawPatterns,
    pub turns: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRepeat {
    pub of: RawWays,
    pub times: Spanned<u32>,
    pub within_s: f64,
    #[serde(default)]
    pub after: RawPatterns,
    #[serde(default)]
    pub cleared_by: RawPatterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDuty {
    pub due: Spanned<Due>,
    #[serde(default)]
    pub due_on: RawWays,
    #[serde(default)]
    pub due_after: RawPatterns,
    pub seconds: Option<Spanned<f64>>,
    pub turns: Option<u32>,
    #[serde(default)]
    pub overdue_on: RawWays,
    /// What people call the moment of `overdue_on`: `before the call ends`.
    pub before: Option<Spanned<String>>,
    #[serde(default)]
    pub again_for_new_party: bool,
    #[serde(default)]
    pub needs_verified: bool,
    #[serde(default)]
    pub repeats: bool,
    #[serde(default)]
    pub adjacent_turns: bool,
    #[serde(default)]
    pub assent: bool,
}

/// Phrases with what a cue must make of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTest {
    #[serde(rename = "as")]
    pub outcome: TestOutcome,
    pub lane: Option<Lane>,
    pub say: RawPatterns,
}

/// What a phrase must be to its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TestOutcome {
    Fires,
    Satisfies,
    Handles,
    /// None of these.
    Nothing,
}
