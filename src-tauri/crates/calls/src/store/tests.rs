use super::*;
use crate::chain::NewDeletion;
use crate::keys::{MemoryKeyStore, Passphrase};
use crate::{KeyState, Role, key_state};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, Measure, Notice, PlaybookId,
    Withheld,
};
use tempfile::TempDir;

pub(super) fn new_call() -> NewCall {
    NewCall {
        id: None,
        source: CallSource::Devices,
        model: "base-q8_0".to_owned(),
        playbook: PlaybookId { id: "collections-us".to_owned(), version: "1".to_owned() },
        context: CallContext { customer_name: "Quillon Zybarth".to_owned(), ..CallContext::default() },
        agent: "agent-wexford".to_owned(),
        machine: "desk-vantongeren".to_owned(),
        started_at: 1_760_000_000_000,
    }
}

pub(super) fn deletion() -> NewDeletion {
    NewDeletion {
        by: "lead".to_owned(),
        role: Some(Role::TeamLead),
        reason: "asked for".into(),
        machine: "desk-vantongeren".to_owned(),
    }
}

pub(super) fn memory() -> (TempDir, MemoryKeyStore) {
    (tempfile::tempdir().unwrap(), MemoryKeyStore::default())
}

fn unlock(key_store: &MemoryKeyStore) -> Unlock {
    Unlock::KeyStore(Box::new(key_store.clone()))
}

pub(super) fn open(dir: &TempDir, key_store: &MemoryKeyStore) -> Store {
    Store::open(dir.path(), &unlock(key_store)).unwrap().0
}

pub(super) fn said(n: u32, lane: Lane, text: &str) -> CallEvent {
    let start = f64::from(n) * 2.0;
    CallEvent::Final {
        lane,
        utterance: n,
        start,
        end: start + 1.5,
        text: text.into(),
        emitted_at: start + 2.0,
    }
}

pub(super) fn cue(cue: &str, event: CueEventKind, at: f64, quote: Option<&str>) -> CallEvent {
    CallEvent::Cue(CueEvent {
        cue: cue.to_owned(),
        event,
        at,
        emitted_at: at + 0.25,
        lane: quote.map(|_| Lane::Agent),
        evidence: quote.map(|q| Evidence { utterance: 1, start: at - 1.0, end: at, quote: q.into() }),
        shown: None,
        withheld: None,
        measure: None,
        by_agent: false,
    })
}

#[test]
fn a_call_is_read_as_it_was_written() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    let withheld = CallEvent::Cue(CueEvent {
        cue: "listen.pace".to_owned(),
        event: CueEventKind::Fires,
        at: 8.0,
        emitted_at: 8.1,
        lane: None,
        evidence: None,
        shown: Some(false),
        withheld: Some(Withheld::AgentSpeaking),
        measure: Some(Measure { value: 182.0, threshold: 170.0, unit: "wpm".to_owned() }),
        by_agent: false,
    });
    let own_word = match cue("disc.name", CueEventKind::Satisfied, 6.5, None) {
        CallEvent::Cue(cue) => CallEvent::Cue(CueEvent { by_agent: true, ..cue }),
        other => other,
    };
    let notice =
        CallEvent::Notice(Notice { code: "device_lost".into(), message: "m".into(), what_to_do: "w".into() });
    let kept = [
        cue("disc.recording", CueEventKind::Due, 0.0, None),
        said(1, Lane::Agent, "This call is recorded."),
        cue("disc.recording", CueEventKind::Satisfied, 3.0, Some("call is recorded")),
        CallEvent::Gap { lane: Lane::Customer, start: 3.5, end: 4.0 },
        said(2, Lane::Customer, "Fine by me."),
        CallEvent::Paused { at: 6.0 },
        own_word,
        CallEvent::Resumed { at: 7.5 },
        CallEvent::RecordingEnded { at: 7.6 },
        withheld,
        notice,
    ];
    for event in &kept {
        log.append(event).unwrap();
        log.append(&CallEvent::Lag { seconds: 0.1 }).unwrap();
    }
    assert!(store.list(&CallFilter::default(), CallOrder::Newest, 10, 0).unwrap()[0].running);
    log.append(&said(3, Lane::Customer, "")).unwrap();
    log.append(&CallEvent::CallEnded { at: 10.0 }).unwrap();
    log.end(10.0).unwrap();

    let record = store.show(&log.id()[..30]).unwrap();
    assert_eq!(record.events, kept);
    assert_eq!(record.context, new_call().context);
    assert_eq!(record.ledger.iter().map(|row| row.by_agent).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(record.ledger_state, LedgerState::Intact { rows: 3 });
    assert_eq!(store.verify(&log.id()).unwrap(), LedgerState::Intact { rows: 3 });
    assert_eq!(record.note, None);
    let call = record.call;
    assert_eq!((call.seconds, call.running, call.repaired), (Some(10.0), false, false));
    assert_eq!((call.utterances, call.cards, call.recording), (2, 0, false));
    assert_eq!((call.disclosures.said, call.disclosures.due), (2, 0));
    assert_eq!(call.customer_name, "Quillon Zybarth");
    assert_eq!(store.list(&CallFilter::default(), CallOrder::Newest, 10, 0).unwrap(), [call]);
    store.check().unwrap();
}

#[test]
fn calls_are_listed_newest_first_and_found_by_what_is_known() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut ids = Vec::new();
    for n in 0..4 {
        let agent = if n % 2 == 0 { "ann" } else { "bob" };
        let new = NewCall { started_at: 1_000 * n, agent: agent.to_owned(), ..new_call() };
        let mut log = store.begin_call(new).unwrap();
        log.end(1.0).unwrap();
        ids.push(log.id());
    }
    let listed = |filter: &CallFilter, limit, offset| -> Vec<i64> {
        store
            .list(filter, CallOrder::Newest, limit, offset)
            .unwrap()
            .iter()
            .map(|c| c.started_at / 1000)
            .collect()
    };
    assert_eq!(listed(&CallFilter::default(), 3, 0), [3, 2, 1]);
    assert_eq!(listed(&CallFilter::default(), 3, 3), [0]);
    assert_eq!(listed(&CallFilter { agent: Some("ann".into()), ..CallFilter::default() }, 9, 0), [2, 0]);
    assert_eq!(
        listed(&CallFilter { since: Some(1_000), until: Some(3_000), ..CallFilter::default() }, 9, 0),
        [2, 1]
    );
    assert!(
        listed(&CallFilter { source: Some(CallSource::Script), ..CallFilter::default() }, 9, 0).is_empty()
    );

    assert_eq!(store.show(&ids[1]).unwrap().call.id, ids[1]);
    assert_eq!(store.show(&ids[1].replace('-', "")).unwrap().call.id, ids[1]);
    assert_eq!(store.show("0").unwrap_err().code(), "ambiguous_call");
    for nobody in ["", "f", "nobody", "' OR 1=1", &format!("{}0", ids[0])] {
        assert_eq!(store.show(nobody).unwrap_err().code(), "no_such_call", "{nobody}");
    }
}

#[test]
fn words_are_found_whatever_else_is_typed() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    log.append(&said(1, Lane::Customer, "That debt is not mine, I paid the caf\u{e9} already.")).unwrap();
    log.append(&said(2, Lane::Agent, "Mine is not to judge.")).unwrap();
    let found = |query: &str| -> Vec<u32> {
        store.search(&SearchQuery::words(query), 10).unwrap().iter().map(|hit| hit.utterance).collect()
    };
    assert_eq!(found("not mine"), [2, 1]);
    assert_eq!(found("\"not mine\""), [1]);
    assert_eq!(found("CAFE"), [1]);
    assert_eq!(found("mortgage"), [] as [u32; 0]);
    for odd in
        ["", "\"", "*", "a AND", "NEAR(", "mine) OR (x", "text:mine", "-mine", "\u{0}", "'; DROP TABLE call"]
    {
        store.search(&SearchQuery::words(odd), 10).unwrap();
    }
    let hit = store.search(&SearchQuery::words("paid"), 10).unwrap().remove(0);
    assert!(hit.snippet.iter().any(|part| part.hit && part.text.as_str() == "paid"));
    assert_eq!((hit.call, hit.lane, hit.start), (log.id(), Lane::Customer, 2.0));
}

#[test]
fn a_call_is_deleted_as_a_whole_and_never_while_it_runs() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    let mut recording = store.begin_recording(&log).unwrap();
    recording.push_second(&[1; 32_000]).unwrap();
    recording.finish().unwrap();
    log.append(&said(1, Lane::Agent, "unrepeatable")).unwrap();
    log.append(&cue("disc.recording", CueEventKind::Due, 0.0, None)).unwrap();
    assert_eq!(store.delete(&log.id(), &deletion()).unwrap_err().code(), "still_running");
    log.end(2.0).unwrap();
    assert!(store.show(&log.id()).unwrap().call.recording);

    assert_eq!(store.delete(&log.id(), &deletion()).unwrap(), log.id());
    assert_eq!(store.show(&log.id()).unwrap_err().code(), "no_such_call");
    assert!(store.search(&SearchQuery::words("unrepeatable"), 10).unwrap().is_empty());
    assert_eq!(std::fs::read_dir(dir.path().join("recordings")).unwrap().count(), 0);
}

#[test]
fn rows_cannot_be_changed_or_taken_out_one_by_one() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    log.append(&said(1, Lane::Agent, "words")).unwrap();
    log.append(&cue("disc.recording", CueEventKind::Due, 0.0, None)).unwrap();
    log.end(2.0).unwrap();
    let connection = store.0.database.connect().unwrap();
    for sql in [
        "UPDATE call SET agent = 'x'",
        "UPDATE call_end SET at = 1",
        "UPDATE utterance SET text = 'x'",
        "UPDATE cue_event SET event = 'fires'",
        "UPDATE ledger SET event = 'satisfied'",
        "DELETE FROM call_end",
        "DELETE FROM utterance",
        "DELETE FROM cue_event",
        "DELETE FROM ledger",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
    // Someone with the key can take the triggers away; the ledger notices.
    connection.execute_batch("DROP TRIGGER ledger_is_kept; UPDATE ledger SET event = 'satisfied'").unwrap();
    assert_eq!(store.verify(&log.id()).unwrap(), LedgerState::Broken { first: 1 });
}

#[test]
fn nothing_that_was_said_can_be_read_in_any_file() {
    let dir = tempfile::tempdir().unwrap();
    let secret = "sesquipedalian passphrase";
    let unlock = Unlock::Passphrase(Passphrase::from(secret.to_owned()));
    let (store, _) = Store::open(dir.path(), &unlock).unwrap();
    let mut log = store.begin_call(new_call()).unwrap();
    let mut recording = store.begin_recording(&log).unwrap();
    let sound: Vec<i16> = b"AudibleMarker!!!".chunks(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    recording.push_second(&sound.repeat(2_000)).unwrap();
    log.append(&said(1, Lane::Customer, "Hippopotamus borrowed 7351928 from Marmaduke")).unwrap();
    log.append(&said(2, Lane::Customer, "my card is 4929 1234 5678 9012")).unwrap();
    log.append(&cue("disc.xylophone", CueEventKind::Satisfied, 3.0, Some("borrowed from Marmaduke")))
        .unwrap();

    let words = [
        "Hippopotamus",
        "hippopotamus",
        "7351928",
        "Marmaduke",
        "marmaduke",
        "4929",
        "9012",
        "xylophone",
        "borrowed",
        "Quillon",
        "Zybarth",
        "wexford",
        "vantongeren",
        "AudibleMarker",
        "collections-us",
        "base-q8_0",
        "utterance",
        "CREATE TABLE",
        "SQLite format",
        "sesquipedalian",
        "passphrase\"}",
    ];
    let mut files = Vec::new();
    scan(dir.path(), &words, &mut files);
    log.end(5.0).unwrap();
    recording.finish().unwrap();
    drop((log, store));
    scan(dir.path(), &words, &mut files);
    for expected in ["calls.db", "calls.db-wal", "keys.json", ".cuerec", ".lock"] {
        assert!(files.iter().any(|f| f.ends_with(expected)), "{expected} in {files:?}");
    }
    // The masked figures are not there for the holder of the key either.
    let (store, _) = Store::open(dir.path(), &unlock).unwrap();
    assert!(store.search(&SearchQuery::words("9012"), 10).unwrap().is_empty());
    assert_eq!(store.search(&SearchQuery::words("hippopotamus 7351928"), 10).unwrap().len(), 1);
}

fn scan(folder: &Path, words: &[&str], seen: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan(&path, words, seen);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for word in words {
            assert!(!path.to_string_lossy().contains(word), "`{word}` in the name {path:?}");
            // Plain, and as UTF-16, which some parts of a system write.
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for form in [word.as_bytes(), &wide] {
                assert!(!bytes.windows(form.len()).any(|w| w == form), "`{word}` in {path:?}");
            }
        }
        seen.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
}

#[test]
fn a_folder_that_lost_a_file_says_which_and_nothing_is_made_in_its_place() {
    for (gone, code) in [("keys.json", "keys_missing"), ("calls.db", "store_missing")] {
        let (dir, key_store) = memory();
        drop(open(&dir, &key_store));
        let (path, aside) = (dir.path().join(gone), dir.path().join("aside"));
        std::fs::rename(&path, &aside).unwrap();
        let error = Store::open(dir.path(), &unlock(&key_store)).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(gone), "{error}");
        assert!(!path.exists());
        std::fs::rename(&aside, &path).unwrap();
        open(&dir, &key_store);
    }
    let (dir, key_store) = memory();
    drop(open(&dir, &key_store));
    std::fs::write(dir.path().join("calls.db"), b"").unwrap();
    assert_eq!(Store::open(dir.path(), &unlock(&key_store)).unwrap_err().code(), "store_missing");
}

#[test]
fn a_first_use_that_was_killed_anywhere_is_finished_by_the_next() {
    let (dir, key_store) = memory();
    // Killed with both files made and none named.
    let new = create_keys(dir.path(), &unlock(&key_store)).unwrap();
    Database::create(&dir.path().join("calls.db.new"), &new.keys.store).unwrap();
    drop(open(&dir, &key_store));
    assert_eq!(key_state(dir.path()).unwrap(), KeyState::System);

    // Killed between the two names.
    let (dir, key_store) = memory();
    let new = create_keys(dir.path(), &unlock(&key_store)).unwrap();
    Database::create(&dir.path().join("calls.db"), &new.keys.store).unwrap();
    drop(open(&dir, &key_store));
    assert_eq!(key_state(dir.path()).unwrap(), KeyState::System);
}

#[test]
fn what_stands_in_the_way_of_opening_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a-file");
    std::fs::write(&file, b"x").unwrap();
    let key_store = MemoryKeyStore::default();
    let error = Store::open(&file, &unlock(&key_store)).unwrap_err();
    assert_eq!(error.code(), "file");
    assert!(error.to_string().contains("a-file"), "{error}");

    let (dir, key_store) = memory();
    drop(open(&dir, &key_store));
    let path = dir.path().join("calls.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let error = Store::open(dir.path(), &unlock(&key_store)).unwrap_err();
    assert_eq!(error.code(), "store_damaged");
    assert!(error.to_string().contains("calls.db"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "a damaged store is left as it is");
}

#[test]
fn a_call_that_another_store_writes_is_not_repaired() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    log.append(&said(1, Lane::Agent, "still talking")).unwrap();
    let (second, repaired) = Store::open(dir.path(), &unlock(&key_store)).unwrap();
    assert_eq!(repaired, []);
    log.append(&said(2, Lane::Agent, "and talking")).unwrap();
    assert_eq!(second.show(&log.id()).unwrap().events.len(), 2);

    // Its process is gone: the lock is free and the end was never written.
    let id = log.id();
    drop(log);
    let (third, repaired) = Store::open(dir.path(), &unlock(&key_store)).unwrap();
    assert_eq!(repaired.len(), 1);
    assert_eq!((repaired[0].call.as_str(), repaired[0].lost_after), (id.as_str(), 6.0));
    let call = third.show(&id).unwrap().call;
    assert_eq!((call.repaired, call.running, call.seconds), (true, false, Some(6.0)));
    assert_eq!(Store::open(dir.path(), &unlock(&key_store)).unwrap().1, []);
}
