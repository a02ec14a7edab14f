//! A call's improved transcript beside its live one.

use super::tests::{cue, deletion, memory, new_call, open, said};
use super::*;
use crate::{ImprovedUtterance, TranscriptVersion};
use cueline_events::{CallEvent, CueEventKind, Lane};

fn improved(lane: Lane, start: f64, text: &str) -> ImprovedUtterance {
    ImprovedUtterance { lane, start, end: start + 1.4, text: text.into() }
}

fn transcript(model: &str, utterances: Vec<ImprovedUtterance>) -> ImprovedTranscript {
    ImprovedTranscript { model: model.to_owned(), machine: "desk".to_owned(), utterances }
}

fn ended_call(store: &Store) -> (String, Vec<CallEvent>) {
    let mut log = store.begin_call(new_call()).unwrap();
    let events = vec![
        said(1, Lane::Agent, "This call is recalled."),
        cue("disc.recording", CueEventKind::Satisfied, 4.0, Some("call is recalled")),
        said(2, Lane::Customer, "I paid the dead."),
    ];
    events.iter().for_each(|event| log.append(event).unwrap());
    log.end(10.0).unwrap();
    (log.id(), events)
}

fn words(record: &CallRecord) -> Vec<String> {
    let text = |event: &CallEvent| match event {
        CallEvent::Final { text, .. } => Some(text.as_str().to_owned()),
        CallEvent::Cue(cue) => Some(cue.cue.clone()),
        _ => None,
    };
    record.events.iter().filter_map(text).collect()
}

#[test]
fn the_live_transcript_stays_and_each_says_which_it_is() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (id, events) = ended_call(&store);
    assert_eq!(store.show_improved(&id).unwrap_err().code(), "not_improved");
    let live = store.show(&id).unwrap();
    assert_eq!(live.transcript, TranscriptVersion::Live { model: "base-q8_0".into() });
    assert_eq!(live.call.improved_with, None);

    let utterances = vec![
        improved(Lane::Customer, 4.1, "I paid the debt."),
        improved(Lane::Agent, 2.0, "This call is recorded."),
        improved(Lane::Agent, 8.0, ""),
    ];
    store.keep_improved(&id, transcript("small.en-q8_0", utterances)).unwrap();
    let again = store.show(&id).unwrap();
    assert_eq!(again.events, events, "the live transcript is as it was");
    assert_eq!(again.ledger_state, live.ledger_state);
    assert_eq!(again.call.improved_with.as_deref(), Some("small.en-q8_0"));
    assert_eq!(again.call.utterances, 2);

    let better = store.show_improved(&id).unwrap();
    assert!(
        matches!(better.transcript, TranscriptVersion::Improved { ref model, .. } if model == "small.en-q8_0")
    );
    assert_eq!(words(&better), ["This call is recorded.", "disc.recording", "I paid the debt."]);
    assert_eq!(better.ledger, live.ledger, "the ledger is the live transcript's");

    // Another pass adds another transcript; the newest is read.
    store.keep_improved(&id, transcript("base-q8_0", vec![improved(Lane::Agent, 2.0, "Recorded.")])).unwrap();
    assert_eq!(words(&store.show_improved(&id).unwrap())[0], "Recorded.");
}

#[test]
fn the_improved_transcript_is_masked_in_the_order_in_which_it_was_said() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (id, _) = ended_call(&store);
    let utterances = vec![
        improved(Lane::Customer, 5.0, "4929 1234"),
        improved(Lane::Agent, 2.0, "What is your card number?"),
        improved(Lane::Customer, 7.0, "5678 9012"),
    ];
    store.keep_improved(&id, transcript("base-q8_0", utterances)).unwrap();
    let said = words(&store.show_improved(&id).unwrap());
    assert_eq!(said.iter().filter(|text| text.contains("[card number]")).count(), 2, "{said:?}");
    assert!(store.search(&SearchQuery::words("4929"), 10).unwrap().is_empty());
}

#[test]
fn what_both_transcripts_have_is_found_once_and_what_one_has_says_where() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (id, _) = ended_call(&store);
    let found = |query: &str| -> Vec<(u32, bool)> {
        store
            .search(&SearchQuery::words(query), 10)
            .unwrap()
            .iter()
            .map(|hit| (hit.utterance, hit.improved))
            .collect()
    };
    assert_eq!(found("paid"), [(2, false)]);
    let utterances = vec![
        improved(Lane::Agent, 2.0, "This call is recorded."),
        improved(Lane::Customer, 4.1, "I paid the debt."),
    ];
    store
        .keep_improved(&id, transcript("tiny.en-q8_0", vec![improved(Lane::Agent, 2.0, "An older try.")]))
        .unwrap();
    store.keep_improved(&id, transcript("base-q8_0", utterances)).unwrap();
    assert_eq!(found("paid"), [(2, false)], "both have it");
    assert_eq!(found("debt"), [(2, true)], "the improved one alone");
    assert_eq!(found("dead"), [(2, false)], "the live one alone");
    assert_eq!(found("older try"), [], "a transcript that was replaced is not searched");
    assert_eq!(found("call"), [(1, false)]);
}

#[test]
fn improved_rows_are_only_added_and_go_with_their_call() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (id, _) = ended_call(&store);
    store
        .keep_improved(&id, transcript("base-q8_0", vec![improved(Lane::Agent, 2.0, "Zweifelhaft.")]))
        .unwrap();
    let connection = store.0.database.connect().unwrap();
    for sql in [
        "UPDATE improvement SET model = 'x'",
        "UPDATE improved_utterance SET text = 'x'",
        "DELETE FROM improvement",
        "DELETE FROM improved_utterance",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
    store.delete(&id, &deletion()).unwrap();
    let left = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((left("improvement"), left("improved_utterance")), (0, 0));
    assert!(store.search(&SearchQuery::words("zweifelhaft"), 10).unwrap().is_empty());
    store.check().unwrap();
}

#[test]
fn only_ended_calls_with_a_recording_are_improvable() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (unrecorded, _) = ended_call(&store);
    let mut log = store.begin_call(new_call()).unwrap();
    let mut recording = store.begin_recording(&log).unwrap();
    recording.push_second(&[1; 32_000]).unwrap();
    assert!(store.a_call_runs().unwrap());
    assert!(store.improvable().unwrap().is_empty(), "one runs, one has no recording");
    assert_eq!(store.keep_improved(&log.id(), transcript("m", vec![])).unwrap_err().code(), "still_running");
    recording.finish().unwrap();
    log.end(1.0).unwrap();
    assert!(!store.a_call_runs().unwrap());
    assert_eq!(store.improvable().unwrap(), [log.id()]);
    store.keep_improved(&log.id(), transcript("m", vec![])).unwrap();
    assert!(store.improvable().unwrap().is_empty(), "nothing was said, and that is known now");
    assert_eq!(store.keep_improved("f", transcript("m", vec![])).unwrap_err().code(), "no_such_call");
    assert_ne!(unrecorded, log.id());
}
