use crate::call::ledger_rows;
use crate::hex_bytes::HexBytes;
use crate::ledger::{QuoteSeal, Row};
use cueline_events::{CueEventKind, Evidence, Lane};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A row of a call's ledger with what its hash covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredEntry {
    pub(crate) number: u32,
    /// The place of its event in the call.
    pub(crate) seq: i64,
    pub(crate) cue: String,
    pub(crate) event: CueEventKind,
    pub(crate) at: f64,
    pub(crate) emitted_at: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lane: Option<Lane>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<StoredSeal>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) by_agent: bool,
    pub(crate) hash: HexBytes<32>,
}

/// What the hash covers instead of the quote itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredSeal {
    pub(crate) salt: HexBytes<16>,
    pub(crate) digest: HexBytes<32>,
}

impl From<Row> for StoredEntry {
    fn from(row: Row) -> Self {
        Self {
            number: row.number,
            seq: row.seq,
            cue: row.cue,
            event: row.event,
            at: row.at,
            emitted_at: row.emitted_at,
            lane: row.lane,
            evidence: row.evidence,
            quote: row
                .quote
                .map(|seal| StoredSeal { salt: HexBytes(seal.salt), digest: HexBytes(seal.digest) }),
            by_agent: row.by_agent,
            hash: HexBytes(row.hash),
        }
    }
}

impl From<StoredEntry> for Row {
    fn from(row: StoredEntry) -> Self {
        Self {
            number: row.number,
            seq: row.seq,
            cue: row.cue,
            event: row.event,
            at: row.at,
            emitted_at: row.emitted_at,
            lane: row.lane,
            evidence: row.evidence,
            quote: row.quote.map(|seal| QuoteSeal { salt: seal.salt.0, digest: seal.digest.0 }),
            by_agent: row.by_agent,
            hash: row.hash.0,
        }
    }
}

pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<StoredEntry>> {
    Ok(ledger_rows(from, call)?.into_iter().map(StoredEntry::from).collect())
}
