//! A store that the first version made opens in this one: its calls are listed, shown, found, proved, heard, reviewed and exported.

use cueline_tests::{Cueline, Outcome};
use serde_json::Value;

fn json(outcome: &Outcome) -> Value {
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).expect("JSON")
}

/// Everything that was there stands in what is there now, which may have more.
#[track_caller]
fn stands_in(before: &Value, now: &Value, what: &str) {
    match before {
        Value::Object(before) => {
            for (key, value) in before {
                stands_in(value, &now[key], &format!("{what}/{key}"));
            }
        }
        _ => assert_eq!(before, now, "{what}"),
    }
}

#[test]
fn what_the_first_version_kept_is_all_there() {
    let user = Cueline::of_the_first_version();
    let first = Cueline::as_the_first_version_showed_them();
    assert_eq!(first.len(), 2);
    let listed = json(&user.run(&["calls", "list", "--json", "--order", "attention"]));
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    for (id, before) in &first {
        let shown = user.run(&["calls", "show", id, "--json"]);
        assert!(shown.err.is_empty(), "nothing had to be repaired: {}", shown.err);
        let now = json(&shown);
        stands_in(before, &now, id);
        assert_eq!(before["ledger_state"]["state"], "intact");
        assert!(now["scorecard"]["items"].as_array().is_some_and(|items| !items.is_empty()), "{now}");
    }
    let proved = user.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{}", proved.err);
    assert!(proved.out.contains("2 calls ended before there was a chain"), "{}", proved.out);

    // Words and cues are found, and the calls can be told again, from what was kept of them then.
    let talked = first.iter().find(|(_, call)| call["call"]["utterances"] == 12).expect("the whole call").0;
    for search in [&["receipt"][..], &["--cue", "guard.pre_verify_disclosure"]] {
        let hits = user.run(&[&["calls", "search"], search].concat());
        assert!(hits.out.contains(talked.as_str()), "{search:?}: {} {}", hits.out, hits.err);
    }
    let lab = user.run(&["lab", talked]);
    assert!(lab.out.contains("told from its transcript"), "{} {}", lab.out, lab.err);
}

#[test]
fn a_call_of_the_first_version_goes_on_as_any_other_does() {
    let user = Cueline::of_the_first_version();
    let first = Cueline::as_the_first_version_showed_them();
    let recorded =
        first.iter().find(|(_, call)| call["call"]["recording"] == true).expect("a recorded call").0;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = folder.path().to_str().expect("a UTF-8 path");
    assert_eq!(user.run(&["calls", "export", "--all", "--audio", "--to", to]).code, 0);
    let mut sound = hound::WavReader::open(folder.path().join(recorded).with_extension("wav")).expect("WAV");
    let samples: Vec<i16> = sound.samples().map(|sample| sample.expect("a whole file")).collect();
    assert_eq!(samples.len(), 3 * 2 * 16_000);
    assert!(samples.iter().any(|sample| sample.abs() > 1_000), "somebody is heard");

    let other = Cueline::without_models();
    let came = other.run(&["calls", "import", to]);
    assert_eq!((came.code, came.out.lines().last()), (0, Some("2 imported, 0 already here, 0 refused")));
    for user in [&user, &other] {
        assert_eq!(user.run(&["calls", "hold", recorded, "--reason", "case 17"]).code, 0);
        assert_eq!(user.run(&["calls", "delete", recorded, "--reason", "asked for", "--yes"]).code, 1);
        assert_eq!(user.run(&["calls", "hold", recorded, "--reason", "closed", "--off"]).code, 0);
        assert_eq!(user.run(&["calls", "delete", recorded, "--reason", "asked for", "--yes"]).code, 0);
        let proved = user.run(&["calls", "verify"]);
        assert_eq!(proved.code, 0, "{}", proved.err);
    }
}
