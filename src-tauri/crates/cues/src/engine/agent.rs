use super::duties::Step;
use super::party::Change;
use super::settle::Raised;
use super::{Engine, Said, Turn, clues};
use crate::pattern::Hit;
use crate::playbook::{Cue, CueId, CueKind, Measured, Playbook, Severity};
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
        if self.party.agent(&playbook.party, turn.number, reading) == Some(Change::Unsure) {
            self.verification_unsure(playbook, turn);
        }
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            if cue.lane == Lane::Customer
                && cue.after.as_ref().is_some_and(|after| reading.any(&after.words).is_some())
            {
                self.arm(id, cue);
            }
            self.agent_cue(playbook, id, turn, reading);
        }
        for id in self.active.clone() {
            self.agent_duty(playbook, id, turn, reading);
            self.agent_answer(playbook, id, turn, reading);
        }
        self.count_agent(playbook, said, turn, reading);
        self.count_questions(playbook, said, reading);
        self.pick_up_clues(playbook, turn, reading);
    }

    fn agent_cue(&mut self, playbook: &Playbook, id: CueId, turn: &Turn, reading: &mut Reading<'_>) {
        let cue = &playbook.cues[id];
        if self.fired[id][Lane::Agent.index()] == turn.number {
            return;
        }
        let hit = if cue.lane == Lane::Agent && cue.kind != CueKind::Disclosure {
            let gated = (cue.until_verified && self.party.may_know())
                || (cue.third_party && !self.party.is_third_person());
            let asleep = cue.after.is_some() && self.armed[id] < turn.number;
            if gated || asleep {
                return;
            }
            if cue.after.is_some() && reading.anywhere(&cue.unless).is_some() {
                self.armed[id] = 0;
                return;
            }
            if self.handling[id].is_over() && !cue.reopened_by.is_empty() {
                if reading.any(&cue.reopened_by).is_some() {
                    self.handling[id].reopen();
                }
                return;
            }
            // Words that take a guard's words back may repeat them, also where the utterance was cut in two.
            let handling = &self.handling[id];
            if cue.kind == CueKind::Guard
                && (handling.goes_on(turn)
                    || (handling.is_open() && reading.ways(&cue.handles, cue).is_some()))
            {
                return;
            }
            reading.ways(&cue.fires, cue).or_else(|| self.repeated_words(id, cue, turn, reading))
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
        let heard =
            self.now - self.duties[id].since().map_or(0.0, |since| self.pauses.within(since, self.now));
        for step in self.duties[id].agent(cue, duty, turn, reading, counts, heard) {
            match step {
                Step::Overdue(evidence) => {
                    let at = evidence.as_ref().map_or(self.now, |evidence| evidence.end);
                    let lane = evidence.as_ref().map(|_| Lane::Agent);
                    let raised = Raised { cue: id, at, lane, evidence, measure: None };
                    self.raise(playbook, raised, 0);
                }
                Step::Satisfied(evidence) => {
                    if cue.closes {
                        self.board.closing = true;
                        self.board.news = true;
                    }
                    // A required wording does not count as talking, but has to be taken in. A reason for the call, which
                    // weighs less, may take as long as the agent likes.
                    if cue.severity <= Severity::High {
                        self.counters.do_not_count(evidence.start, evidence.end);
                        self.count_disclosure(playbook, evidence.end);
                    }
                    self.satisfy(id, evidence.end, Some(Lane::Agent), Some(evidence));
                }
            }
        }
    }

    fn agent_answer(&mut self, playbook: &Playbook, id: CueId, turn: &Turn, reading: &mut Reading<'_>) {
        let cue = &playbook.cues[id];
        if cue.answer_within.is_some() && reading.ways(&cue.handles, cue).is_some() {
            self.waiting[id].answer();
        }
        let by_words = cue.handled_after.is_empty();
        if cue.kind == CueKind::Disclosure || !by_words || !self.handling[id].is_open() {
            return;
        }
        let echoed = cue.echo.is_some() && self.repeats.taken_up(&turn.window);
        let whole = Hit { from: turn.new_from, to: turn.window.words.len() };
        let answer = self.handling[id].agent(cue, turn, reading).or(echoed.then_some(whole));
        if let Some(hit) = answer.filter(|hit| hit.to > hit.from) {
            if cue.kind == CueKind::Deescalation {
                self.heat[cue.score].acknowledge(self.now);
            }
            let evidence = turn.evidence(hit);
            self.satisfy(id, evidence.end, Some(Lane::Agent), Some(evidence));
        }
    }

    /// Words that may be said once, said once too often.
    pub(super) fn repeated_words(
        &mut self,
        id: CueId,
        cue: &Cue,
        turn: &Turn,
        reading: &mut Reading<'_>,
    ) -> Option<Hit> {
        let rule = cue.repeat.as_ref()?;
        if reading.any(&rule.cleared_by).is_some() {
            self.waiting[id].clear();
        }
        let hit = reading.ways(&rule.of, cue)?;
        let at = turn.span(hit).1;
        self.waiting[id].count(rule, turn.number, at).then_some(hit)
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
                Measured::Monologue | Measured::Interruption => {}
                Measured::Unsaid => {
                    self.said[id] |= reading.ways(&playbook.cues[id].handles, &playbook.cues[id]).is_some();
                    continue;
                }
                Measured::Unrecapped => {
                    if reading.ways(&playbook.cues[id].handles, &playbook.cues[id]).is_some() {
                        self.clues.recap(said.end);
                    }
                    continue;
                }
                Measured::PaceGap => {
                    if self.customer_is_angry(playbook) {
                        continue;
                    }
                    let (agent, customer) =
                        (self.counters.rate_of_last(), self.counters.customer_rate(&self.voices, said.end));
                    let matched = agent.zip(customer).is_some_and(|((words, rate), customer)| {
                        words >= PACE_WORDS && rate - customer <= count.over
                    });
                    if self.handling[id].is_open() && matched {
                        self.satisfy(id, said.end, Some(Lane::Agent), None);
                        continue;
                    }
                }
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
                _ => continue,
            }
            if let Some(passed) = self.counters.passed(count, &self.voices, self.now) {
                self.raise_count(playbook, id, passed.at, passed.measure);
            }
        }
    }

    /// A de-escalation cue waits for the agent: to speak as the customer does would be wrong now.
    fn customer_is_angry(&self, playbook: &Playbook) -> bool {
        let unanswered =
            |id: &CueId| playbook.cues[*id].kind == CueKind::Deescalation && self.handling[*id].is_open();
        self.active.iter().any(unanswered)
    }

    /// The utterance that says a disclosure: was it read too fast to be taken in?
    fn count_disclosure(&mut self, playbook: &Playbook, at: f64) {
        for id in self.active.clone() {
            let Some(count) = playbook.cues[id].count.as_ref() else { continue };
            if count.measure == Measured::DisclosureRate
                && let Some(passed) = self.counters.disclosure_rate(count, at)
            {
                self.raise_count(playbook, id, passed.at, passed.measure);
            }
        }
    }

    /// The questions of an utterance: each sentence that ends with a question mark.
    fn count_questions(&mut self, playbook: &Playbook, said: &Said<'_>, reading: &mut Reading<'_>) {
        if !self.party.may_know() {
            return;
        }
        let window = reading.window();
        let mut from = reading.new_from();
        for to in from + 1..=window.words.len() {
            if !window.sentence_starts(to) {
                continue;
            }
            let sentence = Hit { from, to };
            if window.words[to - 1].token.question {
                let open = reading.in_sentence(&playbook.open_questions, sentence);
                self.questions.ask(said.end, open);
            }
            from = to;
        }
        for id in self.active.clone() {
            let Some(count) = playbook.cues[id].count.as_ref() else { continue };
            let value = match count.measure {
                Measured::ClosedQuestions => self.questions.only_closed(count),
                Measured::RapidFire => self.questions.in_a_row(count, said.end),
                _ => None,
            };
            if let Some(value) = value {
                let threshold =
                    if count.measure == Measured::RapidFire { f64::from(count.times) } else { count.over };
                let measure = Measure { value, threshold, unit: "questions".into() };
                self.raise_count(playbook, id, said.end, measure);
            }
        }
    }

    /// The clues that the agent's words take up, and those that he has let pass.
    fn pick_up_clues(&mut self, playbook: &Playbook, turn: &Turn, reading: &mut Reading<'_>) {
        let answers = reading.any(&playbook.picks_up).is_some();
        let at = turn.span(Hit { from: turn.new_from, to: turn.window.words.len() }).1;
        let whole = Hit { from: turn.new_from, to: turn.window.words.len() };
        if whole.to == whole.from {
            return;
        }
        for id in self.clues.pick_up(&turn.window, answers) {
            self.board.pick_up(&playbook.cues[id].id);
            self.satisfy(id, at, Some(Lane::Agent), Some(turn.evidence(whole)));
        }
    }

    /// The agent's turn is over and some clues wait still.
    fn clues_passed(&mut self, playbook: &Playbook) {
        let agent_turn = self.turns.of(Lane::Agent).number;
        for id in self.active.clone() {
            let Some(count) = playbook.cues[id].count.as_ref() else { continue };
            let passed: Vec<(Evidence, u32)> = match count.measure {
                Measured::NoMirror => {
                    let long = |clue: &&clues::Clue| {
                        clue.words >= count.min_words as usize && clue.turns(agent_turn) == 1
                    };
                    let waiting = self.clues.waiting().iter().filter(long);
                    waiting.map(|clue| (clue.evidence.clone(), 1)).collect()
                }
                Measured::ClueMissed => {
                    let missed = self.clues.missed(agent_turn, count.over as u32);
                    let matters =
                        missed.into_iter().filter(|clue| playbook.cues[clue.cue].severity <= Severity::High);
                    matters.map(|clue| (clue.evidence.clone(), clue.turns(agent_turn))).collect()
                }
                _ => continue,
            };
            if let Some((evidence, turns)) = passed.into_iter().next() {
                let measure =
                    Measure { value: f64::from(turns), threshold: count.over, unit: "turns".into() };
                self.raise_count_with(playbook, id, self.now, measure, Some(evidence));
            }
        }
    }

    /// A count passed its limit. It fires again only after its cool-down: the count stays high for a while.
    pub(super) fn raise_count(&mut self, playbook: &Playbook, id: CueId, at: f64, measure: Measure) {
        self.raise_count_with(playbook, id, at, measure, None);
    }

    fn raise_count_with(
        &mut self,
        playbook: &Playbook,
        id: CueId,
        at: f64,
        measure: Measure,
        evidence: Option<Evidence>,
    ) {
        let cue = &playbook.cues[id];
        if at < self.quiet_until[id] {
            return;
        }
        self.quiet_until[id] = at + cue.cooldown.max(1.0);
        if cue.count.as_ref().is_some_and(|count| count.measure == Measured::SpeechRate) {
            self.counters.restart_rate(at);
        }
        let raised = Raised { cue: id, at, lane: Some(Lane::Agent), evidence, measure: Some(measure) };
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
        self.clues_passed(playbook);
        let agent_turn = self.turns.of(Lane::Agent).number;
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            if cue.answer_within.is_some_and(|turns| self.waiting[id].overdue(agent_turn, turns)) {
                let raised = Raised { cue: id, at: self.now, lane: None, evidence: None, measure: None };
                self.raise(playbook, raised, 0);
            }
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
