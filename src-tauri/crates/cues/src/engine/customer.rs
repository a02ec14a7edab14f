use super::duties::Answer;
use super::party::Change;
use super::settle::Raised;
use super::{Engine, Said, Turn};
use crate::pattern::Hit;
use crate::playbook::{Cue, CueId, Due, Playbook};
use crate::reading::Reading;
use cueline_events::{CueEventKind, Lane};
use std::sync::Arc;

impl Engine {
    /// What the customer's words do.
    pub(super) fn customer(
        &mut self,
        playbook: &Playbook,
        said: &Said<'_>,
        turn: &Turn,
        reading: &mut Reading<'_>,
    ) {
        let agent_turn = self.turns.of(Lane::Agent).number;
        if let Some(change) = self.party.customer(&playbook.party, turn.number, agent_turn, reading) {
            self.party_changed(playbook, change, turn);
        }
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            if cue.lane == Lane::Customer {
                self.customer_cue(playbook, id, said, turn, reading);
            }
            if cue.lane == Lane::Agent
                && cue.after.as_ref().is_some_and(|after| reading.any(&after.words).is_some())
            {
                self.arm(id, cue);
            }
        }
        self.answers(playbook, turn, reading);
        self.early.settle(said.utterance);
        self.questions.answer(turn.window.words.len() - turn.new_from);
        if self.counters.customer_spoke(said.start, said.end, turn.window.words.len() - turn.new_from) {
            self.monologue_over(playbook, said.end);
        }
    }

    /// The customer's yes or no to what the agent has read to him.
    fn answers(&mut self, playbook: &Playbook, turn: &Turn, reading: &mut Reading<'_>) {
        let agent_turn = self.turns.of(Lane::Agent).number;
        let new = Hit { from: turn.new_from, to: turn.window.words.len() };
        let (yes, no) = (reading.any(&playbook.assents), reading.any(&playbook.declines));
        for id in self.active.clone() {
            if playbook.cues[id].duty.as_ref().is_none_or(|duty| !duty.assent) {
                continue;
            }
            match self.duties[id].answered(yes.is_some(), no.is_some(), new.to - new.from, agent_turn) {
                Some(Answer::Yes) => {
                    let evidence = turn.evidence(yes.unwrap_or(new));
                    self.satisfy(id, evidence.end, Some(Lane::Customer), Some(evidence));
                }
                Some(Answer::Unclear(evidence)) => {
                    self.push(id, CueEventKind::Unsure, evidence.end, Some(Lane::Agent), Some(evidence));
                }
                None => {}
            }
        }
    }

    fn customer_cue(
        &mut self,
        playbook: &Playbook,
        id: CueId,
        said: &Said<'_>,
        turn: &Turn,
        reading: &mut Reading<'_>,
    ) {
        let cue = &playbook.cues[id];
        let early = self.early.was_raised(said.utterance, id);
        if !early && self.fired[id][Lane::Customer.index()] == turn.number {
            return;
        }
        let asleep = cue.after.is_some() && self.armed[id] < turn.number;
        if asleep {
            return;
        }
        let mut fires = reading.ways(&cue.fires, cue);
        if cue.answer_within.is_some() {
            if fires.is_some() {
                self.waiting[id].ask(self.turns.of(Lane::Agent).number + 1);
            }
            return;
        }
        fires = fires.or_else(|| self.repeated_words(id, cue, turn, reading));
        let signal = self.signals(cue, turn, reading);
        let repeated = self.repeated(cue, turn, said.end, reading);
        match fires.or(signal).or(repeated) {
            Some(_) if early => {}
            Some(hit) => self.raise_words(playbook, id, Lane::Customer, turn, hit),
            None if early => self.retract(id, said.end),
            None => {}
        }
    }

    /// Adds the signals' weights to the heat; fires at the threshold.
    fn signals(&mut self, cue: &Cue, turn: &Turn, reading: &mut Reading<'_>) -> Option<Hit> {
        let mut strongest: Option<(f64, Hit)> = None;
        for signal in &cue.signals {
            if let Some(hit) = reading.way(&signal.way, cue) {
                self.heat[cue.score].add(signal.weight, turn.span(hit).1);
                if strongest.is_none_or(|(weight, _)| signal.weight > weight) {
                    strongest = Some((signal.weight, hit));
                }
            }
        }
        let (_, hit) = strongest?;
        (self.heat[cue.score].score(turn.span(hit).1) >= cue.threshold).then_some(hit)
    }

    fn repeated(&mut self, cue: &Cue, turn: &Turn, now: f64, reading: &mut Reading<'_>) -> Option<Hit> {
        let echo = cue.echo.as_ref()?;
        let repeated = self.repeats.repeated(turn.number, now, &turn.window, echo)?;
        let hint = reading.anywhere(&cue.hints);
        let much = repeated.overlap >= echo.overlap && repeated.words.len() >= 2;
        if (hint.is_none() && !much) || repeated.echoed >= echo.echoed {
            return None;
        }
        self.repeats.wait_for(repeated.words);
        Some(hint.unwrap_or(Hit { from: turn.new_from, to: turn.window.words.len() }))
    }

    /// A cue fires by words.
    pub(super) fn raise_words(&mut self, playbook: &Playbook, id: CueId, lane: Lane, turn: &Turn, hit: Hit) {
        self.fired[id][lane.index()] = turn.number;
        let evidence = turn.evidence(hit);
        let raised =
            Raised { cue: id, at: evidence.end, lane: Some(lane), evidence: Some(evidence), measure: None };
        let answer_after =
            if lane == Lane::Agent { hit.to } else { self.turns.of(Lane::Agent).window.words.len() };
        self.raise(playbook, raised, answer_after);
    }

    /// What the customer says so far: cues that cannot wait may fire on it. Before a pause its words all stand; while
    /// speech goes on the last ones may still change.
    pub(super) fn hear_partial(&mut self, said: &Said<'_>, paused: bool) {
        if said.lane != Lane::Customer {
            return;
        }
        let playbook = Arc::clone(&self.playbook);
        let turn = self.turns.with_partial(said, &playbook.vocabulary);
        let names = std::mem::take(&mut self.names);
        let mut reading = Reading::new(&playbook, &turn.window, &names, turn.new_from);
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            if cue.lane != Lane::Customer
                || !cue.early
                || cue.answer_within.is_some()
                || (cue.after.is_some() && self.armed[id] < turn.number)
                || self.fired[id][Lane::Customer.index()] == turn.number
            {
                continue;
            }
            let heat = self.heat.clone();
            let hit = reading.ways(&cue.fires, cue).or_else(|| self.signals(cue, &turn, &mut reading));
            self.heat = heat;
            let Some(hit) = hit else {
                self.early.gone(said.utterance, id);
                continue;
            };
            if self.is_firm(said, id, &turn, hit) || paused {
                self.early.raise(said.utterance, id);
                self.raise_words(&playbook, id, Lane::Customer, &turn, hit);
            }
        }
        self.names = names;
    }

    fn is_firm(&mut self, said: &Said<'_>, id: CueId, turn: &Turn, hit: Hit) -> bool {
        let forms = turn.window.words[hit.from..hit.to].iter().map(|word| word.token.form.as_str());
        let words = forms.collect::<Vec<_>>().join(" ");
        self.early.is_firm(said.utterance, id, &words, turn.window.words.len() - hit.to)
    }

    /// A cue was raised on a partial that its final contradicts: as if it had never been.
    fn retract(&mut self, id: CueId, at: f64) {
        self.fired[id][Lane::Customer.index()] = 0;
        self.handling[id].close();
        self.orders.take_back(id);
        self.clues.take_back(id);
        self.board.take_back(&self.playbook.cues[id].id);
        let waiting = self.held.len();
        self.held.retain(|held| held.raised.cue != id);
        if self.held.len() == waiting {
            self.cards.forget(id);
            self.push(id, CueEventKind::Retracted, at, Some(Lane::Customer), None);
        }
    }

    /// The call ends before some partials became final: what rests on them alone does not stand.
    pub(super) fn retract_unsettled(&mut self) {
        for id in std::mem::take(&mut self.early).unsettled() {
            self.retract(id, self.now);
        }
    }

    fn party_changed(&mut self, playbook: &Playbook, change: Change, turn: &Turn) {
        self.board.news = true;
        match change {
            Change::Verified(hit) => {
                let evidence = turn.evidence(hit);
                for id in self.active.clone() {
                    if playbook.cues[id].verification {
                        self.duties[id].satisfy(self.turns.of(Lane::Agent).number);
                        self.satisfy(id, evidence.end, Some(Lane::Customer), Some(evidence.clone()));
                    }
                }
                self.make_verified_due(playbook, evidence.end);
            }
            Change::ThirdPerson(hit) => {
                for id in self.active.clone() {
                    if playbook.cues[id].third_party {
                        self.raise_words(playbook, id, Lane::Customer, turn, hit);
                    }
                }
            }
            Change::NewParty => {
                self.new_party(playbook, turn.span(Hit { from: 0, to: turn.window.words.len() }).1)
            }
            Change::Unsure => {}
        }
    }

    /// Somebody else took the telephone: he has to be verified and told of the recording, as the first one was.
    fn new_party(&mut self, playbook: &Playbook, at: f64) {
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            let Some(duty) = &cue.duty else { continue };
            if duty.due == Due::Verified {
                self.duties[id].disarm();
            } else if duty.again_for_new_party || cue.verification {
                self.make_due(id, at, true);
            }
        }
    }

    /// The disclosures that wait for the right person.
    pub(super) fn make_verified_due(&mut self, playbook: &Playbook, at: f64) {
        for id in self.active.clone() {
            if playbook.cues[id].duty.as_ref().is_some_and(|duty| duty.due == Due::Verified) {
                self.make_due(id, at, false);
            }
        }
    }
}
