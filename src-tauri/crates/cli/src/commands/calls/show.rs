use super::dates::date;
use super::{list, verify};
use crate::arguments::Common;
use crate::call_report::CallReport;
use crate::exit::Ended;
use crate::printing::{json, line};
use crate::{playbook_choice, score_report};
use cueline_calls::{Acting, CallRecord, TranscriptVersion};
use cueline_cues::scorecard;
use cueline_live::cue_events;

pub(super) fn run(
    common: &Common,
    acting: &Acting,
    id: &str,
    improved: bool,
    as_json: bool,
) -> anyhow::Result<Ended> {
    let record = acting.open(id, improved)?;
    let playbook = playbook_choice::of_call(common, &record)?;
    let card = scorecard(&playbook, &cue_events(&record));
    let review = acting.review(&record.call.id)?;
    if as_json {
        let mut value = serde_json::to_value(&record)?;
        value["scorecard"] = serde_json::to_value(&card)?;
        value["review"] = serde_json::to_value(&review)?;
        json(&value)?;
        return Ok(Ended::Done);
    }
    line(&list::summary(&record.call))?;
    line(&version(&record))?;
    let mut report = CallReport::new(false, &playbook);
    record.events.iter().for_each(|event| report.tell(event));
    if let Some(note) = &record.note {
        line(&format!("Note of {}: {}", date(note.at), note.text.as_str()))?;
    }
    score_report::print(&card)?;
    line(&verify::ledger(&record.ledger_state))?;
    Ok(Ended::Done)
}

/// Which transcript follows, and whether there is another.
fn version(record: &CallRecord) -> String {
    match &record.transcript {
        TranscriptVersion::Live { model } => {
            let other =
                if record.call.improved_with.is_some() { "; --improved prints the improved one" } else { "" };
            format!("Live transcript by {model}{other}")
        }
        TranscriptVersion::Improved { model, made_at } => {
            format!("Improved transcript by {model}, made of the recording on {}", date(*made_at))
        }
    }
}
