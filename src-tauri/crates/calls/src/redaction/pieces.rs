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
    /// Figures that may be the first of one.
    Part,
    /// With it the figures are too many for anything else.
    Completes,
}

/// Seconds between two pieces of one number at most.
pub(crate) const APART: f64 = 12.0;

/// Figures from which on pieces are a card's: amounts, dates, codes and a ZIP code read out in pieces have fewer. (A card shows
/// up to its first six and its last four figures to anybody who may see a receipt: PCI DSS 4.0, 3.4.1.)
const LEAST: usize = 9;

/// Pieces as people read out other numbers than a card's, beside telephone numbers: ZIP+4, and a telephone number's area and exchange
/// in one.
const OTHERS: [&[usize]; 2] = [&[5, 4], &[6, 4]];

/// Words without figures that do not end a number: `go on`, `mm-hm`.
const ASIDE: usize = 2;

/// What each side read out.
#[derive(Debug, Default)]
pub(super) struct Pieces([Read; 2]);

/// Figures and nothing else, one utterance after the other.
#[derive(Debug, Default)]
struct Read {
    /// How many figures each utterance had.
    pieces: Vec<usize>,
    /// How many each group of them had.
    groups: Vec<usize>,
    last: f64,
}

impl Pieces {
    /// Takes an utterance in which nothing was masked, that ended `at` seconds into the call. A sentence that is not all figures
    /// ends every number that was being read out.
    pub(super) fn hear(&mut self, lane: Lane, at: f64, words: &[Word], numbers: &[Number]) -> Piece {
        self.0.iter_mut().filter(|read| at - read.last > APART).for_each(|read| *read = Read::default());
        let waits = self.0.iter().any(|read| !read.pieces.is_empty());
        let told = words.iter().filter(|word| word.sense != Sense::Filler && !topic::courtesy(word));
        if told.clone().count() <= ASIDE && !told.clone().any(Word::is_number) {
            return if waits { Piece::Between } else { Piece::None };
        }
        if !topic::only_figures(words) || topic::dated(words) || numbers.iter().any(|number| number.counted) {
            self.forget();
            return Piece::None;
        }
        let read = &mut self.0[lane.index()];
        read.pieces.push(numbers.iter().map(|number| number.figures.len()).sum());
        read.groups.extend(numbers.iter().flat_map(|number| number.groups.iter().copied()));
        read.last = at;
        let figures: usize = read.pieces.iter().sum();
        let other = OTHERS.contains(&read.pieces.as_slice())
            || number::are_phone_groups(&read.pieces)
            || number::are_phone_groups(&read.groups);
        if read.pieces.len() > 1 && figures >= LEAST {
            // A telephone number that is whole is no part of what comes after it: it is often said twice.
            self.forget();
            return if other { Piece::None } else { Piece::Completes };
        }
        Piece::Part
    }

    /// Nothing is being read out.
    pub(super) fn forget(&mut self) {
        self.0 = Default::default();
    }
}
