//! What is kept of a call once it has ended: its digest, what people say of it, and that it was deleted.

use super::Store;
use crate::call::{self, Digest, RunningLock};
use crate::chain::{self, Deletion, NewDeletion};
use crate::review::{self, NewReviewEntry, ReviewEntry};
use crate::{StoreError, recording};

impl Store {
    /// The ids of the calls that have ended and have no digest, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn undigested(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.read(call::undigested)?.into_iter().map(|call| call.to_string()).collect())
    }

    /// Keeps what a playbook tells of a call, in the place of what was told before.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the disk refuses.
    pub fn keep_digest(&self, id: &str, digest: &Digest) -> Result<(), StoreError> {
        let call = self.find(id)?;
        let fault = self.0.database.fault();
        self.write(|to| call::keep_digest(to, call, digest).map_err(&fault))
    }

    /// What was said of a call, the oldest first.
    ///
    /// # Errors
    /// When no call or more than one has such an id, or the store cannot be read.
    pub fn review(&self, id: &str) -> Result<Vec<ReviewEntry>, StoreError> {
        let call = self.find(id)?;
        self.read(|from| review::read(from, call))
    }

    /// Keeps what somebody says of a call, its texts masked as notes are. What was said before stays.
    ///
    /// # Errors
    /// [`StoreError::Incomplete`] when something is missing in it; when no call or more than one has such an id, or the
    /// disk refuses.
    pub(crate) fn keep_review(&self, id: &str, new: NewReviewEntry) -> Result<ReviewEntry, StoreError> {
        let call = self.find(id)?;
        self.write(|to| review::insert(to, &self.0.database, call, new))
    }

    /// Deletes a call with its recording, for good, and gives back its full id. That it was deleted stays, with who and
    /// why.
    ///
    /// # Errors
    /// [`StoreError::LegalHold`]; [`StoreError::Incomplete`] without a reason; when no call or more than one has such an
    /// id, it still runs, or the disk refuses.
    pub(crate) fn delete(&self, id: &str, deletion: &NewDeletion) -> Result<String, StoreError> {
        if deletion.reason.as_str().trim().is_empty() {
            return Err(StoreError::Incomplete { what: "a deletion needs a reason".to_owned() });
        }
        let call = self.find(id)?;
        let running = || StoreError::StillRunning { id: call.to_string() };
        let _nobody_writes = RunningLock::take(&self.0.data_dir, call)?.ok_or_else(running)?;
        let fault = self.0.database.fault();
        self.write(|to| {
            if call::is_held(to, call).map_err(&fault)? {
                return Err(StoreError::LegalHold { id: call.to_string() });
            }
            to.execute("DELETE FROM call WHERE id = ?", [call.as_bytes()]).map_err(&fault)?;
            chain::insert_deletion(to, call, deletion).map_err(&fault)
        })?;
        recording::delete(&self.0.data_dir, call)?;
        // The pages that held it are overwritten in the journal, too. One that others read goes on a while.
        let connection = self.0.database.connect()?;
        let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(call.to_string())
    }

    /// Every call that was deleted, the newest deletion first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deletions(&self) -> Result<Vec<Deletion>, StoreError> {
        self.read(chain::deletions)
    }
}
