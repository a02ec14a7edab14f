//! The ledger: every event of every disclosure, each row sealed to the one before.
//!
//! A row's hash is SHA-256 over the hash before it and the row's own fields in a fixed layout; the first follows
//! the call's own row, and the last is written down again when the call ends. So no row can be changed, taken out,
//! swapped or cut off unnoticed by someone who edits rows; someone who holds the folder's key and recomputes every
//! hash is not stopped by it.

use crate::database::word;
use crate::hex_bytes::HexBytes;
use cueline_events::{CueEvent, CueEventKind, Evidence, Lane};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One row of a call's ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct LedgerEntry {
    /// Its place in the ledger, counted from 1.
    pub number: u32,
    /// The disclosure's id in the playbook.
    pub cue: String,
    /// What happened.
    pub event: CueEventKind,
    /// Seconds at which the deciding words ended.
    pub at: f64,
    /// Whose words decided it; absent when a clock or a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
    /// The words that decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The agent said so, and nobody heard it: there is no evidence.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub by_agent: bool,
    /// The row's hash, 64 hexadecimal digits.
    pub hash: String,
}

/// Whether a call's ledger is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export)]
pub enum LedgerState {
    /// Every row is as it was written and none is missing.
    Intact {
        /// How many rows there are.
        rows: u32,
    },
    /// Something was changed, taken out, added or swapped.
    Broken {
        /// The first row, counted from 1, that is not as it was written.
        first: u32,
    },
}

/// Whether a cue's events go into the ledger: a playbook names its disclosures `disc.…`.
pub(crate) fn is_disclosure(cue: &str) -> bool {
    cue.starts_with("disc.")
}

pub(crate) type Hash = [u8; 32];

/// A ledger row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) number: u32,
    pub(crate) seq: i64,
    pub(crate) cue: String,
    pub(crate) event: CueEventKind,
    pub(crate) at: f64,
    pub(crate) emitted_at: f64,
    pub(crate) lane: Option<Lane>,
    pub(crate) evidence: Option<Evidence>,
    pub(crate) quote: Option<QuoteSeal>,
    pub(crate) by_agent: bool,
    pub(crate) hash: Hash,
}

/// What the hash covers instead of the quote itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct QuoteSeal {
    /// Random, so that a quote taken out later cannot be guessed from its digest.
    pub(crate) salt: [u8; 16],
    pub(crate) digest: Hash,
}

impl QuoteSeal {
    fn new(salt: [u8; 16], quote: &str) -> Self {
        Self { salt, digest: Sha256::new().chain_update(salt).chain_update(quote).finalize().into() }
    }
}

/// The end of a ledger: where the next row is linked on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chain {
    pub(crate) rows: u32,
    pub(crate) head: Hash,
}

impl Chain {
    /// The beginning, sealed to the fields of the call's own row.
    pub(crate) fn of_call(fields: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline ledger v1");
        fields.iter().for_each(|field| put(&mut hash, field));
        Self { rows: 0, head: hash.finalize().into() }
    }

    /// Links one more row on.
    pub(crate) fn link(&mut self, seq: i64, event: &CueEvent, salt: [u8; 16]) -> Row {
        let mut row = Row {
            number: self.rows + 1,
            seq,
            cue: event.cue.clone(),
            event: event.event,
            at: event.at,
            emitted_at: event.emitted_at,
            lane: event.lane,
            evidence: event.evidence.clone(),
            quote: event.evidence.as_ref().map(|e| QuoteSeal::new(salt, e.quote.as_str())),
            by_agent: event.by_agent,
            hash: [0; 32],
        };
        row.hash = row.follow(&self.head);
        *self = Self { rows: row.number, head: row.hash };
        row
    }
}

impl Row {
    /// The hash of this row behind the one before it.
    fn follow(&self, before: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update(before);
        put(&mut hash, &self.number.to_le_bytes());
        put(&mut hash, &self.seq.to_le_bytes());
        put(&mut hash, self.cue.as_bytes());
        put(&mut hash, word(self.event).as_bytes());
        put(&mut hash, &self.at.to_le_bytes());
        put(&mut hash, &self.emitted_at.to_le_bytes());
        put(&mut hash, self.lane.map_or("", Lane::name).as_bytes());
        if let Some(evidence) = &self.evidence {
            put(&mut hash, &evidence.utterance.to_le_bytes());
            put(&mut hash, &evidence.start.to_le_bytes());
            put(&mut hash, &evidence.end.to_le_bytes());
        }
        if let Some(quote) = &self.quote {
            put(&mut hash, &quote.digest);
        }
        // Rows of before there was such a word have none, and keep their hash.
        if self.by_agent {
            put(&mut hash, b"by agent");
        }
        hash.finalize().into()
    }

    fn quote_fits(&self) -> bool {
        match (&self.evidence, &self.quote) {
            (None, None) => true,
            (Some(evidence), Some(seal)) => QuoteSeal::new(seal.salt, evidence.quote.as_str()) == *seal,
            _ => false,
        }
    }

    pub(crate) fn entry(self) -> LedgerEntry {
        LedgerEntry {
            number: self.number,
            cue: self.cue,
            event: self.event,
            at: self.at,
            lane: self.lane,
            evidence: self.evidence,
            by_agent: self.by_agent,
            hash: HexBytes(self.hash).to_string(),
        }
    }
}

/// Follows the chain from the call's own row to the end that was written down, if the call has ended.
pub(crate) fn verify(mut chain: Chain, rows: &[Row], end: Option<Chain>) -> LedgerState {
    for row in rows {
        let first = chain.rows + 1;
        if row.number != first || row.hash != row.follow(&chain.head) || !row.quote_fits() {
            return LedgerState::Broken { first };
        }
        chain = Chain { rows: first, head: row.hash };
    }
    match end {
        Some(end) if end != chain => LedgerState::Broken { first: chain.rows.min(end.rows) + 1 },
        _ => LedgerState::Intact { rows: chain.rows },
    }
}

/// Where each disclosure stands after some events: its last event that says so. One that no longer applies is left
/// out; a retracted event counts as if it had not happened, and cards that came and went change nothing.
pub(crate) fn standing<'a>(
    events: impl Iterator<Item = (&'a str, CueEventKind)>,
) -> BTreeMap<&'a str, CueEventKind> {
    use CueEventKind as Kind;
    let mut history: BTreeMap<&str, Vec<Kind>> = BTreeMap::new();
    for (cue, event) in events {
        let events = history.entry(cue).or_default();
        if event == Kind::Retracted {
            events.pop();
        } else {
            events.push(event);
        }
    }
    let stands = |events: &Vec<Kind>| {
        let last = events.iter().rev().find(|e| !matches!(e, Kind::Fires | Kind::Dismissed)).copied();
        last.filter(|e| *e != Kind::Expired)
    };
    history.iter().filter_map(|(cue, events)| Some((*cue, stands(events)?))).collect()
}

/// Adds a field so that no two lists of fields give the same bytes: its length, then itself.
pub(crate) fn put(hash: &mut Sha256, field: &[u8]) {
    hash.update((field.len() as u64).to_le_bytes());
    hash.update(field);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start() -> Chain {
        Chain::of_call(&[b"call", b"agent"])
    }

    fn event(n: usize) -> CueEvent {
        let kinds = [CueEventKind::Due, CueEventKind::Unsure, CueEventKind::Satisfied, CueEventKind::Missed];
        CueEvent {
            cue: format!("disc.number_{}", n % 3),
            event: kinds[n % 4],
            at: n as f64,
            emitted_at: n as f64 + 0.5,
            lane: n.is_multiple_of(2).then_some(Lane::Agent),
            evidence: n.is_multiple_of(2).then(|| Evidence {
                utterance: n as u32,
                start: n as f64 - 1.0,
                end: n as f64,
                quote: format!("words {n}").into(),
            }),
            shown: None,
            withheld: None,
            measure: None,
            by_agent: n % 4 == 3,
        }
    }

    fn ledger(rows: usize) -> (Vec<Row>, Chain) {
        let mut chain = start();
        let rows = (0..rows).map(|n| chain.link(n as i64 + 10, &event(n), [n as u8; 16])).collect();
        (rows, chain)
    }

    proptest! {
        #[test]
        fn any_single_change_is_noticed(len in 1usize..12, at in 0usize..12, other in 0usize..12, change in 0u8..11) {
            let (mut rows, end) = ledger(len);
            let (at, other) = (at % len, other % len);
            prop_assert_eq!(verify(start(), &rows, Some(end)), LedgerState::Intact { rows: len as u32 });
            let before = rows.clone();
            let row = &mut rows[at];
            match change {
                0 => row.cue.push('x'),
                1 => row.event = CueEventKind::Expired,
                2 => row.at += 0.001,
                3 => row.emitted_at += 0.001,
                4 => row.lane = Some(Lane::Customer),
                5 => row.hash[3] ^= 1,
                6 => row.seq += 1,
                7 => match &mut row.evidence {
                    Some(evidence) => evidence.quote = "other words".into(),
                    None => row.quote = Some(QuoteSeal::new([0; 16], "")),
                },
                8 => drop(rows.remove(at)),
                9 => row.by_agent = !row.by_agent,
                _ => rows.swap(at, other),
            }
            prop_assume!(rows != before);
            let broken = matches!(verify(start(), &rows, Some(end)), LedgerState::Broken { first } if first as usize <= at.min(if change == 10 { other } else { at }) + 1);
            prop_assert!(broken);
        }
    }

    #[test]
    fn a_ledger_belongs_to_its_call_and_ends_where_it_ended() {
        let (rows, end) = ledger(4);
        let other = Chain::of_call(&[b"call", b"another agent"]);
        assert_eq!(verify(other, &rows, Some(end)), LedgerState::Broken { first: 1 });
        assert_eq!(verify(start(), &rows[..3], Some(end)), LedgerState::Broken { first: 4 });
        assert_eq!(verify(start(), &[], Some(end)), LedgerState::Broken { first: 1 });
        assert_eq!(verify(start(), &rows[..3], None), LedgerState::Intact { rows: 3 });
    }

    #[test]
    fn a_disclosure_stands_where_its_last_word_left_it() {
        use CueEventKind::*;
        for (events, stands) in [
            (vec![Due], Some(Due)),
            (vec![Due, Fires, Dismissed], Some(Due)),
            (vec![Due, Unsure, Satisfied], Some(Satisfied)),
            (vec![Due, Satisfied, Retracted], Some(Due)),
            (vec![Due, Expired], None),
            (vec![Due, Missed], Some(Missed)),
            (vec![Fires], None),
        ] {
            let states = standing(events.iter().map(|e| ("disc.x", *e)));
            assert_eq!(states.get("disc.x").copied(), stands, "{events:?}");
        }
    }
}
