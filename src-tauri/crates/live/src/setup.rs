use crate::SharedDecoder;
use cueline_audio::{CallFile, DeviceId};
use cueline_calls::Store;
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallSource};
use std::sync::Arc;

/// How fast a file is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As it was spoken, through the threads of a live call.
    Realtime,
    /// As fast as the machine can, on a virtual clock.
    Max,
}

/// Where a call's two lanes come from.
pub enum Source {
    /// A microphone and what the customer is heard through; `None` takes the system's default.
    Devices {
        /// The agent's microphone.
        agent: Option<DeviceId>,
        /// The customer's side.
        customer: Option<DeviceId>,
    },
    /// A recorded call.
    File {
        /// The recording.
        file: Box<CallFile>,
        /// How fast.
        pace: Pace,
    },
}

impl Source {
    pub(crate) fn kind(&self) -> CallSource {
        match self {
            Source::Devices { .. } => CallSource::Devices,
            Source::File { .. } => CallSource::File,
        }
    }
}

/// Everything a call needs before it can start.
pub struct CallSetup {
    /// The audio.
    pub source: Source,
    /// What is known before the call.
    pub context: CallContext,
    /// The cues.
    pub playbook: Arc<Playbook>,
    /// The speech model, loaded.
    pub decoder: SharedDecoder,
    /// Where the log is kept; `None` keeps nothing.
    pub store: Option<Store>,
    /// Who works with Cueline, for the log.
    pub agent_name: String,
}
