//! What is asked of a stored call again and again.

use cueline_calls::CallRecord;
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallEvent, CueEvent, PlaybookId};
use std::sync::Arc;

/// A stored call's cue events, in order.
pub fn cue_events(record: &CallRecord) -> Vec<CueEvent> {
    let cue = |event: &CallEvent| if let CallEvent::Cue(cue) = event { Some(cue.clone()) } else { None };
    record.events.iter().filter_map(cue).collect()
}

/// The playbook by which a stored call is reviewed: see [`playbook_that_ran`].
pub fn playbook_of(record: &CallRecord) -> Arc<Playbook> {
    playbook_that_ran(&record.call.playbook, &record.context)
}

/// The built-in playbook that a call ran with, in the version that is here; where it ran with another, the built-in one for
/// its context.
pub fn playbook_that_ran(ran_with: &PlaybookId, context: &CallContext) -> Arc<Playbook> {
    Playbook::built_in(&ran_with.id).unwrap_or_else(|| Playbook::for_context(context))
}
