use crate::ledger::{Hash, put};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A call ended.
    Ended,
    /// A call that had ended elsewhere was brought in.
    Imported,
    /// A call was deleted.
    Deleted,
    /// A call's recording was deleted while its log stayed.
    RecordingDeleted,
}

impl What {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Imported => "imported",
            Self::Deleted => "deleted",
            Self::RecordingDeleted => "recording_deleted",
        }
    }
}

/// The place of a machine's newest seal and its hash; zeroes before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) place: i64,
    pub(super) hash: Hash,
}

impl Head {
    pub(super) const NONE: Self = Self { place: 0, hash: [0; 32] };

    fn newest(from: &Connection, machine: &str) -> rusqlite::Result<Self> {
        let mut row = from
            .prepare_cached("SELECT place, hash FROM seal WHERE machine = ? ORDER BY place DESC LIMIT 1")?;
        let head = row.query_row([machine], |row| Ok(Self { place: row.get(0)?, hash: row.get(1)? }));
        Ok(head.optional()?.unwrap_or(Self::NONE))
    }

    /// The head after one more seal.
    pub(super) fn follow(&self, machine: &str, call: Uuid, what: &str, digest: &Hash) -> Self {
        let place = self.place + 1;
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline seal v1");
        hash.update(self.hash);
        put(&mut hash, machine.as_bytes());
        put(&mut hash, &place.to_le_bytes());
        put(&mut hash, call.as_bytes());
        put(&mut hash, what.as_bytes());
        put(&mut hash, digest);
        Self { place, hash: hash.finalize().into() }
    }
}

/// Seals the end of a call to what its machine sealed last. Sealing it again changes nothing.
pub(crate) fn seal_end(to: &Connection, call: Uuid) -> rusqlite::Result<()> {
    let known = "SELECT EXISTS (SELECT 1 FROM seal WHERE call = ? AND what = 'ended')";
    if to.prepare_cached(known)?.query_row([call.as_bytes()], |row| row.get(0))? {
        return Ok(());
    }
    let Some(digest) = end_digest(to, call)? else { return Ok(()) };
    let machine: String = to
        .prepare_cached("SELECT machine FROM call WHERE id = ?")?
        .query_row([call.as_bytes()], |row| row.get(0))?;
    seal(to, &machine, call, What::Ended, &digest)
}

/// Adds a seal to a machine's chain.
pub(super) fn seal(
    to: &Connection,
    machine: &str,
    call: Uuid,
    what: What,
    digest: &Hash,
) -> rusqlite::Result<()> {
    let head = Head::newest(to, machine)?.follow(machine, call, what.name(), digest);
    to.prepare_cached(
        "INSERT INTO seal (machine, place, call, what, digest, hash) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![machine, head.place, call.as_bytes(), what.name(), digest, head.hash])?;
    Ok(())
}

/// What a seal covers of a call's end: its row, and with the ledger's head all of the ledger and the call's own row.
pub(super) fn end_digest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<Hash>> {
    let mut row = from.prepare_cached(
        "SELECT at, repaired, ledger_rows, ledger_head, written_ms FROM call_end WHERE call = ?",
    )?;
    let digest = row.query_row([call.as_bytes()], |row| {
        let mut hash = Sha256::new();
        put(&mut hash, b"cueline end v1");
        put(&mut hash, call.as_bytes());
        put(&mut hash, &row.get::<_, f64>(0)?.to_le_bytes());
        put(&mut hash, &row.get::<_, i64>(1)?.to_le_bytes());
        put(&mut hash, &row.get::<_, i64>(2)?.to_le_bytes());
        put(&mut hash, &row.get::<_, Hash>(3)?);
        put(&mut hash, &row.get::<_, i64>(4)?.to_le_bytes());
        Ok(hash.finalize().into())
    });
    digest.optional()
}
