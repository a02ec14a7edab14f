use super::*;
use crate::{MemoryKeyStore, Store, Unlock};
use cueline_events::{CallContext, CallSource, Lane, PlaybookId};

fn begin() -> (tempfile::TempDir, Store, CallLog) {
    let dir = tempfile::tempdir().unwrap();
    let unlock = Unlock::KeyStore(Box::<MemoryKeyStore>::default());
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
    (dir, store, log)
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
        let row = log.rows.row(&gap).unwrap().unwrap();
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
