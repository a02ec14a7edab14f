use super::repeats::content;
use crate::pattern::Window;
use crate::playbook::CueId;
use cueline_events::Evidence;
use std::collections::BTreeSet;

/// What the customer revealed, and whether the agent picked it up.
#[derive(Default)]
pub(super) struct Clues {
    waiting: Vec<Clue>,
    /// Clues and agreements since the last summary, and when that was.
    since_recap: (f64, u32),
}

/// A clue that the agent has not picked up yet.
pub(super) struct Clue {
    pub cue: CueId,
    pub evidence: Evidence,
    /// The customer's words around it: so many, and their content.
    pub words: usize,
    content: BTreeSet<String>,
    /// The agent's turn before it.
    agent_turn: u32,
}

impl Clues {
    /// The customer revealed something with this turn. A clue that is told again is the same clue.
    pub(super) fn reveal(&mut self, cue: CueId, evidence: Evidence, window: &Window, agent_turn: u32) {
        self.since_recap.1 += 1;
        self.waiting.retain(|clue| clue.cue != cue);
        let (words, content) = (window.words.len(), telling(window));
        self.waiting.push(Clue { cue, evidence, words, content, agent_turn });
    }

    /// The words were taken back.
    pub(super) fn take_back(&mut self, cue: CueId) {
        self.waiting.retain(|clue| clue.cue != cue);
    }

    /// The agent's turn: the clues that it picks up, by the customer's own words and figures or because it `answers` them all.
    pub(super) fn pick_up(&mut self, said: &Window, answers: bool) -> Vec<CueId> {
        let said = telling(said);
        let taken = |clue: &Clue| answers || !clue.content.is_disjoint(&said);
        let (up, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(taken);
        self.waiting = waiting;
        let up: Vec<Clue> = up;
        up.into_iter().map(|clue| clue.cue).collect()
    }

    /// Clues that have waited for so many of the agent's turns; they wait no longer.
    pub(super) fn missed(&mut self, agent_turn: u32, turns: u32) -> Vec<Clue> {
        let late = |clue: &Clue| agent_turn >= clue.agent_turn + turns;
        let (missed, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(late);
        self.waiting = waiting;
        missed
    }

    /// The clues that wait.
    pub(super) fn waiting(&self) -> &[Clue] {
        &self.waiting
    }

    /// The agent summed up.
    pub(super) fn recap(&mut self, at: f64) {
        self.since_recap = (at, 0);
    }

    /// Seconds since the agent summed up last, and what has come up meanwhile.
    pub(super) fn since_recap(&self, now: f64) -> (f64, u32) {
        (now - self.since_recap.0, self.since_recap.1)
    }
}

/// The words of content and the figures, by which one can see that an agent speaks of what was said: who says the
/// amount again has heard it. Small figures count all sorts of things.
fn telling(window: &Window) -> BTreeSet<String> {
    let figures =
        window.words.iter().filter_map(|word| word.token.number).filter(|number| number.value >= 10.0);
    content(window).into_iter().chain(figures.map(|number| number.value.to_string())).collect()
}

impl Clue {
    /// Agent's turns since it was revealed.
    pub(super) fn turns(&self, agent_turn: u32) -> u32 {
        agent_turn.saturating_sub(self.agent_turn)
    }
}
