use super::*;
use crate::review::NewReviewEntry;
use crate::{Actor, CallLog, MemoryKeyStore, NewCall, ReviewMark, Role, Store, TakenOut, Unlock};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, PlaybookId,
};

/// A call in which everything that could be taken for something else was said.
pub(super) fn exported() -> ExportedCall {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).unwrap();
    let mut log: CallLog = store
        .begin_call(NewCall {
            id: None,
            source: CallSource::Script,
            model: String::new(),
            playbook: PlaybookId { id: "collections-us".into(), version: "1".into() },
            context: CallContext { customer_name: "<b>Ann</b> & Co".into(), ..CallContext::default() },
            agent: "=HYPERLINK(\"x\")".into(),
            machine: "desk".into(),
            started_at: 0,
        })
        .unwrap();
    for (n, text) in ["=1+1, \"quoted\"", "<script>alert('x')</script>\nnext"].iter().enumerate() {
        let (start, end) = (n as f64, n as f64 + 0.5);
        let lane = Lane::BOTH[n];
        let said =
            CallEvent::Final { lane, utterance: n as u32, start, end, text: (*text).into(), emitted_at: end };
        log.append(&said).unwrap();
    }
    log.append(&CallEvent::Cue(CueEvent {
        cue: "disc.recap".into(),
        event: CueEventKind::Unsure,
        at: 1.5,
        emitted_at: 1.6,
        lane: Some(Lane::Agent),
        evidence: Some(Evidence { utterance: 0, start: 0.0, end: 0.5, quote: "1+1".into() }),
        shown: None,
        withheld: None,
        measure: None,
        by_agent: false,
    }))
    .unwrap();
    log.end(65.0).unwrap();
    let mark = ReviewMark::Note { at: Some(61.0), text: "<i>good</i>".into(), tags: vec![] };
    let new = NewReviewEntry { author: "dana".into(), role: Role::TeamLead, machine: "desk".into(), mark };
    store.keep_review(&log.id(), new).unwrap();
    let lead = Actor { name: "dana".into(), role: Role::TeamLead, machine: "desk".into() };
    let TakenOut { record, review, stored, audio } =
        store.act(lead, None).unwrap().take_out(&log.id(), "json", true).unwrap();
    assert!(audio.is_none());
    ExportedCall {
        started: "1970-01-01 00:00".into(),
        record,
        stored,
        recording: None,
        review,
        score: Some(ExportedScore {
            items: vec![ScoreLine {
                title: "Recap <1>".into(),
                weight: 6.0,
                state: "needs review".into(),
                points: Some(3.0),
            }],
            points: 3.0,
            of: 6.0,
        }),
        titles: [("disc.recap".to_owned(), "Recap & close".to_owned())].into(),
    }
}

#[test]
fn the_json_says_its_version_and_has_everything() {
    let call = exported();
    let value: serde_json::Value = serde_json::from_str(&json(&call).unwrap()).unwrap();
    assert_eq!((&value["format"], &value["version"]), (&"cueline-call".into(), &FORMAT_VERSION.into()));
    assert_eq!(value["call"]["id"], call.record.call.id.as_str());
    assert_eq!(value["events"].as_array().unwrap().len(), 3);
    assert_eq!(value["ledger_state"]["state"], "intact");
    assert_eq!(value["review"][0]["mark"]["kind"], "note");
    assert_eq!(value["score"]["items"][0]["points"], 3.0);
    assert_eq!(value["ledger"][0]["quote"]["salt"].as_str().unwrap().len(), 32);
    assert_eq!(value["end"]["ledger_head"], value["ledger"][0]["hash"]);
    assert_eq!(value["recording"], serde_json::Value::Null);
    assert_eq!(value["titles"]["disc.recap"], "Recap & close");
}

#[test]
fn the_table_has_a_row_for_each_utterance_and_cue_and_no_formula() {
    let call = exported();
    let table = [CSV_HEADER, &csv_rows(&call), &csv_rows(&call)].concat();
    assert_eq!(table.matches("\r\n").count(), 1 + 2 * 3);
    assert!(table.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{table}");
    assert!(table.contains(",\"'=1+1, \"\"quoted\"\"\","), "{table}");
    assert!(table.contains(",cue,0.00,1.50,agent,1+1,disc.recap,Recap & close,unsure,,,"), "{table}");
    assert!(!table.contains("\r\n="), "{table}");
}

#[test]
fn the_page_needs_nothing_and_runs_nothing() {
    let page = html(&exported());
    for hole in ["<script", "<b>Ann", "<i>good", "http://", "https://", "<link", "<img", "onload"] {
        assert!(!page.contains(hole), "{hole}");
    }
    for there in [
        "&lt;b&gt;Ann&lt;/b&gt; &amp; Co",
        "&lt;script&gt;alert(&#39;x&#39;)",
        "Recap &amp; close: unsure",
        "Recap &lt;1&gt;",
        "3.0 of 6 by the call's events",
        "at 01:01: &lt;i&gt;good&lt;/i&gt;",
        "intact, 1 entries",
        "<dt>Length</dt><dd>01:05</dd>",
    ] {
        assert!(page.contains(there), "{there} in\n{page}");
    }
}

#[test]
fn sound_is_a_wav_file() {
    let file = wav(&[1, -2, 3, -4]).unwrap();
    assert_eq!(file.len(), 44 + 8);
    assert_eq!((&file[..4], &file[8..16], &file[36..40]), (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..]));
    assert_eq!(u32::from_le_bytes([file[4], file[5], file[6], file[7]]), 44);
    assert_eq!(file[44..48], [1, 0, 254, 255]);
}
