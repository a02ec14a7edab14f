use super::Pattern;
use serde::Deserialize;

/// How the engine follows who is on the line.
#[derive(Debug)]
pub(crate) struct PartyRules {
    /// Identifiers that must be asked for and given.
    pub identifiers_required: usize,
    pub identifiers: Vec<IdentifierRules>,
    /// The agent says that he verifies, whatever he asks for.
    pub verifies: Vec<Pattern>,
    /// The agent gives the answer away or asks something else.
    pub ask_unless: Vec<Pattern>,
    /// The customer will not give it.
    pub refuses: Vec<Pattern>,
    /// Somebody else than the consumer is on the line.
    pub third_person: Vec<Pattern>,
    /// The telephone goes to another person.
    pub hand_over: Vec<Pattern>,
}

/// What the answer to an identifier looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// A date: a month's name, or numerals.
    Date,
    /// Digits.
    Digits,
    /// A numeral or a name.
    Address,
    /// Words: an email address, a name.
    Words,
}

/// One detail by which a customer is identified.
#[derive(Debug)]
pub(crate) struct IdentifierRules {
    pub asks: Vec<Pattern>,
    pub shape: Shape,
}
