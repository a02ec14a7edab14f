use crate::stored_call::cue_events;
use cueline_calls::export::{ExportedCall, ExportedScore, ScoreLine};
use cueline_calls::{CallRecord, ReviewEntry};
use cueline_cues::{Playbook, ScoreState, ScoredItem, scorecard};

/// A stored call with what its playbook says of it, ready to be exported. `started` is its beginning as people write it.
pub fn exported(
    record: CallRecord,
    review: Vec<ReviewEntry>,
    playbook: &Playbook,
    started: String,
) -> ExportedCall {
    let card = scorecard(playbook, &cue_events(&record));
    let score =
        ExportedScore { items: card.items.iter().map(line).collect(), points: card.points, of: card.of };
    let titles = playbook.view().cues.into_iter().map(|cue| (cue.id, cue.title)).collect();
    ExportedCall { started, record, review, score: Some(score), titles }
}

fn line(item: &ScoredItem) -> ScoreLine {
    let state = match item.state {
        ScoreState::Scored => "by the events",
        ScoreState::NeedsReview => "needs review",
        ScoreState::Human => "a person scores it",
        ScoreState::NotApplicable => "does not apply",
    };
    ScoreLine { title: item.title.clone(), weight: item.weight, state: state.to_owned(), points: item.points }
}
