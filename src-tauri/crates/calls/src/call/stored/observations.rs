use crate::database::from_word;
use cueline_events::{Lane, Spoken};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that the engine was told, as its row is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredObservation {
    pub(crate) number: i64,
    pub(crate) clock: f64,
    pub(crate) at: f64,
    pub(crate) what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lane: Option<Lane>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) utterance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<f64>,
    /// Of a partial. A final's text is its event's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Spoken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<String>,
}

pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredObservation>> {
    let mut rows = from.prepare_cached(
        "SELECT number, clock, at, what, lane, utterance, starts, ends, text, cue
         FROM observation WHERE call = ? ORDER BY number",
    )?;
    let observations = rows.query_map([call.as_bytes()], |row| {
        Ok(StoredObservation {
            number: row.get(0)?,
            clock: row.get(1)?,
            at: row.get(2)?,
            what: row.get(3)?,
            lane: row.get::<_, Option<String>>(4)?.map(|lane| from_word(4, lane)).transpose()?,
            utterance: row.get(5)?,
            start: row.get(6)?,
            end: row.get(7)?,
            text: row.get::<_, Option<String>>(8)?.map(Spoken::from),
            cue: row.get(9)?,
        })
    })?;
    observations.collect()
}

pub(super) fn insert(to: &Connection, call: Uuid, stored: &[StoredObservation]) -> rusqlite::Result<()> {
    let mut row = to.prepare_cached(
        "INSERT INTO observation (call, number, clock, at, what, lane, utterance, starts, ends, text, cue)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for one in stored {
        row.execute(params![
            call.as_bytes(),
            one.number,
            one.clock,
            one.at,
            one.what,
            one.lane.map(Lane::name),
            one.utterance,
            one.start,
            one.end,
            one.text.as_ref().map(Spoken::as_str),
            one.cue
        ])?;
    }
    Ok(())
}
