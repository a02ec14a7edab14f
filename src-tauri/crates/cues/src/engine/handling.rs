use super::turns::Turn;
use crate::pattern::Hit;
use crate::playbook::{Cue, CueKind};
use crate::reading::Reading;

/// A guard is repaired within so many agent's turns after the words; later it stays in the log as it is.
const REPAIR_TURNS: u32 = 3;

/// Whether the agent has answered what a cue asked of him.
#[derive(Debug, Default, Clone)]
pub(super) struct Handling {
    open: Option<Open>,
    /// Steps heard since the cue first fired.
    steps: Vec<bool>,
    /// It was answered.
    over: bool,
    /// When the utterance that answered it ended.
    answered: Option<f64>,
}

#[derive(Debug, Clone)]
struct Open {
    /// The agent's turn in which it was opened, and the word in it after which an answer counts.
    turn: u32,
    after: usize,
}

impl Handling {
    /// The cue fired; an answer counts after this word of the agent's turn.
    pub(super) fn open(&mut self, agent_turn: u32, after: usize) {
        self.open = Some(Open { turn: agent_turn, after });
    }

    /// The cue was answered, or its words were taken back.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// It was answered, and nothing has begun it again.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// What was answered may begin again.
    pub(super) fn reopen(&mut self) {
        self.over = false;
    }

    /// The turn's newest utterance goes on with the one that answered it.
    pub(super) fn goes_on(&self, turn: &Turn) -> bool {
        self.answered.is_some_and(|end| turn.follows(end))
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The agent's words: the answer, when they complete it.
    pub(super) fn agent(&mut self, cue: &Cue, turn: &Turn, reading: &mut Reading<'_>) -> Option<Hit> {
        let open = self.open.as_ref()?;
        let late = cue.kind == CueKind::Guard && turn.number > open.turn + REPAIR_TURNS;
        let after = if turn.number == open.turn { open.after } else { 0 };
        if late {
            return None;
        }
        let found = if cue.handle_steps.is_empty() {
            reading.ways(&cue.handles, cue).filter(|hit| hit.to > after)?
        } else {
            self.step(cue, reading)?
        };
        self.open = None;
        self.over = true;
        self.answered = Some(turn.ends());
        Some(found)
    }

    fn step(&mut self, cue: &Cue, reading: &mut Reading<'_>) -> Option<Hit> {
        self.steps.resize(cue.handle_steps.len(), false);
        let mut last = None;
        for (heard, step) in self.steps.iter_mut().zip(&cue.handle_steps) {
            if let Some(hit) = reading.any(step) {
                *heard = true;
                last = Some(hit);
            }
        }
        last.filter(|_| self.steps.iter().all(|heard| *heard))
    }
}
