//! Every text of an export masked as if it were said or written here.

use super::ImportFault;
use crate::call::stored::{StoredEvent, StoredObservation, StoredTranscript};
use crate::redaction::{CountedText, Masking, Redactor, written};
use crate::{Silenced, StoredCall};
use cueline_events::{CallEvent, CueEvent};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A call without what must not be stored, and where in it such figures were said. Of a call that Cueline exported nothing changes.
///
/// # Errors
/// [`ImportFault::Figures`] where they stand in what the ledger's hashes cover, or in a name.
pub(crate) fn masked(mut call: StoredCall) -> Result<(StoredCall, Vec<Silenced>), ImportFault> {
    names(&call)?;
    let mut silenced = Vec::new();
    spoken(&mut call, &mut silenced)?;
    call.improved.iter_mut().for_each(|transcript| improved(transcript, &mut silenced));
    for note in &mut call.notes {
        let masked = written(&note.text);
        (note.text, note.masked) = (masked.text, note.masked.saturating_add(masked.count));
    }
    for entry in &mut call.review {
        let (mark, places) = entry.mark.clone().masked();
        (entry.mark, entry.masked) = (mark, entry.masked.saturating_add(places));
    }
    Ok((call, silenced))
}

/// Finals, quotes and notices in the order in which they happened, and what was heard of each utterance before it was final.
fn spoken(call: &mut StoredCall, silenced: &mut Vec<Silenced>) -> Result<(), ImportFault> {
    let StoredCall { events, observations, .. } = call;
    let mut masking = Masking::new(false);
    let mut partials: BTreeMap<u32, Vec<&mut StoredObservation>> = BTreeMap::new();
    for one in observations.iter_mut().filter(|one| one.text.is_some()) {
        partials.entry(one.utterance.unwrap_or_default()).or_default().push(one);
    }
    let mut decided = Vec::new();
    for (index, StoredEvent { event, .. }) in events.iter_mut().enumerate() {
        match event {
            CallEvent::Final { lane, utterance, start, end, text, .. } => {
                let heard = masking.hear(*lane, *utterance, (*start, *end), text, (index, *utterance));
                silenced.extend(heard.silenced);
                for ((index, utterance), text) in heard.finals {
                    for partial in partials.remove(&utterance).into_iter().flatten() {
                        mask_partial(partial, masking.redactor(), text.count > 0);
                    }
                    decided.push((index, text));
                }
            }
            CallEvent::Cue(CueEvent { cue, evidence: Some(evidence), .. }) => {
                let masked = masking.redactor().quote(evidence);
                if masked != *evidence && crate::ledger::is_disclosure(cue) {
                    return Err(ImportFault::Figures { place: "a quote of the ledger" });
                }
                *evidence = masked;
            }
            CallEvent::Notice(notice) => {
                for text in [&mut notice.message, &mut notice.what_to_do] {
                    written(&text.as_str().into()).text.as_str().clone_into(text);
                }
            }
            _ => {}
        }
    }
    decided.extend(masking.end().into_iter().map(|((index, _), text)| (index, text)));
    for (index, CountedText { text: known, count }) in decided {
        if let StoredEvent { event: CallEvent::Final { text, .. }, masked, .. } = &mut events[index] {
            (*text, *masked) = (known, masked.saturating_add(count));
        }
    }
    // Nobody knows what they would have become.
    for partial in partials.into_values().flatten() {
        mask_partial(partial, masking.redactor(), true);
    }
    Ok(())
}

fn mask_partial(one: &mut StoredObservation, redactor: &Redactor, doubtful: bool) {
    if let Some(text) = &mut one.text {
        let end = one.end.unwrap_or(one.at);
        *text = redactor.partial(one.utterance.unwrap_or_default(), end, text, doubtful);
    }
}

fn improved(transcript: &mut StoredTranscript, silenced: &mut Vec<Silenced>) {
    let said = transcript.utterances.iter().map(|one| (one.lane, one.number, one.start, one.end, &one.text));
    let (texts, unheard) = Masking::new(false).hear_all(said);
    silenced.extend(unheard);
    for (said, CountedText { text, count }) in transcript.utterances.iter_mut().zip(texts) {
        (said.text, said.masked) = (text, said.masked.saturating_add(count));
    }
}

/// Names are covered by the ledger's first hash, or are what a call is found by: nothing in them is masked.
fn names(call: &StoredCall) -> Result<(), ImportFault> {
    let head = &call.call;
    let context = serde_json::from_str(&call.context).unwrap_or_default();
    if has_figures(&context) {
        return Err(ImportFault::Figures { place: "the call's context" });
    }
    let mut names: BTreeSet<&str> =
        [&head.model, &head.playbook.id, &head.playbook.version, &head.agent, &head.machine, &head.app]
            .map(String::as_str)
            .into();
    for event in &call.events {
        match &event.event {
            CallEvent::Cue(cue) => {
                names.insert(&cue.cue);
                names.extend(cue.measure.as_ref().map(|measure| measure.unit.as_str()));
            }
            CallEvent::Notice(notice) => drop(names.insert(&notice.code)),
            _ => {}
        }
    }
    for one in &call.observations {
        names.extend([Some(one.what.as_str()), one.cue.as_deref()].into_iter().flatten());
    }
    for one in &call.improved {
        names.extend([&one.model, &one.machine, &one.app].map(String::as_str));
    }
    for one in &call.notes {
        names.extend([&one.machine, &one.app].map(String::as_str));
    }
    for one in &call.review {
        names.extend([&one.author, &one.machine, &one.app].map(String::as_str));
    }
    if names.into_iter().any(are_figures) { Err(ImportFault::Figures { place: "a name" }) } else { Ok(()) }
}

fn are_figures(name: &str) -> bool {
    written(&name.into()).count > 0
}

/// As many figures as a card's number has are no amount.
const NO_AMOUNT: f64 = 1e12;

fn has_figures(context: &Value) -> bool {
    match context {
        Value::String(text) => are_figures(text),
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() >= NO_AMOUNT),
        Value::Array(values) => values.iter().any(has_figures),
        Value::Object(values) => values.iter().any(|(key, value)| are_figures(key) || has_figures(value)),
        Value::Null | Value::Bool(_) => false,
    }
}
