use super::now_ms;
use crate::database::SCHEMA;
use crate::redaction::Masked;
use crate::redaction::written;
use cueline_events::Spoken;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// The agent's note of a call.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallNote {
    /// What the agent wrote, without what must not be stored.
    pub text: Spoken,
    /// When it was kept, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
}

/// Adds a note, masked by the rules for what is said.
pub(crate) fn insert(to: &Connection, call: Uuid, text: &Spoken, machine: &str) -> rusqlite::Result<()> {
    let Masked { text, count, .. } = written(text);
    to.execute(
        "INSERT INTO note (id, call, text, masked, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            Uuid::now_v7().as_bytes(),
            call.as_bytes(),
            text.as_str(),
            count,
            machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )?;
    Ok(())
}

/// A call's newest note.
pub(super) fn newest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<CallNote>> {
    from.prepare_cached("SELECT text, written_ms FROM note WHERE call = ? ORDER BY id DESC LIMIT 1")?
        .query_row([call.as_bytes()], |row| {
            Ok(CallNote { text: row.get::<_, String>(0)?.into(), at: row.get(1)? })
        })
        .optional()
}
