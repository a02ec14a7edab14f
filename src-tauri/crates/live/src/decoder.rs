use crate::LiveError;
use cueline_speech::{Decoder, Whisper};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A loaded speech model. It is loaded once and serves one call after the other.
pub type SharedDecoder = Arc<Mutex<dyn Decoder>>;

/// A speech model that one pass after a call has to itself.
pub type OwnedDecoder = Box<dyn Decoder>;

/// Loads a ggml Whisper model with as many threads as there are processor cores, four at most: more make small
/// models slower.
///
/// # Errors
/// Says what is wrong with the file or the processor, and what to do.
pub fn load_model(file: &Path, id: &str) -> Result<SharedDecoder, LiveError> {
    Ok(Arc::new(Mutex::new(Whisper::load(file, id, decode_threads())?)))
}

/// Loads a model for the pass after a call: it decodes at the encoder's full width, which costs several times as much
/// and is a little more accurate.
///
/// # Errors
/// As [`load_model`].
pub fn load_thorough_model(file: &Path, id: &str) -> Result<OwnedDecoder, LiveError> {
    // The engine's threads inherit the pass's low priority on Linux alone; elsewhere it gets by with the pass's own.
    let threads = if cfg!(target_os = "linux") { decode_threads() } else { 1 };
    Ok(Box::new(Whisper::load(file, id, threads)?.at_full_width()))
}

/// The threads that a decode gets.
pub fn decode_threads() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().min(4))
}
