use crate::{Evidence, Lane};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a call has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CallStage {
    /// Who calls, and that it is recorded.
    #[default]
    Opening,
    /// Who answers.
    Verification,
    /// What the call is about, and what can be done.
    Discussion,
    /// An amount or a date has been agreed.
    Agreement,
    /// The agent has summed up or said goodbye.
    Closing,
}

/// Who is on the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum OnTheLine {
    /// Nobody knows yet: as if it were somebody else.
    #[default]
    Unverified,
    /// Somebody else than the customer.
    ThirdParty,
    /// Details were asked for and answered, and the transcript could not read them all.
    Unsure,
    /// The customer.
    Verified,
    /// Nobody whom the call is about.
    WrongNumber,
}

/// The call as it stands: what the customer revealed, what was said in figures, what to ask next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Board {
    /// Seconds of the call up to which it is true.
    pub at: f64,
    /// How far the call has come.
    pub stage: CallStage,
    /// Who is on the line.
    pub on_the_line: OnTheLine,
    /// A stop-order silences everything about payment.
    pub payment_stopped: bool,
    /// What the customer revealed, oldest first.
    pub clues: Vec<BoardClue>,
    /// Amounts and dates, oldest first.
    pub facts: Vec<Fact>,
    /// What the customer said he will do.
    pub commitments: Vec<Commitment>,
    /// An open question that fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// Something that the customer revealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BoardClue {
    /// The cue.
    pub cue: String,
    /// His own words.
    pub evidence: Evidence,
    /// Whether the agent has picked it up.
    pub picked_up: bool,
}

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FactKind {
    /// A sum of money.
    Amount,
    /// A day.
    Date,
}

/// A figure that was heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// Who said it.
    pub lane: Lane,
    /// A sum's value in the account's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The words.
    pub evidence: Evidence,
}

/// What the customer said he will do, with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Commitment {
    /// The sum, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// The day in his words, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Evidence>,
    /// His words.
    pub evidence: Evidence,
    /// Whether the agent has read back what was named.
    pub read_back: bool,
}
