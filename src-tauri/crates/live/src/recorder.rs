//! The recording thread: both lanes side by side, sealed and on disk every second.

use crate::desk::send;
use crate::message::Message;
use crossbeam_channel::{Receiver, Sender};
use cueline_audio::{Block, TwoLane};
use cueline_calls::{RecordingWriter, StoreError};

/// Blocks that may wait for the disk: a minute of both lanes at 20 ms a block. A full queue makes the lane threads
/// wait, whose rings hold two seconds more.
pub(crate) const QUEUE: usize = 6_000;

/// Writes until both lanes are closed.
pub(crate) fn record(blocks: &Receiver<Block>, mut writer: RecordingWriter, out: &Sender<Message>) {
    let mut lanes = TwoLane::new();
    let mut told = false;
    let mut tell = |result: Result<(), StoreError>| {
        if let (Err(error), false) = (result, told) {
            told = true;
            send(out, Message::Notice(error.notice()));
        }
    };
    for block in blocks {
        for second in lanes.push(&block) {
            tell(writer.push_second(&second));
        }
    }
    for second in lanes.finish() {
        tell(writer.push_second(&second));
    }
    tell(writer.finish());
}
