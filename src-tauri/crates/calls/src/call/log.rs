use super::observation_rows::Observations;
use super::rows::Rows;
use super::{Digest, Kept, NewCall, Observed, RunningLock, now_ms};
use crate::database::Database;
use crate::{Silenced, StoreError};
use cueline_events::CallEvent;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::VecDeque;
use std::path::Path;
use uuid::Uuid;

/// The log of one running call.
///
/// Finals, cue events, gaps, pauses, notices and the end are kept; partials, levels and the like are not. While the disk is
/// full or another program holds the store, events wait in memory and go to the disk with the next that can be
/// written, so a call never stops for its log.
pub struct CallLog {
    call: Uuid,
    database: Database,
    connection: Connection,
    rows: Rows,
    ended: bool,
    waiting: VecDeque<Kept>,
    observations: Observations,
    dropped: u64,
    /// Let go once the end is on the disk.
    lock: Option<RunningLock>,
}

/// How many events wait in memory while the disk takes none: hours of talk, a few megabytes.
const WAITING: usize = 20_000;

/// How many rows are written together at most, so that trying again on a full disk stays cheap however much waits.
const TOGETHER: usize = 256;

impl CallLog {
    pub(crate) fn begin(data_dir: &Path, database: &Database, new: NewCall) -> Result<Self, StoreError> {
        let call = new.uuid()?;
        let twice = || StoreError::Unfit { what: format!("the call {call} has begun already") };
        let lock = RunningLock::take(data_dir, call)?.ok_or_else(twice)?;
        let mut connection = database.connect()?;
        let fault = database.fault();
        let first = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        let rows = Rows::begin(&first, database, call, &new)?;
        first.execute("INSERT INTO running (call) VALUES (?)", [call.as_bytes()]).map_err(&fault)?;
        first.commit().map_err(&fault)?;
        Ok(Self {
            call,
            database: database.clone(),
            connection,
            rows,
            ended: false,
            waiting: VecDeque::new(),
            observations: Observations::default(),
            dropped: 0,
            lock: Some(lock),
        })
    }

    /// The call's id.
    pub fn id(&self) -> String {
        self.call.to_string()
    }

    pub(crate) fn call(&self) -> Uuid {
        self.call
    }

    /// Takes one event of the call; what is kept of it is masked, and on the disk on return.
    ///
    /// # Errors
    /// When it could not be written: it waits in memory then, and the call goes on. [`StoreError::Dropped`] when so
    /// much waits that this event had to be left out; the log says so once it can be written again.
    pub fn append(&mut self, event: &CallEvent) -> Result<(), StoreError> {
        if self.ended {
            return Err(StoreError::Unfit { what: format!("an event after the end of call {}", self.call) });
        }
        match event {
            CallEvent::Final { text, .. } if text.is_empty() => Ok(()),
            CallEvent::Final { .. }
            | CallEvent::Cue(_)
            | CallEvent::Gap { .. }
            | CallEvent::Paused { .. }
            | CallEvent::Resumed { .. }
            | CallEvent::RecordingEnded { .. }
            | CallEvent::Notice(_)
                if self.waiting.len() >= WAITING && self.flush().is_err() =>
            {
                self.dropped += 1;
                if let CallEvent::Final { start, end, .. } = event {
                    // Nobody has looked for figures in it.
                    self.rows.silence(Silenced::around(*start, *end));
                }
                Err(StoreError::Dropped { call: self.id(), lost: self.dropped })
            }
            CallEvent::CallEnded { at } => self.end(*at),
            other => {
                let rows = self.rows.rows_of(other)?;
                self.keep(rows)
            }
        }
    }

    /// Where in the call figures were said that must not be stored, as far as the finals tell that were appended since this
    /// was asked last: the recording is to be silent there.
    pub fn take_silenced(&mut self) -> Vec<Silenced> {
        self.rows.take_silenced()
    }

    /// Takes note that every final up to second `until` was appended, and gives back up to which second it is known what must not
    /// be heard: figures that were just read out may turn out to be the first of a card's.
    ///
    /// # Errors
    /// As [`CallLog::append`], for finals whose text is known by now.
    pub fn understood(&mut self, until: f64) -> (f64, Result<(), StoreError>) {
        let decided = self.rows.decided(Some(until));
        let known = self.rows.waits_since(until).map_or(until, |since| until.min(since));
        (known, self.keep(decided))
    }

    /// Ends the call `at` seconds; after it, only [`CallLog::flush`] does anything. Ending it again changes nothing.
    ///
    /// # Errors
    /// When the end could not be written. It waits, and [`CallLog::flush`] tries again; a call whose end never
    /// reaches the disk is closed at its last event by the next [`Store::open`](crate::Store::open).
    pub fn end(&mut self, at: f64) -> Result<(), StoreError> {
        if !self.ended {
            let decided = self.rows.decided(None);
            self.take(decided);
            self.ended = true;
            self.waiting.push_back(Kept::End { at, repaired: false, chain: self.rows.chain() });
        }
        self.flush()
    }

    /// Takes something that the cue engine was told. It reaches the disk with the next event that is kept, or the call's
    /// end, so that it costs no write of its own; one that is lost with the process only makes the call harder to tell
    /// again.
    pub fn observe(&mut self, observed: Observed) {
        self.observations.take(observed);
    }

    /// Keeps what the playbook tells of the call, once it has ended.
    ///
    /// # Errors
    /// When it could not be written; whoever has the playbook can make it again.
    pub fn keep_digest(&mut self, digest: &Digest) -> Result<(), StoreError> {
        super::keep_digest(&self.connection, self.call, digest).map_err(self.database.fault())
    }

    /// Writes what waits in memory, if anything does.
    ///
    /// # Errors
    /// When it still cannot be written.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        while !self.waiting.is_empty() {
            // The end goes last and alone, so that a notice of what was dropped still comes before it.
            let before_end = self.waiting.len() - usize::from(self.ended);
            let rows = before_end.clamp(1, TOGETHER);
            self.write(rows)?;
            self.waiting.drain(..rows);
            if self.dropped > 0 {
                let notice = StoreError::Dropped { call: self.id(), lost: self.dropped }.notice();
                let at = self.waiting.len() - usize::from(self.ended);
                let row = self.rows.notice(notice);
                self.waiting.insert(at, row);
                self.dropped = 0;
            }
        }
        if self.ended {
            self.lock = None;
        }
        Ok(())
    }

    fn keep(&mut self, rows: Vec<Kept>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.take(rows);
        self.flush()
    }

    fn take(&mut self, rows: Vec<Kept>) {
        for row in rows {
            match &row {
                Kept::Utterance { said, text } => self.observations.settle(said.number, text.count),
                Kept::Undecided { said, .. } => self.observations.wait(said.number),
                _ => {}
            }
            self.waiting.push_back(row);
        }
    }

    /// The first rows that wait, together or not at all.
    fn write(&mut self, rows: usize) -> Result<(), StoreError> {
        let fault = self.database.fault();
        let now = now_ms();
        let step =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        let mut ends = false;
        for kept in self.waiting.iter().take(rows) {
            kept.insert(&step, self.call, now).map_err(&fault)?;
            ends |= matches!(kept, Kept::End { .. });
        }
        self.observations.write(&step, self.call, self.rows.redactor(), ends).map_err(&fault)?;
        step.commit().map_err(&fault)?;
        self.observations.written(ends);
        Ok(())
    }
}

impl Drop for CallLog {
    fn drop(&mut self) {
        // The last chance for what waits; whoever dropped the log has heard of the failure from `append`.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests;
