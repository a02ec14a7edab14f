//! Calls through the production pipeline with the real small model: audio in, cue events out.

use cueline_events::{CallEvent, CueEventKind, Lane};
use cueline_tests::{Cueline, Recording, assert_same_cues, cue_events, outline, said};
use std::sync::LazyLock;

/// Seconds within which a cue's deciding words must have ended, around those that the script names: the transcript
/// spreads its words over an utterance, so their ends are known to about this much.
const TOLERANCE: f64 = 1.5;

/// The sample call, as it was spoken (seconds of its recording).
const CALL: &[(f64, &str, CueEventKind)] = &[
    (2.5, "disc.identify_caller", CueEventKind::Satisfied),
    (9.4, "disc.recording_notice", CueEventKind::Satisfied),
    (20.6, "disc.right_party", CueEventKind::Satisfied),
    (28.2, "disc.mini_miranda_initial", CueEventKind::Satisfied),
    (34.0, "trig.dispute", CueEventKind::Fires),
    (39.5, "trig.dispute", CueEventKind::Satisfied),
    (46.0, "clue.job_loss", CueEventKind::Fires),
    (55.2, "disc.recap", CueEventKind::Satisfied),
];

/// What the sample call raises; several tests look at it.
static EVENTS: LazyLock<Vec<CallEvent>> = LazyLock::new(|| {
    let sample = Recording::sample_call();
    Cueline::new().replay(sample.file(), &["--context", sample.script(), "--no-log"])
});

#[test]
fn the_sample_call_raises_its_cues_when_their_words_are_said() {
    let events = &*EVENTS;

    assert!(matches!(events.first(), Some(CallEvent::CallStarted { .. })));
    assert!(matches!(events.last(), Some(CallEvent::CallEnded { .. })));
    assert!(said(events, Lane::Customer).contains("paid"), "the customer's lane is transcribed");
    assert!(said(events, Lane::Agent).contains("attempt to collect"), "the agent's lane is transcribed");
    for (at, cue, kind) in CALL {
        let found = cue_events(events).into_iter().find(|event| event.cue == *cue && event.event == *kind);
        let found = found.unwrap_or_else(|| panic!("{cue} {kind:?} is missing"));
        assert!((found.at - at).abs() <= TOLERANCE, "{cue} {kind:?} at {:.2} s instead of {at}", found.at);
        assert!(found.emitted_at >= found.at, "{cue} was told before it was said");
    }
    let dispute = cue_events(events).into_iter().find(|event| event.cue == "trig.dispute").unwrap();
    assert_eq!(dispute.shown, Some(true), "the dispute becomes a card");
    assert_eq!(dispute.lane, Some(Lane::Customer));
    let evidence = dispute.evidence.as_ref().expect("with the customer's words");
    assert!(evidence.quote.as_str().to_lowercase().contains("paid"));
    assert!(!cue_events(events).iter().any(|event| event.cue == "guard.pre_verify_disclosure"));
}

/// A call's finals come once each, a partial never after its final, and times never run backwards.
#[test]
fn the_events_of_a_call_are_in_order() {
    let mut finished = std::collections::BTreeSet::new();
    let mut revisions = std::collections::BTreeMap::new();
    let (mut now, mut partials) = (0.0, 0);
    for event in &*EVENTS {
        let emitted = match event {
            CallEvent::Partial { utterance, revision, emitted_at, start, end, .. } => {
                assert!(!finished.contains(utterance), "a partial after its final");
                assert!(
                    revisions.insert(*utterance, *revision) < Some(*revision),
                    "a revision that is not newer"
                );
                assert!(start <= end);
                partials += 1;
                *emitted_at
            }
            CallEvent::Final { utterance, emitted_at, start, end, .. } => {
                assert!(finished.insert(*utterance), "an utterance ended twice");
                assert!(start < end && end <= emitted_at);
                *emitted_at
            }
            CallEvent::Cue(cue) => cue.emitted_at,
            _ => continue,
        };
        assert!(emitted >= now, "time ran backwards");
        now = emitted;
    }
    assert!(partials > 0, "words are shown while they are spoken");
    assert!(revisions.keys().all(|utterance| finished.contains(utterance)), "every utterance ends");
}

/// The same call at other rates, and as two files, is the same call.
#[test]
fn a_call_is_the_same_in_every_form_of_file() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let context = ["--context", sample.script(), "--no-log"];
    let (samples, rate) = sample.samples();
    assert_eq!(rate, 8_000);
    let frames: Vec<[i16; 2]> = samples.chunks_exact(2).map(|frame| [frame[0], frame[1]]).collect();
    let at_44100 =
        (0..frames.len() * 441 / 80).flat_map(|index| interpolated(&frames, index as f64 * 80.0 / 441.0));
    let at_44100 = sample.rewritten("44100.wav", 2, 44_100, at_44100);
    assert_same_cues(&user.replay(&at_44100, &context), &EVENTS, "44.1 kHz");

    let (agent, customer) = sample.lanes_as_files();
    let (agent, customer) = (agent.to_str().unwrap(), customer.to_str().unwrap());
    let pair = ["replay", "--agent", agent, "--customer", customer, "--json"];
    let outcome = user.run(&[&pair[..], &context].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_same_cues(&outcome.events(), &EVENTS, "two files");
}

/// The words of a replayed call, said again to the engine alone, raise the same cues: what a call raises depends on
/// nothing but its words.
#[test]
fn a_rehearsal_of_a_calls_words_raises_its_cues() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let mut script: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(sample.script()).unwrap()).unwrap();
    let turns = EVENTS.iter().filter_map(|event| match event {
        CallEvent::Final { lane, text, start, end, .. } => {
            Some(serde_json::json!({ "speaker": lane, "text": text, "t0": start, "t1": end }))
        }
        _ => None,
    });
    script["turns"] = turns.collect();
    script["expected"] = serde_json::json!([]);
    let file = user.data_dir().join("words.json");
    std::fs::write(&file, script.to_string()).unwrap();
    let rehearsed = user.run(&["rehearse", file.to_str().unwrap(), "--json"]);
    assert_eq!(rehearsed.code, 0, "{}", rehearsed.err);
    let lines = rehearsed.out.lines().filter(|line| line.contains("\"type\":\"cue\""));
    let events: Vec<CallEvent> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(outline(&events), outline(&EVENTS));
}

/// A call without a headset: the customer comes out of the loudspeaker and into the agent's microphone, 12 dB down
/// and 40 ms later. Nothing of it becomes the agent's.
#[test]
fn the_customers_echo_is_not_the_agents() {
    let sample = Recording::sample_call();
    let (samples, rate) = sample.samples();
    let delay = 2 * (rate as usize * 40 / 1_000);
    let echo = |n: usize| if n < delay { 0 } else { samples[n + 1 - delay] / 4 };
    let lanes = (0..samples.len()).map(|n| {
        let echo = if n.is_multiple_of(2) { echo(n) } else { 0 };
        samples[n].saturating_add(echo)
    });
    let file = sample.rewritten("echo.wav", 2, rate, lanes);
    let events = Cueline::new().replay(&file, &["--context", sample.script(), "--no-log"]);

    assert_same_cues(&events, &EVENTS, "with an echo");
    let (expected, heard) = (said(&EVENTS, Lane::Agent), said(&events, Lane::Agent));
    let (expected, heard) = (words(&expected), words(&heard));
    let missing = expected.iter().filter(|word| !heard.contains(word)).count();
    assert!(missing * 10 <= expected.len(), "{missing} of the agent's {} words are missing", expected.len());
    for run in words(&said(&events, Lane::Customer)).windows(4) {
        let repeated = heard.windows(4).any(|said| said == run);
        assert!(!repeated || expected.windows(4).any(|said| said == run), "the agent repeats {run:?}");
    }
}

/// A text's words without what stands around them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect()
}

/// Line noise and silence are not words.
#[test]
fn nothing_is_heard_where_nobody_speaks() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 16) as i16) / 400
    });
    let silence = sample.rewritten("noise.wav", 2, 8_000, noise.take(2 * 8_000 * 30));
    let events = user.replay(&silence, &["--no-log"]);
    assert_eq!(said(&events, Lane::Agent) + &said(&events, Lane::Customer), "");
}

/// A call that collects nothing has no collections cues.
#[test]
fn customer_service_raises_no_collections_cue() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let events = user.replay(sample.file(), &["--context", "mode=customer_service", "--no-log"]);
    for cue in cue_events(&events) {
        let collections = ["disc.mini_miranda", "disc.right_party", "trig.dispute", "guard.pre_verify"];
        assert!(!collections.iter().any(|prefix| cue.cue.starts_with(prefix)), "{}", cue.cue);
    }
}

fn interpolated(frames: &[[i16; 2]], position: f64) -> [i16; 2] {
    let (index, part) = (position as usize, position.fract());
    let next = frames.get(index + 1).unwrap_or(&frames[index]);
    [0, 1].map(|lane| (f64::from(frames[index][lane]) * (1.0 - part) + f64::from(next[lane]) * part) as i16)
}
