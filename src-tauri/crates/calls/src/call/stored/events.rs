use super::StoredEntry;
use crate::call::event_rows::{Final, Kept, numbered};
use crate::call::hearing::Hearing;
use crate::ledger::Row;
use crate::redaction::CountedText;
use cueline_events::CallEvent;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An event that is kept, with its place in the call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredEvent {
    pub(crate) seq: i64,
    pub(crate) written_at: i64,
    /// How many places of a final's text were masked.
    #[serde(default, skip_serializing_if = "none")]
    pub(crate) masked: u32,
    #[serde(flatten)]
    pub(crate) event: CallEvent,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn none(masked: &u32) -> bool {
    *masked == 0
}

pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredEvent>> {
    let mut rows = from.prepare_cached(
        "SELECT seq, masked, written_ms FROM utterance WHERE call = ?1
         UNION ALL SELECT seq, 0, written_ms FROM cue_event WHERE call = ?1
         UNION ALL SELECT seq, 0, written_ms FROM gap WHERE call = ?1
         UNION ALL SELECT seq, 0, written_ms FROM notice WHERE call = ?1
         UNION ALL SELECT seq, 0, written_ms FROM hearing WHERE call = ?1",
    )?;
    let more =
        rows.query_map(params![call.as_bytes()], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let more: BTreeMap<i64, (u32, i64)> = more.collect::<Result<_, _>>()?;
    let stored = numbered(from, call)?.into_iter().map(|(seq, event)| {
        let (masked, written_at) = more.get(&seq).copied().unwrap_or_default();
        StoredEvent { seq, written_at, masked, event }
    });
    Ok(stored.collect())
}

/// Adds an event, with the row that it has in the ledger. One of a kind that no log keeps is left out.
pub(super) fn insert(
    to: &Connection,
    call: Uuid,
    event: &StoredEvent,
    row: Option<&StoredEntry>,
) -> rusqlite::Result<()> {
    let StoredEvent { seq, written_at, masked, event } = event;
    let seq = *seq;
    let kept = match event.clone() {
        CallEvent::Final { lane, utterance, start, end, text, emitted_at } => {
            let said = Final { seq, number: utterance, lane, start, end, emitted_at };
            Kept::Utterance { said, text: CountedText { text, count: *masked } }
        }
        CallEvent::Cue(cue) => {
            Kept::Cue { seq, event: Box::new(cue), row: row.map(|row| Box::new(Row::from(row.clone()))) }
        }
        CallEvent::Gap { lane, start, end } => Kept::Gap { seq, lane, start, end },
        CallEvent::Notice(notice) => Kept::Notice { seq, notice },
        other => match Hearing::of(&other) {
            Some((what, at)) => Kept::Hearing { seq, what, at },
            None => return Ok(()),
        },
    };
    kept.insert(to, call, *written_at)
}
