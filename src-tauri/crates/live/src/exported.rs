use crate::stored_call::cue_events;
use cueline_calls::TakenOut;
use cueline_calls::export::{ExportedCall, ExportedScore, ScoreLine};
use cueline_cues::{Playbook, ScoreState, ScoredItem, scorecard};

/// A stored call with what its playbook says of it, ready to be exported, and the samples of its recording where that was taken out
/// as well. `started` is the call's beginning as people write it.
pub fn exported(taken: TakenOut, playbook: &Playbook, started: String) -> (ExportedCall, Option<Vec<i16>>) {
    let TakenOut { record, review, stored, audio } = taken;
    let card = scorecard(playbook, &cue_events(&record));
    let score =
        ExportedScore { items: card.items.iter().map(line).collect(), points: card.points, of: card.of };
    let titles = playbook.view().cues.into_iter().map(|cue| (cue.id, cue.title)).collect();
    let (samples, recording) = audio.unzip();
    (ExportedCall { started, record, stored, recording, review, score: Some(score), titles }, samples)
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
