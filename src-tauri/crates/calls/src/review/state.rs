use super::{ReviewEntry, ReviewMark};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How a call's review stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReviewState {
    /// Somebody has reviewed it.
    pub reviewed: bool,
    /// Somebody gave an item of its scorecard other points than the events propose.
    pub overridden: bool,
    /// The agent has disputed, and nobody has reviewed the call since.
    pub disputed: bool,
    /// How many notes there are on it.
    pub notes: u32,
    /// It must not be deleted.
    pub legal_hold: bool,
}

impl ReviewState {
    /// What entries, the oldest first, come to.
    pub(super) fn of(entries: &[ReviewEntry]) -> Self {
        let mut state = Self::default();
        let mut scores: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for entry in entries {
            match &entry.mark {
                ReviewMark::Reviewed { done } => {
                    state.reviewed = *done;
                    state.disputed &= !done;
                }
                ReviewMark::Score { item, points, .. } => {
                    scores.insert((item, &entry.author), points.is_some());
                }
                ReviewMark::Dispute { .. } => state.disputed = true,
                ReviewMark::Note { .. } => state.notes += 1,
                ReviewMark::Hold { on, .. } => state.legal_hold = *on,
                ReviewMark::Verdict { .. }
                | ReviewMark::Task { .. }
                | ReviewMark::TaskDone { .. }
                | ReviewMark::Playlist { .. } => {}
            }
        }
        state.overridden = scores.values().any(|scored| *scored);
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn state(marks: &[ReviewMark]) -> ReviewState {
        let entry = |mark: &ReviewMark| ReviewEntry {
            id: String::new(),
            call: String::new(),
            author: "lead".into(),
            role: Role::TeamLead,
            at: 0,
            mark: mark.clone(),
        };
        ReviewState::of(&marks.iter().map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn the_newest_word_counts() {
        let done = |done| ReviewMark::Reviewed { done };
        let score = |points| ReviewMark::Score { item: "Recap".into(), points, reason: "r".into() };
        let dispute = || ReviewMark::Dispute { item: None, comment: "c".into() };
        let hold = |on| ReviewMark::Hold { on, reason: "r".into() };
        assert_eq!(state(&[]), ReviewState::default());
        assert!(state(&[done(true)]).reviewed);
        assert!(!state(&[done(true), done(false)]).reviewed);
        assert!(state(&[score(Some(3.0))]).overridden);
        assert!(!state(&[score(Some(3.0)), score(None)]).overridden);
        assert!(state(&[done(true), dispute()]).disputed);
        assert!(!state(&[dispute(), done(true)]).disputed);
        assert!(state(&[hold(true)]).legal_hold);
        assert!(!state(&[hold(true), hold(false)]).legal_hold);
    }
}
