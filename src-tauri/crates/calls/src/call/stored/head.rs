use crate::database::{from_word, word};
use crate::hex_bytes::HexBytes;
use cueline_events::{CallSource, PlaybookId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A call's own row, without its context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredHead {
    pub(crate) id: Uuid,
    pub(crate) started_at: i64,
    pub(crate) source: CallSource,
    pub(crate) model: String,
    pub(crate) playbook: PlaybookId,
    pub(crate) agent: String,
    pub(crate) machine: String,
    pub(crate) schema: i64,
    pub(crate) app: String,
}

/// How a call ended, and the last link of its ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredEnd {
    pub(crate) at: f64,
    pub(crate) repaired: bool,
    pub(crate) ledger_rows: u32,
    pub(crate) ledger_head: HexBytes<32>,
    pub(crate) written_at: i64,
}

pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<(StoredHead, String)> {
    let mut row = from.prepare_cached(
        "SELECT started_ms, source, model, playbook, playbook_version, agent, machine, schema, app, context
         FROM call WHERE id = ?",
    )?;
    row.query_row([call.as_bytes()], |row| {
        let head = StoredHead {
            id: call,
            started_at: row.get(0)?,
            source: from_word(1, row.get(1)?)?,
            model: row.get(2)?,
            playbook: PlaybookId { id: row.get(3)?, version: row.get(4)? },
            agent: row.get(5)?,
            machine: row.get(6)?,
            schema: row.get(7)?,
            app: row.get(8)?,
        };
        Ok((head, row.get(9)?))
    })
}

/// False where there is such a row.
pub(in crate::call) fn insert(to: &Connection, head: &StoredHead, context: &str) -> rusqlite::Result<bool> {
    let added = to
        .prepare_cached(
            "INSERT INTO call
             (id, started_ms, source, model, playbook, playbook_version, agent, machine, context, schema, app)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            head.id.as_bytes(),
            head.started_at,
            word(head.source),
            head.model,
            head.playbook.id,
            head.playbook.version,
            head.agent,
            head.machine,
            context,
            head.schema,
            head.app
        ])?;
    Ok(added > 0)
}

pub(super) fn read_end(from: &Connection, call: Uuid) -> rusqlite::Result<Option<StoredEnd>> {
    let mut row = from.prepare_cached(
        "SELECT at, repaired, ledger_rows, ledger_head, written_ms FROM call_end WHERE call = ?",
    )?;
    let end = row.query_row([call.as_bytes()], |row| {
        Ok(StoredEnd {
            at: row.get(0)?,
            repaired: row.get(1)?,
            ledger_rows: row.get(2)?,
            ledger_head: HexBytes(row.get(3)?),
            written_at: row.get(4)?,
        })
    });
    end.optional()
}
