//! From samples to voice activity and utterances: one lane's ears, and the words both lanes say.
//!
//! ```text
//! samples ─▶ Listener (one per lane: VoiceActivity, utterances) ─Heard─▶ Transcriber (both lanes) ─Transcribed─▶
//!                                                                     next │ ▲ decoded
//!                                                                          ▼ │
//!                                                                        Decoder (Whisper; one worker)
//! ```
//!
//! Before the agent's listener stands an [`EchoGate`], which keeps the customer's voice from the loudspeaker out of it.
//! The [`Listener`] finds the voice and cuts utterances: a look at the words every half second or so while somebody
//! speaks (*tick*), one at the first short pause (*early*), one when the pause lasts (*final*). The [`Transcriber`]
//! decides which of these the one decoder does next and what its results mean: partials, then one final. [`Whisper`]
//! is the decoder.
//!
//! There are no threads and no clock in here: `live` calls from its own threads, with the time or with a virtual one,
//! and the same calls in the same order give the same utterances. Nothing in here knows cues, logs or devices.

mod clean;
mod decode_job;
mod decoder;
mod delay_finder;
mod echo_filter;
mod echo_gate;
mod echo_mask;
mod echo_path;
mod edge;
mod error;
mod far_end;
mod heard;
mod invented;
mod lane_audio;
mod lead;
mod listener;
mod model_file;
mod pace;
mod recent;
mod repetition;
mod said;
mod settling;
mod span;
mod spectrum;
mod token;
mod transcriber;
mod utterance;
mod vad;
mod vocabulary;
mod voice_activity;
mod whisper;
mod writer;

/// Samples per second, everywhere in this crate.
pub const SAMPLE_RATE: u32 = 16_000;

pub use decode_job::{DecodeJob, JobKind};
pub use decoder::{Decoded, Decoder, Work};
pub use echo_gate::EchoGate;
pub use error::SpeechError;
pub use heard::Heard;
pub use listener::Listener;
pub use recent::Recent;
pub use said::Said;
pub use span::Span;
pub use token::Token;
pub use transcriber::Transcriber;
pub use utterance::{Transcribed, Utterance};
pub use vad::{Earshot, FRAME, Vad};
pub use voice_activity::{Activity, VoiceActivity};
pub use whisper::Whisper;
