//! The pass over the sample call's recording, with a decoder that says what it was asked.

use super::*;
use crate::improve::{Leave, improve};
use cueline_audio::{CallFile, LaneEvent, TwoLane};
use cueline_calls::{MemoryKeyStore, NewCall, Store, TranscriptVersion, Unlock};
use cueline_events::{CallContext, CallEvent, CallSource, PlaybookId, Spoken};
use cueline_speech::{Decoded, SpeechError, Work};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const LIVE: &str = "as it was heard live";

/// Says whose voice it was given, and how often it was asked.
struct Parrot<'a> {
    asked: &'a AtomicUsize,
    fails_at: Option<usize>,
}

impl Decoder for Parrot<'_> {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        if self.fails_at == Some(asked) {
            return Err(SpeechError::Decode { seconds: job.audio.duration(), reason: "told to".into() });
        }
        assert_eq!(job.kind, JobKind::Final);
        let text = Spoken::from(format!("the {} spoke", job.lane));
        Ok(Decoded { text, seconds: 0.0, tokens: Vec::new(), work: Work::default() })
    }

    fn model(&self) -> &str {
        "parrot"
    }
}

/// A store with the sample call in it: one live utterance and the recording.
fn recorded_call() -> (TempDir, Store, String) {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).unwrap();
    let new = NewCall {
        id: None,
        source: CallSource::File,
        model: "live-model".into(),
        playbook: PlaybookId { id: "p".into(), version: "1".into() },
        context: CallContext::default(),
        agent: "a".into(),
        machine: "m".into(),
        started_at: 0,
    };
    let mut log = store.begin_call(new).unwrap();
    let mut writer = store.begin_recording(&log).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample/sample-call.wav");
    let mut file = CallFile::open(&sample, None).unwrap();
    let mut lanes = TwoLane::new();
    let mut length = 0.0;
    while let Some(events) = file.read().unwrap() {
        for event in events {
            length = event.end().unwrap_or(length).max(length);
            if let LaneEvent::Samples(block) = event {
                for second in lanes.push(&block) {
                    writer.push_second(&second).unwrap();
                }
            }
        }
    }
    for second in lanes.finish() {
        writer.push_second(&second).unwrap();
    }
    writer.finish().unwrap();
    let (lane, text) = (Lane::Agent, LIVE.into());
    log.append(&CallEvent::Final { lane, utterance: 1, start: 1.0, end: 2.0, text, emitted_at: 2.5 })
        .unwrap();
    log.end(length).unwrap();
    let id = log.id();
    (dir, store, id)
}

fn finals(events: &[CallEvent]) -> Vec<(Lane, String)> {
    let said = |event: &CallEvent| match event {
        CallEvent::Final { lane, text, .. } => Some((*lane, text.as_str().to_owned())),
        _ => None,
    };
    events.iter().filter_map(said).collect()
}

#[test]
fn a_pass_keeps_each_lane_s_words_beside_the_live_ones() {
    let (_dir, store, id) = recorded_call();
    let asked = AtomicUsize::new(0);
    let mut told = Vec::new();
    let mut improver = Improver::new(&store, &id).unwrap();
    let mut parrot = Parrot { asked: &asked, fails_at: None };
    let mut note = |progress| {
        told.push(progress);
        true
    };
    assert_eq!(improver.run(&mut parrot, &mut note).unwrap(), Passed::Whole);

    let record = store.show_improved(&id).unwrap();
    assert!(matches!(record.transcript, TranscriptVersion::Improved { ref model, .. } if model == "parrot"));
    let said = finals(&record.events);
    assert_eq!(said.len(), asked.load(Ordering::Relaxed));
    for lane in Lane::BOTH {
        assert!(said.iter().filter(|(who, _)| *who == lane).count() >= 3, "{said:?}");
    }
    assert!(said.iter().all(|(lane, text)| *text == format!("the {lane} spoke")));
    assert_eq!(finals(&store.show(&id).unwrap().events), [(Lane::Agent, LIVE.to_owned())]);

    assert!(told.windows(2).all(|two| two[0].done <= two[1].done), "it only goes forward");
    let last = told.last().unwrap();
    assert_eq!(last.done, last.total);
}

#[test]
fn a_pass_that_was_stopped_goes_on_where_it_was() {
    let (_dir, store, id) = recorded_call();
    let asked = AtomicUsize::new(0);
    let mut left = 3;
    let mut improver = Improver::new(&store, &id).unwrap();
    let mut parrot = Parrot { asked: &asked, fails_at: None };
    let mut thrice = |_| {
        left -= 1;
        left >= 0
    };
    assert_eq!(improver.run(&mut parrot, &mut thrice).unwrap(), Passed::InPart);
    assert_eq!(asked.load(Ordering::Relaxed), 3);
    assert!(improver.progress().done > 0.0);
    assert_eq!(store.show_improved(&id).unwrap_err().code(), "not_improved", "nothing is kept in part");
    assert_eq!(improver.run(&mut parrot, &mut |_| true).unwrap(), Passed::Whole);
    let said = finals(&store.show_improved(&id).unwrap().events);
    assert_eq!(said.len(), asked.load(Ordering::Relaxed), "nothing was decoded twice");
}

#[test]
fn a_call_that_begins_takes_the_model_away_until_it_has_ended() {
    let (_dir, store, id) = recorded_call();
    let asked: &AtomicUsize = Box::leak(Box::default());
    let loads = AtomicUsize::new(0);
    let load = || {
        loads.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(Parrot { asked, fails_at: None }) as crate::OwnedDecoder)
    };
    let mut questions = 0;
    let mut leave = |_| {
        questions += 1;
        if (4..=5).contains(&questions) { Leave::Wait } else { Leave::GoOn }
    };
    assert!(improve(&store, &id, &load, &mut leave).unwrap());
    assert_eq!(loads.load(Ordering::Relaxed), 2);
    assert_eq!(finals(&store.show_improved(&id).unwrap().events).len(), asked.load(Ordering::Relaxed));

    assert!(!improve(&store, &id, &load, &mut |_| Leave::Stop).unwrap());
    assert_eq!(loads.load(Ordering::Relaxed), 2, "nothing was loaded for what is not wanted");
}

#[test]
fn a_failure_keeps_nothing_and_says_what_failed() {
    let (_dir, store, id) = recorded_call();
    let asked = AtomicUsize::new(0);
    let mut improver = Improver::new(&store, &id).unwrap();
    let mut parrot = Parrot { asked: &asked, fails_at: Some(2) };
    let error = improver.run(&mut parrot, &mut |_| true).unwrap_err();
    assert_eq!(error.notice().code, "speech_failed");
    assert_eq!(store.show_improved(&id).unwrap_err().code(), "not_improved");

    let mut log = store
        .begin_call(NewCall {
            id: None,
            source: CallSource::Script,
            model: String::new(),
            playbook: PlaybookId { id: "p".into(), version: "1".into() },
            context: CallContext::default(),
            agent: "a".into(),
            machine: "m".into(),
            started_at: 0,
        })
        .unwrap();
    let refused = |id: &str| Improver::new(&store, id).err().unwrap().notice().code;
    assert_eq!(refused(&log.id()), "still_running");
    log.end(1.0).unwrap();
    assert_eq!(refused(&log.id()), "no_recording");
}
