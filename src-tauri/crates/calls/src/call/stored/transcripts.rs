use crate::database::from_word;
use cueline_events::{Lane, Spoken};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A transcript that was made of the recording after the call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredTranscript {
    pub(crate) id: Uuid,
    pub(crate) model: String,
    pub(crate) machine: String,
    pub(crate) schema: i64,
    pub(crate) app: String,
    pub(crate) written_at: i64,
    pub(crate) utterances: Vec<StoredUtterance>,
}

/// An utterance of such a transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredUtterance {
    pub(crate) number: u32,
    pub(crate) lane: Lane,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) text: Spoken,
    pub(crate) masked: u32,
}

pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredTranscript>> {
    let mut rows = from.prepare_cached(
        "SELECT id, model, machine, schema, app, written_ms FROM improvement WHERE call = ? ORDER BY id",
    )?;
    let transcripts = rows.query_map([call.as_bytes()], |row| {
        let id = Uuid::from_bytes(row.get(0)?);
        Ok(StoredTranscript {
            id,
            model: row.get(1)?,
            machine: row.get(2)?,
            schema: row.get(3)?,
            app: row.get(4)?,
            written_at: row.get(5)?,
            utterances: utterances(from, id)?,
        })
    })?;
    transcripts.collect()
}

fn utterances(from: &Connection, transcript: Uuid) -> rusqlite::Result<Vec<StoredUtterance>> {
    let mut rows = from.prepare_cached(
        "SELECT number, lane, starts, ends, text, masked FROM improved_utterance
         WHERE improvement = ? ORDER BY number",
    )?;
    let utterances = rows.query_map([transcript.as_bytes()], |row| {
        Ok(StoredUtterance {
            number: row.get(0)?,
            lane: from_word(1, row.get(1)?)?,
            start: row.get(2)?,
            end: row.get(3)?,
            text: row.get::<_, String>(4)?.into(),
            masked: row.get(5)?,
        })
    })?;
    utterances.collect()
}

pub(super) fn insert(to: &Connection, call: Uuid, stored: &[StoredTranscript]) -> rusqlite::Result<()> {
    for transcript in stored {
        let StoredTranscript { id, model, machine, schema, app, written_at, utterances } = transcript;
        to.prepare_cached(
            "INSERT INTO improvement (id, call, model, machine, schema, app, written_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id.as_bytes(),
            call.as_bytes(),
            model,
            machine,
            schema,
            app,
            written_at
        ])?;
        let mut row = to.prepare_cached(
            "INSERT INTO improved_utterance (improvement, number, lane, starts, ends, text, masked)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for StoredUtterance { number, lane, start, end, text, masked } in utterances {
            row.execute(params![id.as_bytes(), number, lane.name(), start, end, text.as_str(), masked])?;
        }
    }
    Ok(())
}
