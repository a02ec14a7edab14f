//! How long what is kept, and letting go of what is older.

use super::Store;
use crate::access::Actor;
use crate::call::{self, RunningLock};
use crate::chain::{self, NewDeletion};
use crate::retention::{self, Outdated};
use crate::{Retention, RetentionPreview, StoreError, Swept, recording};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Store {
    /// The retention rules in force; by default everything is kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn retention(&self) -> Result<Retention, StoreError> {
        Ok(self.read(retention::newest)?.unwrap_or_default())
    }

    /// The ids of the calls that may go by rules with all that is kept of them, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Incomplete`] when the rules contradict themselves; when the store cannot be read.
    pub fn outdated(&self, rules: &Retention) -> Result<Vec<String>, StoreError> {
        Ok(self.older(rules)?.calls.into_iter().map(|call| call.to_string()).collect())
    }

    /// Deletes what is older than the rules in force keep, oldest first. Before each it asks whether it may go on; what is
    /// left then goes another time.
    ///
    /// # Errors
    /// When the store cannot be read or the disk refuses.
    pub fn sweep(&self, machine: &str, go_on: &mut dyn FnMut() -> bool) -> Result<Swept, StoreError> {
        let rules = self.retention()?;
        let mut swept = Swept::default();
        if rules == Retention::default() {
            return Ok(swept);
        }
        let deletion = NewDeletion {
            by: "Cueline".to_owned(),
            role: None,
            reason: format!("older than is kept; {}", rules.told()).into(),
            machine: machine.to_owned(),
        };
        let older = self.older(&rules)?;
        for call in older.calls {
            if !go_on() {
                return Ok(swept);
            }
            swept.calls += u32::from(went(self.delete(&call.to_string(), &deletion))?);
        }
        for call in older.recordings {
            if !go_on() {
                return Ok(swept);
            }
            swept.recordings += u32::from(went(self.delete_recording(call, &deletion))?);
        }
        Ok(swept)
    }

    pub(crate) fn preview_retention(&self, rules: &Retention) -> Result<RetentionPreview, StoreError> {
        let older = self.older(rules)?;
        let count = |calls: &[Uuid]| u32::try_from(calls.len()).unwrap_or(u32::MAX);
        Ok(RetentionPreview {
            calls: count(&older.calls),
            recordings: count(&older.recordings),
            held: count(&older.held),
        })
    }

    pub(crate) fn keep_retention(&self, rules: &Retention, actor: &Actor) -> Result<(), StoreError> {
        rules.check()?;
        self.write(|to| retention::insert(to, &self.0.database, rules, actor))
    }

    /// What is older than is kept, of recordings those that are there.
    fn older(&self, rules: &Retention) -> Result<Outdated, StoreError> {
        rules.check()?;
        let mut older = self.read(|from| retention::outdated(from, rules, call::now_ms()))?;
        let recorded: BTreeSet<Uuid> = recording::all(&self.0.data_dir)?;
        older.recordings.retain(|call| recorded.contains(call));
        Ok(older)
    }

    /// Deletes a call's recording for good while its log stays. That it was deleted stays as well, with who and why.
    pub(super) fn delete_recording(&self, call: Uuid, deletion: &NewDeletion) -> Result<String, StoreError> {
        let running = || StoreError::StillRunning { id: call.to_string() };
        let _nobody_writes = RunningLock::take(&self.0.data_dir, call)?.ok_or_else(running)?;
        let fault = self.0.database.fault();
        // Said first: a recording that a power cut leaves is found by the next sweep, one that is gone without a word is not.
        self.write(|to| {
            if call::is_held(to, call).map_err(&fault)? {
                return Err(StoreError::LegalHold { id: call.to_string() });
            }
            chain::insert_recording_deletion(to, call, deletion).map_err(&fault)
        })?;
        recording::delete(&self.0.data_dir, call)?;
        Ok(call.to_string())
    }
}

/// Whether something was let go. What somebody has put under legal hold, opened or deleted in the meantime stays as it is.
fn went(done: Result<String, StoreError>) -> Result<bool, StoreError> {
    match done {
        Ok(_) => Ok(true),
        Err(
            StoreError::LegalHold { .. } | StoreError::StillRunning { .. } | StoreError::NoSuchCall { .. },
        ) => Ok(false),
        Err(error) => Err(error),
    }
}
