//! The playbook: a TOML file of cues, read, checked and compiled.
//!
//! `file` is the file as it is written, `compile` turns it into what the engine works with and finds every fault with
//! its line and column, `check` runs the phrases that each cue brings along, `built_in` are the two playbooks that
//! ship inside the program, `view` is what a window draws.

mod built_in;
mod check;
mod compile;
mod cue;
mod deadline;
mod fault;
mod file;
mod limits;
mod party_rules;
mod position;
mod role;
mod view;
mod way;

pub use cue::{CueKind, ScoredBy, Severity};
pub use deadline::Deadline;
pub use fault::{Fault, PlaybookError};
pub use role::CueRole;
pub use view::{CueView, Limits, PlaybookView};

pub(crate) use cue::{Count, Cue, CueId, Due, Duty, Echo, Measured, Palette, Repeat, ScoreItem};
pub(crate) use file::{Budget, HeatRules};
pub(crate) use party_rules::{PartyRules, Shape};
pub(crate) use way::{Pattern, Way};

use crate::pattern::{Node, PatternIndex, Scope, Vocabulary, WordLists};
use cueline_events::{Mode, PlaybookId};

/// The cues of one file, ready to run.
///
/// Immutable and shareable: engines hold it in an `Arc`.
#[derive(Debug)]
pub struct Playbook {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) modes: Vec<Mode>,
    pub(crate) budget: Budget,
    pub(crate) heat: HeatRules,
    pub(crate) party: PartyRules,
    /// Agent's sentences that do not count as talking: read-backs and notices.
    pub(crate) not_counted: Vec<Pattern>,
    pub(crate) open_questions: Vec<Pattern>,
    /// Words by which either side asks for a moment.
    pub(crate) holds: Vec<Pattern>,
    /// The customer's yes, and his no.
    pub(crate) assents: Vec<Pattern>,
    pub(crate) declines: Vec<Pattern>,
    /// Agent's words that pick up whatever the customer revealed.
    pub(crate) picks_up: Vec<Pattern>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) groups: Vec<Node>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) cues: Vec<Cue>,
    /// Which patterns a word makes worth a look.
    pub(crate) index: PatternIndex,
    /// The lists of words that patterns ask for.
    pub(crate) lists: WordLists,
    /// How many scores its signals add to.
    pub(crate) scores: usize,
    pub(crate) scorecard: Vec<ScoreItem>,
    /// Open questions, what fits best first.
    pub(crate) questions: Vec<Palette>,
    pub(crate) tests: Vec<check::CueTest>,
}

impl Playbook {
    /// Reads a playbook. `file` is the name that messages show.
    ///
    /// # Errors
    /// Every fault of the file with its line, column and reason.
    pub fn parse(toml: &str, file: &str) -> Result<Self, PlaybookError> {
        compile::compile(toml).map_err(|faults| PlaybookError { file: file.to_owned(), faults })
    }

    /// Id and version, as they are written into every log.
    pub fn id(&self) -> PlaybookId {
        PlaybookId { id: self.id.clone(), version: self.version.clone() }
    }

    /// The call modes it is made for.
    pub fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// The items of its scorecard in its order: their titles, and what each is worth.
    pub fn scored_items(&self) -> impl Iterator<Item = (&str, f64)> {
        self.scorecard.iter().map(|item| (item.title.as_str(), item.weight))
    }

    pub(crate) fn cue(&self, id: &str) -> Option<CueId> {
        self.cues.iter().position(|cue| cue.id == id)
    }
}
