use crate::{Board, CallContext, CueEvent, Lane, Listening, Notice, Spoken};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a call's audio comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CallSource {
    /// Two audio devices, now.
    Devices,
    /// A recording.
    File,
    /// A written script without audio.
    Script,
}

/// Which playbook a call ran with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlaybookId {
    /// For example `collections-us`.
    pub id: String,
    /// The version inside the file.
    pub version: String,
}

/// Everything that happens in a call, in the order in which it happened.
///
/// The window draws it, the command line prints it one a line, the store keeps what lasts of it and tests assert it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(export, optional_fields)]
pub enum CallEvent {
    /// The first event of every call.
    CallStarted {
        /// The call's id (UUIDv7).
        call: String,
        /// Always 0.
        at: f64,
        /// Where the audio comes from.
        source: CallSource,
        /// The model's id; empty for a script.
        model: String,
        /// The playbook.
        playbook: PlaybookId,
        /// What was known before the call.
        context: Box<CallContext>,
    },
    /// What one lane is saying so far. A later revision replaces it; a final ends it.
    Partial {
        /// Who speaks.
        lane: Lane,
        /// The utterance's number within the call, counted over both lanes.
        utterance: u32,
        /// Counts up from 1.
        revision: u32,
        /// Seconds at which the utterance began.
        start: f64,
        /// Seconds up to which it was transcribed.
        end: f64,
        /// The words so far.
        text: Spoken,
        /// Seconds on the call's clock at which this left the pipeline.
        emitted_at: f64,
    },
    /// What one lane said between two pauses; it does not change any more. An empty text takes back partials of
    /// what turned out not to be speech.
    Final {
        /// Who spoke.
        lane: Lane,
        /// The utterance's number within the call.
        utterance: u32,
        /// Seconds at which it began.
        start: f64,
        /// Seconds at which it ended.
        end: f64,
        /// The words.
        text: Spoken,
        /// Seconds on the call's clock at which this left the pipeline.
        emitted_at: f64,
    },
    /// Something happened to a cue.
    Cue(CueEvent),
    /// The listening counters, about once a second.
    Listening(Listening),
    /// The call as it stands, whenever that has changed. Not kept: it follows from what is.
    Board(Box<Board>),
    /// The loudness of one lane, about ten times a second. Not kept and not printed.
    Level {
        /// Which lane.
        lane: Lane,
        /// Root mean square over the interval, dB below full scale, -90 at the lowest.
        rms_db: f32,
        /// Peak over the interval, dB below full scale.
        peak_db: f32,
    },
    /// How far the transcript is behind the audio.
    Lag {
        /// Seconds.
        seconds: f64,
    },
    /// Audio that is missing from one lane: filled with silence, or made up for a sample at a time where little was lost.
    Gap {
        /// Which lane.
        lane: Lane,
        /// Seconds at which it begins.
        start: f64,
        /// Seconds at which it ends.
        end: f64,
    },
    /// Health: a lost device, a full disk, with what to do.
    Notice(Notice),
    /// Both lanes are silence from here on, for the transcript and the recording: the agent has paused them.
    Paused {
        /// Seconds.
        at: f64,
    },
    /// Both lanes are heard again.
    Resumed {
        /// Seconds.
        at: f64,
    },
    /// Nothing is recorded from here on; transcript and cues go on.
    RecordingEnded {
        /// Seconds.
        at: f64,
    },
    /// The last event of every call.
    CallEnded {
        /// Seconds; the length of the call.
        at: f64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CueEventKind, Evidence};

    #[test]
    fn a_cue_event_is_flat_json_with_its_type() {
        let event = CallEvent::Cue(CueEvent {
            cue: "trig.dispute".into(),
            event: CueEventKind::Fires,
            at: 34.62,
            emitted_at: 35.03,
            lane: Some(Lane::Customer),
            evidence: Some(Evidence { utterance: 7, start: 31.2, end: 34.62, quote: "not mine".into() }),
            shown: Some(true),
            withheld: None,
            measure: None,
            by_agent: false,
        });
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(
            json,
            r#"{"type":"cue","cue":"trig.dispute","event":"fires","at":34.62,"emitted_at":35.03,"lane":"customer","evidence":{"utterance":7,"start":31.2,"end":34.62,"quote":"not mine"},"shown":true}"#
        );
        assert_eq!(serde_json::from_str::<CallEvent>(&json).unwrap(), event);
    }

    #[test]
    fn the_agent_s_own_word_is_told_only_where_it_is_one() {
        let json = r#"{"type":"cue","cue":"disc.name","event":"satisfied","at":4.0,"emitted_at":4.0,"by_agent":true}"#;
        let event: CallEvent = serde_json::from_str(json).unwrap();
        assert!(matches!(&event, CallEvent::Cue(cue) if cue.by_agent));
        assert_eq!(serde_json::to_string(&event).unwrap(), json);
    }

    #[test]
    fn a_pause_is_told_with_its_second() {
        let json = serde_json::to_string(&CallEvent::Paused { at: 12.3 }).unwrap();
        assert_eq!(json, r#"{"type":"paused","at":12.3}"#);
        let json = serde_json::to_string(&CallEvent::RecordingEnded { at: 1.0 }).unwrap();
        assert_eq!(json, r#"{"type":"recording_ended","at":1.0}"#);
    }
}
