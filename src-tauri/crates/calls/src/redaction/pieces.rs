//! Numbers that are read out in pieces though nobody has spoken of a card.

use super::number::{self, Number};
use super::topic;
use super::word::{Sense, Word};
use cueline_events::Lane;

/// What an utterance is to a number that may be read out in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// None of it, and there is none.
    None,
    /// None of it, but such a number may go on.
    Between,
    /// Figures that may be the first of one, alone or among a few words that may be misheard figures.
    Part,
    /// With it the figures are too many for anything else.
    Completes,
}

/// Seconds between two pieces of one number at most.
pub(super) const APART: f64 = 12.0;

/// Figures from which on pieces are a card's whatever was spoken of: amounts, dates, codes and a ZIP code read out in pieces have
/// fewer. (A card shows up to its first six and its last four figures to anybody who may see a receipt: PCI DSS 4.0, 3.4.1.)
const LEAST: usize = 9;

/// The same when nobody spoke of anything that has a number: people read cards out by fours.
const LEAST_UNASKED: usize = 4;

/// Figures that people say unasked, of a ZIP code and of telephone numbers; cards are not read out by so many.
const SAID_UNASKED: [usize; 4] = [5, 7, 10, 11];

/// Seconds for which figures may be those of a telephone number, an amount or a date that was spoken of.
const SPOKEN_OF: f64 = 30.0;

/// Pieces as people read out other numbers than a card's, beside telephone numbers: ZIP+4, and a telephone number's area and exchange
/// in one.
const OTHERS: [&[usize]; 2] = [&[5, 4], &[6, 4]];

/// Words without figures that do not end a number: `go on`, `mm-hm`; as many beside figures may be misheard ones: `5 price`.
const ASIDE: usize = 2;

/// What each side read out.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    read: [Read; 2],
    /// Until when figures may be those of another number that was spoken of.
    other_until: Option<f64>,
}

/// Figures and nothing else, one utterance after the other.
#[derive(Debug, Default)]
struct Read {
    /// Whether something was said that may be one.
    any: bool,
    /// How many figures each utterance had that was nothing but figures.
    pieces: Vec<usize>,
    /// How many each group of them had.
    groups: Vec<usize>,
    last: f64,
}

impl Pieces {
    /// Takes an utterance in which nothing was masked, that ended `at` seconds into the call. A sentence that is not all figures
    /// ends every number that was being read out.
    pub(super) fn hear(&mut self, lane: Lane, at: f64, words: &[Word], numbers: &[Number]) -> Piece {
        self.read.iter_mut().filter(|read| at - read.last > APART).for_each(|read| *read = Read::default());
        let waits = self.read.iter().any(|read| read.any);
        let told = || words.iter().filter(|word| word.sense != Sense::Filler && !topic::courtesy(word));
        let aside = told().filter(|word| !word.is_number()).count() <= ASIDE;
        if aside && !told().any(Word::is_number) {
            return if waits { Piece::Between } else { Piece::None };
        }
        let known = |number: &Number| {
            number.counted || number.plus || number.amount || number.is_date() || number.is_years()
        };
        if !aside || numbers.is_empty() || topic::dated(words) || numbers.iter().any(known) {
            self.forget();
            return Piece::None;
        }
        let read = &mut self.read[lane.index()];
        (read.any, read.last) = (true, at);
        if !topic::only_figures(words) {
            return Piece::Part;
        }
        read.pieces.push(numbers.iter().map(|number| number.figures.len()).sum());
        read.groups.extend(numbers.iter().flat_map(|number| number.groups.iter().copied()));
        let figures: usize = read.pieces.iter().sum();
        let other = OTHERS.contains(&read.pieces.as_slice())
            || number::are_phone_groups(&read.pieces)
            || number::are_phone_groups(&read.groups);
        if read.pieces.len() > 1 && figures >= LEAST {
            // A telephone number that is whole is no part of what comes after it: it is often said twice.
            self.forget();
            return if other { Piece::None } else { Piece::Completes };
        }
        let unlike_others = figures >= LEAST_UNASKED
            && !SAID_UNASKED.contains(&figures)
            && !other
            && !number::begin_phone_groups(&read.pieces)
            && !number::begin_phone_groups(&read.groups);
        if !self.other_until.is_some_and(|until| at <= until) && unlike_others {
            self.forget();
            return Piece::Completes;
        }
        Piece::Part
    }

    /// Takes note of what an utterance speaks of, that ended `at` seconds into the call.
    pub(super) fn follow(&mut self, at: f64, words: &[Word]) {
        if topic::speaks_of_a_card(words) {
            self.other_until = None;
        } else if topic::speaks_of_another_number(words) {
            self.other_until = Some(at + SPOKEN_OF);
        }
    }

    /// Nothing is being read out.
    pub(super) fn forget(&mut self) {
        self.read = Default::default();
    }
}
