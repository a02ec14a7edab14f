//! A call as it is stored, row by row, to be taken out of one store and put into another.
//!
//! The JSON export is these rows, so the names of their fields are that format's (`export`).

mod events;
mod head;
mod ledger;
mod observations;
mod said;
mod transcripts;

pub(crate) use events::StoredEvent;
pub(crate) use head::{StoredEnd, StoredHead};
pub(crate) use ledger::StoredEntry;
pub(crate) use observations::StoredObservation;
pub(crate) use said::{StoredNote, StoredReview};
pub(crate) use transcripts::StoredTranscript;

pub(super) use head::insert as insert_head;

use super::{event_rows, overview};
use crate::review;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Every row of a call, with the call's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredCall {
    pub(crate) call: StoredHead,
    /// What was known before the call: JSON, in the very text that the ledger's first hash covers.
    pub(crate) context: String,
    /// Nothing while the call runs.
    pub(crate) end: Option<StoredEnd>,
    /// In the order of their places.
    pub(crate) events: Vec<StoredEvent>,
    pub(crate) ledger: Vec<StoredEntry>,
    pub(crate) observations: Vec<StoredObservation>,
    pub(crate) improved: Vec<StoredTranscript>,
    pub(crate) notes: Vec<StoredNote>,
    pub(crate) review: Vec<StoredReview>,
}

impl StoredCall {
    /// Whether all of it is in another: nothing differs, and the other may have more transcripts, notes and reviews.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        fn all<T: PartialEq>(these: &[T], among: &[T]) -> bool {
            these.iter().all(|one| among.contains(one))
        }
        (&self.call, &self.context, &self.end) == (&other.call, &other.context, &other.end)
            && self.events == other.events
            && self.ledger == other.ledger
            && self.observations == other.observations
            && all(&self.improved, &other.improved)
            && all(&self.notes, &other.notes)
            && all(&self.review, &other.review)
    }
}

/// Everything that is stored of a call.
pub(crate) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<StoredCall> {
    let (head, context) = head::read(from, call)?;
    Ok(StoredCall {
        call: head,
        context,
        end: head::read_end(from, call)?,
        events: events::read(from, call)?,
        ledger: ledger::read(from, call)?,
        observations: observations::read(from, call)?,
        improved: transcripts::read(from, call)?,
        notes: said::read_notes(from, call)?,
        review: said::read_review(from, call)?,
    })
}

/// Adds a call with all its rows as they are: nothing is masked or sealed here. False where there is a call of this id.
pub(crate) fn insert(to: &Connection, stored: &StoredCall) -> rusqlite::Result<bool> {
    let call = stored.call.id;
    if !head::insert(to, &stored.call, &stored.context)? {
        return Ok(false);
    }
    overview::begin(to, call)?;
    let ledger: BTreeMap<i64, &StoredEntry> = stored.ledger.iter().map(|row| (row.seq, row)).collect();
    for event in &stored.events {
        events::insert(to, call, event, ledger.get(&event.seq).copied())?;
    }
    observations::insert(to, call, &stored.observations)?;
    transcripts::insert(to, call, &stored.improved)?;
    said::insert_notes(to, call, &stored.notes)?;
    said::insert_review(to, call, &stored.review)?;
    if let Some(StoredEnd { at, repaired, ledger_rows, ledger_head, written_at }) = &stored.end {
        let chain = crate::ledger::Chain { rows: *ledger_rows, head: ledger_head.0 };
        event_rows::insert_end(to, call, *at, *repaired, chain, *written_at)?;
    }
    review::restate(to, call)?;
    Ok(true)
}
