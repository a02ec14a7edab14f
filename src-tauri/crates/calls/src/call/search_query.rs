use cueline_events::Lane;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to look for in what was said; what is absent does not narrow the search, and what is there holds together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct SearchQuery {
    /// The words, all of them in one utterance. Words in quotation marks must follow each other; case and accents do not
    /// matter; no other sign means anything. Without a word, and with a cue, what the cue's events quote is found.
    pub words: String,
    /// In calls in which this cue fired or was missed, and that have ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// In this agent's calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// In calls begun at or after this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// In calls begun before this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Said by this side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lane: Option<Lane>,
}

impl SearchQuery {
    /// These words, wherever and by whomever they were said.
    pub fn words(words: &str) -> Self {
        Self { words: words.to_owned(), ..Self::default() }
    }
}
