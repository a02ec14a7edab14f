//! The session logs on the command line: found, told again, exported, held, deleted and proved.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, Outcome, Recording};
use serde_json::Value;
use std::fs;

fn json(outcome: &Outcome) -> Value {
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).unwrap()
}

/// The number of calls that a list finds.
fn found(user: &Cueline, arguments: &[&str]) -> usize {
    json(&user.run(&[&["calls", "list", "--json"], arguments].concat())).as_array().unwrap().len()
}

#[test]
fn a_call_is_found_told_again_exported_held_deleted_and_proved() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let options = ["--context", sample.script(), "--model", "tiny.en-q8_0"];
    let events = user.replay(sample.file(), &options);
    let call = events.iter().find_map(|event| match event {
        CallEvent::CallStarted { call, .. } => Some(call.clone()),
        _ => None,
    });
    let call = call.unwrap();

    // Its digest is there as soon as it has ended.
    let listed = json(&user.run(&["calls", "list", "--json", "--order", "attention"]));
    assert_eq!(listed[0]["id"], call.as_str());
    let triggers = listed[0]["digest"]["triggers"].as_array().unwrap();
    assert!(triggers.contains(&"trig.dispute".into()), "{triggers:?}");
    for (arguments, calls) in [
        (&["--cue", "trig.dispute"][..], 1),
        (&["--cue", "trig.deceased"], 0),
        (&["--outcome", "dispute"], 1),
        (&["--until", "2026-01-01"], 0),
        (&["--customer", "nobody at all"], 0),
        (&["--min-seconds", "20", "--limit", "5"], 1),
        (&["--offset", "1"], 0),
    ] {
        assert_eq!(found(&user, arguments), calls, "{arguments:?}");
    }
    let quotes = user.run(&["calls", "search", "--cue", "trig.dispute", "--lane", "customer"]);
    assert!(quotes.out.contains(&call), "{}", quotes.out);
    assert_eq!(user.run(&["calls", "list", "--since", "soon"]).code, 2);

    // Told again, it gives the same cues.
    let lab = user.run(&["lab", "--json"]);
    assert_eq!(lab.code, 0, "{}", lab.out);
    let totals: Value = serde_json::from_str(lab.out.lines().last().unwrap()).unwrap();
    assert_eq!((&totals["calls"], &totals["differing"]), (&1.into(), &0.into()));
    assert_eq!(totals["in_part"], 0);
    let other = user.run(&["lab", "--playbook", "customer-service", &call]);
    assert_eq!(other.code, 1, "another playbook makes a difference: {}", other.out);

    let shown = user.run(&["calls", "show", &call]);
    assert!(shown.out.contains("points by the call's events"), "{}", shown.out);

    exported(&user, &call);
    imported(&user, &call);
    gone(&user, &call);
}

fn exported(user: &Cueline, call: &str) {
    let to = tempfile::tempdir().unwrap();
    let folder = to.path().to_str().unwrap();
    for (format, begins) in
        [("json", "{"), ("csv", "call,started,agent"), ("html", "<!doctype html>"), ("pdf", "%PDF-1.")]
    {
        let run = user.run(&["calls", "export", call, "--format", format, "--audio", "--to", folder]);
        assert_eq!(run.code, 0, "{}", run.err);
        let file = fs::read(to.path().join(call).with_extension(format)).unwrap();
        assert!(file.starts_with(begins.as_bytes()), "{format}");
    }
    let sound = fs::read(to.path().join(call).with_extension("wav")).unwrap();
    assert!(sound.starts_with(b"RIFF") && sound.len() > 500_000);
    let table = to.path().join("all.csv");
    let run = user.run(&["calls", "export", "--all", "--format", "csv", "--to", table.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(fs::read_to_string(table).unwrap().lines().count() > 10);
    assert_eq!(user.run(&["calls", "export", "--to", folder]).code, 2, "which call?");
}

/// The call comes to somebody else as it is here, with its sound.
fn imported(user: &Cueline, call: &str) {
    let to = tempfile::tempdir().unwrap();
    let folder = to.path().to_str().unwrap();
    let export = |user: &Cueline, folder: &str| {
        assert_eq!(user.run(&["calls", "export", call, "--audio", "--to", folder]).code, 0);
    };
    export(user, folder);
    let other = Cueline::without_models();
    fs::write(to.path().join("broken.json"), "{\"format\":\"cueline-call\"").unwrap();
    let run = other.run(&["calls", "import", folder, "--json"]);
    assert_eq!(run.code, 1, "one of the files is no whole export: {}", run.err);
    let told: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let of = |state: &str| told.iter().find(|one| one["state"] == state).unwrap();
    assert_eq!(of("imported")["call"], call);
    assert_eq!(of("refused")["notice"]["code"], "import_damaged");

    let file = to.path().join(call).with_extension("json");
    let again = other.run(&["calls", "import", file.to_str().unwrap()]);
    assert_eq!((again.code, again.out.lines().last()), (0, Some("0 imported, 1 already here, 0 refused")));
    assert!(again.out.contains(&format!("{call}  already here")), "{}", again.out);
    assert_eq!(other.run(&["calls", "import"]).code, 2, "which file?");
    assert_eq!(other.run(&["calls", "import", "/nowhere/at-all.json"]).code, 1);

    let there = tempfile::tempdir().unwrap();
    export(&other, there.path().to_str().unwrap());
    for ending in ["json", "wav"] {
        let bytes =
            |folder: &tempfile::TempDir| fs::read(folder.path().join(call).with_extension(ending)).unwrap();
        assert!(bytes(&to) == bytes(&there), "the {ending} is the same");
    }
    let list = |user: &Cueline| json(&user.run(&["calls", "list", "--json"]));
    assert_eq!(list(user), list(&other));
    assert_eq!(other.run(&["lab", call]).code, 0, "told again, it gives the same cues");
    let proved = other.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{}", proved.err);
    assert!(proved.out.contains("1 call was imported"), "{}", proved.out);
    let log = other.run(&["calls", "access-log", "--what", "imported"]);
    assert!(log.out.contains(call) && !log.out.contains(".json"), "{}", log.out);
}

fn gone(user: &Cueline, call: &str) {
    assert_eq!(user.run(&["calls", "hold", call, "--reason", "case 17"]).code, 0);
    let held = user.run(&["calls", "delete", call, "--reason", "asked for", "--yes"]);
    assert_eq!(held.code, 1);
    assert!(held.err.contains("legal hold"), "{}", held.err);
    assert_eq!(user.run(&["calls", "hold", call, "--reason", "case closed", "--off"]).code, 0);
    let nobody = user.run(&["calls", "delete", call, "--reason", "asked for"]);
    assert_eq!(nobody.code, 2, "there is nobody to ask");
    let retained = user.run(&["calls", "retention", "--preset", "reg-f", "--delete", "--yes"]);
    assert_eq!((retained.code, retained.out.as_str()), (0, ""));
    assert_eq!(user.run(&["calls", "delete", call, "--reason", "asked for", "--yes"]).code, 0);
    assert_eq!(found(user, &[]), 0);
    let proved = user.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{}", proved.err);
    assert!(proved.out.contains("has 2 seals"), "the end and the deletion: {}", proved.out);
}
