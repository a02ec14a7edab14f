use super::ReviewMark;
use super::across::Across;
use cueline_events::{CallContext, PlaybookId};

/// The points that somebody gave an item of a call's scorecard: of one author's the newest.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenScore {
    /// The call's id.
    pub call: String,
    /// When the call began, in milliseconds since 1970-01-01 UTC.
    pub started_at: i64,
    /// Whose call it is.
    pub agent: String,
    /// The playbook that it ran with: its scorecard has the item.
    pub playbook: PlaybookId,
    /// What was known before it.
    pub context: CallContext,
    /// Who gave the points.
    pub author: String,
    /// The item's title.
    pub item: String,
    /// The points.
    pub points: f64,
}

/// What stands of the scores, the oldest first: points that somebody took back are none.
pub(crate) fn standing_scores(entries: Vec<Across>) -> Vec<GivenScore> {
    let mut standing: Vec<GivenScore> = Vec::new();
    for Across { call, started_at, agent, playbook, context, entry, .. } in entries {
        let ReviewMark::Score { item, points, .. } = entry.mark else { continue };
        let (call, author) = (call.to_string(), entry.author);
        standing.retain(|one| (&one.call, &one.author, &one.item) != (&call, &author, &item));
        if let Some(points) = points {
            standing.push(GivenScore { call, started_at, agent, playbook, context, author, item, points });
        }
    }
    standing
}
