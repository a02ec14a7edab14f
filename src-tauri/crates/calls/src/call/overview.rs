//! What a list shows of each call, kept beside its log: derived, never a part of it.

use super::Digest;
use super::summary::Disclosures;
use crate::database::word;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// Enters a call that begins.
pub(crate) fn begin(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO overview (call, started_ms, agent, source, mode, customer)
         SELECT id, started_ms, agent, source, coalesce(json_extract(context, '$.mode'), 'third_party'),
                coalesce(json_extract(context, '$.customer_name'), '')
         FROM call WHERE id = ?",
        [call.as_bytes()],
    )?;
    Ok(())
}

/// Counts up the rows of a call whose end is written.
pub(crate) fn close(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    let Disclosures { due, said, unsure, missed } = Disclosures::of_call(to, call)?;
    let id = call.as_bytes();
    to.prepare_cached(
        "UPDATE overview SET
             seconds = (SELECT at FROM call_end WHERE call = ?1),
             utterances = (SELECT count(*) FROM utterance WHERE call = ?1),
             cards = (SELECT count(*) FROM cue_event WHERE call = ?1 AND event = 'fires' AND shown),
             first_utterance = (SELECT min(id) FROM utterance WHERE call = ?1),
             last_utterance = (SELECT max(id) FROM utterance WHERE call = ?1),
             due = ?2, said = ?3, unsure = ?4, missed = ?5
         WHERE call = ?1",
    )?
    .execute(params![id, due, said, unsure, missed])?;
    to.prepare_cached(
        "INSERT INTO overview_cue (cue, started_ms, call)
         SELECT e.cue, (SELECT started_ms FROM call WHERE id = ?1), ?1 FROM cue_event e WHERE e.call = ?1
         GROUP BY e.cue
         HAVING sum(e.event = 'fires') > sum(e.event = 'retracted') OR sum(e.event = 'missed') > 0
         ON CONFLICT DO NOTHING",
    )?
    .execute([id])?;
    rank(to, call)
}

/// Enters what the playbook tells of a call, in the place of what it told before.
pub(crate) fn keep_digest(to: &Connection, call: Uuid, digest: &Digest) -> rusqlite::Result<()> {
    let list = |cues: &[String]| serde_json::Value::from(cues.to_vec()).to_string();
    to.prepare_cached(
        "UPDATE overview SET points = ?2, points_of = ?3, held = ?4, stop_orders = ?5, triggers = ?6, clues = ?7,
                clues_missed = ?8, outcome = ?9
         WHERE call = ?1",
    )?
    .execute(params![
        call.as_bytes(),
        digest.points,
        digest.of,
        list(&digest.held),
        list(&digest.stop_orders),
        list(&digest.triggers),
        digest.clues,
        digest.clues_missed,
        word(digest.outcome)
    ])?;
    rank(to, call)
}

/// The calls that have ended and have no digest, the newest first.
pub(crate) fn undigested(from: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = from.prepare_cached(
        "SELECT call FROM overview WHERE points IS NULL AND seconds IS NOT NULL ORDER BY started_ms DESC, call DESC",
    )?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}

/// Says how a call stands by its review, which may change how much attention it needs.
pub(crate) fn review(to: &Connection, call: Uuid, state: &crate::ReviewState) -> rusqlite::Result<()> {
    to.prepare_cached(
        "UPDATE overview SET reviewed = ?2, overridden = ?3, disputed = ?4, notes = ?5, legal_hold = ?6 WHERE call = ?1",
    )?
    .execute(params![
        call.as_bytes(),
        state.reviewed,
        state.overridden,
        state.disputed,
        state.notes,
        state.legal_hold
    ])?;
    rank(to, call)
}

/// Whether a call is under legal hold.
pub(crate) fn is_held(from: &Connection, call: Uuid) -> rusqlite::Result<bool> {
    let mut row = from.prepare_cached("SELECT legal_hold FROM overview WHERE call = ?")?;
    Ok(row.query_row([call.as_bytes()], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Counts up the calls that ended before there was an overview: the rest of that migration.
pub(crate) fn close_all(to: &Connection) -> rusqlite::Result<()> {
    let mut rows = to.prepare("SELECT call FROM call_end")?;
    let calls: Vec<[u8; 16]> = rows.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    calls.into_iter().try_for_each(|call| close(to, Uuid::from_bytes(call)))
}

/// How much a call needs a person: held cues, then missed, unsure and stop-orders, a byte each; nothing once somebody
/// has reviewed it.
fn rank(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    to.prepare_cached(
        "UPDATE overview SET attention = CASE WHEN reviewed THEN 0 ELSE
             (min(coalesce(json_array_length(held), 0), 127) << 24) | (min(missed, 255) << 16)
             | (min(unsure, 255) << 8) | min(coalesce(json_array_length(stop_orders), 0), 255) END
         WHERE call = ?",
    )?
    .execute([call.as_bytes()])?;
    Ok(())
}
