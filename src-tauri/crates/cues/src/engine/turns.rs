use crate::pattern::{Hit, Vocabulary, Window};
use crate::text::is_content;
use cueline_events::{Evidence, Lane, Spoken};

/// The words of a turn that are kept for matching; what is older than this many is forgotten.
const KEPT: usize = 240;
/// An utterance of so few content words from the other lane (`mm-hm`, `okay`) does not end a turn.
const SUBSTANCE: usize = 2;
/// A lane that was silent for so many seconds starts a new turn.
const SILENCE: f64 = 12.0;
/// An utterance may be cut in two at a pause of so many seconds.
const CUT: f64 = 0.6;

/// One utterance inside a turn.
#[derive(Clone)]
struct Piece {
    utterance: u32,
    start: f64,
    end: f64,
    text: String,
}

/// What one lane says until the other says something of substance: one or several utterances.
#[derive(Clone, Default)]
pub(super) struct Turn {
    /// Counted per lane from 1; 0 before the lane has spoken.
    pub number: u32,
    /// The words.
    pub window: Window,
    /// The first word of the utterance heard last.
    pub new_from: usize,
    pieces: Vec<Piece>,
    over: bool,
}

/// Both lanes' current turns.
#[derive(Default)]
pub(super) struct Turns {
    lanes: [Turn; 2],
}

/// One utterance as it reaches the turns.
pub(super) struct Said<'a> {
    pub lane: Lane,
    pub utterance: u32,
    pub start: f64,
    pub end: f64,
    pub text: &'a Spoken,
}

impl Turns {
    /// The lane's current turn.
    pub(super) fn of(&self, lane: Lane) -> &Turn {
        &self.lanes[lane.index()]
    }

    /// Adds a final utterance to its lane's turn, or begins a new turn with it. True when the other lane's turn is
    /// over by it.
    pub(super) fn hear(&mut self, said: &Said<'_>, vocabulary: &Vocabulary) -> bool {
        let turn = &mut self.lanes[said.lane.index()];
        turn.extend(said, vocabulary);
        let substance = turn.window.words[turn.new_from..]
            .iter()
            .filter(|word| !word.token.soft && (is_content(&word.token.form) || word.token.number.is_some()))
            .count();
        let words = turn.window.words.len() - turn.new_from;
        let ends = substance >= SUBSTANCE || words > 3;
        let other = &mut self.lanes[said.lane.other().index()];
        if ends {
            other.over = true;
        }
        ends
    }

    /// The lane's turn with a partial's words added, for looking ahead.
    pub(super) fn with_partial(&self, said: &Said<'_>, vocabulary: &Vocabulary) -> Turn {
        let mut turn = self.lanes[said.lane.index()].clone();
        turn.extend(said, vocabulary);
        turn
    }
}

impl Turn {
    fn extend(&mut self, said: &Said<'_>, vocabulary: &Vocabulary) {
        let silent = self.pieces.last().is_some_and(|last| said.start - last.end > SILENCE);
        if self.over || silent || self.number == 0 {
            *self = Turn { number: self.number + 1, ..Turn::default() };
        }
        self.forget();
        self.new_from = self.window.words.len();
        self.window.append(said.text.as_str(), self.pieces.len(), vocabulary);
        self.pieces.push(Piece {
            utterance: said.utterance,
            start: said.start,
            end: said.end.max(said.start),
            text: said.text.as_str().to_owned(),
        });
    }

    fn forget(&mut self) {
        let excess = self.window.words.len().saturating_sub(KEPT);
        self.window.words.drain(..excess);
    }

    /// When the newest utterance ends.
    pub(super) fn ends(&self) -> f64 {
        self.pieces.last().map_or(0.0, |piece| piece.end)
    }

    /// Whether the newest utterance was cut off from one that ended at `end`.
    pub(super) fn follows(&self, end: f64) -> bool {
        self.pieces.last().is_some_and(|piece| piece.start >= end && piece.start - end <= CUT)
    }

    /// When word `at` ends, by its share of the utterance's characters.
    pub(super) fn end_of(&self, at: usize) -> f64 {
        self.window.words.get(at).map_or(0.0, |word| {
            let piece = &self.pieces[word.piece];
            piece.start + (piece.end - piece.start) * share(word.token.to, piece.text.len())
        })
    }

    fn start_of(&self, at: usize) -> f64 {
        self.window.words.get(at).map_or(0.0, |word| {
            let piece = &self.pieces[word.piece];
            piece.start + (piece.end - piece.start) * share(word.token.from, piece.text.len())
        })
    }

    /// When the found words begin and end.
    pub(super) fn span(&self, hit: Hit) -> (f64, f64) {
        (self.start_of(hit.from), self.end_of(hit.to.saturating_sub(1)))
    }

    /// The found words with their time. The utterance is the one that decided: the last.
    pub(super) fn evidence(&self, hit: Hit) -> Evidence {
        let (start, end) = self.span(hit);
        let last = self.window.words.get(hit.to.saturating_sub(1)).map_or(0, |word| word.piece);
        Evidence {
            utterance: self.pieces.get(last).map_or(0, |piece| piece.utterance),
            start,
            end,
            quote: Spoken::from(self.quote(hit)),
        }
    }

    fn quote(&self, hit: Hit) -> String {
        let words = &self.window.words[hit.from..hit.to.min(self.window.words.len())];
        let mut parts: Vec<(usize, usize, usize)> = Vec::new();
        for word in words {
            match parts.last_mut() {
                Some((piece, _, to)) if *piece == word.piece => *to = word.token.to,
                _ => parts.push((word.piece, word.token.from, word.token.to)),
            }
        }
        let text =
            |(piece, from, to): (usize, usize, usize)| self.pieces[piece].text.get(from..to).unwrap_or("");
        parts.into_iter().map(text).collect::<Vec<_>>().join(" ")
    }
}

fn share(byte: usize, length: usize) -> f64 {
    if length == 0 { 1.0 } else { (byte as f64 / length as f64).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(turns: &mut Turns, lane: Lane, start: f64, end: f64, text: &str) -> bool {
        let said = Said { lane, utterance: start as u32, start, end, text: &Spoken::from(text) };
        turns.hear(&said, &Vocabulary::default())
    }

    #[test]
    fn a_turn_lasts_until_the_other_says_something() {
        let mut turns = Turns::default();
        hear(&mut turns, Lane::Agent, 0.0, 2.0, "this is an attempt to collect a debt");
        assert!(!hear(&mut turns, Lane::Customer, 2.0, 2.4, "Mm-hm, okay."));
        hear(&mut turns, Lane::Agent, 3.0, 5.0, "and any information will be used for that purpose");
        assert_eq!(turns.of(Lane::Agent).number, 1);
        assert!(hear(&mut turns, Lane::Customer, 5.0, 6.0, "I already paid that bill."));
        hear(&mut turns, Lane::Agent, 6.0, 7.0, "I see.");
        assert_eq!(turns.of(Lane::Agent).number, 2);
        assert_eq!(turns.of(Lane::Agent).new_from, 0);
    }

    #[test]
    fn evidence_is_timed_by_its_share_of_the_text() {
        let mut turns = Turns::default();
        hear(&mut turns, Lane::Customer, 10.0, 20.0, "0123456789 abcdefghi");
        let evidence = turns.of(Lane::Customer).evidence(Hit { from: 0, to: 1 });
        assert!((evidence.end - 15.0).abs() < 1e-9, "{}", evidence.end);
        assert_eq!(evidence.quote.as_str(), "0123456789");
    }

    #[test]
    fn a_quote_may_span_utterances() {
        let mut turns = Turns::default();
        hear(&mut turns, Lane::Customer, 1.0, 2.0, "I filed,");
        hear(&mut turns, Lane::Customer, 3.0, 4.0, "uh, for bankruptcy");
        let turn = turns.of(Lane::Customer);
        let evidence = turn.evidence(Hit { from: 0, to: turn.window.words.len() });
        assert_eq!(evidence.quote.as_str(), "I filed for bankruptcy");
        assert_eq!((evidence.utterance, evidence.start, evidence.end), (3, 1.0, 4.0));
    }
}
