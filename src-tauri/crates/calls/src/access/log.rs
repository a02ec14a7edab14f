//! The access log's rows: sealed on, read, followed from the beginning.

use super::{AccessEntry, AccessFilter, NewAccess};
use crate::ProofFault;
use crate::database::{from_word, is_content, word};
use crate::ledger::{Hash, put};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The end of a machine's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    place: i64,
    hash: Hash,
}

impl Head {
    const NONE: Self = Self { place: 0, hash: [0; 32] };

    /// Where the next row is sealed on: the end that was written down, so that rows which were cut off are missed by
    /// the next. Where that is gone and rows are there, the next row follows from nothing, which [`follow`] finds.
    fn of(from: &Connection, machine: &str) -> rusqlite::Result<Self> {
        let mut written = from.prepare_cached("SELECT place, hash FROM access_head WHERE machine = ?")?;
        let written = written.query_row([machine], |row| Ok(Self { place: row.get(0)?, hash: row.get(1)? }));
        if let Some(head) = written.optional()? {
            return Ok(head);
        }
        let mut newest = from.prepare_cached("SELECT max(place) FROM access WHERE machine = ?")?;
        let place: Option<i64> = newest.query_row([machine], |row| row.get(0))?;
        Ok(place.map_or(Self::NONE, |place| Self { place, ..Self::NONE }))
    }

    /// The head after one more row.
    fn follow(&self, row: &Row) -> Self {
        let place = self.place + 1;
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline access v1");
        hash.update(self.hash);
        put(&mut hash, &place.to_le_bytes());
        put(&mut hash, &row.at.to_le_bytes());
        for text in [&row.machine, &row.name, &row.role, &row.what, &row.detail] {
            put(&mut hash, text.as_bytes());
        }
        put(&mut hash, row.call.as_deref().unwrap_or_default());
        Self { place, hash: hash.finalize().into() }
    }
}

/// What a row's hash covers, as it is stored.
struct Row {
    machine: String,
    at: i64,
    name: String,
    role: String,
    what: String,
    call: Option<Vec<u8>>,
    detail: String,
}

/// Seals a row on to its machine's log.
pub(crate) fn insert(to: &Connection, new: &NewAccess) -> rusqlite::Result<()> {
    let row = Row {
        machine: new.machine.clone(),
        at: new.at,
        name: new.name.clone(),
        role: new.role.map(word).unwrap_or_default(),
        what: word(new.what),
        call: new.call.map(|call| call.as_bytes().to_vec()),
        detail: new.detail.clone(),
    };
    let head = Head::of(to, &row.machine)?.follow(&row);
    to.prepare_cached(
        "INSERT INTO access (machine, place, at_ms, name, role, what, call, detail, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        row.machine,
        head.place,
        row.at,
        row.name,
        row.role,
        row.what,
        row.call,
        row.detail,
        head.hash
    ])?;
    to.prepare_cached(
        "INSERT INTO access_head (machine, place, hash) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET place = ?2, hash = ?3",
    )?
    .execute(params![row.machine, head.place, head.hash])?;
    Ok(())
}

/// Rows that a filter lets through, the newest first.
pub(crate) fn read(
    from: &Connection,
    filter: &AccessFilter,
    limit: u32,
    offset: u32,
) -> rusqlite::Result<Vec<AccessEntry>> {
    // An id that is none names no call.
    let call = filter.call.as_deref().map(|id| Uuid::parse_str(id).unwrap_or_default().as_bytes().to_vec());
    let mut rows = from.prepare_cached(
        "SELECT machine, place, at_ms, name, role, what, call, detail FROM access
         WHERE (?1 IS NULL OR what = ?1) AND (?2 IS NULL OR name = ?2) AND (?3 IS NULL OR call = ?3)
           AND at_ms >= ?4 AND at_ms < ?5
         ORDER BY at_ms DESC, machine, place DESC LIMIT ?6 OFFSET ?7",
    )?;
    let narrowed = params![
        filter.what.map(word),
        filter.name,
        call,
        filter.since.unwrap_or(i64::MIN),
        filter.until.unwrap_or(i64::MAX),
        limit,
        offset
    ];
    let entries = rows.query_map(narrowed, |row| {
        let role: String = row.get(4)?;
        let call: Option<[u8; 16]> = row.get(6)?;
        Ok(AccessEntry {
            machine: row.get(0)?,
            place: row.get(1)?,
            at: row.get(2)?,
            name: row.get(3)?,
            role: if role.is_empty() { None } else { Some(from_word(4, role)?) },
            what: from_word(5, row.get(5)?)?,
            call: call.map(|call| Uuid::from_bytes(call).to_string()),
            detail: row.get(7)?,
        })
    })?;
    entries.collect()
}

/// Follows every machine's log from its beginning to the end that was written down. Gives back how many rows there are,
/// and adds the first row of each log that is not as it was written.
pub(crate) fn follow(from: &Connection, faults: &mut Vec<ProofFault>) -> rusqlite::Result<u32> {
    let mut ends: BTreeMap<String, Option<Head>> = BTreeMap::new();
    let mut written = from.prepare("SELECT machine, place, hash FROM access_head ORDER BY machine")?;
    let mut written = written.query([])?;
    while let Some(row) = written.next()? {
        // An end that cannot be read as one is no end.
        let end = row.get(1).and_then(|place| Ok(Head { place, hash: row.get(2)? }));
        ends.insert(row.get(0)?, readable(end)?);
    }
    let mut broken = |machine: &str, place: i64| {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        faults.push(ProofFault::Access { machine: machine.to_owned(), place });
    };
    let mut count = 0;
    let mut heads: BTreeMap<String, Result<Head, ()>> = BTreeMap::new();
    let mut rows = from.prepare(
        "SELECT machine, at_ms, name, role, what, call, detail, place, hash FROM access ORDER BY machine, place",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        count += 1;
        let machine: String = row.get(0)?;
        let head = heads.entry(machine.clone()).or_insert(Ok(Head::NONE));
        let Ok(before) = *head else { continue };
        let sealed = stored(row, &machine).and_then(|stored| {
            let found = Head { place: row.get(7)?, hash: row.get(8)? };
            Ok((before.follow(&stored), found))
        });
        *head = match readable(sealed)? {
            Some((next, found)) if next == found => Ok(next),
            _ => {
                broken(&machine, before.place + 1);
                Err(())
            }
        };
    }
    for (machine, head) in &heads {
        if let Ok(head) = head
            && ends.get(machine) != Some(&Some(*head))
        {
            broken(machine, head.place + 1);
        }
    }
    for machine in ends.keys().filter(|machine| !heads.contains_key(*machine)) {
        broken(machine, 1);
    }
    Ok(count)
}

fn stored(row: &rusqlite::Row, machine: &str) -> rusqlite::Result<Row> {
    Ok(Row {
        machine: machine.to_owned(),
        at: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        what: row.get(4)?,
        call: row.get(5)?,
        detail: row.get(6)?,
    })
}

/// Nothing where a row holds what was never written there.
fn readable<T>(read: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(e) if is_content(&e) => Ok(None),
        Err(e) => Err(e),
    }
}
