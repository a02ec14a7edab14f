//! The power fails: what was acknowledged is there, whatever was being written.
//!
//! A power cut leaves on the disk what was synced and any part of what was written after it. So a store is written step by
//! step, how much of the journal each step had synced is noted, and the journal is cut off at every boundary of a write,
//! beside it, and at many places within: what is left is opened as the next start would open it.

#![expect(clippy::unwrap_used, reason = "what a test builds on works, or the test fails")]

use cueline_calls::export::{ExportedCall, json, wav};
use cueline_calls::{
    Acting, Actor, CallLog, KeyStore, LedgerState, NewCall, Observed, ObservedWhat, Repaired, ReviewMark,
    Role, Store, StoreError, TakenOut, Unlock,
};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, PlaybookId,
};
use std::fs;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A key store that copies of a folder share: files beside it.
struct Beside(PathBuf);

impl KeyStore for Beside {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        Ok(fs::read(self.0.join(name)).ok().map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        fs::write(self.0.join(name), secret).map_err(|e| StoreError::KeyStore { reason: e.to_string() })
    }
}

fn open(keys: &Path, data: &Path) -> (Store, Vec<Repaired>) {
    Store::open(data, &Unlock::KeyStore(Box::new(Beside(keys.to_path_buf())))).unwrap()
}

/// Bytes of the journal's header, and of a frame in it: a header and a page (the file format of SQLite's journals, 4.1).
const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// What had been acknowledged when the journal was so long.
#[derive(Debug, Clone, Copy)]
struct Step {
    journal: usize,
    finals: usize,
    cues: usize,
    reviews: usize,
}

fn call(started_at: i64) -> NewCall {
    NewCall {
        id: None,
        source: CallSource::Devices,
        model: "base".into(),
        playbook: PlaybookId { id: "collections-us".into(), version: "1".into() },
        context: CallContext::default(),
        agent: "agent".into(),
        machine: "desk".into(),
        started_at,
    }
}

fn sentence(n: usize) -> String {
    format!("utterance {n} {}", "and so on and so forth ".repeat(n % 30))
}

fn say(log: &mut CallLog, n: usize) {
    let at = n as f64;
    log.observe(Observed { clock: at, at, what: ObservedWhat::VoiceStarted { lane: Lane::Agent } });
    let (lane, text) = (Lane::Agent, sentence(n).into());
    let said = CallEvent::Final { lane, utterance: n as u32, start: at - 0.5, end: at, text, emitted_at: at };
    log.append(&said).unwrap();
}

fn cue(log: &mut CallLog, n: usize) {
    let at = n as f64;
    let quote = Evidence { utterance: n as u32, start: at - 0.5, end: at, quote: "and so on".into() };
    log.append(&CallEvent::Cue(CueEvent {
        cue: format!("disc.number_{}", n % 5),
        event: CueEventKind::Unsure,
        at,
        emitted_at: at,
        lane: Some(Lane::Agent),
        evidence: Some(quote),
        shown: None,
        withheld: None,
        measure: None,
        by_agent: false,
    }))
    .unwrap();
}

/// A folder as it is on the disk, but for the journal.
struct Folder {
    root: tempfile::TempDir,
    data: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        Self { root, data }
    }

    fn journal(&self) -> Vec<u8> {
        fs::read(self.data.join("calls.db-wal")).unwrap()
    }

    fn database(&self) -> Vec<u8> {
        fs::read(self.data.join("calls.db")).unwrap()
    }

    /// The folder after a power cut that left this journal.
    fn after_the_cut(&self, database: &[u8], journal: &[u8]) -> (tempfile::TempDir, Store, Vec<Repaired>) {
        let copy = tempfile::tempdir().unwrap();
        fs::copy(self.data.join("keys.json"), copy.path().join("keys.json")).unwrap();
        fs::write(copy.path().join("calls.db"), database).unwrap();
        fs::write(copy.path().join("calls.db-wal"), journal).unwrap();
        let (store, repaired) = open(self.root.path(), copy.path());
        (copy, store, repaired)
    }
}

/// Where a journal is cut: at every boundary of a write, a byte beside it, and at places within that look random
/// (SplitMix64, Steele et al. 2014).
fn cuts(length: usize) -> Vec<usize> {
    let frames = (length - HEADER) / FRAME;
    let boundaries = (0..=frames).map(|n| HEADER + n * FRAME);
    let mut cuts: Vec<usize> = boundaries.flat_map(|at| [at.saturating_sub(1), at, at + 24]).collect();
    cuts.extend((0..30_u64).map(|seed| {
        let z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 31)) as usize % length
    }));
    cuts.extend([0, 1, HEADER - 1]);
    cuts.retain(|cut| *cut <= length);
    cuts
}

#[test]
fn a_power_cut_at_any_write_of_a_call_and_its_review_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let (store, _) = open(folder.root.path(), &folder.data);
    // What is in the database itself; from here on everything is in the journal.
    let mut earlier = store.begin_call(call(0)).unwrap();
    say(&mut earlier, 1);
    earlier.end(2.0).unwrap();
    let (first, database) = (earlier.id(), folder.database());
    let mut steps = Vec::new();
    let mut step = |finals: usize, cues: usize, reviews: usize| {
        steps.push(Step { journal: folder.journal().len(), finals, cues, reviews });
    };
    let mut log = store.begin_call(call(1)).unwrap();
    step(0, 0, 0);
    for n in 1..=8 {
        say(&mut log, n);
        step(n, n - 1, 0);
        cue(&mut log, n);
        step(n, n, 0);
    }
    log.end(9.0).unwrap();
    let lead = lead(&store);
    for n in 1..=4 {
        let mark = ReviewMark::Note { at: Some(1.0), text: sentence(n).into(), tags: vec!["tone".into()] };
        lead.keep_review(&log.id(), mark).unwrap();
        step(8, 8, n);
    }
    let journal = folder.journal();
    assert_eq!(folder.database(), database, "nothing was moved out of the journal meanwhile");
    assert_eq!(steps.last().unwrap().journal, journal.len());
    assert!(steps.windows(2).all(|two| two[0].journal <= two[1].journal));

    for (n, cut) in cuts(journal.len()).into_iter().enumerate() {
        // The end that was not synced is missing, or every other time there and not written through.
        let tail = if n % 2 == 0 { 0 } else { 4096.min(journal.len() - cut) };
        let left = [&journal[..cut], &vec![0; tail]].concat();
        let (_copy, store, repaired) = folder.after_the_cut(&database, &left);
        let case = format!("cut at {cut} of {}, then {tail} zeroes", journal.len());
        store.check().unwrap();
        let synced = steps.iter().rfind(|step| step.journal <= cut);
        let Ok(record) = store.show(&log.id()) else {
            assert!(synced.is_none(), "{case}: the call is gone");
            continue;
        };
        let synced = synced.copied().unwrap_or(Step { journal: 0, finals: 0, cues: 0, reviews: 0 });
        let finals: Vec<&str> = record.events.iter().filter_map(words).collect();
        assert!(finals.len() >= synced.finals, "{case}: {} finals, {synced:?}", finals.len());
        assert!(finals.iter().enumerate().all(|(n, text)| *text == sentence(n + 1)), "{case}");
        assert!(record.ledger.len() >= synced.cues, "{case}: {} cues, {synced:?}", record.ledger.len());
        let rows = record.ledger.len() as u32;
        assert_eq!(record.ledger_state, LedgerState::Intact { rows }, "{case}");
        let review = store.review(&log.id()).unwrap();
        assert!(review.len() >= synced.reviews, "{case}: {} reviews, {synced:?}", review.len());
        assert!(record.call.seconds.is_some() && repaired.len() <= 1, "{case}: it is closed");
        assert_eq!(store.verify_all().unwrap().faults, [], "{case}");
        assert!(store.show(&first).is_ok() || cut < steps[0].journal, "{case}");
    }
}

fn lead(store: &Store) -> Acting {
    let lead = Actor { name: "Ana".into(), role: Role::TeamLead, machine: "desk".into() };
    store.act(lead, None).unwrap()
}

/// A call of another folder as its files: the JSON and beside it the sound.
fn exported(to: &Path) -> (String, PathBuf) {
    let folder = Folder::new();
    let (store, _) = open(folder.root.path(), &folder.data);
    let mut log = store.begin_call(call(2)).unwrap();
    let mut sound = store.begin_recording(&log).unwrap();
    for n in 1..=4 {
        say(&mut log, n);
        cue(&mut log, n);
        sound.push_second(&[n as i16; 32_000]).unwrap();
    }
    sound.finish().unwrap();
    log.end(5.0).unwrap();
    let lead = lead(&store);
    lead.keep_review(&log.id(), ReviewMark::Reviewed { done: true }).unwrap();
    let TakenOut { record, review, stored, audio } = lead.take_out(&log.id(), "json", true).unwrap();
    let (samples, recording) = audio.unzip();
    let (started, titles) = (String::new(), std::collections::BTreeMap::new());
    let call = ExportedCall { started, record, stored, recording, review, score: None, titles };
    let file = to.join("call.json");
    fs::write(&file, json(&call).unwrap()).unwrap();
    fs::write(file.with_extension("wav"), wav(&samples.unwrap()).unwrap()).unwrap();
    (log.id(), file)
}

#[test]
fn a_power_cut_at_any_write_of_an_import_leaves_the_whole_call_with_its_sound_or_nothing() {
    let to = tempfile::tempdir().unwrap();
    let (id, file) = exported(to.path());
    let folder = Folder::new();
    let (store, _) = open(folder.root.path(), &folder.data);
    let mut earlier = store.begin_call(call(0)).unwrap();
    earlier.end(2.0).unwrap();
    let database = folder.database();
    let before = folder.journal().len();
    assert!(lead(&store).take_in(&file).unwrap().new);
    let (journal, record) = (folder.journal(), store.show(&id).unwrap());
    assert_eq!(folder.database(), database, "nothing was moved out of the journal meanwhile");
    assert_eq!(record.ledger.len(), 4);
    // The sound had all been written beside its place before the first row was, and gets its place after the last.
    let (arriving, name) = (PathBuf::from("arriving"), format!("{id}.cuerec"));
    let sound = fs::read(folder.data.join("recordings").join(&name)).unwrap();
    let (mut whole, mut nothing) = (0, 0);
    for cut in cuts(journal.len()).into_iter().filter(|cut| *cut >= before) {
        let copy = tempfile::tempdir().unwrap();
        fs::copy(folder.data.join("keys.json"), copy.path().join("keys.json")).unwrap();
        fs::write(copy.path().join("calls.db"), &database).unwrap();
        fs::write(copy.path().join("calls.db-wal"), &journal[..cut]).unwrap();
        for folder in ["arriving", "recordings"] {
            fs::create_dir(copy.path().join(folder)).unwrap();
        }
        // At the first cut the sound itself was not all on the disk.
        let written = if cut == before { &sound[..sound.len() / 2] } else { &sound };
        fs::write(copy.path().join(&arriving).join(&name), written).unwrap();
        let (store, _) = open(folder.root.path(), copy.path());
        assert_eq!(store.verify_all().unwrap().faults, [], "cut at {cut}");
        assert!(!copy.path().join(&arriving).join(&name).exists(), "cut at {cut}");
        let there = copy.path().join("recordings").join(&name).exists();
        match store.show(&id) {
            Ok(found) => {
                whole += 1;
                assert!(there && found == record, "cut at {cut}");
                assert_eq!(store.audio(&id, 0.0, 9.0).unwrap().unwrap().len(), 4 * 32_000);
            }
            Err(error) => {
                nothing += 1;
                assert_eq!((error.code(), there), ("no_such_call", false), "cut at {cut}");
                assert!(lead(&store).take_in(&file).unwrap().new, "it can be imported again");
            }
        }
    }
    assert!(whole > 0 && nothing > 3, "{whole} whole, {nothing} nothing");
}

fn words(event: &CallEvent) -> Option<&str> {
    if let CallEvent::Final { text, .. } = event { Some(text.as_str()) } else { None }
}
