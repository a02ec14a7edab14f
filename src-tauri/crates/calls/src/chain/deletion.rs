use super::seal::{What, seal};
use crate::Role;
use crate::access::{self, AccessKind, Actor, NewAccess};
use crate::call::now_ms;
use crate::database::SCHEMA;
use crate::ledger::{Hash, put};
use crate::redaction::written;
use cueline_events::Spoken;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

/// A call that was deleted: nothing of what was said in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Deletion {
    /// The call's id.
    pub call: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// Who let it go.
    pub by: String,
    /// Why.
    pub reason: Spoken,
    /// On which machine.
    pub machine: String,
}

/// Who deletes a call or its recording, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewDeletion {
    /// Who.
    pub(crate) by: String,
    /// As what; absent for Cueline itself, as a retention rule says.
    pub(crate) role: Option<Role>,
    /// Why. It may not be empty.
    pub(crate) reason: Spoken,
    /// On which machine.
    pub(crate) machine: String,
}

impl NewDeletion {
    /// A deletion by somebody.
    pub(crate) fn by(actor: &Actor, reason: Spoken) -> Self {
        let (by, machine) = (actor.known_as().to_owned(), actor.machine.clone());
        Self { by, role: Some(actor.role), reason, machine }
    }

    /// The row of it in the access log.
    pub(super) fn access(&self, what: AccessKind, call: Uuid) -> NewAccess {
        NewAccess::new(&self.by, self.role, &self.machine, what, Some(call))
    }
}

/// Says that a call was deleted, and seals that.
pub(crate) fn insert(to: &Connection, call: Uuid, new: &NewDeletion) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO deletion (call, by_whom, reason, machine, chained, schema, app, written_ms)
         VALUES (?1, ?2, ?3, ?4, EXISTS (SELECT 1 FROM seal WHERE call = ?1 AND what IN ('ended', 'imported')), ?5, ?6, ?7)",
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
    if let Some(digest) = digest(to, call)? {
        seal(to, &new.machine, call, What::Deleted, &digest)?;
    }
    access::insert(to, &new.access(AccessKind::Deleted, call))
}

/// The calls that were deleted and whose end, or coming, was sealed.
pub(super) fn chained(from: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = from.prepare_cached("SELECT call FROM deletion WHERE chained <> 0 ORDER BY call")?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}

/// Every call that was deleted, the newest deletion first.
pub(crate) fn deletions(from: &Connection) -> rusqlite::Result<Vec<Deletion>> {
    let mut rows = from.prepare_cached(
        "SELECT call, written_ms, by_whom, reason, machine FROM deletion ORDER BY written_ms DESC, call DESC",
    )?;
    rows.query_map([], read)?.collect()
}

/// The deletion of a call, where it was deleted.
pub(crate) fn deletion(from: &Connection, call: Uuid) -> rusqlite::Result<Option<Deletion>> {
    let mut row = from
        .prepare_cached("SELECT call, written_ms, by_whom, reason, machine FROM deletion WHERE call = ?")?;
    row.query_row([call.as_bytes()], read).optional()
}

fn read(row: &Row) -> rusqlite::Result<Deletion> {
    Ok(Deletion {
        call: Uuid::from_bytes(row.get(0)?).to_string(),
        at: row.get(1)?,
        by: row.get(2)?,
        reason: row.get::<_, String>(3)?.into(),
        machine: row.get(4)?,
    })
}

/// What a seal covers of a deletion: all of its row.
pub(super) fn digest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<Hash>> {
    let mut row = from.prepare_cached(
        "SELECT by_whom, reason, machine, app, chained, schema, written_ms FROM deletion WHERE call = ?",
    )?;
    let digest = row.query_row([call.as_bytes()], |row| {
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline deletion v1");
        put(&mut hash, call.as_bytes());
        for column in 0..4 {
            put(&mut hash, row.get::<_, String>(column)?.as_bytes());
        }
        for column in 4..7 {
            put(&mut hash, &row.get::<_, i64>(column)?.to_le_bytes());
        }
        Ok(hash.finalize().into())
    });
    digest.optional()
}
