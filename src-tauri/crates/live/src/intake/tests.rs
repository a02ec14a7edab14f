//! The agent's lane of the sample call, paused in the middle of it.

use super::*;
use crate::call_clock::CallClock;
use crossbeam_channel::{bounded, unbounded};
use cueline_audio::{CallFile, SAMPLE_RATE};
use cueline_speech::Transcribed;
use std::path::Path;

/// Seconds of the sample call that are paused: the agent speaks when they begin, in them and after them.
const PAUSE: (f64, f64) = (24.0, 40.0);

fn sample() -> CallFile {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample/sample-call.wav");
    CallFile::open(&file, None).unwrap()
}

/// Everything that the agent's lane brings, with the given hearing.
fn hear(hearing: Hearing) -> (Vec<Block>, Vec<Message>) {
    let desk = Arc::new(Desk::new(2, CallClock::begin()));
    let (out, told) = unbounded();
    let (recorder, recorded) = unbounded();
    let far = FarEnd::Takes(bounded(1).1);
    let mut intake = Intake::new(Lane::Agent, far, desk, out, Some(recorder), Arc::new(hearing));
    let mut file = sample();
    while let Some(events) = file.read().unwrap() {
        events.into_iter().filter(|event| event.lane() == Lane::Agent).for_each(|event| intake.take(event));
    }
    intake.close();
    (recorded.try_iter().collect(), told.try_iter().collect())
}

fn voices(told: &[Message]) -> Vec<(bool, f64)> {
    let voice = |message: &Message| match message {
        Message::VoiceStarted { at, .. } => Some((true, *at)),
        Message::VoiceEnded { at, .. } => Some((false, *at)),
        _ => None,
    };
    told.iter().filter_map(voice).collect()
}

fn second(block: &Block) -> f64 {
    block.start as f64 / f64::from(SAMPLE_RATE)
}

#[test]
fn nothing_said_in_a_pause_goes_any_further() {
    let (_, all) = hear(Hearing::default());
    let inside = |at: f64| at > PAUSE.0 + 1.0 && at < PAUSE.1 - 1.0;
    assert!(voices(&all).iter().any(|(_, at)| inside(*at)), "the agent speaks then, when nobody pauses");

    let hearing = Hearing::default();
    hearing.pause(PAUSE.0);
    hearing.resume(PAUSE.1);
    let (recorded, told) = hear(hearing);
    let voices = voices(&told);
    assert!(!voices.iter().any(|(_, at)| inside(*at)), "{voices:?}");
    assert!(voices.iter().any(|(_, at)| *at < PAUSE.0) && voices.iter().any(|(_, at)| *at > PAUSE.1));
    // What was being said when the pause began was finished then.
    let last = voices.iter().rfind(|(_, at)| *at < PAUSE.1 - 1.0).unwrap();
    assert!(!last.0, "{voices:?}");
    for block in &recorded {
        let silent = block.samples.iter().all(|sample| *sample == 0.0);
        assert!(silent || !(PAUSE.0..PAUSE.1).contains(&second(block)), "{}", second(block));
    }
    let gapless = recorded.windows(2).all(|pair| pair[0].end() == pair[1].start);
    assert!(gapless, "the recording's times stay right");
    assert!(!told.iter().any(|message| matches!(message, Message::Transcribed(Transcribed::Final(_)))));
}

#[test]
fn meters_show_silence_while_a_call_is_paused() {
    let hearing = Hearing::default();
    hearing.pause(0.0);
    let (_, told) = hear(hearing);
    let silent = |message: &Message| match message {
        Message::Level { rms_db, peak_db, .. } => *rms_db == SILENCE_DB && *peak_db == SILENCE_DB,
        _ => true,
    };
    assert!(told.iter().all(silent));
}

#[test]
fn a_recording_that_was_ended_gets_nothing_more_and_the_lane_goes_on() {
    let hearing = Hearing::default();
    hearing.end_recording(PAUSE.0);
    let (recorded, told) = hear(hearing);
    assert!(recorded.iter().all(|block| second(block) < PAUSE.0) && recorded.len() > 900);
    assert!(voices(&told).iter().any(|(_, at)| *at > PAUSE.1));
}
