use super::cue::{Duty, Measured};
use super::{CueKind, Deadline, Playbook, Severity};
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
    /// The thresholds of its listening cues.
    pub limits: Limits,
}

/// The thresholds at which a playbook's listening cues fire; `None` where it has no such cue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Limits {
    /// The agent's words per minute.
    pub pace_wpm: Option<f64>,
    /// The agent's share of voiced time, 0 to 1.
    pub talk_share: Option<f64>,
    /// Seconds of both speaking at once.
    pub overtalk_s: Option<f64>,
    /// Seconds in which nobody speaks.
    pub silence_s: Option<f64>,
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
    /// By when it has to be said, where it is a disclosure with a deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
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
            deadline: cue.duty.as_ref().and_then(deadline),
        };
        PlaybookView {
            id: self.id.clone(),
            version: self.version.clone(),
            title: self.title.clone(),
            cues: self.cues.iter().map(cue).collect(),
            limits: self.limits(),
        }
    }

    fn limits(&self) -> Limits {
        let over = |measure| {
            self.cues
                .iter()
                .filter_map(|cue| cue.count.as_ref())
                .find(|c| c.measure == measure)
                .map(|c| c.over)
        };
        Limits {
            pace_wpm: over(Measured::SpeechRate),
            talk_share: over(Measured::TalkShare),
            overtalk_s: over(Measured::Overtalk),
            silence_s: over(Measured::DeadAir),
        }
    }
}

fn deadline(duty: &Duty) -> Option<Deadline> {
    let deadline = Deadline { seconds: duty.seconds, turns: duty.turns, before: duty.before.clone() };
    (deadline != Deadline::default()).then_some(deadline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_learns_deadlines_and_thresholds() {
        let view = Playbook::built_in("collections-us").unwrap().view();
        let deadline =
            |id: &str| view.cues.iter().find(|cue| cue.id == id).and_then(|cue| cue.deadline.clone());
        let initial = deadline("disc.mini_miranda_initial").unwrap();
        assert_eq!((initial.seconds, initial.turns), (Some(45.0), Some(1)));
        assert_eq!(initial.before.as_deref(), Some("before money is mentioned"));
        assert_eq!(deadline("trig.dispute"), None);
        let known = Limits {
            pace_wpm: Some(170.0),
            talk_share: Some(0.7),
            overtalk_s: Some(1.5),
            silence_s: Some(8.0),
        };
        assert_eq!(view.limits, known);
        let service = Playbook::built_in("customer-service").unwrap().view();
        assert_eq!(service.limits.silence_s, None, "it has no cue about silence");
    }
}
