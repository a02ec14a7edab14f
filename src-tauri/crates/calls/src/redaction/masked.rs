use super::Piece;
use cueline_events::Spoken;

/// A text without what must not be stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Masked {
    /// The text, with `[card number]` and the like in place of the figures.
    pub text: Spoken,
    /// How many places were masked.
    pub count: u32,
    /// Which part of the time in which the text was said each place can have taken, in the order of the text; and all of it for a
    /// text that may be misheard figures.
    pub shares: Vec<Share>,
    /// What it is to a number that is read out in pieces.
    pub(crate) piece: Piece,
    /// The text if its figures turn out to be the first of a card's number, where that is not known yet.
    pub(crate) as_first_piece: Option<CountedText>,
}

/// A masked text, and how many places in it were masked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CountedText {
    pub(crate) text: Spoken,
    pub(crate) count: u32,
}

/// A part of an utterance's time: 0 is its beginning, 1 its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Share {
    /// Where the part begins at the earliest.
    pub from: f64,
    /// Where it ends at the latest.
    pub to: f64,
}

impl Share {
    /// All of it.
    pub(super) const WHOLE: Self = Self { from: 0.0, to: 1.0 };
}
