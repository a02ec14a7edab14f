//! Figures that must not be stored, through the pipeline of a call: the sample call's voices with words of our own.
//!
//! Each test runs the call twice, once with harmless words and once with figures, so that the first recording says sample by
//! sample what the second must be outside of what was silenced.

#![expect(clippy::unwrap_used, reason = "what a test builds on works, or the test fails")]

use cueline_audio::CallFile;
use cueline_calls::{
    CallFilter, CallOrder, MemoryKeyStore, RecordingEnd, RecordingState, Silenced, Store, Unlock,
};
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallEvent, Lane, Spoken};
use cueline_live::{CallSetup, Leave, OwnedDecoder, Pace, Source, improve, start};
use cueline_speech::{DecodeJob, Decoded, Decoder, JobKind, SpeechError, Work};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use tempfile::TempDir;

/// What each utterance of a lane says, by its number; what is not named says nothing that matters.
type Words = &'static [(Lane, u32, &'static str)];

/// Says what it was told to, and of speech that goes on, the first words.
struct Scripted {
    words: Words,
    /// Seconds that a decode takes.
    work: f64,
    /// The utterance at which it fails.
    fails: Option<(Lane, u32)>,
}

impl Decoder for Scripted {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        if self.fails == Some((job.lane, job.speech)) {
            return Err(SpeechError::Decode { seconds: job.audio.duration(), reason: "told to".into() });
        }
        let said = self.words.iter().find(|(lane, speech, _)| (*lane, *speech) == (job.lane, job.speech));
        let text = said.map_or("well yes", |(_, _, text)| text);
        // Of speech that goes on the first half is known.
        let known = if job.kind == JobKind::Tick { text.split(' ').count() / 2 } else { usize::MAX };
        let text: Vec<&str> = text.split(' ').take(known).collect();
        let text = Spoken::from(text.join(" "));
        Ok(Decoded { text, seconds: self.work, tokens: Vec::new(), work: Work::default() })
    }

    fn model(&self) -> &str {
        "scripted"
    }
}

/// A call as it was kept.
struct Kept {
    _dir: TempDir,
    store: Store,
    id: String,
    samples: Vec<i16>,
    state: RecordingState,
    silenced: Vec<Silenced>,
    /// Lane, start, end and words.
    finals: Vec<(Lane, f64, f64, String)>,
}

fn sample_call() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample/sample-call.wav")
}

fn keep(file: &Path, pace: Pace, decoder: Scripted) -> Kept {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).unwrap();
    let setup = CallSetup {
        source: Source::File { file: Box::new(CallFile::open(file, None).unwrap()), pace },
        context: CallContext { recording: true, ..CallContext::default() },
        playbook: Playbook::built_in("collections-us").unwrap(),
        decoder: Arc::new(Mutex::new(decoder)),
        store: Some(store.clone()),
        agent_name: "agent".into(),
    };
    start(setup, |_| {}).unwrap().wait().unwrap();
    let id = store.list(&CallFilter::default(), CallOrder::Newest, 1, 0).unwrap().remove(0).id;
    read(dir, store, id)
}

fn read(dir: TempDir, store: Store, id: String) -> Kept {
    let samples = store.audio(&id, 0.0, 1e6).unwrap().unwrap();
    let state = store.recording(&id).unwrap().unwrap().state().unwrap();
    let silenced = store.waveform(&id, 100).unwrap().unwrap().silenced;
    let finals = store.show(&id).unwrap().events.into_iter().filter_map(|event| match event {
        CallEvent::Final { lane, start, end, text, .. } => Some((lane, start, end, text.as_str().to_owned())),
        _ => None,
    });
    let finals = finals.collect();
    Kept { _dir: dir, store, id, samples, state, silenced, finals }
}

/// The call with nothing in it that is to be silenced. Made once.
static UNTOUCHED: LazyLock<Kept> = LazyLock::new(|| keep(&sample_call(), Pace::Max, scripted(&[])));

fn scripted(words: Words) -> Scripted {
    Scripted { words, work: 0.2, fails: None }
}

fn frames(silenced: &Silenced) -> std::ops::Range<usize> {
    (silenced.start * 16_000.0).round() as usize..(silenced.end * 16_000.0).round() as usize
}

/// Every sample is silent where the recording says that it was silenced, and the untouched call's elsewhere.
fn assert_only_silenced(kept: &Kept, untouched: &Kept) {
    assert_eq!(kept.samples.len(), untouched.samples.len());
    assert_eq!((kept.state.end, kept.state.missing), (RecordingEnd::Finished, 0.0));
    for (at, (sample, other)) in kept.samples.iter().zip(&untouched.samples).enumerate() {
        let silent = kept.silenced.iter().any(|one| frames(one).contains(&(at / 2)));
        assert_eq!(*sample, if silent { 0 } else { *other }, "at {} s", at as f64 / 32_000.0);
    }
}

fn is_silent(kept: &Kept, start: f64, end: f64) -> bool {
    let [from, to] = [start, end].map(|second| (second * 16_000.0) as usize * 2);
    kept.samples[from..to].iter().all(|sample| *sample == 0)
}

/// The final that has these words, as the log has them.
fn said<'a>(kept: &'a Kept, words: &str) -> &'a (Lane, f64, f64, String) {
    let found = kept.finals.iter().find(|(.., text)| text.contains(words));
    found.unwrap_or_else(|| panic!("nobody said `{words}`: {:?}", kept.finals))
}

use Lane::{Agent, Customer};

/// A card read out in pieces, interrupted and put right, said again by the agent; beside it what must stay.
const CARD: Words = &[
    (Agent, 0, "go ahead with the card number please"),
    (Customer, 0, "four one one one"),
    (Agent, 1, "okay"),
    (Customer, 1, "one one one one no sorry one one two one"),
    (Agent, 2, "so that is one one two one right"),
    (Customer, 2, "1111 1111 and call me back at 555 123 4567"),
    (Agent, 3, "I take 150 dollars on May third"),
    (Customer, 3, "the security code is 737"),
];

#[test]
fn what_is_masked_in_the_text_is_silent_in_both_lanes_and_nothing_else_is() {
    let untouched = &*UNTOUCHED;
    assert_eq!(untouched.silenced, []);
    assert!(!is_silent(untouched, 0.0, untouched.state.seconds));
    let kept = keep(&sample_call(), Pace::Max, scripted(CARD));
    assert_only_silenced(&kept, untouched);
    let mut masked = 0;
    for (lane, start, end, text) in &kept.finals {
        if text.starts_with('[') && text.ends_with(']') {
            assert!(is_silent(&kept, *start, *end), "{lane}, {start} to {end}: {text}");
            masked += 1;
        }
        if !text.contains('[') {
            let margin = Silenced::MARGIN;
            let neighbour = |one: &&Silenced| one.start < end - margin && one.end > start + margin;
            assert!(!kept.silenced.iter().any(|one| neighbour(&one)), "{lane}, {start} to {end}: {text}");
        }
    }
    assert!(masked >= 2, "{:?}", kept.finals);
    // The number of the end of a longer utterance is silent, its beginning is heard, and the other way round.
    let (_, start, end, _) = said(&kept, "call me back at 555 123 4567");
    assert!(is_silent(&kept, *start, start + 0.3 * (end - start)));
    assert!(!is_silent(&kept, end - 0.5, *end));
    let (_, start, end, _) = said(&kept, "the security code is [");
    assert!(!is_silent(&kept, *start, start + 0.2 * (end - start)));
    assert!(is_silent(&kept, end - 0.5, *end));
    said(&kept, "150 dollars on May third");
}

#[test]
fn a_transcript_that_is_far_behind_holds_the_recording_back_and_loses_nothing() {
    let slow = Scripted { work: 6.0, ..scripted(CARD) };
    let kept = keep(&sample_call(), Pace::Max, slow);
    assert!(!kept.silenced.is_empty());
    assert_only_silenced(&kept, &UNTOUCHED);
}

#[test]
fn what_could_not_be_decoded_is_silent_as_nobody_knows_what_it_was() {
    let kept = keep(&sample_call(), Pace::Max, Scripted { fails: Some((Customer, 1)), ..scripted(&[]) });
    assert_eq!(kept.silenced.len(), 1);
    assert_only_silenced(&kept, &UNTOUCHED);
}

#[test]
fn figures_that_only_the_better_model_hears_are_silenced_in_the_stored_recording() {
    let live = keep(&sample_call(), Pace::Max, scripted(&[(Agent, 0, "go ahead with the card number")]));
    assert_eq!(live.silenced, []);
    let load = || Ok(Box::new(scripted(CARD)) as OwnedDecoder);
    assert!(improve(&live.store, &live.id, &load, &mut |_| Leave::GoOn).unwrap());
    let improved = live.store.show_improved(&live.id).unwrap();
    let masked = improved.events.iter().filter(
        |event| matches!(event, CallEvent::Final { text, .. } if text.as_str().contains("[card number]")),
    );
    assert!(masked.count() >= 3);
    let Kept { _dir: dir, store, id, .. } = live;
    let after = read(dir, store, id);
    assert!(!after.silenced.is_empty());
    assert_only_silenced(&after, &UNTOUCHED);
}

/// A number where an amount was spoken of: its first piece stays in the text, as it was written when nobody knew what it would
/// become.
const UNASKED: Words = &[
    (Agent, 0, "so how much can you pay"),
    (Customer, 0, "3, 7, 8, 2"),
    (Agent, 1, "okay"),
    (Customer, 1, "822463"),
];

#[test]
fn a_number_s_first_pieces_are_silent_too_though_nobody_knew_yet_what_they_would_become() {
    let kept = keep(&sample_call(), Pace::Max, scripted(UNASKED));
    assert_only_silenced(&kept, &UNTOUCHED);
    for words in ["3, 7, 8, 2", "[card number]"] {
        let (_, start, end, _) = said(&kept, words);
        assert!(is_silent(&kept, *start, *end), "{words}");
    }
}

/// The first seconds of the sample call as a file of their own.
fn beginning(dir: &TempDir, seconds: usize) -> PathBuf {
    let whole = std::fs::read(sample_call()).unwrap();
    let data = whole.windows(4).position(|name| name == b"data").unwrap() + 8;
    let length = seconds * 8_000 * 4;
    let mut part = whole[..data + length].to_vec();
    part[data - 4..data].copy_from_slice(&(length as u32).to_le_bytes());
    part[4..8].copy_from_slice(&((data + length - 8) as u32).to_le_bytes());
    let file = dir.path().join("beginning.wav");
    std::fs::write(&file, part).unwrap();
    file
}

#[test]
fn a_call_with_threads_is_silenced_as_a_replay_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = beginning(&dir, 12);
    let words: Words = &[(Agent, 0, "my card number"), (Customer, 0, "4111 1111 1111 1111")];
    let untouched = keep(&file, Pace::Max, scripted(&[]));
    let replayed = keep(&file, Pace::Max, scripted(words));
    assert!(!replayed.silenced.is_empty());
    assert_only_silenced(&replayed, &untouched);
    let live = keep(&file, Pace::Realtime, scripted(words));
    assert!(!live.silenced.is_empty());
    assert_only_silenced(&live, &untouched);
    let (_, start, end, _) = said(&live, "[card number]");
    assert!(is_silent(&live, *start, *end));
}
