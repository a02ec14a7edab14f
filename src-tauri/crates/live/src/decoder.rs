use crate::LiveError;
use cueline_speech::{Decoder, Whisper};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A loaded speech model. It is loaded once and serves one call after the other.
pub type SharedDecoder = Arc<Mutex<dyn Decoder>>;

/// Loads a ggml Whisper model with as many threads as there are processor cores, four at most: more make small
/// models slower.
///
/// # Errors
/// Says what is wrong with the file or the processor, and what to do.
pub fn load_model(file: &Path, id: &str) -> Result<SharedDecoder, LiveError> {
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get().min(4));
    Ok(Arc::new(Mutex::new(Whisper::load(file, id, threads)?)))
}
