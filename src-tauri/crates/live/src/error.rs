use cueline_audio::AudioError;
use cueline_calls::StoreError;
use cueline_events::Notice;
use cueline_speech::SpeechError;

/// Why a call could not be started or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// A device or a file.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The speech model.
    #[error(transparent)]
    Speech(#[from] SpeechError),
    /// The session log.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system refused a thread.
    #[error("could not start a thread: {0}")]
    Thread(#[from] std::io::Error),
    /// A thread of the call ended with a panic; the log up to then is kept.
    #[error("the call ended because of a fault inside Cueline; what was said until then is in the log")]
    Fault,
}

impl LiveError {
    /// The same for the person at the screen.
    pub fn notice(&self) -> Notice {
        match self {
            LiveError::Audio(error) => error.notice(),
            LiveError::Speech(error) => error.notice(),
            LiveError::Store(error) => error.notice(),
            LiveError::Thread(_) => Notice {
                code: "no_thread".into(),
                message: self.to_string(),
                what_to_do: "Close other programs and start the call again.".into(),
            },
            LiveError::Fault => Notice {
                code: "fault".into(),
                message: self.to_string(),
                what_to_do: "Start the call again; please report it if it repeats.".into(),
            },
        }
    }
}
