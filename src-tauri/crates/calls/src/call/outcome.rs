use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a call came to, as far as its cue events tell. A person's word on it is in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Outcome {
    /// The customer committed himself to a sum or a day.
    Promise,
    /// The customer disputes the debt.
    Dispute,
    /// Something was said that forbids to ask for payment: an attorney, bankruptcy, a death, a life at risk.
    StopOrder,
    /// Somebody else than the customer was on the line.
    ThirdParty,
    /// None of these.
    NothingAgreed,
}
