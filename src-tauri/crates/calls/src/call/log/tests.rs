use super::*;
use crate::{MemoryKeyStore, Store, Unlock};
use cueline_events::{CallContext, CallSource, Lane, PlaybookId};

fn begin() -> (tempfile::TempDir, Store, CallLog) {
    let dir = tempfile::tempdir().unwrap();
    let (store, log) = begin_in(&dir, &MemoryKeyStore::default());
    (dir, store, log)
}

fn begin_in(dir: &tempfile::TempDir, key_store: &MemoryKeyStore) -> (Store, CallLog) {
    let unlock = Unlock::KeyStore(Box::new(key_store.clone()));
    let (store, _) = Store::open(dir.path(), &unlock).unwrap();
    let new = NewCall {
        id: None,
        source: CallSource::Script,
        model: String::new(),
        playbook: PlaybookId { id: "p".into(), version: "1".into() },
        context: CallContext::default(),
        agent: "a".into(),
        machine: "m".into(),
        started_at: 0,
    };
    let log = store.begin_call(new).unwrap();
    (store, log)
}

fn said(n: u32) -> CallEvent {
    let (start, end) = (f64::from(n), f64::from(n) + 0.5);
    let text = format!("sentence number {n} with some length to it. {}", "word ".repeat(40)).into();
    CallEvent::Final { lane: Lane::Agent, utterance: n, start, end, text, emitted_at: end }
}

/// Lets the database grow by no page more, which SQLite reports as it reports a full disk.
fn fill(log: &CallLog) {
    let pages: i64 = log.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    log.connection.pragma_update(None, "max_page_count", pages).unwrap();
}

fn free(log: &CallLog) {
    log.connection.pragma_update(None, "max_page_count", 1_000_000_000).unwrap();
}

#[test]
fn a_full_disk_is_named_and_nothing_is_lost_once_there_is_space() {
    let (dir, store, mut log) = begin();
    for n in 0..20 {
        log.append(&said(n)).unwrap();
    }
    fill(&log);
    let mut refused = 0;
    for n in 20..200 {
        if let Err(e) = log.append(&said(n)) {
            assert_eq!(e.code(), "disk_full");
            assert!(e.to_string().contains(&dir.path().join("calls.db").display().to_string()), "{e}");
            assert!(e.what_to_do().contains("space"));
            refused += 1;
        }
    }
    assert!(refused > 100, "{refused}");
    assert_eq!(log.end(200.0).unwrap_err().code(), "disk_full");
    assert!(store.show(&log.id()).unwrap().call.running, "what was written before can be read");
    free(&log);
    log.flush().unwrap();
    let record = store.show(&log.id()).unwrap();
    assert_eq!(record.events, (0..200).map(said).collect::<Vec<_>>());
    assert_eq!(record.call.seconds, Some(200.0));
}

#[test]
fn when_memory_is_used_up_as_well_the_log_says_what_it_lacks() {
    let (_dir, store, mut log) = begin();
    log.append(&said(0)).unwrap();
    // As if the disk had been full for hours.
    for n in 0..WAITING {
        let gap = CallEvent::Gap { lane: Lane::Agent, start: n as f64, end: n as f64 };
        let row = log.rows.rows_of(&gap).unwrap().remove(0);
        log.waiting.push_back(row);
    }
    fill(&log);
    for n in 1..=3 {
        let error = log.append(&said(n)).unwrap_err();
        assert_eq!((error.code(), log.dropped), ("log_dropped", u64::from(n)));
    }
    free(&log);
    log.append(&said(4)).unwrap();
    log.end(5.0).unwrap();
    let events = store.show(&log.id()).unwrap().events;
    assert_eq!(events.len(), 1 + WAITING + 1 + 1);
    let noticed = |e: &&CallEvent| matches!(e, CallEvent::Notice(n) if n.code == "log_dropped" && n.message.contains(" 3 events"));
    assert_eq!(events.iter().filter(noticed).count(), 1);
}

#[test]
fn figures_that_may_be_a_cards_are_on_the_disk_only_once_they_are_known_to_be_none() {
    let (dir, key_store) = (tempfile::tempdir().unwrap(), MemoryKeyStore::default());
    let (store, mut log) = begin_in(&dir, &key_store);
    let say = |n: u32, text: &str| {
        let (start, end) = (2.0 * f64::from(n), 2.0 * f64::from(n) + 1.0);
        CallEvent::Final {
            lane: Lane::Customer,
            utterance: n,
            start,
            end,
            text: text.into(),
            emitted_at: end,
        }
    };
    let texts = |store: &Store, id: &str| {
        let events = store.show(id).unwrap().events.into_iter();
        let text = |event| match event {
            CallEvent::Final { text, .. } => Some(text.as_str().to_owned()),
            _ => None,
        };
        events.filter_map(text).collect::<Vec<_>>()
    };
    log.append(&say(1, "three")).unwrap();
    log.append(&say(2, "uh")).unwrap();
    assert_eq!(texts(&store, &log.id()), ["uh"]);
    assert!(log.understood(15.5).1.is_ok());
    assert_eq!(texts(&store, &log.id()), ["uh"], "twelve seconds and the margin have not gone by");
    let (known, kept) = log.understood(16.0);
    assert_eq!((known, kept.is_ok()), (16.0, true));
    assert_eq!(texts(&store, &log.id()), ["three", "uh"]);
    for n in [10, 11, 12] {
        log.append(&say(n, "five")).unwrap();
    }
    assert_eq!(texts(&store, &log.id()).len(), 2);
    log.append(&say(13, "five")).unwrap();
    assert_eq!(texts(&store, &log.id())[2..], ["[card number]"; 4]);
    log.append(&say(30, "one")).unwrap();
    let id = log.id();
    drop((log, store));
    // Killed there: the figure goes, the utterance stays.
    let (store, repaired) = Store::open(dir.path(), &Unlock::KeyStore(Box::new(key_store))).unwrap();
    assert_eq!((repaired.len(), repaired[0].lost_after), (1, 61.0));
    assert_eq!(texts(&store, &id)[6..], ["[card number]"]);
}

#[test]
fn a_call_begins_once_and_takes_nothing_after_its_end() {
    let (_dir, store, mut log) = begin();
    let again = NewCall {
        id: Some(log.id()),
        source: CallSource::Script,
        model: String::new(),
        playbook: PlaybookId { id: "p".into(), version: "1".into() },
        context: CallContext::default(),
        agent: "a".into(),
        machine: "m".into(),
        started_at: 0,
    };
    assert_eq!(store.begin_call(again.clone()).err().unwrap().code(), "unfit");
    log.end(1.0).unwrap();
    assert_eq!(store.begin_call(again.clone()).err().unwrap().code(), "unfit");
    assert_eq!(log.append(&said(1)).unwrap_err().code(), "unfit");
    let odd = NewCall { id: Some("../../etc".into()), ..again };
    assert_eq!(store.begin_call(odd).err().unwrap().code(), "unfit");
}
