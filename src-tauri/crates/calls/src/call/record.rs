use super::event_rows::{events, evidence};
use super::improved::{self, replace_finals};
use super::note::{self, CallNote};
use super::summary::{self, CallSummary};
use super::transcript_version::TranscriptVersion;
use crate::StoreError;
use crate::database::{Database, from_word, is_content};
use crate::ledger::{self, Chain, LedgerEntry, LedgerState, QuoteSeal, Row};
use cueline_events::{CallContext, CallEvent};
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;
use uuid::Uuid;

/// One call as it was kept.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallRecord {
    /// The call as a list shows it.
    pub call: CallSummary,
    /// What was known before it.
    pub context: CallContext,
    /// Which transcript the finals among the events are.
    pub transcript: TranscriptVersion,
    /// Its finals, cue events, gaps, pauses and notices, in the order in which they happened. What a cue quotes is always the
    /// live transcript, and the utterance that its evidence names is one of the live transcript's.
    pub events: Vec<CallEvent>,
    /// Its ledger.
    pub ledger: Vec<LedgerEntry>,
    /// Whether the ledger is as it was written.
    pub ledger_state: LedgerState,
    /// The agent's newest note of it.
    pub note: Option<CallNote>,
}

/// Finds a call by its id or the beginning of it.
pub(crate) fn find(from: &Connection, database: &Database, id: &str) -> Result<Uuid, StoreError> {
    summary::by_prefix(from, id)?.map_err(database.fault())
}

/// Everything that is kept of a call.
pub(crate) fn record(from: &Connection, data_dir: &Path, call: Uuid) -> rusqlite::Result<CallRecord> {
    let (summary, context) = summary::one(from, data_dir, call)?;
    Ok(CallRecord {
        transcript: TranscriptVersion::Live { model: summary.model.clone() },
        call: summary,
        context,
        events: events(from, call)?,
        ledger: ledger_rows(from, call)?.into_iter().map(Row::entry).collect(),
        ledger_state: verify(from, call)?,
        note: note::newest(from, call)?,
    })
}

/// The same with the improved transcript in the live one's place; nothing where there is none.
pub(crate) fn improved_record(
    from: &Connection,
    data_dir: &Path,
    call: Uuid,
) -> rusqlite::Result<Option<CallRecord>> {
    let Some((transcript, finals)) = improved::read(from, call)? else { return Ok(None) };
    let live = record(from, data_dir, call)?;
    let events = replace_finals(live.events, finals);
    Ok(Some(CallRecord { transcript, events, ..live }))
}

/// Follows a call's ledger from its beginning to the end that was written down with the call's.
pub(crate) fn verify(from: &Connection, call: Uuid) -> rusqlite::Result<LedgerState> {
    let end = from
        .prepare_cached("SELECT ledger_rows, ledger_head FROM call_end WHERE call = ?")?
        .query_row([call.as_bytes()], |row| Ok(Chain { rows: row.get(0)?, head: row.get(1)? }))
        .optional()?;
    let (rows, strange) = readable(from, call)?;
    let end = if strange { None } else { end };
    Ok(match ledger::verify(chain_start(from, call)?, &rows, end) {
        LedgerState::Intact { rows } if strange => LedgerState::Broken { first: rows + 1 },
        state => state,
    })
}

/// The beginning of a call's ledger, sealed to the call's own row.
pub(crate) fn chain_start(from: &Connection, call: Uuid) -> rusqlite::Result<Chain> {
    let mut row = from.prepare_cached(
        "SELECT started_ms, source, model, playbook, playbook_version, agent, machine, context, schema, app
         FROM call WHERE id = ?",
    )?;
    row.query_row([call.as_bytes()], |row| {
        let (started, schema): (i64, i64) = (row.get(0)?, row.get(8)?);
        let texts: [String; 8] = [
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
            row.get(7)?,
            row.get(9)?,
        ];
        let (started, schema) = (started.to_le_bytes(), schema.to_le_bytes());
        let mut fields: Vec<&[u8]> = vec![call.as_bytes(), &started, &schema];
        fields.extend(texts.iter().map(String::as_bytes));
        Ok(Chain::of_call(&fields))
    })
}

/// A call's ledger in the order of its numbers, up to the first row that holds what was never written there.
pub(crate) fn ledger_rows(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<Row>> {
    Ok(readable(from, call)?.0)
}

/// The same, and whether there is such a row.
fn readable(from: &Connection, call: Uuid) -> rusqlite::Result<(Vec<Row>, bool)> {
    let mut rows = from.prepare_cached(
        "SELECT number, seq, cue, event, at, emitted_at, lane, utterance, quote_starts, quote_ends, quote,
                quote_salt, quote_digest, hash, by_agent
         FROM ledger WHERE call = ? ORDER BY number",
    )?;
    let mut readable = Vec::new();
    for row in rows.query_map([call.as_bytes()], ledger_row)? {
        match row {
            Ok(row) => readable.push(row),
            Err(e) if is_content(&e) => return Ok((readable, true)),
            Err(e) => return Err(e),
        }
    }
    Ok((readable, false))
}

fn ledger_row(row: &rusqlite::Row) -> rusqlite::Result<Row> {
    // What no reader looks at where there is no evidence must not be there either.
    let absent = |column: usize| row.get::<_, Value>(column).map(|value| value == Value::Null);
    let evidence = evidence(row, 7)?;
    for column in 8..13 {
        if evidence.is_some() == absent(column)? {
            return Err(strange(column));
        }
    }
    Ok(Row {
        number: row.get(0)?,
        seq: row.get(1)?,
        cue: row.get(2)?,
        event: from_word(3, row.get(3)?)?,
        at: row.get(4)?,
        emitted_at: row.get(5)?,
        lane: row.get::<_, Option<String>>(6)?.map(|lane| from_word(6, lane)).transpose()?,
        evidence,
        quote: match (row.get(11)?, row.get(12)?) {
            (Some(salt), Some(digest)) => Some(QuoteSeal { salt, digest }),
            _ => None,
        },
        hash: row.get(13)?,
        by_agent: match row.get(14)? {
            0 => false,
            1 => true,
            _ => return Err(strange(14)),
        },
    })
}

/// A column holds what was never written there.
fn strange(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Null, "it was never written there".into())
}
