//! The beginning of every call, whatever drives it: the log is opened and the first event is made.

use crate::call_loop::{CallLoop, OnEvent};
use crate::judging::{Judgement, judging};
use crate::machine::machine;
use crate::{LiveError, SharedDecoder};
use crossbeam_channel::Receiver;
use cueline_calls::{NewCall, RecordingWriter, Store};
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallEvent, CallSource};
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

/// What is known of a call before it starts.
pub(crate) struct Facts {
    pub(crate) source: CallSource,
    pub(crate) context: CallContext,
    pub(crate) playbook: Arc<Playbook>,
    pub(crate) store: Option<Store>,
    pub(crate) agent_name: String,
}

impl Facts {
    /// Audio is kept when there is a store and the call is one that is recorded.
    pub(crate) fn records(&self) -> bool {
        self.store.is_some() && self.context.recording
    }
}

/// A call whose log is open and whose first event was delivered.
pub(crate) struct OpenedCall {
    pub(crate) id: String,
    pub(crate) call_loop: CallLoop,
    /// Where the recording is written, and what its recorder is told of it.
    pub(crate) recording: Option<(RecordingWriter, Receiver<Judgement>)>,
}

/// Opens the log and the recording, if there is a store, and delivers `call_started`.
pub(crate) fn open(
    facts: Facts,
    decoder: &SharedDecoder,
    on_event: OnEvent,
) -> Result<OpenedCall, LiveError> {
    let records = facts.records();
    let Facts { source, context, playbook, store, agent_name } = facts;
    let model = decoder.lock().unwrap_or_else(PoisonError::into_inner).model().to_owned();
    let playbook_id = playbook.id();
    let id = uuid::Uuid::now_v7().to_string();
    let log = match &store {
        Some(store) => Some(store.begin_call(NewCall {
            id: Some(id.clone()),
            source,
            model: model.clone(),
            playbook: playbook_id.clone(),
            context: context.clone(),
            agent: agent_name,
            machine: machine(),
            started_at: since_1970(),
        })?),
        None => None,
    };
    let recording = match (&store, &log) {
        (Some(store), Some(log)) if records => Some(store.begin_recording(log)?),
        _ => None,
    };
    let started = CallEvent::CallStarted {
        call: id.clone(),
        at: 0.0,
        source,
        model,
        playbook: playbook_id,
        context: Box::new(context.clone()),
    };
    let (judging, recording) = match recording {
        Some(writer) => {
            let (judging, judged) = judging();
            (Some(judging), Some((writer, judged)))
        }
        None => (None, None),
    };
    let call_loop = CallLoop::begin(playbook, context, log, judging, on_event, started);
    Ok(OpenedCall { id, call_loop, recording })
}

/// Milliseconds since 1970-01-01 UTC by the computer's clock, which dates the log and times nothing.
fn since_1970() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
