use crate::arguments::{Common, Probe};
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{complain, json};
use anyhow::Context;
use cueline_cues::{Hit, HitAs};
use cueline_events::{CallContext, Lane};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;

/// One line of the list, with whatever else it holds.
#[derive(Serialize, Deserialize)]
struct Phrase {
    cue: String,
    label: String,
    /// `agent`, `customer`, or `agent+customer` for an exchange that the agent begins.
    speaker: String,
    text: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
    #[serde(default)]
    hits: Vec<Hit>,
}

pub(crate) fn run(common: &Common, arguments: &Probe) -> anyhow::Result<Ended> {
    let name = arguments.phrases.display().to_string();
    let text =
        fs::read_to_string(&arguments.phrases).with_context(|| format!("phrases `{name}` can't be read"))?;
    let playbook = playbook_choice::choose(common, &CallContext::default())?;
    let known: BTreeSet<String> = playbook.view().cues.into_iter().map(|cue| cue.id).collect();
    let (mut right, mut judged) = (0, 0);
    for (number, row) in text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let place = || format!("phrases `{name}`, line {}", number + 1);
        let mut phrase: Phrase = serde_json::from_str(row).with_context(place)?;
        let first = phrase.speaker.split('+').next().unwrap_or_default();
        let lane = Lane::BOTH.into_iter().find(|lane| lane.name() == first);
        let lane = lane.with_context(|| format!("`{first}` is no lane")).with_context(place)?;
        phrase.hits = cueline_cues::probe(&playbook, lane, &phrase.text);
        if let Some(as_labelled) = as_labelled(&known, &phrase) {
            judged += 1;
            right += usize::from(as_labelled);
        }
        json(&phrase)?;
    }
    if !arguments.json {
        complain(&format!(
            "{right} of {judged} phrases are as their labels say, over the cues of {}",
            playbook.id().id
        ));
    }
    Ok(Ended::Done)
}

/// Whether a phrase does what its label says; `None` for cues that the playbook does not have.
fn as_labelled(known: &BTreeSet<String>, phrase: &Phrase) -> Option<bool> {
    known.get(&phrase.cue)?;
    let hit = |wanted| phrase.hits.iter().any(|hit| hit.cue == phrase.cue && hit.hit_as == wanted);
    match phrase.label.as_str() {
        "fires" | "signal" => Some(hit(HitAs::Fires)),
        "satisfies" => Some(hit(HitAs::Satisfies)),
        "handles" => Some(hit(HitAs::Handles)),
        "near_miss" => Some(!hit(HitAs::Satisfies)),
        "must_not_fire" => Some(!hit(HitAs::Fires)),
        _ => None,
    }
}
