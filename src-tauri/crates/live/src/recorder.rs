//! The recording thread: both lanes side by side, held back until their words are known, then sealed and on disk.

use crate::desk::send;
use crate::judging::Judgement;
use crate::message::Message;
use crossbeam_channel::{Receiver, Sender, never, select};
use cueline_audio::{Block, TwoLane};
use cueline_calls::{HeldRecording, RecordingWriter, StoreError};

/// Blocks that may wait for the disk: a minute of both lanes at 20 ms a block. A full queue makes the lane threads
/// wait, whose rings hold two seconds more.
pub(crate) const QUEUE: usize = 6_000;

/// Writes until both lanes are closed and everything in them was judged, or nothing more will be.
pub(crate) fn record(
    blocks: &Receiver<Block>,
    judged: &Receiver<Judgement>,
    writer: RecordingWriter,
    out: &Sender<Message>,
) {
    let mut lanes = TwoLane::new();
    let mut recording = HeldRecording::new(writer);
    let mut told = false;
    let mut tell = |result: Result<(), StoreError>| {
        if let (Err(error), false) = (result, told) {
            told = true;
            send(out, Message::Notice(error.notice()));
        }
    };
    let (no_block, no_judgement) = (never(), never());
    let (mut blocks, mut judged) = (blocks, judged);
    let (mut open, mut over) = (true, false);
    while open || !(over || recording.is_empty()) {
        select! {
            recv(judged) -> judgement => {
                // A call loop that is gone judges nothing more either.
                let judgement = judgement.unwrap_or(Judgement { over: true, ..Judgement::default() });
                tell(recording.judge(judgement.until, &judgement.silenced));
                if judgement.over {
                    (judged, over) = (&no_judgement, true);
                }
            }
            recv(blocks) -> block => match block {
                Ok(block) => lanes.push(&block).iter().for_each(|second| tell(recording.push_second(second))),
                Err(_) => {
                    lanes.finish().iter().for_each(|second| tell(recording.push_second(second)));
                    (blocks, open) = (&no_block, false);
                }
            },
        }
    }
    tell(recording.finish());
}
