//! Calls from another data folder: the same here as they were there, or not here at all.

use super::tests::{cue, deletion, memory, new_call, open, said};
use super::*;
use crate::export::{ExportedCall, json, wav};
use crate::keys::MemoryKeyStore;
use crate::{
    AccessFilter, AccessKind, Acting, Actor, HeldRecording, ImprovedUtterance, Observed, ObservedWhat,
    ObservedWords, Passphrase, ProofFault, ReviewMark, Role, TakenIn, TakenOut, Verdict,
};
use cueline_events::{CallContext, CallEvent, CueEvent, CueEventKind, Lane, Measure, Notice};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

pub(super) fn lead(store: &Store) -> Acting {
    let actor = Actor { name: "dana".into(), role: Role::TeamLead, machine: "desk-of-dana".into() };
    store.act(actor, None).unwrap()
}

/// A store with one call that has everything a call can have; its id.
pub(super) fn with_everything() -> (TempDir, MemoryKeyStore, Store, String) {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    // An amount is no account's number.
    let (amount, debt_type) = (Some(1840.55), "bank account".into());
    let context = CallContext { amount, debt_type, ..new_call().context };
    let mut log = store.begin_call(crate::NewCall { context, ..new_call() }).unwrap();
    let mut sound = HeldRecording::new(store.begin_recording(&log).unwrap());
    for event in events() {
        log.append(&event).unwrap();
    }
    for second in 0..20_i16 {
        let samples: Vec<i16> = (0..32_000).map(|n| second * 7 + (n % 311) as i16).collect();
        sound.push_second(&samples).unwrap();
    }
    sound.judge(19.0, &log.take_silenced()).unwrap();
    assert_eq!(sound.finish().unwrap_err().code(), "recording_left_out", "the last second is missing");
    observed().into_iter().for_each(|one| log.observe(one));
    log.end(20.123_456_789).unwrap();
    drop((sound, log));
    let id = store.list(&CallFilter::default(), CallOrder::Newest, 1, 0).unwrap()[0].id.clone();
    for text in ["it's 4111 1111 1111 1111 then", "a better transcript"] {
        let said = ImprovedUtterance { lane: Lane::Customer, start: 4.0, end: 5.5, text: text.into() };
        let (model, machine) = ("small".to_owned(), "desk".to_owned());
        store.keep_improved(&id, ImprovedTranscript { model, machine, utterances: vec![said] }).unwrap();
    }
    let lead = lead(&store);
    marks().into_iter().for_each(|mark| drop(lead.keep_review(&id, mark).unwrap()));
    lead.keep_note(&id, &"paid by card 4111 1111 1111 1111".into()).unwrap();
    lead.keep_note(&id, &"calls back on Monday".into()).unwrap();
    (dir, key_store, store, id)
}

fn events() -> Vec<CallEvent> {
    let own_word = match cue("disc.name", CueEventKind::Satisfied, 6.5, None) {
        CallEvent::Cue(cue) => CallEvent::Cue(CueEvent { by_agent: true, ..cue }),
        other => other,
    };
    let counted = match cue("listen.pace", CueEventKind::Fires, 8.0, None) {
        CallEvent::Cue(cue) => CallEvent::Cue(CueEvent {
            shown: Some(false),
            withheld: Some(cueline_events::Withheld::AgentSpeaking),
            measure: Some(Measure { value: 182.3, threshold: 170.0, unit: "wpm".to_owned() }),
            ..cue
        }),
        other => other,
    };
    let notice = Notice { code: "device_lost".into(), message: "m".into(), what_to_do: "w".into() };
    vec![
        cue("disc.recording", CueEventKind::Due, 0.0, None),
        said(1, Lane::Agent, "This call is recorded, on line 4155550142."),
        cue("disc.recording", CueEventKind::Satisfied, 0.1 + 0.2, Some("call is recorded")),
        CallEvent::Gap { lane: Lane::Customer, start: 3.5, end: 4.000_000_1 },
        said(2, Lane::Customer, "It's 4111 1111 1111 1111, the card number."),
        cue("trig.dispute", CueEventKind::Fires, 6.0, Some("4111 1111 1111 1111")),
        CallEvent::Paused { at: 6.1 },
        own_word,
        CallEvent::Resumed { at: 7.7 },
        said(3, Lane::Agent, "And the security code? 737 it says."),
        cue("disc.recap", CueEventKind::Unsure, 8.9, Some("the security code")),
        counted,
        CallEvent::RecordingEnded { at: 19.9 },
        CallEvent::Notice(notice),
        cue("disc.recap", CueEventKind::Missed, 20.0, None),
    ]
}

fn observed() -> Vec<Observed> {
    let words = |utterance, text: &str| ObservedWords {
        lane: Lane::Customer,
        utterance,
        start: 4.0,
        end: 5.1,
        text: text.into(),
    };
    let one = |n: usize, what| Observed { clock: n as f64 / 3.0, at: n as f64 / 7.0, what };
    let action = ObservedWhat::Action { cue: "trig.dispute".into(), action: "done".into() };
    [
        ObservedWhat::VoiceStarted { lane: Lane::Customer },
        ObservedWhat::Partial { said: words(2, "It's 4111 11"), paused: false },
        ObservedWhat::Partial { said: words(2, "It's 4111 1111 1111"), paused: true },
        ObservedWhat::Final { said: words(2, "") },
        ObservedWhat::Partial { said: words(9, "never final 12"), paused: false },
        ObservedWhat::VoiceEnded { lane: Lane::Customer },
        ObservedWhat::MarkedSaid { cue: "disc.name".into() },
        ObservedWhat::Muted,
        ObservedWhat::Unmuted,
        ObservedWhat::Paused,
        ObservedWhat::Resumed,
        action,
        ObservedWhat::Ended,
    ]
    .into_iter()
    .enumerate()
    .map(|(n, what)| one(n, what))
    .collect()
}

fn marks() -> Vec<ReviewMark> {
    let at = 0.1 + 0.7;
    vec![
        ReviewMark::Reviewed { done: true },
        ReviewMark::Verdict { cue: "trig.dispute".into(), at: 6.0, verdict: Verdict::Wrong },
        ReviewMark::Score { item: "Recap".into(), points: Some(2.5), reason: "heard it".into() },
        ReviewMark::Dispute { item: None, comment: "I said it".into() },
        ReviewMark::Note { at: Some(at), text: "card 4111 1111 1111 1111".into(), tags: vec!["calm".into()] },
        ReviewMark::Task { text: "practise the recap".into() },
        ReviewMark::TaskDone { task: "x".into() },
        ReviewMark::Playlist { at, start: at, end: 2.0, name: "good openings".into() },
        ReviewMark::Hold { on: true, reason: "case 17".into() },
    ]
}

/// A call as its files; that of the recording lies beside it.
pub(super) fn export(store: &Store, id: &str, to: &Path) -> PathBuf {
    let TakenOut { record, review, stored, audio } = lead(store).take_out(id, "json", true).unwrap();
    let file = to.join(id).with_extension("json");
    let (samples, recording) = audio.unzip();
    let (started, titles) = ("then".to_owned(), [("disc.recap".to_owned(), "Recap".to_owned())].into());
    let call = ExportedCall { started, record, stored, recording, review, score: None, titles };
    fs::write(&file, json(&call).unwrap()).unwrap();
    if let Some(samples) = samples {
        fs::write(file.with_extension("wav"), wav(&samples).unwrap()).unwrap();
    }
    file
}

/// An empty store elsewhere.
pub(super) fn elsewhere() -> (TempDir, MemoryKeyStore, Store) {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    (dir, key_store, store)
}

#[test]
fn a_call_is_the_same_in_the_other_folder() {
    let (_dir, _keys, store, id) = with_everything();
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = export(&store, &id, first.path());
    let (dir, _keys, other) = elsewhere();
    assert_eq!(lead(&other).take_in(&file).unwrap(), TakenIn { call: id.clone(), new: true });

    let again = export(&other, &id, second.path());
    assert_eq!(fs::read_to_string(&file).unwrap(), fs::read_to_string(&again).unwrap());
    let sound = |file: &Path| fs::read(file.with_extension("wav")).unwrap();
    assert_eq!(sound(&file).len(), 44 + 20 * 64_000);
    assert!(sound(&file) == sound(&again), "the samples are the same");
    let (there, here) = (store.show(&id).unwrap(), other.show(&id).unwrap());
    assert_eq!(here, there);
    assert_eq!(here.call.machine, "desk-vantongeren");
    assert!(here.call.review.legal_hold && here.call.review.overridden && here.call.disclosures.missed == 1);
    assert_eq!(other.show_improved(&id).unwrap(), store.show_improved(&id).unwrap());
    assert_eq!(other.call_to_retell(&id).unwrap(), store.call_to_retell(&id).unwrap());
    assert_eq!(other.waveform(&id, 50).unwrap(), store.waveform(&id, 50).unwrap());
    let state = |store: &Store| store.recording(&id).unwrap().unwrap().state().unwrap();
    assert_eq!(state(&other), state(&store));
    assert!(state(&other).silenced > 0.5 && state(&other).missing == 1.0, "{:?}", state(&other));
    for words in ["recorded", "better"] {
        let query = SearchQuery { words: words.into(), since: Some(1), ..SearchQuery::default() };
        assert_eq!(other.search(&query, 9).unwrap().len(), 1, "{words}");
    }

    let proof = other.verify_all().unwrap();
    assert_eq!((proof.faults, proof.imported, proof.calls), (vec![], 1, 1));
    assert_eq!((proof.chains[0].machine.as_str(), proof.chains[0].seals), ("desk-of-dana", 1));
    let log = lead(&other).access_log(&AccessFilter::default(), 9, 0).unwrap();
    let imported = log.iter().find(|row| row.what == AccessKind::Imported).unwrap();
    assert_eq!((imported.name.as_str(), imported.call.as_deref()), ("dana", Some(id.as_str())));
    assert_eq!(imported.detail, "with its recording", "no file's name, which may be a person's");
    assert!(!dir.path().join("arriving").join(format!("{id}.cuerec")).exists());
}

#[test]
fn a_call_that_is_here_stays_as_it_is() {
    let (_dir, _keys, store, id) = with_everything();
    let to = tempfile::tempdir().unwrap();
    let file = export(&store, &id, to.path());
    let (_dir, _keys, other) = elsewhere();
    lead(&other).take_in(&file).unwrap();
    let known = || TakenIn { call: id.clone(), new: false };
    assert_eq!(lead(&other).take_in(&file).unwrap(), known());
    // There is more of it here: the file has nothing new.
    lead(&other).keep_review(&id, ReviewMark::Reviewed { done: false }).unwrap();
    assert_eq!(lead(&other).take_in(&file).unwrap(), known());
    // There is more of it in the file.
    lead(&store).keep_note(&id, &"another note".into()).unwrap();
    let refused = lead(&other).take_in(&export(&store, &id, to.path())).unwrap_err();
    assert_eq!(refused.code(), "import_differs");
    // Where it was made it is known as well.
    assert_eq!(lead(&store).take_in(&file).unwrap(), known());
    assert_eq!(other.verify_all().unwrap().faults, []);
}

#[test]
fn what_was_deleted_here_stays_deleted() {
    let (_dir, _keys, store, id) = with_everything();
    let to = tempfile::tempdir().unwrap();
    lead(&store).keep_review(&id, ReviewMark::Hold { on: false, reason: "over".into() }).unwrap();
    let file = export(&store, &id, to.path());
    let (_dir, _keys, other) = elsewhere();
    lead(&other).take_in(&file).unwrap();
    for store in [&store, &other] {
        store.delete(&id, &deletion()).unwrap();
        let refused = lead(store).take_in(&file).unwrap_err();
        assert_eq!(refused.code(), "import_deleted");
        assert!(refused.to_string().contains("by lead on 20"), "{refused}");
        assert_eq!(
            (store.count(&CallFilter::default()).unwrap(), store.verify_all().unwrap().faults),
            (0, vec![])
        );
        assert!(store.recording(&id).is_err());
    }
}

#[test]
fn an_imported_call_that_vanishes_or_changes_is_noticed() {
    for (edit, fault) in [
        ("DELETE FROM call", "gone"),
        ("DROP TRIGGER import_goes_with_its_call; DELETE FROM import", "changed"),
        ("DROP TRIGGER import_is_kept; UPDATE import SET by_whom = 'x'", "changed"),
        ("DROP TRIGGER call_end_is_kept; UPDATE call_end SET at = 1.0", "changed"),
        ("DROP TRIGGER seal_stays; DELETE FROM seal", "unsealed"),
        ("DROP TRIGGER ledger_is_kept; UPDATE ledger SET cue = 'x' WHERE number = 2", "ledger"),
    ] {
        let (_dir, _keys, store, id) = with_everything();
        let to = tempfile::tempdir().unwrap();
        let file = export(&store, &id, to.path());
        let (_dir, _keys, other) = elsewhere();
        lead(&other).take_in(&file).unwrap();
        other.0.database.connect().unwrap().execute_batch(edit).unwrap();
        let faults = other.verify_all().unwrap().faults;
        let named = serde_json::to_value(&faults[0]).unwrap();
        assert_eq!(
            (named["what"].as_str(), named["call"].as_str()),
            (Some(fault), Some(id.as_str())),
            "{edit}"
        );
        if fault == "gone" {
            assert_eq!(faults, [ProofFault::Gone { call: id.clone() }]);
            // To bring it in again does not hide that it was gone.
            assert!(lead(&other).take_in(&file).unwrap().new);
            assert_eq!(other.verify_all().unwrap().faults, [ProofFault::Changed { call: id.clone() }]);
        }
    }
}

#[test]
fn a_call_that_is_written_now_is_not_brought_in() {
    let (_dir, _keys, store) = elsewhere();
    let to = tempfile::tempdir().unwrap();
    let mut log = store.begin_call(new_call()).unwrap();
    log.append(&said(1, Lane::Agent, "hello")).unwrap();
    let running = export(&store, &log.id(), to.path());
    let (_dir, _keys, other) = elsewhere();
    assert_eq!(lead(&other).take_in(&running).unwrap_err().code(), "import_unended");
    log.end(4.0).unwrap();
    let file = export(&store, &log.id(), to.path());
    let _held = RunningLock::take(&other.0.data_dir, store.find(&log.id()).unwrap()).unwrap();
    assert_eq!(lead(&other).take_in(&file).unwrap_err().code(), "still_running");
    assert_eq!(other.count(&CallFilter::default()).unwrap(), 0);
}

#[test]
fn once_roles_need_passphrases_the_team_lead_alone_brings_calls_in() {
    let (_dir, _keys, store, id) = with_everything();
    let to = tempfile::tempdir().unwrap();
    let file = export(&store, &id, to.path());
    let (_dir, _keys, other) = elsewhere();
    let passphrase = Passphrase::from("a long passphrase of a lead".to_owned());
    lead(&other).set_passphrase(Role::TeamLead, &passphrase).unwrap();
    for (role, code) in [(Role::Agent, Some("role")), (Role::Auditor, Some("role")), (Role::TeamLead, None)] {
        let actor = Actor { name: "somebody".into(), role, machine: "desk".into() };
        let taken = other.act(actor, Some(&passphrase)).unwrap().take_in(&file);
        assert_eq!(taken.err().map(|error| error.code()), code, "{role:?}");
    }
}

#[test]
fn an_import_that_was_cut_off_is_finished_or_leaves_nothing() {
    let (_dir, _keys, store, id) = with_everything();
    let to = tempfile::tempdir().unwrap();
    let file = export(&store, &id, to.path());
    for committed in [true, false] {
        let (dir, keys, other) = elsewhere();
        let place = crate::recording::path(dir.path(), store.find(&id).unwrap());
        let waits = dir.path().join("arriving").join(format!("{id}.cuerec"));
        if committed {
            lead(&other).take_in(&file).unwrap();
            fs::rename(&place, &waits).unwrap();
        } else {
            fs::create_dir_all(waits.parent().unwrap()).unwrap();
            fs::write(&waits, b"half of it").unwrap();
        }
        drop(other);
        let other = open(&dir, &keys);
        assert_eq!((place.exists(), waits.exists()), (committed, false));
        assert_eq!(other.recording(&id).ok().flatten().is_some(), committed);
        assert_eq!(lead(&other).take_in(&file).unwrap().new, !committed);
        let again = export(&other, &id, dir.path());
        assert_eq!(
            fs::read(file.with_extension("wav")).unwrap(),
            fs::read(again.with_extension("wav")).unwrap()
        );
    }
}
