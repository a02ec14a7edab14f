use super::turns::Turn;
use crate::pattern::Hit;
use crate::playbook::{Cue, Due, Duty, Way};
use crate::reading::Reading;
use cueline_events::Evidence;

/// So few words are no answer (`um`, `hold on`).
const HUM: usize = 2;

/// Where one disclosure stands.
///
/// Armed until something makes it due; then on the checklist; overdue when a deadline passes; satisfied when every
/// element was heard in one turn or in two that follow each other; unsure when some were and the turn is over.
#[derive(Debug, Default)]
pub(super) struct DutyState {
    stage: Stage,
    heard: Vec<Vec<Option<Heard>>>,
    unsure: bool,
    satisfied_turn: Option<u32>,
    /// All was said in this turn of the agent's, and the customer has not agreed yet.
    asked: Option<Asked>,
}

#[derive(Debug, Clone)]
struct Asked {
    turn: u32,
    evidence: Evidence,
}

/// What the customer's answer did to a disclosure that waits for his yes.
pub(super) enum Answer {
    /// He agreed.
    Yes,
    /// He answered, and it was no yes: these words were said to no avail.
    Unclear(Evidence),
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Stage {
    #[default]
    Armed,
    Due {
        since: f64,
        /// The agent's turn in which it became due.
        turn: u32,
        overdue: bool,
    },
    Satisfied,
    Expired,
}

#[derive(Debug, Clone)]
struct Heard {
    turn: u32,
    evidence: Evidence,
}

/// What the agent's words did to a disclosure.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Overdue(Option<Evidence>),
    Satisfied(Evidence),
}

impl DutyState {
    /// Puts it on the checklist. True when it was not there.
    pub(super) fn make_due(&mut self, now: f64, turn: u32, again: bool) -> bool {
        let may = match self.stage {
            Stage::Armed => true,
            Stage::Satisfied => again,
            Stage::Due { .. } | Stage::Expired => false,
        };
        if may {
            self.stage = Stage::Due { since: now, turn, overdue: false };
            self.unsure = false;
            self.heard.clear();
        }
        may
    }

    /// It waits for its moment again, because a new person is on the line.
    pub(super) fn disarm(&mut self) {
        if self.stage != Stage::Expired {
            self.stage = Stage::Armed;
        }
        self.heard.clear();
    }

    /// It no longer applies. True when it was on the checklist.
    pub(super) fn expire(&mut self) -> bool {
        let open = self.is_open();
        self.stage = Stage::Expired;
        open
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Due { .. })
    }

    /// The agent may say that it was said: it is on the checklist, or still to come.
    pub(super) fn may_be_marked(&self) -> bool {
        matches!(self.stage, Stage::Armed | Stage::Due { .. })
    }

    /// It was satisfied in this turn of the agent's.
    pub(super) fn satisfied_in(&self, turn: u32) -> bool {
        self.is_satisfied() && self.satisfied_turn == Some(turn)
    }

    fn is_satisfied(&self) -> bool {
        self.stage == Stage::Satisfied
    }

    /// True when parts of it were heard and nothing more is known.
    pub(super) fn is_unsure(&self) -> bool {
        self.unsure
    }

    /// It is satisfied by something else than its words.
    pub(super) fn satisfy(&mut self, turn: u32) {
        self.stage = Stage::Satisfied;
        self.unsure = false;
        self.asked = None;
        self.satisfied_turn = Some(turn);
    }

    /// It is said to be unsure by something else than its words. True when that is news.
    pub(super) fn doubt(&mut self) -> bool {
        self.is_open() && !std::mem::replace(&mut self.unsure, true)
    }

    /// Since when it has been due, while nothing has said that it is overdue.
    pub(super) fn since(&self) -> Option<f64> {
        match self.stage {
            Stage::Due { since, overdue: false, .. } => Some(since),
            _ => None,
        }
    }

    /// A deadline has passed. True when that is news.
    pub(super) fn mark_overdue(&mut self) -> bool {
        match &mut self.stage {
            Stage::Due { overdue, .. } => !std::mem::replace(overdue, true),
            _ => false,
        }
    }

    /// The agent's words. `counts` tells whether they may satisfy it now.
    pub(super) fn agent(
        &mut self,
        cue: &Cue,
        duty: &Duty,
        turn: &Turn,
        reading: &mut Reading<'_>,
        counts: bool,
        now: f64,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        // What was satisfied for good forgets its words when it becomes due again.
        let matters = !self.is_satisfied() || duty.repeats || duty.assent;
        let satisfied = if counts && matters { self.hear(cue, duty, turn, reading) } else { None };
        let before = if self.is_open() { reading.ways(&duty.overdue_on, cue) } else { None };
        if let Stage::Due { since, turn: due_turn, overdue: false } = self.stage {
            let late = duty.turns.is_some_and(|turns| turn.number > due_turn + turns)
                || duty.seconds.is_some_and(|seconds| now - since >= seconds);
            // A part of it that was said before the words that must not come first: the rest may be on its way.
            let begun = |by: f64| {
                let in_time = |heard: &Heard| heard.turn == turn.number && heard.evidence.end <= by;
                self.heard.iter().flatten().flatten().any(in_time)
            };
            let fires = match (&satisfied, before) {
                (Some((hit, _)), Some(words)) => words.to <= hit.from,
                (Some(_), None) => false,
                (None, Some(words)) => !begun(turn.span(words).0),
                (None, None) => late && !begun(f64::INFINITY),
            };
            if fires {
                self.mark_overdue();
                steps.push(Step::Overdue(before.map(|hit| turn.evidence(hit))));
            }
        }
        if let (Some((_, evidence)), true) = (&satisfied, duty.assent) {
            self.asked = Some(Asked { turn: turn.number, evidence: evidence.clone() });
        } else if let Some((_, evidence)) = satisfied {
            let again = duty.repeats && self.satisfied_turn != Some(turn.number);
            if !self.is_satisfied() || again {
                self.satisfy(turn.number);
                steps.push(Step::Satisfied(evidence));
            }
        }
        steps
    }

    /// The customer's words after all was said: his yes satisfies it, a no takes the question back, and anything else
    /// of substance leaves it unsure. Only the agent's last turn waits.
    pub(super) fn answered(&mut self, yes: bool, no: bool, words: usize, agent_turn: u32) -> Option<Answer> {
        let asked = self.asked.take()?;
        if asked.turn != agent_turn || no {
            return None;
        }
        if yes {
            self.satisfy(agent_turn);
            return Some(Answer::Yes);
        }
        if words <= HUM {
            self.asked = Some(asked);
            return None;
        }
        self.doubt().then_some(Answer::Unclear(asked.evidence))
    }

    /// Remembers which elements were heard; returns the whole when one of the ways is complete.
    fn hear(
        &mut self,
        cue: &Cue,
        duty: &Duty,
        turn: &Turn,
        reading: &mut Reading<'_>,
    ) -> Option<(Hit, Evidence)> {
        let oldest = turn.number - u32::from(duty.adjacent_turns && turn.number > 0);
        self.heard.resize_with(cue.satisfies.len(), Vec::new);
        let mut complete = None;
        for (way, heard) in cue.satisfies.iter().zip(&mut self.heard) {
            heard.resize(way.all.len() + way.some.len(), None);
            if !reading.may_hear(way) && heard.iter().all(Option::is_none) {
                continue;
            }
            let elements = reading.elements(way, cue, reading.new_from());
            let mut newest: Option<Hit> = None;
            for (known, hit) in heard.iter_mut().zip(&elements.hits) {
                if let Some(hit) = hit {
                    *known = Some(Heard { turn: turn.number, evidence: turn.evidence(*hit) });
                    newest = Some(
                        newest.map_or(*hit, |n| Hit { from: n.from.min(hit.from), to: n.to.max(hit.to) }),
                    );
                } else if known.as_ref().is_some_and(|known| known.turn < oldest) {
                    *known = None;
                }
            }
            if let Some(hit) = newest.filter(|_| complete.is_none() && is_complete(way, heard)) {
                complete = Some((hit, whole(heard, turn.evidence(hit))));
                heard.iter_mut().for_each(|known| *known = None);
            }
        }
        complete
    }

    /// The agent's turn is over: when some elements were heard and others not, that is worth a question mark.
    pub(super) fn turn_over(&mut self, cue: &Cue) -> Option<Evidence> {
        if !self.is_open() || self.unsure {
            return None;
        }
        // A way of which only one of several interchangeable elements was heard tells nothing.
        let partly =
            cue.satisfies.iter().zip(&self.heard).filter(|(way, _)| way.all.len() > 1 && way.some.is_empty());
        let evidence = partly
            .filter_map(|(_, heard)| heard.iter().flatten().last().map(|known| known.evidence.clone()))
            .next()?;
        self.unsure = true;
        Some(evidence)
    }
}

fn is_complete(way: &Way, heard: &[Option<Heard>]) -> bool {
    let (all, some) = heard.split_at(way.all.len());
    all.iter().all(Option::is_some) && some.iter().flatten().count() >= way.least
}

/// The evidence of all elements together, when they stand in one utterance; else of those heard last.
fn whole(heard: &[Option<Heard>], last: Evidence) -> Evidence {
    let start =
        heard.iter().flatten().filter(|h| h.evidence.utterance == last.utterance).map(|h| h.evidence.start);
    let start = start.fold(last.start, f64::min);
    Evidence { start, ..last }
}

/// Whether this duty becomes due with the call.
pub(super) fn due_at_start(duty: &Duty) -> bool {
    duty.due == Due::Start
}
