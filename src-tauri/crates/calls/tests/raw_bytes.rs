//! Nothing that was said in a call, or of it afterwards, can be read in any file of the data folder: not in the database, its
//! journal or its search index, not in recordings, not in what is left of work that was done.

#![expect(clippy::unwrap_used, reason = "what a test builds on works, or the test fails")]

use cueline_calls::{
    Acting, Actor, CallFilter, CallOrder, Digest, HeldRecording, ImprovedTranscript, ImprovedUtterance,
    NewCall, Observed, ObservedWhat, ObservedWords, Outcome, Passphrase, ReviewMark, Role, SearchQuery,
    Silenced, Store, Unlock, Verdict,
};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, Notice, PlaybookId,
};
use std::path::{Path, PathBuf};

/// Words, names and figures of the calls and of what people say of them: long enough that no megabyte of random bytes has
/// them.
const SAID: &[&str] = &[
    // In the calls.
    "hippopotamus",
    "borrowed",
    "7351928",
    "5558675309",
    "marmaduke",
    "quillfeather",
    "dinglehopper",
    "vantongeren",
    // Masked, so that they are nowhere even for whoever has the key.
    "49291234",
    "56789012",
    "078051120",
    // What people said of them.
    "coachingword",
    "disputeword",
    "noteword",
    "tagword",
    "reasonword",
    "taskword",
    "playlistword",
    "deletionword",
    "holdword",
    "searchedword",
    // Who and with what.
    "zybarth",
    "wexford",
    "collections-us",
    "trig.dispute",
    "base-q8_0",
    "sesquipedalian",
];

fn store(dir: &Path) -> Store {
    let unlock = Unlock::Passphrase(Passphrase::from("a sesquipedalian passphrase".to_owned()));
    Store::open(dir, &unlock).unwrap().0
}

fn new_call() -> NewCall {
    NewCall {
        id: None,
        source: CallSource::Devices,
        model: "base-q8_0".into(),
        playbook: PlaybookId { id: "collections-us".into(), version: "1".into() },
        context: CallContext {
            customer_name: "Zybarth Vantongeren".into(),
            creditor: "Dinglehopper".into(),
            ..CallContext::default()
        },
        agent: "Quillfeather".into(),
        machine: "Wexford".into(),
        started_at: 0,
    }
}

fn said(utterance: u32, text: &str) -> CallEvent {
    let end = f64::from(utterance) * 2.0;
    CallEvent::Final {
        lane: Lane::Customer,
        utterance,
        start: end - 1.5,
        end,
        text: text.into(),
        emitted_at: end + 0.4,
    }
}

/// A call with everything that is kept during one. Gives back its id.
fn call(store: &Store) -> String {
    let mut log = store.begin_call(new_call()).unwrap();
    let mut recording = HeldRecording::new(store.begin_recording(&log).unwrap());
    // A sound whose samples are letters.
    let letters: Vec<i16> =
        b"AudibleHippopotamus!".chunks(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
    let second: Vec<i16> = letters.iter().copied().cycle().take(32_000).collect();
    let texts = [
        "Hippopotamus borrowed 7351928 from Marmaduke",
        "call me back at 555 867 5309",
        "my card number is 4929 1234 5678 9012",
        "my social is 078 05 1120",
    ];
    for (n, text) in (1..).zip(texts) {
        recording.push_second(&second).unwrap();
        let words = ObservedWords {
            lane: Lane::Customer,
            utterance: n,
            start: f64::from(n) * 2.0 - 1.5,
            end: f64::from(n) * 2.0,
            text: text.into(),
        };
        let at = f64::from(n) * 2.0;
        log.observe(Observed { clock: at, at, what: ObservedWhat::Partial { said: words, paused: true } });
        log.append(&said(n, text)).unwrap();
        recording.judge(at, &log.take_silenced()).unwrap();
    }
    log.append(&CallEvent::Cue(CueEvent {
        cue: "trig.dispute".into(),
        event: CueEventKind::Fires,
        at: 2.0,
        emitted_at: 2.4,
        lane: Some(Lane::Customer),
        evidence: Some(Evidence {
            utterance: 1,
            start: 0.5,
            end: 2.0,
            quote: "borrowed 7351928 from Marmaduke".into(),
        }),
        shown: Some(true),
        withheld: None,
        measure: None,
        by_agent: false,
    }))
    .unwrap();
    log.append(&CallEvent::Notice(Notice {
        code: "device_lost".into(),
        message: "The Marmaduke headset is gone.".into(),
        what_to_do: "Plug it in.".into(),
    }))
    .unwrap();
    log.end(9.0).unwrap();
    let _ = recording.judge(9.0, &[]);
    recording.finish().unwrap();
    let digest = Digest {
        points: 1.0,
        of: 2.0,
        held: vec!["trig.dispute".into()],
        stop_orders: Vec::new(),
        triggers: vec!["trig.dispute".into()],
        clues: 0,
        clues_missed: 0,
        outcome: Outcome::Dispute,
    };
    log.keep_digest(&digest).unwrap();
    log.id()
}

/// Everything that people say of a call.
fn reviewed(store: &Store, id: &str) {
    lead(store).keep_note(id, &"a noteword about Marmaduke, card 4929 1234 5678 9012".into()).unwrap();
    let marks = [
        ReviewMark::Verdict { cue: "trig.dispute".into(), at: 2.0, verdict: Verdict::Right },
        ReviewMark::Reviewed { done: true },
        ReviewMark::Score { item: "Dignity".into(), points: Some(3.0), reason: "a reasonword".into() },
        ReviewMark::Dispute { item: Some("Dignity".into()), comment: "a disputeword".into() },
        ReviewMark::Hold { on: true, reason: "a holdword".into() },
        ReviewMark::Hold { on: false, reason: "no holdword".into() },
        ReviewMark::Note {
            at: Some(2.0),
            text: "a coachingword, and 4929 1234 5678 9012".into(),
            tags: vec!["tagword".into()],
        },
        ReviewMark::Task { text: "a taskword".into() },
        ReviewMark::Playlist { at: 2.0, start: 1.0, end: 3.0, name: "playlistword".into() },
    ];
    for mark in marks {
        say(store, id, mark);
    }
}

fn lead(store: &Store) -> Acting {
    let lead = Actor { name: "Quillfeather".into(), role: Role::TeamLead, machine: "Wexford".into() };
    store.act(lead, None).unwrap()
}

fn say(store: &Store, id: &str, mark: ReviewMark) {
    lead(store).keep_review(id, mark).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Every word as the parts of a system write it, by its first byte.
fn needles() -> [Vec<(&'static str, Vec<u8>)>; 256] {
    let mut needles = [const { Vec::new() }; 256];
    for word in SAID {
        let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        for needle in [word.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            needles[usize::from(needle[0])].push((*word, needle));
        }
    }
    needles
}

/// Looks for every word in the bytes and the names of every file.
fn assert_unreadable(dir: &Path, when: &str) {
    let (files, needles) = (files(dir), needles());
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let bytes: Vec<u8> = std::fs::read(&file).unwrap().to_ascii_lowercase();
        for (at, first) in bytes.iter().enumerate() {
            for (word, needle) in &needles[usize::from(*first)] {
                assert!(!bytes[at..].starts_with(needle), "{when}: `{word}` in {}", file.display());
            }
        }
        let name = file.strip_prefix(dir).unwrap().to_string_lossy().to_lowercase();
        assert!(!SAID.iter().any(|word| name.contains(word)), "{when}: the name {name}");
    }
}

#[test]
fn no_file_holds_a_word_a_name_or_a_figure_of_any_call_at_any_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(dir.path());
    let id = call(&store);
    assert_unreadable(dir.path(), "after a call");
    reviewed(&store, &id);
    assert_unreadable(dir.path(), "after a review");

    // Questions leave nothing either, nor what is made of the call for somewhere else.
    for words in ["hippopotamus", "searchedword", "\"borrowed 7351928\""] {
        store.search(&SearchQuery::words(words), 10).unwrap();
    }
    let filter = CallFilter {
        customer: Some("vantongeren".into()),
        cue: Some("trig.dispute".into()),
        ..CallFilter::default()
    };
    assert_eq!(store.list(&filter, CallOrder::Attention, 10, 0).unwrap().len(), 1);
    assert!(store.audio(&id, 0.0, 1e6).unwrap().is_some_and(|samples| !samples.is_empty()));
    store.verify_all().unwrap();
    assert_unreadable(dir.path(), "after searches");

    let utterance = |start: f64, text: &str| ImprovedUtterance {
        lane: Lane::Customer,
        start,
        end: start + 1.5,
        text: text.into(),
    };
    let transcript = ImprovedTranscript {
        model: "base-q8_0".into(),
        machine: "Wexford".into(),
        utterances: vec![
            utterance(0.2, "Hippopotamus borrowed 7351928 from Marmaduke"),
            utterance(2.0, "4929 1234 5678 9012"),
        ],
    };
    store.keep_improved(&id, transcript).unwrap();
    let waveform = store.waveform(&id, 10).unwrap().unwrap();
    assert!(waveform.silenced.iter().any(|Silenced { end, .. }| *end > 3.0), "{:?}", waveform.silenced);
    assert_unreadable(dir.path(), "after an improved transcript, for which the recording was written anew");

    let other = call(&store);
    lead(&store).delete(&id, &"a deletionword".into()).unwrap();
    assert_unreadable(dir.path(), "after a deletion");
    assert!(
        !files(dir.path()).iter().any(|file| file.to_string_lossy().contains(&id)),
        "no file is left of it"
    );
    drop(store);
    assert_unreadable(dir.path(), "when the program has ended");
    let again = self::store(dir.path());
    assert_eq!(again.show(&other).unwrap().call.customer_name, "Zybarth Vantongeren");
    assert!(again.search(&SearchQuery::words("49291234"), 10).unwrap().is_empty());
    assert!(again.search(&SearchQuery::words("9012"), 10).unwrap().is_empty());
}
