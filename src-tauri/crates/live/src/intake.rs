//! What one lane thread does with each piece of audio: hear it, record it, pass on its health.

use crate::desk::{Desk, send};
use crate::ears::Ears;
use crate::hearing::Hearing;
use crate::message::Message;
use crossbeam_channel::{Receiver, Sender};
use cueline_audio::{AudioError, Block, LaneEvent};
use cueline_events::{Lane, Notice};
use cueline_speech::Heard;
use std::sync::Arc;

/// One end of the queue that brings the customer's blocks to the agent's ears, which look for their echo. Neither end
/// ever waits: what finds no room counts as silence there.
pub(crate) enum FarEnd {
    /// The customer's.
    Gives(Sender<Block>),
    /// The agent's.
    Takes(Receiver<Block>),
}

/// One lane's way into the call.
pub(crate) struct Intake {
    lane: Lane,
    ears: Ears,
    far: FarEnd,
    desk: Arc<Desk>,
    out: Sender<Message>,
    recorder: Option<Sender<Block>>,
    hearing: Arc<Hearing>,
}

/// The lowest level that is told: silence.
const SILENCE_DB: f32 = -90.0;

impl Intake {
    pub(crate) fn new(
        lane: Lane,
        far: FarEnd,
        desk: Arc<Desk>,
        out: Sender<Message>,
        recorder: Option<Sender<Block>>,
        hearing: Arc<Hearing>,
    ) -> Self {
        Self { lane, ears: Ears::new(lane), far, desk, out, recorder, hearing }
    }

    pub(crate) fn take(&mut self, event: LaneEvent) {
        match event {
            LaneEvent::Samples(mut block) => {
                // Before anything else: what is said in a pause reaches nobody.
                self.hearing.silence(&mut block);
                self.hear_far();
                if let FarEnd::Gives(agent) = &self.far {
                    let _ = agent.try_send(block.clone());
                }
                let heard = self.ears.hear(&block);
                self.pass_on(heard);
                if let Some((speech, voice_end)) = self.desk.complete(block.lane) {
                    let heard = self.ears.settle(speech, voice_end);
                    self.pass_on(heard);
                }
                self.recorder = self.recorder.take().filter(|_| self.hearing.records(&block));
                if let Some(recorder) = &self.recorder {
                    // Recorded audio never gives way: a full queue (a minute of audio) makes this thread wait.
                    let _ = recorder.send(block);
                }
            }
            LaneEvent::Level { lane, .. } if self.hearing.is_paused() => {
                send(&self.out, Message::Level { lane, rms_db: SILENCE_DB, peak_db: SILENCE_DB });
            }
            other => {
                if let Some(message) = message_of(other) {
                    send(&self.out, message);
                }
            }
        }
    }

    /// Says something of this lane's health.
    pub(crate) fn tell(&self, message: Message) {
        send(&self.out, message);
    }

    /// The lane is over: what was being said is finished.
    pub(crate) fn close(mut self) {
        self.hear_far();
        let heard = self.ears.finish();
        self.pass_on(heard);
        self.desk.close_lane();
    }

    fn hear_far(&mut self) {
        if let FarEnd::Takes(customer) = &self.far {
            customer.try_iter().for_each(|block| self.ears.hear_other(&block));
        }
    }

    fn pass_on(&self, heard: Vec<Heard>) {
        for message in heard.iter().filter_map(voice_activity) {
            send(&self.out, message);
        }
        self.desk.hear(self.lane, heard, self.ears.settled(), &self.out);
    }
}

/// What the loop is told of a file that can't be read to its end.
pub(crate) fn broken_file(error: &AudioError) -> Message {
    Message::Notice(Notice {
        code: "file_broken".into(),
        message: format!("The recording can't be read any further: {error}."),
        what_to_do: "What came before is transcribed and kept. Get a whole copy of the file.".into(),
    })
}

/// What the loop is told of a lane's event that is not audio.
pub(crate) fn message_of(event: LaneEvent) -> Option<Message> {
    match event {
        LaneEvent::Level { lane, rms_db, peak_db } => Some(Message::Level { lane, rms_db, peak_db }),
        LaneEvent::Gap { lane, start, end } => Some(Message::Gap { lane, start, end }),
        LaneEvent::Lost { notice, .. } => Some(Message::Notice(notice)),
        LaneEvent::Found { lane } => Some(Message::Notice(Notice {
            code: "device_found".into(),
            message: format!("The {lane}'s audio is back."),
            what_to_do: "Nothing; the gap is in the log.".into(),
        })),
        LaneEvent::Samples(_) => None,
    }
}

/// What the loop is told of something heard that is voice activity.
pub(crate) fn voice_activity(heard: &Heard) -> Option<Message> {
    match *heard {
        Heard::VoiceStarted { lane, at } => Some(Message::VoiceStarted { lane, at }),
        Heard::VoiceEnded { lane, at } => Some(Message::VoiceEnded { lane, at }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
