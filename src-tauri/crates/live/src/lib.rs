//! One call from start to end: the only room that owns threads and channels.
//!
//! Data flows one way. Two lanes of samples come from devices or from a file (`audio`), become voice activity and
//! utterances (`speech`), move the cue engine (`cues`), are kept (`calls`) and leave as [`CallEvent`]s.
//!
//! Two drivers run the same parts. [`start`] with devices, or with a file in real time, gives each lane, the
//! decoder and the call loop a thread of its own. With [`Pace::Max`] one thread moves a virtual clock instead: audio
//! time plus the measured time of the work, so that a replay's figures are those of a live call on this machine.
//!
//! When a call ends, its [`digest`] is kept beside its log; calls that lack one are given it by the same function.
//!
//! What the engine was told is kept, too, so that a stored call can be told again to another playbook ([`retell`]).
//!
//! After a call, [`improve`] makes its transcript again from the recording, on a thread that gives way to everything.
//!
//! [`CallEvent`]: cueline_events::CallEvent

mod act;
mod calibration;
mod call_clock;
mod call_loop;
mod data_folder;
mod decoder;
mod desk;
mod digest;
mod ears;
mod error;
mod exported;
mod frontier;
mod hearing;
mod improve;
mod improver;
mod intake;
mod judging;
mod lab;
mod live_call;
mod machine;
mod measure;
mod message;
mod observed;
mod opened_call;
mod recorder;
mod replay;
mod setup;
mod silent_lane;
mod stored_call;
mod threads;

pub use calibration::{
    Agreement, Calibration, CallApart, Compared, ItemAgreement, ItemApart, Reviewer, calibration,
};
pub use data_folder::default_data_folder;
pub use decoder::{OwnedDecoder, SharedDecoder, decode_threads, load_model, load_thorough_model};
pub use digest::digest;
pub use error::LiveError;
pub use exported::exported;
pub use improve::{Leave, improve};
pub use improver::ImproveProgress;
pub use lab::{
    CueChange, CueTotal, LabProgress, LabTotals, Precision, Telling, ToldCall, changes, lab_threads, retell,
    tell_all,
};
pub use live_call::{LiveCall, start};
pub use machine::machine;
pub use measure::{ENGINE, measure};
pub use setup::{CallSetup, Pace, Source};
pub use stored_call::{cue_events, playbook_of, playbook_that_ran};
