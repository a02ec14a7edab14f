use crate::pattern::{Names, Window};
use crate::playbook::{CueKind, Playbook};
use crate::reading::Reading;
use cueline_events::Lane;
use serde::{Deserialize, Serialize};

/// What a phrase is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HitAs {
    /// It fires it, or adds to the heat that does.
    Fires,
    /// It is what a disclosure asks for.
    Satisfies,
    /// It is what the agent should answer.
    Handles,
}

/// A cue that a phrase concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The cue's id.
    pub cue: String,
    /// What the phrase is to it.
    #[serde(rename = "as")]
    pub hit_as: HitAs,
}

/// Tells which cues a phrase concerns by its words and lane alone: gates of state count as open, context does not
/// matter.
///
/// `" / "` in the text is a change of speaker: the parts are looked at one by one, in turn from `lane` on.
pub fn probe(playbook: &Playbook, lane: Lane, text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut speaker = lane;
    for part in text.split(" / ") {
        for hit in probe_part(playbook, speaker, part) {
            if !hits.contains(&hit) {
                hits.push(hit);
            }
        }
        speaker = speaker.other();
    }
    hits
}

fn probe_part(playbook: &Playbook, lane: Lane, text: &str) -> Vec<Hit> {
    let window = Window::of(text, &playbook.vocabulary);
    let names = Names::default();
    let mut reading = Reading::new(playbook, &window, &names, 0);
    let mut hits = Vec::new();
    for cue in &playbook.cues {
        let mut push = |hit_as| hits.push(Hit { cue: cue.id.clone(), hit_as });
        if cue.lane == lane {
            let spared = cue.after.is_some() && reading.anywhere(&cue.unless).is_some();
            let words = reading.ways(&cue.fires, cue).is_some()
                || cue.repeat.as_ref().is_some_and(|repeat| reading.ways(&repeat.of, cue).is_some())
                || cue.signals.iter().any(|signal| reading.way(&signal.way, cue).is_some());
            if words && !spared {
                push(HitAs::Fires);
            }
            if reading.ways(&cue.satisfies, cue).is_some() {
                push(HitAs::Satisfies);
            }
        }
        let handled = reading.ways(&cue.handles, cue).is_some()
            || cue.handle_steps.iter().any(|step| reading.any(step).is_some());
        if lane == Lane::Agent && cue.kind != CueKind::Disclosure && handled {
            push(HitAs::Handles);
        }
    }
    hits
}
