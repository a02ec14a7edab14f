use crate::arguments::{Common, Rehearse};
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{clock, json, line};
use crate::scripts;
use cueline_events::CallEvent;
use serde_json::json;

pub(crate) fn run(common: &Common, arguments: &Rehearse) -> anyhow::Result<Ended> {
    let script = scripts::read(&arguments.script)?;
    let playbook = playbook_choice::choose(common, &script.context)?;
    let rehearsal = cueline_cues::rehearse(&script, playbook);
    let compared = rehearsal.outcomes.len() - rehearsal.not_in_playbook();
    let as_expected = compared - rehearsal.differences.len();
    let differences: Vec<String> = rehearsal.differences.iter().map(ToString::to_string).collect();
    if arguments.json {
        rehearsal.events.iter().try_for_each(|event| json(&CallEvent::Cue(event.clone())))?;
        json(&json!({
            "type": "compared", "script": script.id, "compared": compared, "as_expected": as_expected,
            "not_in_playbook": rehearsal.not_in_playbook(), "differences": differences,
        }))?;
    } else {
        for event in &rehearsal.events {
            let kind = format!("{:?}", event.event).to_lowercase();
            line(&format!("{}  {:28} {kind}", clock(event.at), event.cue))?;
        }
        line(&format!(
            "{as_expected} of {compared} as expected; {} more are about cues that this playbook does not have",
            rehearsal.not_in_playbook()
        ))?;
        differences.iter().try_for_each(|difference| line(difference))?;
    }
    Ok(if differences.is_empty() { Ended::Done } else { Ended::Differs })
}
