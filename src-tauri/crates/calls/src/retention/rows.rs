use super::Retention;
use crate::StoreError;
use crate::access::{self, AccessKind, Actor, NewAccess};
use crate::call::now_ms;
use crate::database::{Database, SCHEMA};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// Puts rules in force, and says who did.
pub(crate) fn insert(
    to: &Connection,
    database: &Database,
    rules: &Retention,
    actor: &Actor,
) -> Result<(), StoreError> {
    let fault = database.fault();
    let json = serde_json::to_string(rules)
        .map_err(|e| StoreError::Unfit { what: format!("retention rules cannot be stored: {e}") })?;
    to.execute(
        "INSERT INTO retention (id, rules, by_whom, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            Uuid::now_v7().as_bytes(),
            json,
            actor.known_as(),
            actor.machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )
    .map_err(&fault)?;
    let changed = NewAccess::of(actor, AccessKind::RetentionChanged, None).with(rules.told());
    access::insert(to, &changed).map_err(&fault)
}

/// The rules in force, where any were ever set.
pub(crate) fn newest(from: &Connection) -> rusqlite::Result<Option<Retention>> {
    let mut row = from.prepare_cached("SELECT rules FROM retention ORDER BY id DESC LIMIT 1")?;
    let rules = row.query_row([], |row| {
        serde_json::from_str(&row.get::<_, String>(0)?)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, e.into()))
    });
    rules.optional()
}
