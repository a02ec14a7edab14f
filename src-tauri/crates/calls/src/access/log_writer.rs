use super::{AccessKind, Actor, NewAccess, log};
use crate::StoreError;
use crate::call::now_ms;
use crate::database::Database;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// Writes what somebody reads into the access log, without making them wait for it.
///
/// While the disk is full or another program writes, rows wait in memory and go with the next. So that turning the pages
/// of a call or typing a search does not fill the log, the same again within [`AGAIN`] is the same row.
#[derive(Default)]
pub(crate) struct LogWriter {
    connection: Option<Connection>,
    waiting: Vec<NewAccess>,
    noted: BTreeMap<AccessKind, (Actor, Option<Uuid>, i64)>,
}

/// How long a row may wait for somebody else's write.
const PATIENCE: Duration = Duration::from_millis(100);

/// As many rows wait in memory; once they are there and cannot be written, nothing more can be read.
const WAITING: usize = 1_000;

/// Milliseconds within which the same again is the same row.
const AGAIN: i64 = 60_000;

impl LogWriter {
    /// Takes one row.
    ///
    /// # Errors
    /// When rows can't be written and so many wait that another would be lost.
    pub(crate) fn note(
        &mut self,
        database: &Database,
        actor: &Actor,
        what: AccessKind,
        call: Option<Uuid>,
    ) -> Result<(), StoreError> {
        let now = now_ms();
        let known = self.noted.get(&what);
        if known.is_some_and(|(by, of, at)| by == actor && *of == call && now.abs_diff(*at) < AGAIN as u64) {
            return Ok(());
        }
        self.waiting.push(NewAccess::of(actor, what, call));
        match self.flush(database) {
            Err(error) if self.waiting.len() > WAITING => {
                self.waiting.pop();
                return Err(error);
            }
            _ => {}
        }
        self.noted.insert(what, (actor.clone(), call, now));
        Ok(())
    }

    /// Writes what waits, all of it or nothing.
    ///
    /// # Errors
    /// When it can't be written now.
    pub(crate) fn flush(&mut self, database: &Database) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let fault = database.fault();
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => {
                let connection = database.connect()?;
                connection.busy_timeout(PATIENCE).map_err(&fault)?;
                none.insert(connection)
            }
        };
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fault)?;
        self.waiting.iter().try_for_each(|new| log::insert(&step, new)).map_err(&fault)?;
        step.commit().map_err(&fault)?;
        self.waiting.clear();
        Ok(())
    }
}
