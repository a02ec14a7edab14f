//! Calibration: how far reviewers agree who scored the same calls.
//!
//! Two reviewers are compared over the items that both gave points to, in the same calls; what one of them alone scored,
//! and what the events propose, counts for nothing. An item that the call's playbook does not have (any more) is left out, as
//! nobody knows what it is worth.

mod agreement;
mod compared;
mod reviewer;

pub use agreement::Agreement;
pub use compared::{CallApart, Compared, ItemAgreement, ItemApart};
pub use reviewer::Reviewer;

use crate::LiveError;
use compared::Given;
use cueline_calls::{Acting, CallFilter, GivenScore};
use cueline_cues::Playbook;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use ts_rs::TS;

/// Two reviewers side by side, and who could be compared.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct Calibration {
    /// Everybody who scored one of the calls, by name.
    pub reviewers: Vec<Reviewer>,
    /// The two; absent when nobody is asked for and no two scored the same item of a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
}

/// Compares two reviewers over the calls that pass a filter; where none are named, those two who have scored the most calls
/// together. `playbook` is the one that a call is scored by.
///
/// # Errors
/// When somebody in this role may not, or the store cannot be read.
pub fn calibration(
    acting: &Acting,
    filter: &CallFilter,
    reviewers: Option<[String; 2]>,
    playbook: &dyn Fn(&GivenScore) -> Arc<Playbook>,
) -> Result<Calibration, LiveError> {
    let given: Vec<Given> = acting
        .compare_scores(filter)?
        .into_iter()
        .filter_map(|score| {
            let playbook = playbook(&score);
            let (place, (_, worth)) =
                playbook.scored_items().enumerate().find(|(_, (title, _))| *title == score.item)?;
            Some(Given { place, worth, score })
        })
        .collect();
    let known = reviewer::reviewers(&given);
    let pair = reviewers.or_else(|| most_together(&known, &given));
    let compared = pair.filter(|[first, second]| first != second).map(|pair| Compared::of(pair, &given));
    Ok(Calibration { reviewers: known, compared })
}

/// The two who scored the most calls together; by name where several did.
fn most_together(known: &[Reviewer], given: &[Given]) -> Option<[String; 2]> {
    let mut best: Option<(u32, [String; 2])> = None;
    for (place, first) in known.iter().enumerate() {
        for second in &known[place + 1..] {
            let pair = [first.name.clone(), second.name.clone()];
            let calls = Compared::of(pair.clone(), given).calls;
            if calls > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((calls, pair));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// Values by a key, each key's in their order.
fn grouped<K: Ord, V>(values: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, Vec<V>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for (key, value) in values {
        groups.entry(key).or_default().push(value);
    }
    groups
}

#[cfg(test)]
mod tests;
