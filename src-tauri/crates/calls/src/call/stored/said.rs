use crate::database::{from_json, from_word, word};
use crate::{ReviewMark, Role};
use cueline_events::Spoken;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An agent's note of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredNote {
    pub(crate) id: Uuid,
    pub(crate) text: Spoken,
    pub(crate) masked: u32,
    pub(crate) machine: String,
    pub(crate) schema: i64,
    pub(crate) app: String,
    pub(crate) at: i64,
}

/// Something that somebody said of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredReview {
    pub(crate) id: Uuid,
    pub(crate) author: String,
    pub(crate) role: Role,
    pub(crate) at: i64,
    pub(crate) mark: ReviewMark,
    pub(crate) masked: u32,
    pub(crate) machine: String,
    pub(crate) schema: i64,
    pub(crate) app: String,
}

pub(super) fn read_notes(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredNote>> {
    let mut rows = from.prepare_cached(
        "SELECT id, text, masked, machine, schema, app, written_ms FROM note WHERE call = ? ORDER BY id",
    )?;
    let notes = rows.query_map([call.as_bytes()], |row| {
        Ok(StoredNote {
            id: Uuid::from_bytes(row.get(0)?),
            text: row.get::<_, String>(1)?.into(),
            masked: row.get(2)?,
            machine: row.get(3)?,
            schema: row.get(4)?,
            app: row.get(5)?,
            at: row.get(6)?,
        })
    })?;
    notes.collect()
}

pub(super) fn insert_notes(to: &Connection, call: Uuid, stored: &[StoredNote]) -> rusqlite::Result<()> {
    let mut row = to.prepare_cached(
        "INSERT INTO note (id, call, text, masked, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for StoredNote { id, text, masked, machine, schema, app, at } in stored {
        row.execute(params![
            id.as_bytes(),
            call.as_bytes(),
            text.as_str(),
            masked,
            machine,
            schema,
            app,
            at
        ])?;
    }
    Ok(())
}

pub(super) fn read_review(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredReview>> {
    let mut rows = from.prepare_cached(
        "SELECT id, author, role, mark, masked, machine, schema, app, written_ms
         FROM review_entry WHERE call = ? ORDER BY id",
    )?;
    let review = rows.query_map([call.as_bytes()], |row| {
        Ok(StoredReview {
            id: Uuid::from_bytes(row.get(0)?),
            author: row.get(1)?,
            role: from_word(2, row.get(2)?)?,
            mark: from_json(3, &row.get::<_, String>(3)?)?,
            masked: row.get(4)?,
            machine: row.get(5)?,
            schema: row.get(6)?,
            app: row.get(7)?,
            at: row.get(8)?,
        })
    })?;
    review.collect()
}

pub(super) fn insert_review(to: &Connection, call: Uuid, stored: &[StoredReview]) -> rusqlite::Result<()> {
    let mut row = to.prepare_cached(
        "INSERT INTO review_entry (id, call, author, role, kind, mark, masked, machine, schema, app, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for StoredReview { id, author, role, at, mark, masked, machine, schema, app } in stored {
        row.execute(params![
            id.as_bytes(),
            call.as_bytes(),
            author,
            word(*role),
            mark.kind(),
            json(mark)?,
            masked,
            machine,
            schema,
            app,
            at
        ])?;
    }
    Ok(())
}

fn json(mark: &ReviewMark) -> rusqlite::Result<String> {
    serde_json::to_string(mark).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}
