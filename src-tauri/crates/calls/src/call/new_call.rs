use crate::StoreError;
use cueline_events::{CallContext, CallSource, PlaybookId};
use uuid::Uuid;

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

impl NewCall {
    /// Its id, a new one where it has none.
    pub(super) fn uuid(&self) -> Result<Uuid, StoreError> {
        let unfit = |id: &str| StoreError::Unfit { what: format!("`{id}` is not an id of a call") };
        self.id.as_ref().map_or_else(|| Ok(Uuid::now_v7()), |id| Uuid::parse_str(id).map_err(|_| unfit(id)))
    }
}
