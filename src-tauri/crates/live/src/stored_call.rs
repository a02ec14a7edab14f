//! What is asked of a stored call again and again.

use cueline_calls::CallRecord;
use cueline_cues::Playbook;
use cueline_events::{CallEvent, CueEvent};
use std::sync::Arc;

/// A stored call's cue events, in order.
pub fn cue_events(record: &CallRecord) -> Vec<CueEvent> {
    let cue = |event: &CallEvent| if let CallEvent::Cue(cue) = event { Some(cue.clone()) } else { None };
    record.events.iter().filter_map(cue).collect()
}

/// The built-in playbook that a stored call ran with, in the version that is here; where it ran with another, the built-in
/// one for its context.
pub fn playbook_of(record: &CallRecord) -> Arc<Playbook> {
    Playbook::built_in(&record.call.playbook.id).unwrap_or_else(|| Playbook::for_context(&record.context))
}
