use super::seal::{Head, What, end_digest};
use super::{deletion, import, recording_deletion};
use crate::database::is_content;
use crate::hex_bytes::HexBytes;
use crate::ledger::{Hash, LedgerState};
use crate::{access, call};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;
use uuid::Uuid;

/// Whether all ledgers and the chains across calls are as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Proof {
    /// How many calls there are.
    pub calls: u32,
    /// How many entries their ledgers have together.
    pub entries: u32,
    /// How many of the calls ended before there was a chain across calls: only their own ledgers prove them.
    pub unchained: u32,
    /// How many of the calls were made elsewhere and brought in: that they were in the chain of the machine on which they were made
    /// is not proved here, that they are as they came is.
    pub imported: u32,
    /// How many rows the access log has.
    pub accesses: u32,
    /// The newest seal of each machine's chain. Written down elsewhere, it also proves that nothing was cut off the end.
    pub chains: Vec<ChainHead>,
    /// What is not as it was written, calls first; nothing when all is intact.
    pub faults: Vec<ProofFault>,
}

/// The newest seal of a machine's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ChainHead {
    /// The machine.
    pub machine: String,
    /// How many seals its chain has.
    pub seals: u32,
    /// The newest seal's hash, 64 hexadecimal digits.
    pub hash: String,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
#[ts(export)]
pub enum ProofFault {
    /// A row of a call's ledger was changed, taken out, added or swapped.
    Ledger {
        /// The call's id.
        call: String,
        /// The first such row, counted from 1.
        first: u32,
    },
    /// A call's rows hold what was never written there.
    Unreadable {
        /// The call's id.
        call: String,
    },
    /// A call ended and its machine's chain does not have it.
    Unsealed {
        /// The call's id.
        call: String,
    },
    /// A seal of a machine's chain does not follow from the one before.
    Seal {
        /// The machine.
        machine: String,
        /// The first such seal, counted from 1.
        place: u32,
    },
    /// A call has a seal and is gone, and nobody deleted it.
    Gone {
        /// The call's id.
        call: String,
    },
    /// A call's end, or the entry of its deletion or its recording's, is not what was sealed.
    Changed {
        /// The call's id.
        call: String,
    },
    /// A row of a machine's access log was changed, taken out, added or swapped.
    Access {
        /// The machine.
        machine: String,
        /// The first such row, counted from 1.
        place: u32,
    },
}

/// Follows every ledger and every chain from its beginning.
pub(crate) fn prove(from: &Connection) -> rusqlite::Result<Proof> {
    let mut proof = Proof {
        calls: 0,
        entries: 0,
        unchained: 0,
        imported: 0,
        accesses: 0,
        chains: Vec::new(),
        faults: Vec::new(),
    };
    ledgers(from, &mut proof)?;
    let seals = seals(from)?;
    chains(&seals, &mut proof);
    sealed(from, &seals, &mut proof)?;
    proof.accesses = access::follow(from, &mut proof.faults)?;
    Ok(proof)
}

/// A seal as it is stored.
struct Seal {
    machine: String,
    place: i64,
    call: Uuid,
    what: String,
    digest: Hash,
    hash: Hash,
}

fn ledgers(from: &Connection, proof: &mut Proof) -> rusqlite::Result<()> {
    let mut rows = from.prepare(
        "SELECT c.id, c.schema, EXISTS (SELECT 1 FROM call_end WHERE call = c.id),
                EXISTS (SELECT 1 FROM seal WHERE call = c.id AND what IN ('ended', 'imported'))
         FROM call c ORDER BY c.started_ms, c.id",
    )?;
    let mut calls = rows.query([])?;
    while let Some(row) = calls.next()? {
        let call = Uuid::from_bytes(row.get(0)?);
        let (schema, ended, sealed): (i64, bool, bool) = (row.get(1)?, row.get(2)?, row.get(3)?);
        proof.calls += 1;
        let id = || call.to_string();
        match call::verify(from, call) {
            Ok(LedgerState::Intact { rows }) => proof.entries += rows,
            Ok(LedgerState::Broken { first }) => proof.faults.push(ProofFault::Ledger { call: id(), first }),
            Err(e) if is_content(&e) => proof.faults.push(ProofFault::Unreadable { call: id() }),
            Err(e) => return Err(e),
        }
        match (ended, sealed) {
            (true, false) if schema < FIRST_CHAINED => proof.unchained += 1,
            (true, false) => proof.faults.push(ProofFault::Unsealed { call: id() }),
            _ => {}
        }
    }
    Ok(())
}

/// The first schema whose calls are chained.
const FIRST_CHAINED: i64 = 4;

fn seals(from: &Connection) -> rusqlite::Result<Vec<Seal>> {
    let mut rows =
        from.prepare("SELECT machine, place, call, what, digest, hash FROM seal ORDER BY machine, place")?;
    let seals = rows.query_map([], |row| {
        Ok(Seal {
            machine: row.get(0)?,
            place: row.get(1)?,
            call: Uuid::from_bytes(row.get(2)?),
            what: row.get(3)?,
            digest: row.get(4)?,
            hash: row.get(5)?,
        })
    })?;
    seals.collect()
}

/// Whether each seal follows from the one before.
fn chains(seals: &[Seal], proof: &mut Proof) {
    for chain in seals.chunk_by(|a, b| a.machine == b.machine) {
        let mut head = Head::NONE;
        for seal in chain {
            let next = head.follow(&seal.machine, seal.call, &seal.what, &seal.digest);
            if (next.place, next.hash) != (seal.place, seal.hash) {
                let place = u32::try_from(next.place).unwrap_or(u32::MAX);
                proof.faults.push(ProofFault::Seal { machine: seal.machine.clone(), place });
                break;
            }
            head = next;
        }
        if let Some(last) = chain.last() {
            proof.chains.push(ChainHead {
                machine: last.machine.clone(),
                seals: u32::try_from(chain.len()).unwrap_or(u32::MAX),
                hash: HexBytes(last.hash).to_string(),
            });
        }
    }
}

/// Whether everything that was sealed is there as it was, and nothing else was deleted.
fn sealed(from: &Connection, seals: &[Seal], proof: &mut Proof) -> rusqlite::Result<()> {
    let of = |what: What| seals.iter().filter(move |seal| seal.what == what.name());
    let deleted: BTreeSet<Uuid> = of(What::Deleted).map(|seal| seal.call).collect();
    let imported: BTreeSet<Uuid> = of(What::Imported).map(|seal| seal.call).collect();
    let ended: BTreeSet<Uuid> = of(What::Ended).map(|seal| seal.call).collect();
    let mut there = from.prepare("SELECT EXISTS (SELECT 1 FROM call WHERE id = ?)")?;
    for seal in of(What::Ended).chain(of(What::Imported)) {
        let exists: bool = there.query_row([seal.call.as_bytes()], |row| row.get(0))?;
        let call = seal.call.to_string();
        let found = match seal.what == What::Imported.name() {
            true => import::digest(from, seal.call),
            false => end_digest(from, seal.call),
        };
        match exists {
            true if !kept(found, seal)? => proof.faults.push(ProofFault::Changed { call }),
            false if !deleted.contains(&seal.call) => proof.faults.push(ProofFault::Gone { call }),
            _ => {}
        }
    }
    for call in import::calls(from)? {
        proof.imported += 1;
        if !imported.contains(&call) {
            proof.faults.push(ProofFault::Unsealed { call: call.to_string() });
        }
    }
    for seal in of(What::Deleted) {
        if !kept(deletion::digest(from, seal.call), seal)? {
            proof.faults.push(ProofFault::Changed { call: seal.call.to_string() });
        }
    }
    for seal in of(What::RecordingDeleted) {
        if !kept(recording_deletion::digest(from, seal.call), seal)? {
            proof.faults.push(ProofFault::Changed { call: seal.call.to_string() });
        }
    }
    let let_go: BTreeSet<Uuid> = of(What::RecordingDeleted).map(|seal| seal.call).collect();
    for call in recording_deletion::calls(from)?.into_iter().filter(|call| !let_go.contains(call)) {
        proof.faults.push(ProofFault::Unsealed { call: call.to_string() });
    }
    for call in
        deletion::chained(from)?.into_iter().filter(|call| !ended.contains(call) && !imported.contains(call))
    {
        proof.faults.push(ProofFault::Unsealed { call: call.to_string() });
    }
    for deletion in deletion::deletions(from)? {
        if !Uuid::parse_str(&deletion.call).is_ok_and(|call| deleted.contains(&call)) {
            proof.faults.push(ProofFault::Unsealed { call: deletion.call });
        }
    }
    Ok(())
}

/// Whether a row is the one that was sealed; one that cannot be read as such is not.
fn kept(found: rusqlite::Result<Option<Hash>>, seal: &Seal) -> rusqlite::Result<bool> {
    match found {
        Ok(digest) => Ok(digest == Some(seal.digest)),
        Err(e) if is_content(&e) => Ok(false),
        Err(e) => Err(e),
    }
}
