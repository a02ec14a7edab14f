use super::Turn;
use crate::pattern::{Hit, Names, Slot};
use crate::playbook::CueId;
use cueline_events::{BoardClue, Commitment, Evidence, Fact, FactKind, Lane};

/// Facts and commitments that are kept of each; the oldest go first.
const KEPT: usize = 40;

/// What the board shows, gathered as the call goes on.
#[derive(Default)]
pub(super) struct CallBoard {
    pub clues: Vec<BoardClue>,
    pub facts: Vec<Fact>,
    pub commitments: Vec<Commitment>,
    /// The agent has summed up or said goodbye.
    pub closing: bool,
    /// Something is there that was not shown yet.
    pub news: bool,
    /// The cues that fired last, the newest at the end: what a question should be about.
    pub lately: Vec<CueId>,
}

impl CallBoard {
    /// The customer revealed something; told again it is the same clue.
    pub(super) fn reveal(&mut self, cue: &str, evidence: Evidence) {
        self.news = true;
        match self.clues.iter_mut().find(|clue| clue.cue == cue) {
            Some(known) => known.evidence = evidence,
            None => self.clues.push(BoardClue { cue: cue.to_owned(), evidence, picked_up: false }),
        }
    }

    /// A clue's words were taken back.
    pub(super) fn take_back(&mut self, cue: &str) {
        self.clues.retain(|clue| clue.cue != cue);
        self.news = true;
    }

    /// The agent has picked a clue up.
    pub(super) fn pick_up(&mut self, cue: &str) {
        if let Some(clue) = self.clues.iter_mut().find(|clue| clue.cue == cue) {
            clue.picked_up = true;
            self.news = true;
        }
    }

    /// The figures of an utterance: sums with a currency, and days.
    pub(super) fn hear(&mut self, lane: Lane, turn: &Turn, names: &Names) {
        let words = &turn.window.words;
        let mut at = turn.new_from;
        while at < words.len() {
            let sum = words[at].token.number.filter(|number| number.money);
            let day = Slot::Date.takes(&turn.window, at, names);
            let (kind, value, length) = match (sum, day) {
                (Some(sum), _) => (FactKind::Amount, Some(sum.value), 1),
                (None, Some(length)) => (FactKind::Date, None, length),
                (None, None) => {
                    at += 1;
                    continue;
                }
            };
            let evidence = turn.evidence(Hit { from: at, to: at + length });
            self.note(Fact { kind, lane, value, evidence });
            at += length;
        }
        if lane == Lane::Agent {
            self.read_back(turn, names);
        }
    }

    fn note(&mut self, fact: Fact) {
        let same = |known: &Fact| {
            known.kind == fact.kind
                && known.lane == fact.lane
                && known.value == fact.value
                && (fact.value.is_some()
                    || known.evidence.quote.as_str().eq_ignore_ascii_case(fact.evidence.quote.as_str()))
        };
        if !self.facts.iter().any(same) {
            self.facts.push(fact);
            if self.facts.len() > KEPT {
                self.facts.remove(0);
            }
            self.news = true;
        }
    }

    /// The customer committed himself with these words.
    pub(super) fn commit(&mut self, turn: &Turn, names: &Names, evidence: Evidence) {
        let words = &turn.window.words;
        let amount = words.iter().filter_map(|word| word.token.number).find(|number| number.money);
        let day = (0..words.len()).find_map(|at| {
            let length = Slot::Date.takes(&turn.window, at, names)?;
            Some(turn.evidence(Hit { from: at, to: at + length }))
        });
        let amount = amount.map(|number| number.value);
        if amount.is_none() && day.is_none() {
            return;
        }
        self.news = true;
        let same = |known: &&mut Commitment| known.evidence.utterance == evidence.utterance;
        let commitment = Commitment { amount, date: day, evidence: evidence.clone(), read_back: false };
        match self.commitments.iter_mut().find(same) {
            Some(known) => *known = commitment,
            None => self.commitments.push(commitment),
        }
        if self.commitments.len() > KEPT {
            self.commitments.remove(0);
        }
    }

    /// What of the commitments the agent's turn reads back: each figure that was named.
    fn read_back(&mut self, turn: &Turn, names: &Names) {
        let words = &turn.window.words;
        let sum = |value: f64| words.iter().any(|word| word.token.number.is_some_and(|n| n.value == value));
        let day = |date: &Evidence| {
            let wanted = date.quote.as_str().to_lowercase();
            (0..words.len()).any(|at| {
                Slot::Date.takes(&turn.window, at, names).is_some_and(|length| {
                    let said = turn.evidence(Hit { from: at, to: at + length });
                    said.quote.as_str().to_lowercase() == wanted
                })
            })
        };
        for commitment in self.commitments.iter_mut().filter(|commitment| !commitment.read_back) {
            let named = commitment.amount.is_none_or(sum) && commitment.date.as_ref().is_none_or(day);
            if named {
                commitment.read_back = true;
                self.news = true;
            }
        }
    }

    /// A cue fired: what is asked next should be about it.
    pub(super) fn fired(&mut self, cue: CueId) {
        self.lately.retain(|known| *known != cue);
        self.lately.push(cue);
        self.news = true;
    }
}
