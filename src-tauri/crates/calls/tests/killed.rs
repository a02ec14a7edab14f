//! A process that writes a call is killed at random moments: the log opens, lacks nothing that was written, and says
//! that it was repaired.

#![expect(clippy::unwrap_used, reason = "what a test builds on works, or the test fails")]

use cueline_calls::{
    CallFilter, CallOrder, KeyStore, LedgerState, NewCall, RecordingEnd, Repaired, SearchQuery, Store,
    StoreError, Unlock,
};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, PlaybookId, Spoken,
};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use zeroize::Zeroizing;

const CHILD: &str = "CUELINE_TEST_WRITES_INTO";

/// A key store that two processes share: files beside the data folder.
struct Beside(PathBuf);

impl KeyStore for Beside {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        Ok(std::fs::read(self.0.join(name)).ok().map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        std::fs::write(self.0.join(name), secret).map_err(|e| StoreError::KeyStore { reason: e.to_string() })
    }
}

fn open(root: &Path) -> (Store, Vec<Repaired>) {
    let unlock = Unlock::KeyStore(Box::new(Beside(root.to_path_buf())));
    Store::open(&root.join("data"), &unlock).unwrap()
}

/// The sentence of utterance `n`, long enough that pages and journal frames are torn by a kill now and then, and no bare figure,
/// which would wait until it is known what it is.
fn sentence(n: u32) -> Spoken {
    format!("utterance {n} {}", "and so on and so forth ".repeat(1 + n as usize % 40)).into()
}

fn second(n: u32) -> Vec<i16> {
    vec![n as i16; 32_000]
}

/// Not a test by itself: what the killed process does. It says each thing on its standard output once the log has
/// taken it.
#[test]
fn the_writer() {
    let Some(root) = std::env::var_os(CHILD) else { return };
    let mut out = std::io::stdout();
    let mut told = |line: String| writeln!(out, "{line}").and_then(|()| out.flush()).unwrap();
    let (store, _) = open(Path::new(&root));
    let new = NewCall {
        id: None,
        source: CallSource::Devices,
        model: "base".into(),
        playbook: PlaybookId { id: "collections-us".into(), version: "1".into() },
        context: CallContext::default(),
        agent: "agent".into(),
        machine: "machine".into(),
        started_at: 0,
    };
    let mut log = store.begin_call(new).unwrap();
    let mut recording = store.begin_recording(&log).unwrap();
    told(format!("\ncall {}", log.id()));
    for n in 0.. {
        let at = f64::from(n);
        let (start, end) = (at - 0.5, at);
        let text = sentence(n);
        log.append(&CallEvent::Final {
            lane: Lane::Customer,
            utterance: n,
            start,
            end,
            text,
            emitted_at: at,
        })
        .unwrap();
        told(format!("final {n}"));
        log.append(&CallEvent::Cue(CueEvent {
            cue: format!("disc.number_{}", n % 5),
            event: CueEventKind::Unsure,
            at,
            emitted_at: at,
            lane: Some(Lane::Agent),
            evidence: Some(Evidence { utterance: n, start, end, quote: "and so on".into() }),
            shown: None,
            withheld: None,
            measure: None,
            by_agent: false,
        }))
        .unwrap();
        told(format!("cue {n}"));
        recording.push_second(&second(n)).unwrap();
        told(format!("second {n}"));
    }
}

/// What the process had said when it was killed.
#[derive(Debug, Default)]
struct Said {
    call: Option<String>,
    finals: u32,
    cues: u32,
    seconds: u32,
}

impl Said {
    fn hear(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("call", id)) => self.call = Some(id.to_owned()),
            Some(("final", _)) => self.finals += 1,
            Some(("cue", _)) => self.cues += 1,
            Some(("second", _)) => self.seconds += 1,
            _ => {}
        }
    }
}

fn start(root: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_writer", "--nocapture", "--test-threads=1"])
        .env(CHILD, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Numbers that look random and are the same in every run (SplitMix64, Steele et al. 2014).
fn random(seed: u64) -> u64 {
    let z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn a_call_whose_process_is_killed_loses_nothing_that_was_written() {
    for seed in 0..10 {
        let root = tempfile::tempdir().unwrap();
        let mut child = start(root.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Said::default();
        let moment = 1 + random(seed) % 90;
        while u64::from(said.finals) + u64::from(said.cues) + u64::from(said.seconds) < moment {
            said.hear(&lines.next().unwrap());
        }
        let (_, repaired) = open(root.path());
        assert_eq!(repaired, [], "seed {seed}: the call is still written");
        std::thread::sleep(Duration::from_micros(random(seed + 100) % 5_000));
        child.kill().unwrap();
        lines.for_each(|line| said.hear(&line));
        child.wait().unwrap();

        let (store, repaired) = open(root.path());
        let call = said.call.clone().unwrap();
        assert_eq!(repaired.len(), 1, "seed {seed}");
        let repair = &repaired[0];
        assert_eq!((&repair.call, &repair.fault), (&call, &None), "seed {seed}");
        assert!(
            repair.lost_after >= f64::from(said.finals.max(said.cues) - 1),
            "seed {seed}: {repair:?}, {said:?}"
        );
        assert!(repair.recorded >= Some(f64::from(said.seconds)), "seed {seed}: {repair:?}, {said:?}");
        store.check().unwrap();

        let record = store.show(&call).unwrap();
        assert!(record.call.repaired && !record.call.running, "seed {seed}");
        assert_eq!(record.call.seconds, Some(repair.lost_after));
        let finals: Vec<&Spoken> = record.events.iter().filter_map(final_text).collect();
        assert!(finals.len() >= said.finals as usize, "seed {seed}: {} of {said:?}", finals.len());
        assert!(finals.iter().enumerate().all(|(n, text)| **text == sentence(n as u32)), "seed {seed}");
        assert!(
            record.ledger.len() >= said.cues as usize,
            "seed {seed}: {} of {said:?}",
            record.ledger.len()
        );
        assert_eq!(record.ledger_state, LedgerState::Intact { rows: record.ledger.len() as u32 });
        assert!(!store.search(&SearchQuery::words("utterance 0"), 10).unwrap().is_empty());

        let mut recording = store.recording(&call).unwrap().unwrap();
        for n in 0..said.seconds {
            assert_eq!(recording.read_second().unwrap(), Some(second(n)), "seed {seed}");
        }
        assert_eq!(recording.state().unwrap().end, RecordingEnd::Repaired, "seed {seed}");
        assert_eq!(open(root.path()).1, [], "seed {seed}: repaired once");
    }
}

#[test]
fn a_first_use_killed_at_any_moment_leaves_a_folder_that_opens() {
    for seed in 0..20 {
        let root = tempfile::tempdir().unwrap();
        let mut child = start(root.path());
        std::thread::sleep(Duration::from_micros(random(seed) % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let (store, _) = open(root.path());
        store.check().unwrap();
        store.list(&CallFilter::default(), CallOrder::Newest, 10, 0).unwrap();
    }
}

fn final_text(event: &CallEvent) -> Option<&Spoken> {
    match event {
        CallEvent::Final { text, .. } => Some(text),
        _ => None,
    }
}
