use super::{CueKind, Playbook, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A playbook as a window draws it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlaybookView {
    /// For example `collections-us`.
    pub id: String,
    /// The version inside the file.
    pub version: String,
    /// The name for people.
    pub title: String,
    /// Its cues in the file's order.
    pub cues: Vec<CueView>,
}

/// A cue's texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct CueView {
    /// For example `disc.recording_notice`.
    pub id: String,
    /// What it is about.
    pub kind: CueKind,
    /// Its name for people.
    pub title: String,
    /// The card's first line, eight words at most.
    pub headline: String,
    /// What to do, twelve words at most.
    pub prompt: String,
    /// A wording that serves, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// Why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The law, rule or practice it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How much hangs on it.
    pub severity: Severity,
    /// The skill it belongs to, for coaching.
    pub skill: String,
}

impl Playbook {
    /// What a window draws of it.
    pub fn view(&self) -> PlaybookView {
        let cue = |cue: &super::Cue| CueView {
            id: cue.id.clone(),
            kind: cue.kind,
            title: cue.title.clone(),
            headline: cue.headline.clone(),
            prompt: cue.prompt.clone(),
            say: cue.say.clone(),
            why: cue.why.clone(),
            source: cue.source.clone(),
            severity: cue.severity,
            skill: cue.skill.clone(),
        };
        PlaybookView {
            id: self.id.clone(),
            version: self.version.clone(),
            title: self.title.clone(),
            cues: self.cues.iter().map(cue).collect(),
        }
    }
}
