use std::path::PathBuf;
use thiserror::Error;

/// What can go wrong between samples and words. No variant carries anything that was said.
#[derive(Debug, Error)]
pub enum SpeechError {
    /// The model file cannot be read at all.
    #[error("cannot read the speech model {}: {source}; fetch or import it with `cueline models`", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is something else, or damaged.
    #[error("{} is not a usable speech model: {reason}; fetch or import it again with `cueline models`", .path.display())]
    NotAModel {
        /// The file.
        path: PathBuf,
        /// What was found in it, with the place in the file.
        reason: String,
    },
    /// The processor lacks instructions that the engine is compiled for.
    #[error(
        "this computer's processor lacks {missing}, which speech recognition needs (any PC processor since about 2015 has it); use another computer"
    )]
    Processor {
        /// The missing instruction sets.
        missing: String,
    },
    /// The engine refused a well-formed file.
    #[error("the speech engine cannot load {}: {reason}; free some memory, or use a smaller model", .path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// The engine's words.
        reason: String,
    },
    /// One piece of audio could not be decoded.
    #[error("the speech engine failed on {seconds:.1} s of audio: {reason}")]
    Decode {
        /// Length of the audio.
        seconds: f64,
        /// The engine's words.
        reason: String,
    },
}
