//! Two lanes of 16 kHz mono samples, from devices or from a file.
//!
//! A live lane flows one way:
//!
//! ```text
//! cpal's callback -> ring -> LaneAssembly (silence by the clock, resampling, 20 ms blocks, levels) -> LaneEvent
//! ```
//!
//! * [`devices`] lists what can be captured; a [`DeviceId`] stays the same across restarts and hot-plugging.
//! * [`Capture`] is one lane from one device: its owner calls [`Capture::read`] every 20 ms or so.
//! * [`CallFile`] gives the same [`LaneEvent`]s from a recording.
//! * [`play_test_tone`] is the one sound that is played, to check the customer's lane.
//! * [`TwoLane`] puts both lanes' blocks side by side for the recording.
//!
//! The lanes are never mixed, and every lane's samples follow the call's clock: sample `n` was captured `n / 16000`
//! seconds after the call began, whatever a device does. What is missing is filled with silence.
//!
//! This room knows nothing of voices or words and writes no file. It owns no thread that lasts: only
//! a question to the sound system that may take seconds to be answered is asked from a short-lived one, so that a
//! lane's clock goes on meanwhile (see `background.rs`).

mod audio_error;
mod background;
mod block;
mod block_cutter;
mod call_file;
mod capture;
mod capture_callback;
mod capture_link;
mod device;
mod device_id;
mod device_stream;
mod drift;
mod lane_assembly;
mod lane_event;
mod resampler;
mod sound_hosts;
mod test_tone;
mod two_lane;
mod wav_file;

pub use audio_error::AudioError;
pub use block::{Block, SAMPLE_RATE};
pub use call_file::CallFile;
pub use capture::Capture;
pub use device::{Device, DeviceKind, default_device, devices};
pub use device_id::DeviceId;
pub use lane_event::LaneEvent;
pub use test_tone::play_test_tone;
pub use two_lane::TwoLane;
