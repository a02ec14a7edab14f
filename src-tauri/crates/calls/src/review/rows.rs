use super::{CueVerdict, NewReviewEntry, ReviewEntry, ReviewMark, ReviewState};
use crate::StoreError;
use crate::access::{self, AccessKind, NewAccess};
use crate::call::{keep_review_state, now_ms};
use crate::database::{Database, SCHEMA, from_json, from_word, word};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// Adds an entry, its texts masked, and says so in the overview.
pub(crate) fn insert(
    to: &Connection,
    database: &Database,
    call: Uuid,
    new: NewReviewEntry,
) -> Result<ReviewEntry, StoreError> {
    let fault = database.fault();
    new.mark.check()?;
    let NewReviewEntry { author, role, machine, mark } = new;
    let (mark, masked) = mark.masked();
    let json = serde_json::to_string(&mark)
        .map_err(|e| StoreError::Unfit { what: format!("a review entry cannot be stored: {e}") })?;
    let (id, at) = (Uuid::now_v7(), now_ms());
    to.execute(
        "INSERT INTO review_entry (id, call, author, role, kind, mark, masked, machine, schema, app, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            id.as_bytes(),
            call.as_bytes(),
            author,
            word(role),
            mark.kind(),
            json,
            masked,
            machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            at
        ],
    )
    .map_err(&fault)?;
    if let ReviewMark::Hold { on, .. } = mark {
        let what = if on { AccessKind::Held } else { AccessKind::HoldLifted };
        let held = NewAccess::new(&author, Some(role), &machine, what, Some(call));
        access::insert(to, &held).map_err(&fault)?;
    }
    restate(to, call).map_err(&fault)?;
    Ok(ReviewEntry { id: id.to_string(), call: call.to_string(), author, role, at, mark })
}

/// Says in the overview how a call's review stands.
pub(crate) fn restate(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    keep_review_state(to, call, &ReviewState::of(&read(to, call)?))
}

/// What was said of a call, the oldest first.
pub(crate) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<ReviewEntry>> {
    let mut rows = from.prepare_cached(
        "SELECT id, author, role, mark, written_ms FROM review_entry WHERE call = ? ORDER BY id",
    )?;
    let entries = rows.query_map([call.as_bytes()], |row| {
        Ok(ReviewEntry {
            id: Uuid::from_bytes(row.get(0)?).to_string(),
            call: call.to_string(),
            author: row.get(1)?,
            role: from_word(2, row.get(2)?)?,
            at: row.get(4)?,
            mark: from_json(3, &row.get::<_, String>(3)?)?,
        })
    })?;
    entries.collect()
}

/// Seconds within which two words are on the same event: a time may come back from JSON with another last digit.
const SAME: f64 = 0.001;

/// The newest word on each cue event of a call on which somebody gave one.
pub(crate) fn verdicts(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<CueVerdict>> {
    let mut newest: Vec<CueVerdict> = Vec::new();
    for entry in read(from, call)? {
        if let ReviewMark::Verdict { cue, at, verdict } = entry.mark {
            newest.retain(|known| !(known.cue == cue && (known.at - at).abs() <= SAME));
            newest.push(CueVerdict { cue, at, verdict });
        }
    }
    Ok(newest)
}
