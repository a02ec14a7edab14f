//! A scorecard for a person at a terminal.

use crate::printing::{clock, line};
use cueline_cues::{ScoreState, Scorecard};

/// Prints each item, the sum, and what holds the call.
pub(crate) fn print(card: &Scorecard) -> anyhow::Result<()> {
    for item in &card.items {
        let state = match (item.state, item.points) {
            (ScoreState::Human, _) => "a person scores it".to_owned(),
            (ScoreState::NotApplicable, _) | (_, None) => "does not apply".to_owned(),
            (ScoreState::NeedsReview, Some(points)) => {
                format!("{points:.1} of {:.0}, needs review", item.weight)
            }
            (ScoreState::Scored, Some(points)) => format!("{points:.1} of {:.0}", item.weight),
        };
        line(&format!("  {:70}  {state}", item.title))?;
    }
    line(&format!("  {:.1} of {:.0} points by the call's events", card.points, card.of))?;
    card.held
        .iter()
        .try_for_each(|held| line(&format!("  held for review: {} at {}", held.cue, clock(held.at))))
}
