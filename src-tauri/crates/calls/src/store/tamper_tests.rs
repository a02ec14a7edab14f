//! Somebody who has the key and edits rows, or has the file and edits bytes: found each time, or refused as unreadable.
//!
//! `PROPTEST_CASES` says how many cases are tried.

use super::import_tests::{elsewhere, export};
use super::tests::{cue, deletion, memory, new_call, open, said};
use super::*;
use crate::keys::MemoryKeyStore;
use crate::{Actor, Role};
use cueline_events::{CallEvent, CueEvent, CueEventKind, Lane};
use proptest::prelude::*;
use rusqlite::types::Value;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The tables that prove something.
const TABLES: [&str; 9] = [
    "ledger",
    "call",
    "call_end",
    "seal",
    "deletion",
    "access",
    "access_head",
    "recording_deletion",
    "import",
];

/// The tables whose rows follow one another: what they are grouped by, and what orders them.
const CHAINS: [(&str, &str, &str); 3] =
    [("seal", "machine", "place"), ("ledger", "call", "number"), ("access", "machine", "place")];

/// A store with calls of two machines, with and without disclosures, two of them deleted and one without its recording, with a
/// third machine's call that was imported, and an access log of two machines.
static TEMPLATE: LazyLock<(TempDir, MemoryKeyStore)> = LazyLock::new(|| {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    for n in 0..7_i64 {
        let machine = format!("desk {}", n % 2);
        let mut log = store.begin_call(NewCall { started_at: n, machine, ..new_call() }).unwrap();
        log.append(&said(1, Lane::Agent, "what was said")).unwrap();
        for row in 0..n % 4 * 2 {
            let quote = (row % 2 == 1).then_some("what was");
            let event = cue("disc.recap", CueEventKind::Due, row as f64, quote);
            let own = row % 4 == 2;
            let event = match event {
                CallEvent::Cue(cue) => CallEvent::Cue(CueEvent { by_agent: own, ..cue }),
                other => other,
            };
            log.append(&event).unwrap();
        }
        log.end(9.0 + n as f64).unwrap();
        if n == 2 || n == 6 {
            store.delete(&log.id(), &deletion()).unwrap();
        }
    }
    for (n, call) in store.list(&CallFilter::default(), CallOrder::Newest, 9, 0).unwrap().iter().enumerate() {
        let actor = Actor { name: "dana".into(), role: Role::Auditor, machine: format!("desk {}", n % 2) };
        store.act(actor, None).unwrap().open(&call.id, false).unwrap();
        if n == 0 {
            store.delete_recording(store.find(&call.id).unwrap(), &deletion()).unwrap();
        }
    }
    let (_elsewhere, _keys, other) = elsewhere();
    let mut log = other.begin_call(NewCall { machine: "desk 2".into(), ..new_call() }).unwrap();
    log.append(&cue("disc.recap", CueEventKind::Due, 1.0, Some("what was"))).unwrap();
    log.end(9.0).unwrap();
    let actor = Actor { name: "dana".into(), role: Role::TeamLead, machine: "desk 1".into() };
    let file = export(&other, &log.id(), dir.path());
    store.act(actor, None).unwrap().take_in(&file).unwrap();
    let proof = store.verify_all().unwrap();
    assert_eq!((proof.faults.len(), proof.accesses, proof.imported), (0, 9, 1));
    drop(store);
    (dir, key_store)
});

/// What somebody does.
#[derive(Debug, Clone)]
enum Deed {
    /// Another value in a column of a row.
    Change { table: usize, row: usize, column: usize, by: u8 },
    /// A row goes, and with it nothing else.
    Delete { table: usize, row: usize },
    /// Two rows of a ledger, a chain or a log take each other's place.
    Reorder { chain: usize, one: usize, other: usize },
    /// All rows of a call's ledger, a machine's chain or its log go from one on.
    Truncate { chain: usize, row: usize },
    /// A bit of the file is another.
    Flip { byte: usize, bit: u8 },
    /// The file is shorter.
    Cut { bytes: usize },
}

fn deeds() -> impl Strategy<Value = Deed> {
    let place = || 0_usize..1_000_000;
    prop_oneof![
        4 => (0..TABLES.len(), place(), place(), any::<u8>())
            .prop_map(|(table, row, column, by)| Deed::Change { table, row, column, by }),
        2 => (0..TABLES.len(), place()).prop_map(|(table, row)| Deed::Delete { table, row }),
        2 => (0..CHAINS.len(), place(), place())
            .prop_map(|(chain, one, other)| Deed::Reorder { chain, one, other }),
        1 => (0..CHAINS.len(), place()).prop_map(|(chain, row)| Deed::Truncate { chain, row }),
        2 => (place(), 0_u8..8).prop_map(|(byte, bit)| Deed::Flip { byte, bit }),
        1 => place().prop_map(|bytes| Deed::Cut { bytes }),
    ]
}

/// Another value of the same kind, or of another where there was none.
fn other(value: &Value, by: u8) -> Value {
    match value {
        Value::Null => [Value::from(7), Value::from(1.5), "words".to_owned().into(), vec![by; 32].into()]
            [usize::from(by) % 4]
            .clone(),
        Value::Integer(number) => Value::from(number + 1 + i64::from(by)),
        Value::Real(number) => Value::from(number + 0.001 * (1.0 + f64::from(by))),
        Value::Text(text) if by.is_multiple_of(3) => Value::from(format!("{text}x")),
        Value::Text(text) if text.is_empty() => Value::from("x".to_owned()),
        Value::Text(text) => Value::from(text.chars().skip(1).collect::<String>()),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let at = usize::from(by) % bytes.len().max(1);
            match bytes.get_mut(at) {
                Some(byte) => *byte ^= 1 << (by % 8),
                None => bytes.push(by),
            }
            Value::from(bytes)
        }
    }
}

/// The values that name each row of a table.
fn names(connection: &Connection, table: &str, columns: &str) -> Vec<Vec<Value>> {
    let mut rows = connection.prepare(&format!("SELECT {columns} FROM {table} ORDER BY {columns}")).unwrap();
    let count = rows.column_count();
    let rows = rows.query_map([], |row| (0..count).map(|column| row.get(column)).collect()).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

const fn key(table: &str) -> &'static str {
    match table.as_bytes() {
        b"ledger" => "call, number",
        b"seal" | b"access" => "machine, place",
        b"access_head" => "machine",
        b"call" => "id",
        _ => "call",
    }
}

/// Does it to the rows, past every trigger; whether anything is different then.
fn edit(connection: &Connection, deed: &Deed) -> bool {
    let triggers: Vec<Vec<Value>> = {
        let mut found = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        let found = found.query_map([], |row| Ok(vec![row.get(0)?])).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    };
    for trigger in triggers {
        if let Value::Text(name) = &trigger[0] {
            connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
    }
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    let where_it_is = |table: &str| {
        let columns = key(table).split(", ").map(|column| format!("{column} = ?"));
        columns.collect::<Vec<_>>().join(" AND ")
    };
    let run = |sql: &str, values: Vec<Value>| {
        // What the database itself refuses has not happened.
        connection.execute(sql, rusqlite::params_from_iter(values)).is_ok_and(|rows| rows > 0)
    };
    match deed {
        Deed::Change { table, row, column, by } => {
            let table = TABLES[*table];
            let rows = names(connection, table, key(table));
            let name = rows[row % rows.len()].clone();
            let columns: Vec<String> = {
                let row = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
                row.column_names().into_iter().map(str::to_owned).collect()
            };
            let column = &columns[column % columns.len()];
            let is: Value = connection
                .query_row(
                    &format!("SELECT {column} FROM {table} WHERE {}", where_it_is(table)),
                    rusqlite::params_from_iter(name.clone()),
                    |row| row.get(0),
                )
                .unwrap();
            let values = [vec![other(&is, *by)], name].concat();
            run(&format!("UPDATE {table} SET {column} = ? WHERE {}", where_it_is(table)), values)
        }
        Deed::Delete { table, row } => {
            let table = TABLES[*table];
            let rows = names(connection, table, key(table));
            let name = rows[row % rows.len()].clone();
            run(&format!("DELETE FROM {table} WHERE {}", where_it_is(table)), name)
        }
        Deed::Reorder { chain, one, other } => {
            let (table, group, order) = CHAINS[*chain];
            let rows = names(connection, table, key(table));
            let first = rows[one % rows.len()].clone();
            let group_of: Vec<_> = rows.iter().filter(|row| row[0] == first[0]).cloned().collect();
            let second = group_of[other % group_of.len()].clone();
            if first == second {
                return false;
            }
            let sql = format!("UPDATE {table} SET {order} = ? WHERE {group} = ? AND {order} = ?");
            let aside = Value::from(1_000_000);
            run(&sql, vec![aside.clone(), first[0].clone(), first[1].clone()])
                && run(&sql, vec![first[1].clone(), second[0].clone(), second[1].clone()])
                && run(&sql, vec![second[1].clone(), first[0].clone(), aside])
        }
        Deed::Truncate { chain, row } => {
            let (table, group, order) = CHAINS[*chain];
            let rows = names(connection, table, key(table));
            let name = rows[row % rows.len()].clone();
            run(&format!("DELETE FROM {table} WHERE {group} = ? AND {order} >= ?"), name)
        }
        Deed::Flip { .. } | Deed::Cut { .. } => false,
    }
}

/// Does it to the file; whether anything is different then.
fn damage(path: &Path, deed: &Deed) -> bool {
    let mut bytes = std::fs::read(path).unwrap();
    let len = bytes.len();
    match deed {
        Deed::Flip { byte, bit } => bytes[byte % len] ^= 1 << bit,
        Deed::Cut { bytes: left } => bytes.truncate(left % len),
        _ => return false,
    }
    std::fs::write(path, bytes).unwrap();
    true
}

/// Whether it is found, by whoever opens the store and has it proved.
fn found(dir: &TempDir, key_store: &MemoryKeyStore) -> bool {
    let unlock = Unlock::KeyStore(Box::new(key_store.clone()));
    let Ok((store, _)) = Store::open(dir.path(), &unlock) else { return true };
    store.check().is_err() || store.verify_all().map_or(true, |proof| !proof.faults.is_empty())
}

fn copy() -> (TempDir, &'static MemoryKeyStore) {
    let (template, key_store) = &*TEMPLATE;
    let dir = tempfile::tempdir().unwrap();
    for name in ["calls.db", "keys.json"] {
        std::fs::copy(template.path().join(name), dir.path().join(name)).unwrap();
    }
    (dir, key_store)
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_done_to_rows_or_bytes_is_found(deed in deeds()) {
        let (dir, key_store) = copy();
        let done = {
            let store = open(&dir, key_store);
            edit(&store.0.database.connect().unwrap(), &deed)
        };
        let done = done || damage(&dir.path().join("calls.db"), &deed);
        prop_assert_eq!(found(&dir, key_store), done, "{:?}", deed);
    }
}

#[test]
fn an_honest_store_is_never_called_broken() {
    let (dir, key_store) = copy();
    assert!(!found(&dir, key_store));
    let store = open(&dir, key_store);
    for n in 0..5 {
        let mut log = store.begin_call(NewCall { started_at: 100 + n, ..new_call() }).unwrap();
        log.append(&cue("disc.recap", CueEventKind::Due, 1.0, None)).unwrap();
        assert!(store.verify_all().unwrap().faults.is_empty(), "a running call is no fault");
        if n % 2 == 0 {
            log.end(2.0).unwrap();
        }
    }
    drop(store);
    // What its process left open is closed by the next start, and sealed.
    assert!(!found(&dir, key_store));
    let proof = open(&dir, key_store).verify_all().unwrap();
    assert_eq!((proof.calls, proof.unchained, proof.chains.len()), (11, 0, 3));
}
