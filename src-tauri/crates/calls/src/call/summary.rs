use super::Digest;
use crate::database::{from_json, from_word};
use crate::{ReviewState, StoreError, ledger, recording};
use cueline_events::{CallContext, CallSource, CueEventKind, PlaybookId};
use rusqlite::{Connection, Row};
use serde::Serialize;
use std::path::Path;
use ts_rs::TS;
use uuid::Uuid;

/// One call in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct CallSummary {
    /// The call's id (UUIDv7).
    pub id: String,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Its length; absent until it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Whether a process on this machine is writing it.
    pub running: bool,
    /// Whether it was cut off and closed at its last event since.
    pub repaired: bool,
    /// Where its audio came from.
    pub source: CallSource,
    /// The speech model's id; empty for a script.
    pub model: String,
    /// The playbook.
    pub playbook: PlaybookId,
    /// Who worked with Cueline.
    pub agent: String,
    /// On which machine.
    pub machine: String,
    /// Whom the agent wanted to reach; empty when it was not known.
    pub customer_name: String,
    /// How many final utterances it has, both lanes together.
    pub utterances: u32,
    /// How many cards were shown.
    pub cards: u32,
    /// How its disclosures stand.
    pub disclosures: Disclosures,
    /// Whether there is a recording.
    pub recording: bool,
    /// The speech model of its improved transcript, where one was made after the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub improved_with: Option<String>,
    /// What its playbook tells of it; absent until that was worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// How its review stands.
    pub review: ReviewState,
    /// How much it needs a person: only an order, never to be shown. 0 when there is nothing to look at, or somebody has
    /// reviewed it.
    pub attention: u32,
}

/// How many of a call's disclosures stand how; those that did not apply any more are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Disclosures {
    /// On the checklist and not said yet.
    pub due: u32,
    /// Said with all required elements.
    pub said: u32,
    /// Some elements were heard.
    pub unsure: u32,
    /// Never said.
    pub missed: u32,
}

/// The columns that [`Stub::read`] reads, for a query on `call c` and its `overview o`.
pub(super) const COLUMNS: &str = "c.id, c.started_ms, c.source, c.model, c.playbook, c.playbook_version, c.agent, \
     c.machine, c.context, o.seconds, (SELECT repaired FROM call_end WHERE call = c.id), \
     EXISTS (SELECT 1 FROM running WHERE call = c.id), o.utterances, o.cards, \
     (SELECT model FROM improvement WHERE call = c.id ORDER BY id DESC LIMIT 1), \
     o.due, o.said, o.unsure, o.missed, o.points, o.points_of, o.held, o.stop_orders, o.triggers, o.clues, \
     o.clues_missed, o.outcome, o.reviewed, o.overridden, o.disputed, o.notes, o.legal_hold, o.attention";

/// A call's own row with what its other rows add up to.
pub(super) struct Stub {
    pub(super) call: Uuid,
    pub(super) context: CallContext,
    summary: CallSummary,
}

impl Stub {
    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        let call = Uuid::from_bytes(row.get(0)?);
        let context: CallContext = from_json(8, &row.get::<_, String>(8)?)?;
        let summary = CallSummary {
            id: call.to_string(),
            started_at: row.get(1)?,
            seconds: row.get(9)?,
            running: row.get(11)?,
            repaired: row.get::<_, Option<bool>>(10)?.unwrap_or(false),
            source: from_word(2, row.get(2)?)?,
            model: row.get(3)?,
            playbook: PlaybookId { id: row.get(4)?, version: row.get(5)? },
            agent: row.get(6)?,
            machine: row.get(7)?,
            customer_name: context.customer_name.clone(),
            utterances: row.get(12)?,
            cards: row.get(13)?,
            disclosures: Disclosures {
                due: row.get(15)?,
                said: row.get(16)?,
                unsure: row.get(17)?,
                missed: row.get(18)?,
            },
            recording: false,
            improved_with: row.get(14)?,
            digest: digest(row)?,
            review: ReviewState {
                reviewed: row.get(27)?,
                overridden: row.get(28)?,
                disputed: row.get(29)?,
                notes: row.get(30)?,
                legal_hold: row.get(31)?,
            },
            attention: row.get(32)?,
        };
        Ok(Self { call, context, summary })
    }

    /// Adds what is not in the database, and what has not been counted up because the call has not ended.
    pub(super) fn complete(
        mut self,
        from: &Connection,
        data_dir: &Path,
    ) -> rusqlite::Result<(CallSummary, CallContext)> {
        if self.summary.seconds.is_none() {
            let mut counted = from.prepare_cached(
                "SELECT (SELECT count(*) FROM utterance WHERE call = ?1),
                        (SELECT count(*) FROM cue_event WHERE call = ?1 AND event = 'fires' AND shown)",
            )?;
            (self.summary.utterances, self.summary.cards) =
                counted.query_row([self.call.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.summary.disclosures = Disclosures::of_call(from, self.call)?;
        }
        self.summary.recording = recording::path(data_dir, self.call).exists();
        Ok((self.summary, self.context))
    }
}

impl Disclosures {
    pub(super) fn of_call(from: &Connection, call: Uuid) -> rusqlite::Result<Self> {
        let mut rows = from.prepare_cached("SELECT cue, event FROM ledger WHERE call = ? ORDER BY number")?;
        let events =
            rows.query_map([call.as_bytes()], |row| Ok((row.get(0)?, from_word(1, row.get(1)?)?)))?;
        let events: Vec<(String, CueEventKind)> = events.collect::<Result<_, _>>()?;
        let mut counts = Self::default();
        for event in ledger::standing(events.iter().map(|(cue, event)| (cue.as_str(), *event))).values() {
            match event {
                CueEventKind::Due => counts.due += 1,
                CueEventKind::Satisfied => counts.said += 1,
                CueEventKind::Unsure => counts.unsure += 1,
                CueEventKind::Missed => counts.missed += 1,
                CueEventKind::Fires
                | CueEventKind::Expired
                | CueEventKind::Retracted
                | CueEventKind::Dismissed => {}
            }
        }
        Ok(counts)
    }
}

/// What the playbook told of a call, if it has.
fn digest(row: &Row) -> rusqlite::Result<Option<Digest>> {
    let Some(points) = row.get(19)? else { return Ok(None) };
    let list = |column: usize| from_json(column, &row.get::<_, String>(column)?);
    Ok(Some(Digest {
        points,
        of: row.get(20)?,
        held: list(21)?,
        stop_orders: list(22)?,
        triggers: list(23)?,
        clues: row.get(24)?,
        clues_missed: row.get(25)?,
        outcome: from_word(26, row.get(26)?)?,
    }))
}

/// One call's summary and context.
pub(super) fn one(
    from: &Connection,
    data_dir: &Path,
    call: Uuid,
) -> rusqlite::Result<(CallSummary, CallContext)> {
    let mut row = from.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM call c JOIN overview o ON o.call = c.id WHERE c.id = ?"
    ))?;
    row.query_row([call.as_bytes()], Stub::read)?.complete(from, data_dir)
}

/// A call by its id or the beginning of it that no other call has.
pub(super) fn by_prefix(from: &Connection, prefix: &str) -> Result<rusqlite::Result<Uuid>, StoreError> {
    let nobody = || StoreError::NoSuchCall { id: prefix.to_owned() };
    let digits: String = prefix.chars().filter(|c| *c != '-').collect();
    if digits.is_empty() || digits.len() > 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(nobody());
    }
    let edge = |fill: &str| u128::from_str_radix(&format!("{digits}{}", fill.repeat(32 - digits.len())), 16);
    let (Ok(low), Ok(high)) = (edge("0"), edge("f")) else { return Err(nobody()) };
    let found =
        from.prepare_cached("SELECT id FROM call WHERE id BETWEEN ? AND ? LIMIT 2").and_then(|mut rows| {
            let ids = rows.query_map([low.to_be_bytes(), high.to_be_bytes()], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<Vec<[u8; 16]>>>()
        });
    match found.as_deref() {
        Ok([]) => Err(nobody()),
        Ok([one]) => Ok(Ok(Uuid::from_bytes(*one))),
        Ok(_) => Err(StoreError::AmbiguousCall { prefix: prefix.to_owned() }),
        Err(_) => Ok(found.map(|_| Uuid::nil())),
    }
}
