//! Bringing in calls that were exported elsewhere.

use super::Store;
use crate::access::{self, AccessKind, Actor, NewAccess, TakenIn};
use crate::call::{self, RunningLock, StoredCall};
use crate::chain;
use crate::database::{Database, is_content};
use crate::import::{self, Document, ImportFault, WavReader};
use crate::ledger::LedgerState;
use crate::recording::{self, Arriving, RecordingOutline};
use crate::{Deletion, Silenced, StoreError};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;
use uuid::Uuid;

impl Store {
    /// Brings a call in: its recording is written whole beside its place, then all its rows together, then the recording gets
    /// its place. A start after a power cut finishes the last step, or takes the recording away where the rows are missing.
    pub(crate) fn import(&self, file: &Path, actor: &Actor) -> Result<TakenIn, StoreError> {
        let refuse = |fault| StoreError::Import { file: file.to_path_buf(), fault };
        let Document { digest, call: stored, recording } = import::read(file)?;
        let (stored, silenced) = import::masked(stored).map_err(refuse)?;
        let call = stored.call.id;
        let running = || StoreError::StillRunning { id: call.to_string() };
        // Held until all of it is here, so that nobody else brings it in or deletes it meanwhile.
        let _nobody_else = RunningLock::take(&self.0.data_dir, call)?.ok_or_else(running)?;
        if let Some(there) = self.already(call).map_err(|error| error.of(refuse))? {
            return match stored.is_within(&there) {
                true => Ok(TakenIn { call: call.to_string(), new: false }),
                false => Err(refuse(ImportFault::Differs { call: call.to_string() })),
            };
        }
        let arriving = recording
            .map(|outline| self.arriving(file, call, &outline, &silenced).map_err(|error| error.of(refuse)))
            .transpose()?;
        let with = if arriving.is_some() { "with its recording" } else { "" };
        self.write(|to| {
            insert(to, &self.0.database, &stored).map_err(|error| error.of(refuse))?;
            let fault = self.0.database.fault();
            chain::insert_import(to, call, &digest, actor).map_err(&fault)?;
            let came = NewAccess::of(actor, AccessKind::Imported, Some(call)).with(with);
            access::insert(to, &came).map_err(&fault)
        })?;
        arriving.map_or(Ok(()), Arriving::keep)?;
        Ok(TakenIn { call: call.to_string(), new: true })
    }

    /// The call as it is here, or nothing.
    fn already(&self, call: Uuid) -> Result<Option<StoredCall>, Refused> {
        if let Some(Deletion { by, at, .. }) = self.read(|from| chain::deletion(from, call))? {
            let call = call.to_string();
            return Err(ImportFault::Deleted { call, by, day: day(at) }.into());
        }
        match self.find(&call.to_string()) {
            Ok(_) => Ok(Some(self.stored(call)?)),
            Err(StoreError::NoSuchCall { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes the recording that lies beside an export.
    fn arriving(
        &self,
        file: &Path,
        call: Uuid,
        outline: &RecordingOutline,
        silenced: &[Silenced],
    ) -> Result<Arriving, Refused> {
        let mut wav = WavReader::open(&file.with_extension("wav"))?;
        let other = || ImportFault::Recording { reason: "it is not the one that was exported".to_owned() };
        if wav.frames() != outline.frames {
            return Err(other().into());
        }
        let mut read = |samples: &mut [i16]| {
            wav.read(samples).map_err(|fault| StoreError::Import { file: file.to_path_buf(), fault })
        };
        let (data_dir, keys) = (&self.0.data_dir, &self.0.keys);
        let arriving = Arriving::write(data_dir, keys, call, outline, silenced, &mut read)?;
        if wav.sha256() != outline.sha256 {
            return Err(other().into());
        }
        Ok(arriving)
    }
}

/// Why a call is not brought in: something about the file, or something else.
enum Refused {
    For(ImportFault),
    Store(StoreError),
}

impl Refused {
    fn of(self, refuse: impl Fn(ImportFault) -> StoreError) -> StoreError {
        match self {
            Self::For(fault) => refuse(fault),
            Self::Store(error) => error,
        }
    }
}

impl From<ImportFault> for Refused {
    fn from(fault: ImportFault) -> Self {
        Self::For(fault)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Adds all rows of a call, and sees that they prove themselves and are read as they were written.
fn insert(to: &Connection, database: &Database, stored: &StoredCall) -> Result<(), Refused> {
    let strange = |what: &str| Refused::from(ImportFault::Strange { what: what.to_owned() });
    let fault = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => {
            strange("a row that is here as another call's, or twice")
        }
        _ if is_content(&error) => strange("a row that no reader takes"),
        _ => database.fault()(error).into(),
    };
    let call = stored.call.id;
    call::stored::insert(to, stored).map_err(fault)?;
    if let LedgerState::Broken { first } = call::verify(to, call).map_err(fault)? {
        return Err(ImportFault::Ledger { first }.into());
    }
    if call::stored::read(to, call).map_err(fault)? != *stored {
        return Err(strange("rows that are not read as they are in the file"));
    }
    call::observations(to, call).map_err(fault)?;
    Ok(())
}

/// Finishes imports that were cut off.
pub(super) fn settle_arrivals(
    data_dir: &Path,
    database: &Database,
    connection: &Connection,
) -> Result<(), StoreError> {
    let goes_on = |call| Ok(RunningLock::take(data_dir, call)?.is_none());
    let is_there = |call: Uuid| {
        let row = connection.query_row("SELECT 1 FROM call WHERE id = ?", [call.as_bytes()], |_| Ok(()));
        Ok(row.optional().map_err(database.fault())?.is_some())
    };
    recording::settle_arrivals(data_dir, goes_on, is_there)
}

/// The day of a moment in milliseconds since 1970-01-01 UTC (Hinnant, "chrono-compatible low-level date algorithms").
fn day(at: i64) -> String {
    let days = at.div_euclid(86_400_000) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + i64::from(month <= 2))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_moment_has_its_day() {
        for (at, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400_000, "2000-02-29"),
            (1_796_000_000_000, "2026-11-30"),
            (4_102_444_799_999, "2099-12-31"),
        ] {
            assert_eq!(day(at), expected);
        }
    }
}
