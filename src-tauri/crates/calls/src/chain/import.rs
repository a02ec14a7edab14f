use super::seal::{What, end_digest, seal};
use crate::access::Actor;
use crate::call::now_ms;
use crate::database::SCHEMA;
use crate::ledger::{Hash, put};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Says that a call was brought in from an export, and seals that to the chain of the machine on which it was.
///
/// The chain of the machine on which the call was made is not here, and an export can't prove that the call was in it. From here
/// on the call is in this machine's: that it is changed, or gone without an entry of its deletion, is noticed.
pub(crate) fn insert(to: &Connection, call: Uuid, document: &Hash, actor: &Actor) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO import (call, digest, by_whom, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            call.as_bytes(),
            document,
            actor.known_as(),
            actor.machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )?;
    match digest(to, call)? {
        Some(digest) => seal(to, &actor.machine, call, What::Imported, &digest),
        None => Ok(()),
    }
}

/// The calls that are here and were brought in.
pub(super) fn calls(from: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = from.prepare_cached("SELECT call FROM import ORDER BY call")?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}

/// What a seal covers of it: all of its row, and the call's end with what that covers.
pub(super) fn digest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<Hash>> {
    let Some(end) = end_digest(from, call)? else { return Ok(None) };
    let mut row = from.prepare_cached(
        "SELECT by_whom, machine, app, schema, written_ms, digest FROM import WHERE call = ?",
    )?;
    let digest = row.query_row([call.as_bytes()], |row| {
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline import v1");
        put(&mut hash, call.as_bytes());
        for column in 0..3 {
            put(&mut hash, row.get::<_, String>(column)?.as_bytes());
        }
        for column in 3..5 {
            put(&mut hash, &row.get::<_, i64>(column)?.to_le_bytes());
        }
        put(&mut hash, &row.get::<_, Hash>(5)?);
        put(&mut hash, &end);
        Ok(hash.finalize().into())
    });
    digest.optional()
}
