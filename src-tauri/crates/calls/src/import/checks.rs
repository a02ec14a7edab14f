//! Whether every value of an export is one that a call can have.

use super::ImportFault;
use crate::StoredCall;
use crate::call::stored::{StoredEntry, StoredEvent};
use crate::database::SCHEMA;
use crate::ledger::is_disclosure;
use crate::recording::RecordingOutline;
use cueline_events::{CallContext, CallEvent, CueEvent};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Seconds of the longest call: four days. Whoever tells a call again goes through all of its time.
const LONGEST: f64 = 345_600.0;

/// Seconds before a call's beginning at which something of it may have happened: a device is opened before it.
const BEFORE: f64 = 60.0;

/// Milliseconds from 1970 up to the year 10000.
const YEARS: Range<i64> = 0..253_402_300_800_000;

/// Bytes of what was said at once, or is a name.
const SPOKEN: usize = 10_000;

/// Bytes of what somebody wrote.
const WRITTEN: usize = 100_000;

pub(super) fn check(call: &StoredCall, recording: Option<&RecordingOutline>) -> Result<(), ImportFault> {
    let end = call.end.as_ref().ok_or(ImportFault::Unended)?;
    head(call)?;
    time("its end", end.at)?;
    moment("its end", end.written_at)?;
    events(&call.events)?;
    ledger(call)?;
    observations(call)?;
    transcripts(call)?;
    said(call)?;
    recording.map_or(Ok(()), outline)
}

fn head(call: &StoredCall) -> Result<(), ImportFault> {
    moment("its beginning", call.call.started_at)?;
    schema("the call", call.call.schema)?;
    let names = [&call.call.model, &call.call.agent, &call.call.machine, &call.call.app];
    let playbook = [&call.call.playbook.id, &call.call.playbook.version];
    names.into_iter().chain(playbook).try_for_each(|name| length("the call", name, SPOKEN))?;
    length("the call's context", &call.context, WRITTEN)?;
    match serde_json::from_str::<CallContext>(&call.context) {
        Ok(context) if context.amount.is_none_or(f64::is_finite) => Ok(()),
        _ => strange("the call's context"),
    }
}

fn events(events: &[StoredEvent]) -> Result<(), ImportFault> {
    let mut last = 0;
    for StoredEvent { seq, written_at, event, .. } in events {
        let place = || format!("event {seq}");
        if *seq <= last {
            return strange(format!("{} after event {last}", place()));
        }
        last = *seq;
        moment(&place(), *written_at)?;
        let times = match event {
            CallEvent::Final { start, end, emitted_at, text, .. } => {
                length(&place(), text.as_str(), SPOKEN)?;
                vec![*start, *end, *emitted_at]
            }
            CallEvent::Cue(cue) => cue_event(&place(), cue)?,
            CallEvent::Gap { start, end, .. } => vec![*start, *end],
            CallEvent::Paused { at } | CallEvent::Resumed { at } | CallEvent::RecordingEnded { at } => {
                vec![*at]
            }
            CallEvent::Notice(notice) => {
                let texts = [&notice.code, &notice.message, &notice.what_to_do];
                texts.into_iter().try_for_each(|text| length(&place(), text, SPOKEN))?;
                Vec::new()
            }
            _ => return strange(format!("{}, of a kind that is not kept", place())),
        };
        times.into_iter().try_for_each(|at| time(&place(), at))?;
    }
    Ok(())
}

/// Its times.
fn cue_event(place: &str, cue: &CueEvent) -> Result<Vec<f64>, ImportFault> {
    length(place, &cue.cue, SPOKEN)?;
    let mut times = vec![cue.at, cue.emitted_at];
    if let Some(evidence) = &cue.evidence {
        length(place, evidence.quote.as_str(), SPOKEN)?;
        times.extend([evidence.start, evidence.end]);
    }
    if let Some(measure) = &cue.measure {
        length(place, &measure.unit, SPOKEN)?;
    }
    Ok(times)
}

/// Whether the ledger has a row for each event of a disclosure, as it is, and none for anything else.
fn ledger(call: &StoredCall) -> Result<(), ImportFault> {
    let mut rows: BTreeMap<i64, &StoredEntry> = call.ledger.iter().map(|row| (row.seq, row)).collect();
    if rows.len() < call.ledger.len() {
        return strange("the ledger, with two rows of one event");
    }
    for StoredEvent { seq, event, .. } in &call.events {
        let CallEvent::Cue(cue) = event else { continue };
        let fits = match rows.remove(seq) {
            Some(row) => is_disclosure(&cue.cue) && same(row, cue),
            None => !is_disclosure(&cue.cue),
        };
        if !fits {
            return strange(format!("event {seq}, of which the ledger says something else"));
        }
    }
    match rows.into_values().next() {
        Some(row) => strange(format!("row {} of the ledger, without its event", row.number)),
        None => Ok(()),
    }
}

fn same(row: &StoredEntry, cue: &CueEvent) -> bool {
    (&row.cue, row.event, row.lane, &row.evidence) == (&cue.cue, cue.event, cue.lane, &cue.evidence)
        && (row.at, row.emitted_at, row.by_agent) == (cue.at, cue.emitted_at, cue.by_agent)
}

fn observations(call: &StoredCall) -> Result<(), ImportFault> {
    let mut last = 0;
    for one in &call.observations {
        let place = format!("observation {}", one.number);
        if one.number <= last {
            return strange(format!("{place} after observation {last}"));
        }
        last = one.number;
        let times = [Some(one.clock), Some(one.at), one.start, one.end];
        times.into_iter().flatten().try_for_each(|at| time(&place, at))?;
        let texts =
            [Some(one.what.as_str()), one.text.as_ref().map(|text| text.as_str()), one.cue.as_deref()];
        texts.into_iter().flatten().try_for_each(|text| length(&place, text, SPOKEN))?;
    }
    Ok(())
}

fn transcripts(call: &StoredCall) -> Result<(), ImportFault> {
    for transcript in &call.improved {
        let place = "an improved transcript";
        schema(place, transcript.schema)?;
        moment(place, transcript.written_at)?;
        for name in [&transcript.model, &transcript.machine, &transcript.app] {
            length(place, name, SPOKEN)?;
        }
        for said in &transcript.utterances {
            length(place, said.text.as_str(), SPOKEN)?;
            time(place, said.start)?;
            time(place, said.end)?;
        }
    }
    Ok(())
}

fn said(call: &StoredCall) -> Result<(), ImportFault> {
    for note in &call.notes {
        schema("a note", note.schema)?;
        moment("a note", note.at)?;
        length("a note", note.text.as_str(), WRITTEN)?;
        [&note.machine, &note.app].into_iter().try_for_each(|name| length("a note", name, SPOKEN))?;
    }
    for entry in &call.review {
        let place = "a review entry";
        schema(place, entry.schema)?;
        moment(place, entry.at)?;
        let names = [&entry.author, &entry.machine, &entry.app];
        names.into_iter().try_for_each(|name| length(place, name, SPOKEN))?;
        if let Err(error) = entry.mark.check() {
            return strange(format!("{place}: {error}"));
        }
        texts(&serde_json::to_value(&entry.mark).unwrap_or_default(), place)?;
    }
    Ok(())
}

/// The lengths of all texts in something that somebody said.
fn texts(value: &Value, place: &str) -> Result<(), ImportFault> {
    match value {
        Value::String(text) => length(place, text, WRITTEN),
        Value::Array(values) => values.iter().try_for_each(|value| texts(value, place)),
        Value::Object(values) => values.values().try_for_each(|value| texts(value, place)),
        _ => Ok(()),
    }
}

fn outline(recording: &RecordingOutline) -> Result<(), ImportFault> {
    let frames = recording.frames;
    let apart = |stretches: &[Range<u64>]| {
        stretches.iter().all(|one| one.start < one.end && one.end <= frames)
            && stretches.windows(2).all(|two| two[0].end < two[1].start)
    };
    if frames as f64 > LONGEST * 16_000.0 || !apart(&recording.silenced) || !apart(&recording.missing) {
        return strange("a recording whose stretches do not lie in it");
    }
    Ok(())
}

fn time(place: &str, at: f64) -> Result<(), ImportFault> {
    if (-BEFORE..=LONGEST).contains(&at) { Ok(()) } else { strange(format!("a time in {place}")) }
}

fn moment(place: &str, at: i64) -> Result<(), ImportFault> {
    if YEARS.contains(&at) { Ok(()) } else { strange(format!("a date in {place}")) }
}

fn schema(place: &str, schema: i64) -> Result<(), ImportFault> {
    match schema {
        1..=SCHEMA => Ok(()),
        newer if newer > SCHEMA => Err(ImportFault::Newer),
        _ => strange(format!("a schema in {place}")),
    }
}

fn length(place: &str, text: &str, most: usize) -> Result<(), ImportFault> {
    if text.len() <= most { Ok(()) } else { strange(format!("a text of {} bytes in {place}", text.len())) }
}

fn strange(what: impl Into<String>) -> Result<(), ImportFault> {
    Err(ImportFault::Strange { what: what.into() })
}
