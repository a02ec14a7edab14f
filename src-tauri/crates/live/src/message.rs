use cueline_events::{Lane, Notice};
use cueline_speech::Transcribed;

/// What the threads of a call tell its loop.
pub(crate) enum Message {
    VoiceStarted {
        lane: Lane,
        at: f64,
    },
    VoiceEnded {
        lane: Lane,
        at: f64,
    },
    Transcribed(Transcribed),
    Level {
        lane: Lane,
        rms_db: f32,
        peak_db: f32,
    },
    Gap {
        lane: Lane,
        start: f64,
        end: f64,
    },
    Notice(Notice),
    /// Every final of what was said up to this second has been told.
    Understood {
        until: f64,
    },
    /// Nothing more will be transcribed; everything was, when `whole`.
    SpeechOver {
        whole: bool,
    },
}

impl Message {
    /// True for what gives way when the loop is behind: the next one of its kind says it better. Finals, voice
    /// activity, gaps and notices never give way.
    pub(crate) fn may_be_dropped(&self) -> bool {
        matches!(
            self,
            Message::Level { .. }
                | Message::Understood { .. }
                | Message::Transcribed(Transcribed::Partial { .. })
        )
    }
}
