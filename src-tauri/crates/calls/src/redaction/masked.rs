use cueline_events::Spoken;

/// A text without what must not be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Masked {
    /// The text, with `[card number]` and the like in place of the figures.
    pub text: Spoken,
    /// How many places were masked.
    pub count: u32,
    /// Which part of the time in which the text was said each place can have taken, in the order of the text.
    pub shares: Vec<Share>,
}

/// A part of an utterance's time: 0 is its beginning, 1 its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Where the part begins at the earliest.
    pub from: f64,
    /// Where it ends at the latest.
    pub to: f64,
}
