use super::hearing::{self, Hearing};
use super::overview;
use crate::chain;
use crate::database::{from_word, word};
use crate::ledger::{Chain, Row};
use crate::redaction::CountedText;
use cueline_events::{CallEvent, CueEvent, Evidence, Lane, Measure, Notice};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// What of a call goes into its log: the events that last, masked already.
#[derive(Debug)]
pub(crate) enum Kept {
    /// A final utterance.
    Utterance { said: Final, text: CountedText },
    /// One of which it is not known yet whether its figures may be stored, without them. Its [`Kept::Utterance`] takes its place, or
    /// does so with this text when the process is killed before that.
    Undecided { said: Final, text: CountedText },
    /// A cue event, and its row in the ledger where it is a disclosure's.
    Cue { seq: i64, event: Box<CueEvent>, row: Option<Box<Row>> },
    /// Audio that is missing.
    Gap { seq: i64, lane: Lane, start: f64, end: f64 },
    /// A pause begins or ends, or the recording does.
    Hearing { seq: i64, what: Hearing, at: f64 },
    /// Something the person was told.
    Notice { seq: i64, notice: Notice },
    /// The end.
    End { at: f64, repaired: bool, chain: Chain },
}

/// A final utterance but for its words.
#[derive(Debug, Clone)]
pub(crate) struct Final {
    pub(crate) seq: i64,
    pub(crate) number: u32,
    pub(crate) lane: Lane,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) emitted_at: f64,
}

impl Kept {
    /// Adds the row. Adding it again, after a write whose outcome was not known, changes nothing.
    pub(crate) fn insert(&self, to: &Connection, call: Uuid, now: i64) -> rusqlite::Result<()> {
        let call = call.as_bytes();
        match self {
            Self::Utterance { said, text } => {
                insert_final(to, "utterance", call, said, text, now)?;
                to.prepare_cached("DELETE FROM undecided WHERE call = ? AND seq = ?")?
                    .execute(params![call, said.seq])?;
            }
            Self::Undecided { said, text } => insert_final(to, "undecided", call, said, text, now)?,
            Self::Cue { seq, event, row } => {
                insert_cue(to, call, *seq, event, now)?;
                if let Some(row) = row {
                    insert_ledger(to, call, row)?;
                }
            }
            Self::Gap { seq, lane, start, end } => {
                let mut row = to.prepare_cached(
                    "INSERT INTO gap (call, seq, lane, starts, ends, written_ms) VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT DO NOTHING",
                )?;
                row.execute(params![call, seq, lane.name(), start, end, now])?;
            }
            Self::Hearing { seq, what, at } => what.insert(to, call, *seq, *at, now)?,
            Self::Notice { seq, notice } => {
                let mut row = to.prepare_cached(
                    "INSERT INTO notice (call, seq, code, message, what_to_do, written_ms) VALUES (?, ?, ?, ?, ?, ?)
                     ON CONFLICT DO NOTHING",
                )?;
                row.execute(params![call, seq, notice.code, notice.message, notice.what_to_do, now])?;
            }
            Self::End { at, repaired, chain } => {
                let call = Uuid::from_bytes(*call);
                insert_end(to, call, *at, *repaired, *chain, now)?;
                chain::seal_end(to, call)?;
            }
        }
        Ok(())
    }
}

fn insert_final(
    to: &Connection,
    table: &str,
    call: &[u8; 16],
    said: &Final,
    text: &CountedText,
    now: i64,
) -> rusqlite::Result<()> {
    let mut row = to.prepare_cached(&format!(
        "INSERT INTO {table} (call, seq, number, lane, starts, ends, text, masked, emitted_at, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    ))?;
    let Final { seq, number, lane, start, end, emitted_at } = said;
    let CountedText { text, count } = text;
    row.execute(params![call, seq, number, lane.name(), start, end, text.as_str(), count, emitted_at, now])?;
    Ok(())
}

/// Makes utterances of what was undecided when a call's process stopped.
pub(crate) fn decide_all(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO utterance (call, seq, number, lane, starts, ends, text, masked, emitted_at, written_ms)
         SELECT call, seq, number, lane, starts, ends, text, masked, emitted_at, written_ms FROM undecided
         WHERE call = ? ORDER BY seq",
        [call.as_bytes()],
    )?;
    to.execute("DELETE FROM undecided WHERE call = ?", [call.as_bytes()])?;
    Ok(())
}

/// Adds a call's end, and counts its rows up.
pub(super) fn insert_end(
    to: &Connection,
    call: Uuid,
    at: f64,
    repaired: bool,
    chain: Chain,
    now: i64,
) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO call_end (call, at, repaired, ledger_rows, ledger_head, written_ms)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        params![call.as_bytes(), at, repaired, chain.rows, chain.head, now],
    )?;
    to.execute("DELETE FROM running WHERE call = ?", params![call.as_bytes()])?;
    overview::close(to, call)
}

fn insert_cue(to: &Connection, call: &[u8; 16], seq: i64, cue: &CueEvent, now: i64) -> rusqlite::Result<()> {
    let evidence = cue.evidence.as_ref();
    let measure = cue.measure.as_ref();
    let mut row = to.prepare_cached(
        "INSERT INTO cue_event
         (call, seq, cue, event, at, emitted_at, lane, utterance, quote_starts, quote_ends, quote, shown, withheld,
          measure_value, measure_threshold, measure_unit, by_agent, written_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    row.execute(params![
        call,
        seq,
        cue.cue,
        word(cue.event),
        cue.at,
        cue.emitted_at,
        cue.lane.map(Lane::name),
        evidence.map(|e| e.utterance),
        evidence.map(|e| e.start),
        evidence.map(|e| e.end),
        evidence.map(|e| e.quote.as_str()),
        cue.shown,
        cue.withheld.map(word),
        measure.map(|m| m.value),
        measure.map(|m| m.threshold),
        measure.map(|m| &m.unit),
        cue.by_agent,
        now
    ])?;
    Ok(())
}

fn insert_ledger(to: &Connection, call: &[u8; 16], ledger: &Row) -> rusqlite::Result<()> {
    let evidence = ledger.evidence.as_ref();
    let mut row = to.prepare_cached(
        "INSERT INTO ledger
         (call, number, seq, cue, event, at, emitted_at, lane, utterance, quote_starts, quote_ends, quote, quote_salt,
          quote_digest, hash, by_agent)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    row.execute(params![
        call,
        ledger.number,
        ledger.seq,
        ledger.cue,
        word(ledger.event),
        ledger.at,
        ledger.emitted_at,
        ledger.lane.map(Lane::name),
        evidence.map(|e| e.utterance),
        evidence.map(|e| e.start),
        evidence.map(|e| e.end),
        evidence.map(|e| e.quote.as_str()),
        ledger.quote.map(|q| q.salt),
        ledger.quote.map(|q| q.digest),
        ledger.hash,
        ledger.by_agent
    ])?;
    Ok(())
}

/// A call's kept events, in the order in which they happened.
pub(super) fn events(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<CallEvent>> {
    Ok(numbered(from, call)?.into_iter().map(|(_, event)| event).collect())
}

/// The same with their places among the call's events.
pub(super) fn numbered(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<(i64, CallEvent)>> {
    let mut events = finals(from, call)?;
    events.extend(cue_events(from, call)?.into_iter().map(|(seq, cue)| (seq, CallEvent::Cue(cue))));
    let call = call.as_bytes();
    let mut rows = from.prepare_cached("SELECT seq, lane, starts, ends FROM gap WHERE call = ?")?;
    for event in rows.query_map([call], |row| {
        let event = CallEvent::Gap { lane: from_word(1, row.get(1)?)?, start: row.get(2)?, end: row.get(3)? };
        Ok((row.get(0)?, event))
    })? {
        events.push(event?);
    }
    let mut rows = from.prepare_cached("SELECT seq, code, message, what_to_do FROM notice WHERE call = ?")?;
    for event in rows.query_map([call], |row| {
        let notice = Notice { code: row.get(1)?, message: row.get(2)?, what_to_do: row.get(3)? };
        Ok((row.get(0)?, CallEvent::Notice(notice)))
    })? {
        events.push(event?);
    }
    events.extend(hearing::read(from, Uuid::from_bytes(*call))?);
    events.sort_by_key(|(seq, _)| *seq);
    Ok(events)
}

/// A call's finals with their places among its events.
pub(super) fn finals(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<(i64, CallEvent)>> {
    let mut rows = from.prepare_cached(
        "SELECT seq, lane, number, starts, ends, text, emitted_at FROM utterance WHERE call = ?",
    )?;
    let finals = rows.query_map([call.as_bytes()], |row| {
        let event = CallEvent::Final {
            lane: from_word(1, row.get(1)?)?,
            utterance: row.get(2)?,
            start: row.get(3)?,
            end: row.get(4)?,
            text: row.get::<_, String>(5)?.into(),
            emitted_at: row.get(6)?,
        };
        Ok((row.get(0)?, event))
    })?;
    finals.collect()
}

/// A call's cue events with their places among its events.
pub(super) fn cue_events(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<(i64, CueEvent)>> {
    let mut rows = from.prepare_cached(
        "SELECT seq, cue, event, at, emitted_at, lane, utterance, quote_starts, quote_ends, quote, shown, withheld,
                measure_value, measure_threshold, measure_unit, by_agent
         FROM cue_event WHERE call = ?",
    )?;
    let cues = rows.query_map([call.as_bytes()], |row| {
        let cue = CueEvent {
            cue: row.get(1)?,
            event: from_word(2, row.get(2)?)?,
            at: row.get(3)?,
            emitted_at: row.get(4)?,
            lane: row.get::<_, Option<String>>(5)?.map(|lane| from_word(5, lane)).transpose()?,
            evidence: evidence(row, 6)?,
            shown: row.get(10)?,
            withheld: row.get::<_, Option<String>>(11)?.map(|why| from_word(11, why)).transpose()?,
            measure: match row.get::<_, Option<String>>(14)? {
                Some(unit) => Some(Measure { value: row.get(12)?, threshold: row.get(13)?, unit }),
                None => None,
            },
            by_agent: row.get(15)?,
        };
        Ok((row.get(0)?, cue))
    })?;
    cues.collect()
}

/// The evidence in four columns from `first`: utterance, start, end, quote.
pub(super) fn evidence(row: &rusqlite::Row, first: usize) -> rusqlite::Result<Option<Evidence>> {
    let Some(utterance) = row.get::<_, Option<u32>>(first)? else { return Ok(None) };
    Ok(Some(Evidence {
        utterance,
        start: row.get(first + 1)?,
        end: row.get(first + 2)?,
        quote: row.get::<_, String>(first + 3)?.into(),
    }))
}
