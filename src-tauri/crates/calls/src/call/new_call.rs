use cueline_events::{CallContext, CallSource, PlaybookId};

/// What is known when a call begins.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCall {
    /// The call's id (UUIDv7) where it has one already; a new one otherwise.
    pub id: Option<String>,
    /// Where its audio comes from.
    pub source: CallSource,
    /// The speech model's id; empty for a script.
    pub model: String,
    /// The playbook.
    pub playbook: PlaybookId,
    /// What is known before the call.
    pub context: CallContext,
    /// Who works with Cueline.
    pub agent: String,
    /// On which machine.
    pub machine: String,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_at: i64,
}
