//! After the call: the recording is transcribed once more, and both transcripts stay, each marked as what it is.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, Outcome, Recording, files_below};
use serde_json::Value;
use std::fs;

fn shown(user: &Cueline, arguments: &[&str]) -> Value {
    let outcome = user.run(&[&["calls", "show"], arguments, &["--json"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

fn texts(record: &Value) -> Vec<String> {
    let events = record["events"].as_array().unwrap();
    let finals = events.iter().filter(|event| event["type"] == "final");
    finals.map(|event| event["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_recorded_call_gets_an_improved_transcript_beside_its_live_one() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let events = user.replay(sample.file(), &["--context", sample.script(), "--model", "tiny.en-q8_0"]);
    let call = events.iter().find_map(|event| match event {
        CallEvent::CallStarted { call, .. } => Some(call.clone()),
        _ => None,
    });
    let call = call.unwrap();
    let before = shown(&user, &[&call]);
    assert_eq!(before["transcript"]["version"], "live");
    assert_eq!(before["transcript"]["model"], "tiny.en-q8_0");
    let none = user.run(&["calls", "show", &call, "--improved"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("calls improve"), "it says how to get one: {}", none.err);

    let mut command = user.command(&["calls", "improve", "--model", "tiny.en-q8_0"]);
    let improved = Outcome::of(command.env("CUELINE_LOG", "trace").output().unwrap());
    assert_eq!(improved.code, 0, "{}", improved.err);
    assert!(improved.out.contains(&call), "{}", improved.out);

    let after = shown(&user, &[&call]);
    assert_eq!(after["events"], before["events"], "the live transcript is as it was");
    assert_eq!(after["ledger"], before["ledger"]);
    assert_eq!(after["call"]["improved_with"], "tiny.en-q8_0");
    let better = shown(&user, &[&call, "--improved"]);
    assert_eq!(better["transcript"]["version"], "improved");
    let said = texts(&better);
    assert!(said.len() >= 8, "the call was transcribed again: {} utterances", said.len());
    assert!(said.join(" ").to_lowercase().contains("collect"), "its words are the call's");
    let plain = user.run(&["calls", "show", &call, "--improved"]);
    assert!(plain.out.contains("Improved transcript by tiny.en-q8_0"), "{}", plain.out);

    // What both have is found once.
    let hits = user.run(&["calls", "search", "collect", "--json"]);
    let hits: Vec<Value> = serde_json::from_str(&hits.out).unwrap();
    let mut places: Vec<_> = hits.iter().map(|hit| hit["start"].to_string()).collect();
    places.dedup();
    assert_eq!(places.len(), hits.len(), "{places:?}");

    let again = user.run(&["calls", "improve"]);
    assert!(again.out.contains("Every recorded call"), "{}", again.out);

    let files = files_below(user.data_dir());
    let words: Vec<&str> =
        said.iter().flat_map(|text| text.split_whitespace()).filter(|w| w.len() >= 7).collect();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for word in &words {
            let readable =
                bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
            assert!(!readable, "{} holds a word of the call", file.display());
        }
    }
    for word in words {
        assert!(!improved.err.to_lowercase().contains(&word.to_lowercase()), "the log output holds a word");
    }
}

#[test]
fn a_call_that_was_not_recorded_can_not_be_improved() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let events = user.replay(sample.file(), &["--context", "mode=third_party,recording=no"]);
    let Some(CallEvent::CallStarted { call, .. }) = events.first() else { panic!("no start") };
    let refused = user.run(&["calls", "improve", call]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("no recording"), "{}", refused.err);
    assert_eq!(user.run(&["calls", "improve", "nobody"]).code, 1);
}
