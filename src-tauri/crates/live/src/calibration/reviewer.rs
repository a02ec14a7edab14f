use super::compared::Given;
use super::grouped;
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// Somebody who scored calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Reviewer {
    /// By name.
    pub name: String,
    /// How many calls they gave points in.
    pub calls: u32,
}

/// Everybody who gave points, by name.
pub(super) fn reviewers(given: &[Given]) -> Vec<Reviewer> {
    let by_name = grouped(given.iter().map(|Given { score, .. }| (&score.author, &score.call)));
    let reviewer = |(name, calls): (&String, Vec<&String>)| {
        let calls: BTreeSet<_> = calls.into_iter().collect();
        Reviewer { name: name.clone(), calls: u32::try_from(calls.len()).unwrap_or(u32::MAX) }
    };
    by_name.into_iter().map(reviewer).collect()
}
