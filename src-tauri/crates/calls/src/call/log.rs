use super::hearing::Hearing;
use super::{Digest, Kept, NewCall, RunningLock, now_ms};
use crate::database::{Database, SCHEMA, word};
use crate::keys::random;
use crate::ledger::{Chain, is_disclosure};
use crate::{Redactor, StoreError};
use cueline_events::{CallEvent, CueEvent};
use rusqlite::{Connection, TransactionBehavior, params};
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
    redactor: Redactor,
    chain: Chain,
    next_seq: i64,
    ended: bool,
    waiting: VecDeque<Kept>,
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
        let call = match &new.id {
            None => Uuid::now_v7(),
            Some(id) => Uuid::parse_str(id)
                .map_err(|_| StoreError::Unfit { what: format!("`{id}` is not an id of a call") })?,
        };
        let context = serde_json::to_string(&new.context)
            .map_err(|e| StoreError::Unfit { what: format!("a call context cannot be stored: {e}") })?;
        let twice = || StoreError::Unfit { what: format!("the call {call} has begun already") };
        let lock = RunningLock::take(data_dir, call)?.ok_or_else(twice)?;
        let mut connection = database.connect()?;
        let fault = database.fault();
        let first = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        let added = first
            .execute(
                "INSERT INTO call
                 (id, started_ms, source, model, playbook, playbook_version, agent, machine, context, schema, app)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                params![
                    call.as_bytes(),
                    new.started_at,
                    word(new.source),
                    new.model,
                    new.playbook.id,
                    new.playbook.version,
                    new.agent,
                    new.machine,
                    context,
                    SCHEMA,
                    env!("CARGO_PKG_VERSION")
                ],
            )
            .map_err(&fault)?;
        if added == 0 {
            return Err(twice());
        }
        first.execute("INSERT INTO running (call) VALUES (?)", [call.as_bytes()]).map_err(&fault)?;
        super::overview::begin(&first, call).map_err(&fault)?;
        let chain = super::chain_start(&first, call).map_err(&fault)?;
        first.commit().map_err(&fault)?;
        Ok(Self {
            call,
            database: database.clone(),
            connection,
            redactor: Redactor::default(),
            chain,
            next_seq: 1,
            ended: false,
            waiting: VecDeque::new(),
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
                Err(StoreError::Dropped { call: self.id(), lost: self.dropped })
            }
            CallEvent::Final { lane, utterance, start, end, text, emitted_at } => {
                let masked = self.redactor.utterance(*utterance, *end, text);
                self.keep(|seq| Kept::Utterance {
                    seq,
                    number: *utterance,
                    lane: *lane,
                    start: *start,
                    end: *end,
                    text: masked.text,
                    masked: masked.count,
                    emitted_at: *emitted_at,
                })
            }
            CallEvent::Cue(cue) => {
                let evidence = cue.evidence.as_ref().map(|e| self.redactor.quote(e));
                let event = CueEvent { evidence, ..cue.clone() };
                let row = match is_disclosure(&cue.cue) {
                    true => Some(Box::new(self.chain.link(self.next_seq, &event, random()?))),
                    false => None,
                };
                self.keep(|seq| Kept::Cue { seq, event: Box::new(event), row })
            }
            CallEvent::Gap { lane, start, end } => {
                self.keep(|seq| Kept::Gap { seq, lane: *lane, start: *start, end: *end })
            }
            CallEvent::Notice(notice) => self.keep(|seq| Kept::Notice { seq, notice: notice.clone() }),
            CallEvent::Paused { .. } | CallEvent::Resumed { .. } | CallEvent::RecordingEnded { .. } => {
                Hearing::of(event)
                    .map_or(Ok(()), |(what, at)| self.keep(|seq| Kept::Hearing { seq, what, at }))
            }
            CallEvent::CallEnded { at } => self.end(*at),
            CallEvent::CallStarted { .. }
            | CallEvent::Partial { .. }
            | CallEvent::Listening(_)
            | CallEvent::Board(_)
            | CallEvent::Level { .. }
            | CallEvent::Lag { .. } => Ok(()),
        }
    }

    /// Ends the call `at` seconds; after it, only [`CallLog::flush`] does anything. Ending it again changes nothing.
    ///
    /// # Errors
    /// When the end could not be written. It waits, and [`CallLog::flush`] tries again; a call whose end never
    /// reaches the disk is closed at its last event by the next [`Store::open`](crate::Store::open).
    pub fn end(&mut self, at: f64) -> Result<(), StoreError> {
        if !self.ended {
            self.ended = true;
            self.waiting.push_back(Kept::End { at, repaired: false, chain: self.chain });
        }
        self.flush()
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
                self.waiting.insert(at, Kept::Notice { seq: self.next_seq, notice });
                self.next_seq += 1;
                self.dropped = 0;
            }
        }
        if self.ended {
            self.lock = None;
        }
        Ok(())
    }

    fn keep(&mut self, row: impl FnOnce(i64) -> Kept) -> Result<(), StoreError> {
        self.waiting.push_back(row(self.next_seq));
        self.next_seq += 1;
        self.flush()
    }

    /// The first rows that wait, together or not at all.
    fn write(&mut self, rows: usize) -> Result<(), StoreError> {
        let fault = self.database.fault();
        let now = now_ms();
        let step =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        for kept in self.waiting.iter().take(rows) {
            kept.insert(&step, self.call, now).map_err(&fault)?;
        }
        step.commit().map_err(&fault)
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
