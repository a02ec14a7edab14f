use cueline_events::Notice;
use std::path::PathBuf;
use thiserror::Error;

/// What can go wrong between samples and words. No variant carries anything that was said.
#[derive(Debug, Error)]
pub enum SpeechError {
    /// The model file cannot be read at all.
    #[error("cannot read the speech model {}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is something else, or damaged.
    #[error("{} is not a usable speech model: {reason}", .path.display())]
    NotAModel {
        /// The file.
        path: PathBuf,
        /// What was found in it, with the place in the file.
        reason: String,
    },
    /// The processor lacks instructions that the engine is compiled for.
    #[error(
        "this computer's processor lacks {missing}, which speech recognition needs (any PC processor since about 2015 has it)"
    )]
    Processor {
        /// The missing instruction sets.
        missing: String,
    },
    /// The engine refused a well-formed file.
    #[error("the speech engine cannot load {}: {reason}", .path.display())]
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

impl SpeechError {
    /// The same for the person at the screen.
    pub fn notice(&self) -> Notice {
        let (code, what_to_do) = match self {
            Self::Unreadable { .. } => ("model_missing", "fetch or import it with `cueline models`"),
            Self::NotAModel { .. } => ("model_broken", "fetch or import it again with `cueline models`"),
            Self::Processor { .. } => ("processor_too_old", "use another computer"),
            Self::Load { .. } => ("model_not_loaded", "free some memory, or use a smaller model"),
            Self::Decode { .. } => ("speech_failed", "end the call and check the model if this repeats"),
        };
        Notice { code: code.to_owned(), message: self.to_string(), what_to_do: what_to_do.to_owned() }
    }
}
