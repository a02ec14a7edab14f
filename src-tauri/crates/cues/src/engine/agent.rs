use super::duties::Step;
use super::party::Change;
use super::settle::Raised;
use super::{Engine, Said, Turn};
use crate::pattern::Hit;
use crate::playbook::{CueId, CueKind, Measured, Playbook};
use crate::reading::Reading;
use cueline_events::{CueEventKind, Evidence, Lane, Measure};

/// An utterance of fewer words says nothing about the agent's pace.
const PACE_WORDS: f64 = 4.0;

impl Engine {
    /// What the agent's words do.
    pub(super) fn agent(
        &mut self,
        playbook: &Playbook,
        said: &Said<'_>,
        turn: &Turn,
        reading: &mut Reading<'_>,
    ) {
        if self.party.agent(&playbook.party, reading) == Some(Change::Unsure) {
            self.verification_unsure(playbook, turn);
        }
        for id in self.active.clone() {
            self.agent_cue(playbook, id, turn, reading);
        }
        for id in self.active.clone() {
            self.agent_duty(playbook, id, turn, reading);
            self.agent_answer(playbook, id, turn, reading);
        }
        self.count_agent(playbook, said, turn, reading);
    }

    fn agent_cue(&mut self, playbook: &Playbook, id: CueId, turn: &Turn, reading: &mut Reading<'_>) {
        let cue = &playbook.cues[id];
        if self.fired[id][Lane::Agent.index()] == turn.number {
            return;
        }
        let hit = if cue.lane == Lane::Agent && cue.kind != CueKind::Disclosure {
            let gated = cue.until_verified && self.party.may_know();
            let asleep = cue.after.is_some() && self.armed[id] < turn.number;
            if gated || asleep {
                return;
            }
            if cue.after.is_some() && reading.anywhere(&cue.unless).is_some() {
                self.armed[id] = 0;
                return;
            }
            // Words that take a guard's words back may repeat them.
            let repairs = cue.kind == CueKind::Guard && self.handling[id].is_open();
            if repairs && reading.ways(&cue.handles, cue).is_some() {
                return;
            }
            reading.ways(&cue.fires, cue)
        } else if self.orders.holds(id) {
            reading.ways(&cue.breaks, cue)
        } else {
            None
        };
        if let Some(hit) = hit {
            self.raise_words(playbook, id, Lane::Agent, turn, hit);
        }
    }

    fn agent_duty(&mut self, playbook: &Playbook, id: CueId, turn: &Turn, reading: &mut Reading<'_>) {
        let cue = &playbook.cues[id];
        let Some(duty) = cue.duty.as_ref().filter(|_| !cue.verification) else { return };
        let counts = !self.orders.safety() && (!duty.needs_verified || self.party.may_be_told());
        for step in self.duties[id].agent(cue, duty, turn, reading, counts, self.now) {
            match step {
                Step::Overdue(evidence) => {
                    let at = evidence.as_ref().map_or(self.now, |evidence| evidence.end);
                    let lane = evidence.as_ref().map(|_| Lane::Agent);
                    let raised = Raised { cue: id, at, lane, evidence, measure: None };
                    self.raise(playbook, raised, 0);
                }
                Step::Satisfied(evidence) => {
                    self.counters.do_not_count(evidence.start, evidence.end);
                    self.satisfy(id, evidence.end, Some(Lane::Agent), Some(evidence));
                }
            }
        }
    }

    fn agent_answer(&mut self, playbook: &Playbook, id: CueId, turn: &Turn, reading: &mut Reading<'_>) {
        let cue = &playbook.cues[id];
        if cue.kind == CueKind::Disclosure || !self.handling[id].is_open() {
            return;
        }
        let echoed = cue.echo.is_some() && self.repeats.taken_up(&turn.window);
        let whole = Hit { from: turn.new_from, to: turn.window.words.len() };
        let answer = self.handling[id].agent(cue, turn, reading).or(echoed.then_some(whole));
        if let Some(hit) = answer.filter(|hit| hit.to > hit.from) {
            if cue.kind == CueKind::Deescalation {
                self.heat.acknowledge(self.now);
            }
            let evidence = turn.evidence(hit);
            self.satisfy(id, evidence.end, Some(Lane::Agent), Some(evidence));
        }
    }

    /// Pace and monologue, and the stretches that count for neither.
    fn count_agent(&mut self, playbook: &Playbook, said: &Said<'_>, turn: &Turn, reading: &mut Reading<'_>) {
        for pattern in &playbook.not_counted {
            if let Some(hit) = reading.plain(pattern) {
                let (from, to) = reading.window().sentence(hit.from, hit.to, usize::MAX);
                let (start, end) = turn.span(Hit { from: from.max(turn.new_from), to });
                self.counters.do_not_count(start, end);
            }
        }
        self.counters.agent_spoke(said.start, said.end, said.text.as_str().split_whitespace().count());
        for id in self.active.clone() {
            let Some(count) = playbook.cues[id].count.as_ref() else { continue };
            match count.measure {
                Measured::Overtalk | Measured::TalkShare => continue,
                Measured::Monologue => {}
                Measured::SpeechRate => {
                    let slower = self.counters.rate_of_last();
                    let slower =
                        slower.is_some_and(|(words, rate)| words >= PACE_WORDS && rate <= count.over);
                    if self.handling[id].is_open() && slower {
                        self.counters.restart_rate(said.end);
                        self.satisfy(id, said.end, Some(Lane::Agent), None);
                        continue;
                    }
                }
            }
            if let Some(passed) = self.counters.passed(count, &self.voices, self.now) {
                self.raise_count(playbook, id, passed.at, passed.measure);
            }
        }
    }

    /// A count passed its limit. It fires again only after its cool-down: the count stays high for a while.
    pub(super) fn raise_count(&mut self, playbook: &Playbook, id: CueId, at: f64, measure: Measure) {
        let cue = &playbook.cues[id];
        if at < self.quiet_until[id] {
            return;
        }
        self.quiet_until[id] = at + cue.cooldown.max(1.0);
        if cue.count.as_ref().is_some_and(|count| count.measure == Measured::SpeechRate) {
            self.counters.restart_rate(at);
        }
        let raised = Raised { cue: id, at, lane: Some(Lane::Agent), evidence: None, measure: Some(measure) };
        self.raise(playbook, raised, 0);
    }

    /// The customer has had his turn.
    pub(super) fn monologue_over(&mut self, playbook: &Playbook, at: f64) {
        for id in self.active.clone() {
            let monologue =
                playbook.cues[id].count.as_ref().is_some_and(|c| c.measure == Measured::Monologue);
            if monologue && self.handling[id].is_open() {
                self.satisfy(id, at, Some(Lane::Customer), None);
            }
        }
    }

    /// The agent's turn is over: a disclosure of which only a part was heard is unsure.
    pub(super) fn agent_turn_over(&mut self, playbook: &Playbook) {
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            if cue.duty.is_some()
                && !cue.verification
                && let Some(evidence) = self.duties[id].turn_over(cue)
            {
                self.push(id, CueEventKind::Unsure, evidence.end, Some(Lane::Agent), Some(evidence));
            }
        }
    }

    fn verification_unsure(&mut self, playbook: &Playbook, turn: &Turn) {
        let at = turn.span(Hit { from: turn.new_from, to: turn.window.words.len() }).0;
        for id in self.active.clone() {
            if playbook.cues[id].verification && self.duties[id].doubt() {
                self.push(id, CueEventKind::Unsure, at, None, None::<Evidence>);
            }
        }
        self.make_verified_due(playbook, at);
    }
}
