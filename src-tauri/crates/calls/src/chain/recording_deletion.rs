use super::NewDeletion;
use super::seal::{What, seal};
use crate::access::{self, AccessKind};
use crate::call::now_ms;
use crate::database::SCHEMA;
use crate::ledger::{Hash, put};
use crate::redaction::written;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Says that a call's recording was deleted while its log stays, and seals that. Saying it again changes nothing.
pub(crate) fn insert(to: &Connection, call: Uuid, new: &NewDeletion) -> rusqlite::Result<()> {
    let added = to.execute(
        "INSERT INTO recording_deletion (call, by_whom, reason, machine, schema, app, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        params![
            call.as_bytes(),
            new.by,
            written(&new.reason).text.as_str(),
            new.machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )?;
    if added == 0 {
        return Ok(());
    }
    if let Some(digest) = digest(to, call)? {
        seal(to, &new.machine, call, What::RecordingDeleted, &digest)?;
    }
    access::insert(to, &new.access(AccessKind::RecordingDeleted, call))
}

/// The calls whose recording was deleted.
pub(super) fn calls(from: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = from.prepare_cached("SELECT call FROM recording_deletion ORDER BY call")?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}

/// What a seal covers of it: all of its row.
pub(super) fn digest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<Hash>> {
    let mut row = from.prepare_cached(
        "SELECT by_whom, reason, machine, app, schema, written_ms FROM recording_deletion WHERE call = ?",
    )?;
    let digest = row.query_row([call.as_bytes()], |row| {
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline recording deletion v1");
        put(&mut hash, call.as_bytes());
        for column in 0..4 {
            put(&mut hash, row.get::<_, String>(column)?.as_bytes());
        }
        for column in 4..6 {
            put(&mut hash, &row.get::<_, i64>(column)?.to_le_bytes());
        }
        Ok(hash.finalize().into())
    });
    digest.optional()
}
