use super::observation_rows::Observations;
use super::rows::Rows;
use super::{Digest, Kept, NewCall, Observed, keep_digest, now_ms};
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
    /// What the engine was told in it, in order, where that is known.
    pub observed: Vec<Observed>,
}

/// Adds a call that has ended.
pub(crate) fn insert(to: &Connection, database: &Database, ended: &EndedCall) -> Result<(), StoreError> {
    let fault = database.fault();
    let (call, now) = (ended.new.uuid()?, now_ms());
    let mut rows = Rows::begin(to, database, call, &ended.new)?;
    let mut observations = Observations::default();
    let mut keep = |kept: Vec<Kept>| {
        for row in kept.iter().filter(|row| !matches!(row, Kept::Undecided { .. })) {
            row.insert(to, call, now).map_err(&fault)?;
            if let Kept::Utterance { said, text } = row {
                observations.settle(said.number, text.count);
            }
        }
        Ok::<_, StoreError>(())
    };
    for event in &ended.events {
        keep(rows.rows_of(event)?)?;
    }
    keep(rows.decided(None))?;
    ended.observed.iter().cloned().for_each(|observed| observations.take(observed));
    observations.write(to, call, rows.redactor(), true).map_err(&fault)?;
    let end = Kept::End { at: ended.seconds, repaired: false, chain: rows.chain() };
    end.insert(to, call, now).map_err(&fault)?;
    match &ended.digest {
        Some(digest) => keep_digest(to, call, digest).map_err(&fault),
        None => Ok(()),
    }
}
