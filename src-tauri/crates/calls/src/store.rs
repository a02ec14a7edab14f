mod access;
mod after_call;
mod importing;
mod retaining;
mod reviews;

use crate::access::LogWriter;
use crate::call::{
    self, CallFilter, CallLog, CallOrder, CallRecord, CallSummary, CallToRetell, EndedCall,
    ImprovedTranscript, NewCall, RunningLock, SearchHit, SearchQuery, StoredCall,
};
use crate::chain::{self, Proof};
use crate::database::Database;
use crate::keys::{KEY_FILE, Keys, create_keys, finish_creation, open_keys};
use crate::ledger::LedgerState;
use crate::recording::{self, RecordingReader, RecordingWriter, Waveform};
use crate::repair::{Repaired, repair};
use crate::{StoreError, Unlock, files};
use cueline_events::Spoken;
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The session logs of one data folder. Cheap to clone; any thread may use it.
///
/// It is for Cueline's own work. What people do with calls goes through [`Acting`](crate::Acting), which knows what they may
/// do and writes down what they did.
#[derive(Clone)]
pub struct Store(Arc<Opened>);

struct Opened {
    data_dir: PathBuf,
    keys: Keys,
    database: Database,
    /// One reader for everyone; each [`CallLog`] writes over a connection of its own.
    reader: Mutex<Connection>,
    access: Mutex<LogWriter>,
}

impl Drop for Opened {
    fn drop(&mut self) {
        // The last chance for what waits.
        let _ = self.access.get_mut().unwrap_or_else(PoisonError::into_inner).flush(&self.database);
    }
}

impl Store {
    /// Opens the session logs in a folder and closes the calls whose process stopped without ending them. The first
    /// use creates the folder, its key and empty logs.
    ///
    /// # Errors
    /// What stands in the way, where, and what to do about it; nothing is changed then.
    pub fn open(data_dir: &Path, unlock: &Unlock) -> Result<(Self, Vec<Repaired>), StoreError> {
        files::create_private_folder(data_dir)?;
        // One process at a time creates, migrates and repairs; the system lets go however it ends.
        let gate = data_dir.join("open.lock");
        let fail = |e| StoreError::file(&gate, e);
        let lock = files::private().write(true).create(true).truncate(false).open(&gate).map_err(fail)?;
        lock.lock().map_err(fail)?;

        let keys = keys_and_file(data_dir, unlock)?;
        let database = Database::new(database_file(data_dir), keys.store.clone());
        let mut connection = database.open()?;
        let repaired = repair(data_dir, &keys, &database, &mut connection)?;
        // What can't be moved now must not keep anyone from reading; the next opening tries it again.
        let _ = importing::settle_arrivals(data_dir, &database, &connection);
        connection.pragma_update(None, "query_only", true).map_err(database.fault())?;
        let data_dir = data_dir.to_path_buf();
        let reader = Mutex::new(connection);
        Ok((Self(Arc::new(Opened { data_dir, keys, database, reader, access: Mutex::default() })), repaired))
    }

    /// Begins a call's log.
    ///
    /// # Errors
    /// When it cannot be written, or a call of this id has begun already.
    pub fn begin_call(&self, new: NewCall) -> Result<CallLog, StoreError> {
        CallLog::begin(&self.0.data_dir, &self.0.database, new)
    }

    /// Adds calls that have ended already, masked and sealed as running ones are: all of them or none.
    ///
    /// # Errors
    /// When one of them is in the store already, or the disk refuses.
    pub fn keep_ended(&self, calls: &[EndedCall]) -> Result<(), StoreError> {
        self.write(|to| calls.iter().try_for_each(|call| call::insert_ended(to, &self.0.database, call)))
    }

    /// Begins the recording of a call whose log has begun.
    ///
    /// # Errors
    /// When it cannot be written, or the call has a recording already.
    pub fn begin_recording(&self, log: &CallLog) -> Result<RecordingWriter, StoreError> {
        RecordingWriter::create(&self.0.data_dir, &self.0.keys, log.call())
    }

    /// Lists the calls that pass a filter, in an order, from the one at `offset` on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(
        &self,
        filter: &CallFilter,
        order: CallOrder,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<CallSummary>, StoreError> {
        self.read(|from| call::list(from, &self.0.data_dir, filter, order, limit, offset))
    }

    /// How many calls pass a filter.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count(&self, filter: &CallFilter) -> Result<u32, StoreError> {
        self.read(|from| call::count(from, filter))
    }

    /// Everybody who has a call, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn agents(&self) -> Result<Vec<String>, StoreError> {
        self.read(call::agents)
    }

    /// Everything that is kept of a call, named by its id or the beginning of it.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the store cannot be read.
    pub fn show(&self, id: &str) -> Result<CallRecord, StoreError> {
        let call = self.find(id)?;
        self.read(|from| call::record(from, &self.0.data_dir, call))
    }

    /// The same with the improved transcript in the live one's place.
    ///
    /// # Errors
    /// As [`Store::show`]; [`StoreError::NotImproved`] when there is none.
    pub fn show_improved(&self, id: &str) -> Result<CallRecord, StoreError> {
        let call = self.find(id)?;
        let record = self.read(|from| call::improved_record(from, &self.0.data_dir, call))?;
        record.ok_or_else(|| StoreError::NotImproved { id: call.to_string() })
    }

    /// Adds a transcript that was made of a call's recording, masked as the live one was; all of it or nothing. The
    /// live transcript stays. Figures that only this transcript has are silenced in the recording first, by writing it anew.
    ///
    /// # Errors
    /// When no call or more than one has such an id, it still runs, or the disk refuses.
    pub fn keep_improved(&self, id: &str, transcript: ImprovedTranscript) -> Result<(), StoreError> {
        let call = self.find(id)?;
        let running = || StoreError::StillRunning { id: call.to_string() };
        // Held while it is written, so that the call is not deleted meanwhile.
        let _nobody_else = RunningLock::take(&self.0.data_dir, call)?.ok_or_else(running)?;
        let (transcript, silenced) = transcript.mask(self.retention()?.mask_birth_dates);
        recording::silence(&self.0.data_dir, &self.0.keys, call, &silenced)?;
        let fault = self.0.database.fault();
        self.write(|to| call::insert_improved(to, call, &transcript).map_err(&fault))
    }

    /// Keeps the agent's note of a call, masked as what is said is. Notes kept before stay; the newest is read.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the disk refuses.
    pub(crate) fn keep_note(&self, id: &str, text: &Spoken, machine: &str) -> Result<(), StoreError> {
        let call = self.find(id)?;
        let database = &self.0.database;
        call::insert_note(&database.connect()?, call, text, machine).map_err(database.fault())
    }

    /// The ids of the calls that have ended, have a recording and have no improved transcript, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn improvable(&self) -> Result<Vec<String>, StoreError> {
        let lacking = self.read(call::lacking_improved)?;
        let recorded = lacking.into_iter().filter(|call| recording::path(&self.0.data_dir, *call).exists());
        Ok(recorded.map(|call| call.to_string()).collect())
    }

    /// Whether a process on this machine, this one or another, writes a call now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn a_call_runs(&self) -> Result<bool, StoreError> {
        for call in self.read(call::running_calls)? {
            if RunningLock::take(&self.0.data_dir, call)?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Finds what was said: what both transcripts of a call have once, in the live one; a hit that only the improved one
    /// has says so. The newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search(&self, query: &SearchQuery, limit: u32) -> Result<Vec<SearchHit>, StoreError> {
        self.read(|from| call::search(from, query, limit))
    }

    /// What of a call is needed to tell it again, masked as the call's log is.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the store cannot be read.
    pub fn call_to_retell(&self, id: &str) -> Result<CallToRetell, StoreError> {
        let call = self.find(id)?;
        self.read(|from| call::call_to_retell(from, call))
    }

    /// Whether a call's ledger is as it was written.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the store cannot be read.
    pub fn verify(&self, id: &str) -> Result<LedgerState, StoreError> {
        let call = self.find(id)?;
        self.read(|from| call::verify(from, call))
    }

    /// Follows every call's ledger and the chains across calls.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn verify_all(&self) -> Result<Proof, StoreError> {
        self.read(chain::prove)
    }

    /// A call's recording, or nothing when it has none.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the recording cannot be read as this call's.
    pub fn recording(&self, id: &str) -> Result<Option<RecordingReader>, StoreError> {
        RecordingReader::open(&self.0.data_dir, &self.0.keys, self.find(id)?)
    }

    /// A call's recording as it is drawn, in so many pieces, or nothing when it has none.
    ///
    /// # Errors
    /// As [`Store::recording`].
    pub fn waveform(&self, id: &str, buckets: u32) -> Result<Option<Waveform>, StoreError> {
        self.recording(id)?.map(|recording| recording.waveform(buckets)).transpose()
    }

    /// A call's interleaved samples (agent, customer) at 16 kHz from second `start` to second `end`, as far as there are
    /// any; nothing when it has no recording.
    ///
    /// # Errors
    /// As [`Store::recording`].
    pub fn audio(&self, id: &str, start: f64, end: f64) -> Result<Option<Vec<i16>>, StoreError> {
        self.recording(id)?.map(|recording| recording.audio(start, end)).transpose()
    }

    /// Reads every page of the store and sees whether one was changed or lost.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first such page.
    pub fn check(&self) -> Result<(), StoreError> {
        self.0.database.check()
    }

    /// Everything that is stored of a call, row by row.
    pub(crate) fn stored(&self, call: Uuid) -> Result<StoredCall, StoreError> {
        self.read(|from| call::stored::read(from, call))
    }

    pub(crate) fn find(&self, id: &str) -> Result<Uuid, StoreError> {
        let reader = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner);
        call::find(&reader, &self.0.database, id)
    }

    /// Writes over a connection of its own: all of it or nothing.
    fn write<T>(&self, write: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.0.database.connect()?;
        let fault = self.0.database.fault();
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        let written = write(&step)?;
        step.commit().map_err(&fault)?;
        Ok(written)
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let mut reader = self.0.reader.lock().unwrap_or_else(PoisonError::into_inner);
        // One transaction, so that a running call's new rows do not appear between two queries.
        let fault = self.0.database.fault();
        let seen = reader.transaction().map_err(&fault)?;
        read(&seen).map_err(&fault)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("data_dir", &self.0.data_dir).finish_non_exhaustive()
    }
}

fn database_file(data_dir: &Path) -> PathBuf {
    data_dir.join("calls.db")
}

/// The folder's keys, with the database that they open.
///
/// On first use the database gets its name before the key file gets its own, so that a key file without a database
/// means that the logs were lost, never that a first use was killed.
fn keys_and_file(data_dir: &Path, unlock: &Unlock) -> Result<Keys, StoreError> {
    let file = database_file(data_dir);
    let has_logs = std::fs::metadata(&file).is_ok_and(|file| file.len() > 0);
    if has_logs {
        finish_creation(data_dir)?;
    }
    match (open_keys(data_dir, unlock)?, has_logs) {
        (Some(keys), true) => Ok(keys),
        (Some(_), false) => Err(StoreError::StoreMissing { file }),
        (None, true) => Err(StoreError::KeysMissing { file: data_dir.join(KEY_FILE) }),
        (None, false) => {
            let new = create_keys(data_dir, unlock)?;
            let unfinished = data_dir.join("calls.db.new");
            Database::create(&unfinished, &new.keys.store)?;
            files::rename(&unfinished, &file)?;
            new.keep()
        }
    }
}

#[cfg(test)]
mod access_tests;
#[cfg(test)]
mod import_damage_tests;
#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod improved_tests;
#[cfg(test)]
mod note_tests;
#[cfg(test)]
mod retention_tests;
#[cfg(test)]
mod review_tests;
#[cfg(test)]
mod tamper_tests;
#[cfg(test)]
mod tests;
