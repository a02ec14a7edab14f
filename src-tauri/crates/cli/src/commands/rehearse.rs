use crate::arguments::{Common, Rehearse};
use crate::cue_report::CueReport;
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{clock, json, line};
use crate::{score_report, scripts};
use cueline_cues::{Playbook, Rehearsal, Script, scorecard};
use cueline_events::CallEvent;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(common: &Common, arguments: &Rehearse) -> anyhow::Result<Ended> {
    let files = scripts::at(&arguments.script)?;
    let mut report = CueReport::default();
    let mut chosen: Option<Arc<Playbook>> = None;
    for file in &files {
        let script = scripts::read(file)?;
        // A named playbook is the same for every call, and a large one takes a while to read.
        let playbook = match chosen.take().filter(|_| common.playbook.is_some()) {
            Some(playbook) => playbook,
            None => playbook_choice::choose(common, &script.context)?,
        };
        chosen = Some(Arc::clone(&playbook));
        let rehearsal = cueline_cues::rehearse(&script, Arc::clone(&playbook));
        report.add(&script, &rehearsal);
        if files.len() > 1 && !arguments.json {
            line(&title(file, &script))?;
        } else if !arguments.json {
            events(&rehearsal)?;
        }
        compared(&script, &rehearsal, arguments.json)?;
        if arguments.scorecard {
            scores(&playbook, &rehearsal, arguments.json)?;
        }
    }
    if files.len() > 1 {
        report.print(arguments.json)?;
    }
    Ok(if report.differs() { Ended::Differs } else { Ended::Done })
}

fn title(file: &Path, script: &Script) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if script.title.is_empty() { name } else { format!("{name}: {}", script.title) }
}

fn events(rehearsal: &Rehearsal) -> anyhow::Result<()> {
    rehearsal.events.iter().try_for_each(|event| {
        let kind = format!("{:?}", event.event).to_lowercase();
        line(&format!("{}  {:28} {kind}", clock(event.at), event.cue))
    })
}

fn compared(script: &Script, rehearsal: &Rehearsal, as_json: bool) -> anyhow::Result<()> {
    let compared = rehearsal.outcomes.len() - rehearsal.not_in_playbook();
    let as_expected = compared - rehearsal.differences.len();
    let differences: Vec<String> = rehearsal.differences.iter().map(ToString::to_string).collect();
    if as_json {
        rehearsal.events.iter().try_for_each(|event| json(&CallEvent::Cue(event.clone())))?;
        return json(&json!({
            "type": "compared", "script": script.id, "compared": compared, "as_expected": as_expected,
            "not_in_playbook": rehearsal.not_in_playbook(), "differences": differences,
        }));
    }
    line(&format!(
        "{as_expected} of {compared} as expected; {} more are about cues that this playbook does not have",
        rehearsal.not_in_playbook()
    ))?;
    differences.iter().try_for_each(|difference| line(difference))
}

fn scores(playbook: &Playbook, rehearsal: &Rehearsal, as_json: bool) -> anyhow::Result<()> {
    let card = scorecard(playbook, &rehearsal.events);
    if as_json {
        return json(&json!({ "type": "scorecard", "scorecard": card }));
    }
    score_report::print(&card)
}
