use super::Verdict;
use crate::StoreError;
use crate::redaction::written;
use cueline_events::Spoken;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What can be said of a call. Times are seconds of the call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, optional_fields)]
pub enum ReviewMark {
    /// Somebody has reviewed the call, or takes that back. The newest counts.
    Reviewed {
        /// Whether it is done.
        done: bool,
    },
    /// A word on one cue event; the newest on it counts.
    Verdict {
        /// The cue's id.
        cue: String,
        /// The event's `at`.
        at: f64,
        /// The word.
        verdict: Verdict,
    },
    /// Other points for an item of the scorecard than the events propose. Of one author's the newest counts.
    Score {
        /// The item's title.
        item: String,
        /// The points; absent takes the author's own back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        points: Option<f64>,
        /// Why. It may not be empty.
        reason: Spoken,
    },
    /// The agent does not agree.
    Dispute {
        /// With which item of the scorecard, by its title; with the review as a whole when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// Why.
        comment: Spoken,
    },
    /// Coaching.
    Note {
        /// On this moment; on the whole call when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<f64>,
        /// The words.
        text: Spoken,
        /// What it is about.
        tags: Vec<String>,
    },
    /// Something to practise.
    Task {
        /// What.
        text: Spoken,
    },
    /// A task is done.
    TaskDone {
        /// The id of the entry that gave it.
        task: String,
    },
    /// A moment for a playlist.
    Playlist {
        /// The moment.
        at: f64,
        /// Where to begin playing.
        start: f64,
        /// Where to stop.
        end: f64,
        /// The playlist's name.
        name: String,
    },
    /// The call must not be deleted, or may be again. The newest counts.
    Hold {
        /// Whether it is under legal hold.
        on: bool,
        /// Why. It may not be empty.
        reason: Spoken,
    },
}

impl ReviewMark {
    /// The kind's name, as in its JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Reviewed { .. } => "reviewed",
            Self::Verdict { .. } => "verdict",
            Self::Score { .. } => "score",
            Self::Dispute { .. } => "dispute",
            Self::Note { .. } => "note",
            Self::Task { .. } => "task",
            Self::TaskDone { .. } => "task_done",
            Self::Playlist { .. } => "playlist",
            Self::Hold { .. } => "hold",
        }
    }

    /// Sees that nothing is missing and every number is one.
    ///
    /// # Errors
    /// [`StoreError::Incomplete`] with what is wrong.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let missing = |what: &str| Err(StoreError::Incomplete { what: what.to_owned() });
        let blank = |text: &Spoken| text.as_str().trim().is_empty();
        let numbers = match self {
            Self::Verdict { at, .. } => vec![*at],
            Self::Score { points, .. } => points.iter().copied().collect(),
            Self::Note { at, .. } => at.iter().copied().collect(),
            Self::Playlist { at, start, end, .. } => vec![*at, *start, *end],
            _ => Vec::new(),
        };
        match self {
            _ if numbers.iter().any(|number| !number.is_finite() || *number < 0.0) => {
                missing("a time or a score is no number of zero or more")
            }
            Self::Score { reason, .. } if blank(reason) => missing("a changed score needs a reason"),
            Self::Hold { reason, .. } if blank(reason) => missing("a legal hold needs a reason"),
            Self::Dispute { comment, .. } if blank(comment) => missing("a dispute needs a comment"),
            Self::Note { text, .. } | Self::Task { text } if blank(text) => missing("the text is empty"),
            Self::Playlist { start, end, .. } if end <= start => missing("the moment ends before it begins"),
            Self::Playlist { name, .. } if name.trim().is_empty() => missing("the playlist has no name"),
            _ => Ok(()),
        }
    }

    /// The same without what must not be stored in any text that a person wrote, and how many places were masked.
    pub(crate) fn masked(mut self) -> (Self, u32) {
        let mut places = 0;
        let mut mask = |text: &mut Spoken| {
            let masked = written(text);
            places += masked.count;
            *text = masked.text;
        };
        let mut name = |text: &mut String| {
            let mut spoken = Spoken::from(text.as_str());
            mask(&mut spoken);
            spoken.as_str().clone_into(text);
        };
        match &mut self {
            Self::Dispute { item: Some(item), .. } => name(item),
            Self::Score { item, .. } => name(item),
            Self::Note { tags, .. } => tags.iter_mut().for_each(name),
            Self::Playlist { name: title, .. } => name(title),
            _ => {}
        }
        match &mut self {
            Self::Score { reason: text, .. }
            | Self::Dispute { comment: text, .. }
            | Self::Note { text, .. }
            | Self::Task { text }
            | Self::Hold { reason: text, .. } => mask(text),
            Self::Reviewed { .. } | Self::Verdict { .. } | Self::TaskDone { .. } | Self::Playlist { .. } => {}
        }
        (self, places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_flat_json_with_its_kind() {
        for (mark, json) in [
            (ReviewMark::Reviewed { done: true }, r#"{"kind":"reviewed","done":true}"#),
            (
                ReviewMark::Verdict { cue: "trig.dispute".into(), at: 4.5, verdict: Verdict::Wrong },
                r#"{"kind":"verdict","cue":"trig.dispute","at":4.5,"verdict":"wrong"}"#,
            ),
            (
                ReviewMark::Score { item: "Recap".into(), points: None, reason: "heard it".into() },
                r#"{"kind":"score","item":"Recap","reason":"heard it"}"#,
            ),
            (ReviewMark::TaskDone { task: "x".into() }, r#"{"kind":"task_done","task":"x"}"#),
        ] {
            assert_eq!(serde_json::to_string(&mark).unwrap(), json);
            assert_eq!(serde_json::from_str::<ReviewMark>(json).unwrap(), mark);
            assert!(json.contains(&format!("\"kind\":\"{}\"", mark.kind())));
        }
    }

    #[test]
    fn what_is_incomplete_is_refused() {
        for mark in [
            ReviewMark::Score { item: "Recap".into(), points: Some(3.0), reason: " ".into() },
            ReviewMark::Score { item: "Recap".into(), points: Some(f64::NAN), reason: "r".into() },
            ReviewMark::Hold { on: true, reason: "".into() },
            ReviewMark::Dispute { item: None, comment: "".into() },
            ReviewMark::Note { at: Some(-1.0), text: "t".into(), tags: vec![] },
            ReviewMark::Note { at: None, text: "\n".into(), tags: vec![] },
            ReviewMark::Playlist { at: 1.0, start: 2.0, end: 1.0, name: "n".into() },
        ] {
            assert_eq!(mark.check().unwrap_err().code(), "incomplete", "{mark:?}");
        }
    }

    #[test]
    fn every_text_is_masked() {
        let card = "4111 1111 1111 1111";
        for mark in [
            ReviewMark::Score { item: card.into(), points: Some(3.0), reason: card.into() },
            ReviewMark::Hold { on: true, reason: card.into() },
            ReviewMark::Dispute { item: Some(card.into()), comment: card.into() },
            ReviewMark::Note { at: None, text: card.into(), tags: vec![card.into()] },
            ReviewMark::Task { text: card.into() },
            ReviewMark::Playlist { at: 1.0, start: 1.0, end: 2.0, name: card.into() },
        ] {
            let (masked, places) = mark.masked();
            let json = serde_json::to_string(&masked).unwrap();
            assert!(places > 0 && !json.contains("4111"), "{json}");
        }
    }
}
