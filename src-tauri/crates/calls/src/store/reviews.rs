//! What people said of many calls, gathered.

use super::Store;
use crate::review::{
    Across, GivenScore, PlaylistMoment, PracticeTask, across, practice_tasks, standing_scores,
};
use crate::{CallFilter, StoreError, recording};

impl Store {
    /// Everybody's newest points for each item of the calls that pass a filter.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn scores(&self, filter: &CallFilter) -> Result<Vec<GivenScore>, StoreError> {
        Ok(standing_scores(self.read(|from| across(from, filter, &["score"]))?))
    }

    /// The moments of the calls that pass a filter that are in playlists, in the order in which they were put there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn playlist_moments(&self, filter: &CallFilter) -> Result<Vec<PlaylistMoment>, StoreError> {
        let entries = self.read(|from| across(from, filter, &["playlist"]))?;
        let moment = |one: Across| {
            let recording = recording::path(&self.0.data_dir, one.call).exists();
            PlaylistMoment::of(one, recording)
        };
        Ok(entries.into_iter().filter_map(moment).collect())
    }

    /// The tasks that were given on the calls that pass a filter, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn practice_tasks(&self, filter: &CallFilter) -> Result<Vec<PracticeTask>, StoreError> {
        Ok(practice_tasks(self.read(|from| across(from, filter, &["task", "task_done"]))?))
    }
}
