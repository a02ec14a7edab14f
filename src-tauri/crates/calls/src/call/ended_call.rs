use super::rows::Rows;
use super::{Digest, Kept, NewCall, keep_digest, now_ms};
use crate::StoreError;
use crate::database::Database;
use cueline_events::CallEvent;
use rusqlite::Connection;

/// A call that has ended before the store hears of it.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedCall {
    /// What was known when it began.
    pub new: NewCall,
    /// Its events, in order.
    pub events: Vec<CallEvent>,
    /// Its length.
    pub seconds: f64,
    /// What its playbook tells of it, where that is known.
    pub digest: Option<Digest>,
}

/// Adds a call that has ended.
pub(crate) fn insert(to: &Connection, database: &Database, ended: &EndedCall) -> Result<(), StoreError> {
    let fault = database.fault();
    let (call, now) = (ended.new.uuid()?, now_ms());
    let mut rows = Rows::begin(to, database, call, &ended.new)?;
    for event in &ended.events {
        if let Some(row) = rows.row(event)? {
            row.insert(to, call, now).map_err(&fault)?;
        }
    }
    let end = Kept::End { at: ended.seconds, repaired: false, chain: rows.chain() };
    end.insert(to, call, now).map_err(&fault)?;
    match &ended.digest {
        Some(digest) => keep_digest(to, call, digest).map_err(&fault),
        None => Ok(()),
    }
}
