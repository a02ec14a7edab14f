use crate::call::{Kept, RunningLock, chain_start, decide_all, ledger_rows, running_calls, verify};
use crate::database::Database;
use crate::keys::Keys;
use crate::ledger::{Chain, LedgerState};
use crate::{StoreError, call, recording};
use cueline_events::Notice;
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;
use uuid::Uuid;

/// A call whose process stopped without ending it, closed at its last event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct Repaired {
    /// The call's id.
    pub call: String,
    /// Seconds into the call up to which its log is whole; at most a second of what was said before the process
    /// stopped is missing after it.
    pub lost_after: f64,
    /// Seconds of its recording that are whole, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<f64>,
    /// What could not be repaired; it is tried again when the logs are opened next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Notice>,
}

/// Closes every call that nobody writes any more. A call that another process is writing is left alone.
pub(crate) fn repair(
    data_dir: &Path,
    keys: &Keys,
    database: &Database,
    connection: &mut Connection,
) -> Result<Vec<Repaired>, StoreError> {
    let mut repaired = Vec::new();
    for call in running_calls(connection).map_err(database.fault())? {
        let Some(_nobody_else) = RunningLock::take(data_dir, call)? else { continue };
        let lost_after = last_moment(connection, call).map_err(database.fault())?;
        let (recorded, recording_fault) = match recording::repair(data_dir, keys, call) {
            Ok(recorded) => (recorded, None),
            Err(e) => (None, Some(e)),
        };
        // A full disk must not keep anyone from reading: the call is closed another time.
        let closing_fault = close(connection, database, call, lost_after).err();
        let fault = closing_fault.or(recording_fault).map(|e| e.notice());
        repaired.push(Repaired { call: call.to_string(), lost_after, recorded, fault });
    }
    Ok(repaired)
}

/// When the last event that is on the disk left the pipeline, in seconds from the start of the call.
fn last_moment(from: &Connection, call: Uuid) -> rusqlite::Result<f64> {
    from.query_row(
        "SELECT max(
            coalesce((SELECT max(max(ends, emitted_at)) FROM utterance WHERE call = ?1), 0.0),
            coalesce((SELECT max(max(ends, emitted_at)) FROM undecided WHERE call = ?1), 0.0),
            coalesce((SELECT max(max(at, emitted_at)) FROM cue_event WHERE call = ?1), 0.0),
            coalesce((SELECT max(at) FROM hearing WHERE call = ?1), 0.0),
            coalesce((SELECT max(ends) FROM gap WHERE call = ?1), 0.0))",
        [call.as_bytes()],
        |row| row.get(0),
    )
}

fn close(connection: &mut Connection, database: &Database, call: Uuid, at: f64) -> Result<(), StoreError> {
    let fault = database.fault();
    let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
    // The ledger's end is written down only for a ledger that is whole, so that a repair never vouches for a broken one.
    let chain = match verify(&step, call).map_err(&fault)? {
        LedgerState::Intact { .. } => {
            let rows = ledger_rows(&step, call).map_err(&fault)?;
            match rows.last() {
                Some(last) => Chain { rows: last.number, head: last.hash },
                None => chain_start(&step, call).map_err(&fault)?,
            }
        }
        LedgerState::Broken { first } => Chain { rows: first, head: [0; 32] },
    };
    decide_all(&step, call).map_err(&fault)?;
    Kept::End { at, repaired: true, chain }.insert(&step, call, call::now_ms()).map_err(&fault)?;
    step.commit().map_err(&fault)
}
