//! Nothing that was said can be read in the data folder or the log output, and nothing leaves the machine.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, Outcome, Recording, assert_unreadable, built_program, files_below};
use std::process::Command;

/// Words, names and numbers of the sample call.
const SECRETS: &[&str] = &[
    "Robin",
    "Hale",
    "Emma",
    "Brightwater",
    "Lakeside",
    "attempt to collect",
    "already paid",
    "store card",
    "60614",
];

#[test]
fn no_word_of_the_call_is_readable_in_the_data_folder_or_the_log() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let mut command =
        user.command(&["replay", sample.file().to_str().unwrap(), "--context", sample.script(), "--json"]);
    let outcome = Outcome::of(command.env("CUELINE_LOG", "trace").output().unwrap());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let finals =
        outcome.events().into_iter().filter(|event| matches!(event, CallEvent::Final { .. })).count();
    assert!(finals >= 8, "the call was transcribed");
    assert!(!outcome.err.is_empty(), "at this level something is logged");

    let spoken: Vec<String> = outcome
        .events()
        .into_iter()
        .filter_map(|event| {
            if let CallEvent::Final { text, .. } = event { Some(text.as_str().to_owned()) } else { None }
        })
        .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        // Short words are in any megabyte of random bytes.
        .filter(|word| word.len() >= 7)
        .collect();
    assert!(files_below(user.data_dir()).len() >= 2, "a store and a recording");
    let secrets: Vec<&str> = SECRETS.iter().copied().chain(spoken.iter().map(String::as_str)).collect();
    assert_unreadable(user.data_dir(), &secrets);
    for secret in secrets {
        assert!(
            !outcome.err.to_lowercase().contains(&secret.to_lowercase()),
            "the log output holds a word of the call"
        );
    }
}

/// Without any network everything but `models fetch` works, and that says what else can be done.
#[test]
fn everything_but_fetching_works_without_a_network() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let offline = |arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net"]).arg(built_program("cueline")).args(arguments);
        command.env("CUELINE_DATA_DIR", user.data_dir()).env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE);
        Outcome::of(command.output().expect("unshare is part of util-linux"))
    };
    let sample_file = sample.file().to_str().unwrap();
    for arguments in [
        &["replay", sample_file, "--context", sample.script()][..],
        &["rehearse", sample.script()],
        &["calls", "list"],
        &["calls", "search", "paid"],
        &["calls", "verify"],
        &["models", "list"],
        &["models", "verify"],
    ] {
        let outcome = offline(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.err);
    }
    let fetch = offline(&["models", "fetch", "base-q8_0"]);
    assert_eq!(fetch.code, 1);
    assert!(fetch.err.contains("models import"), "it says what else can be done: {}", fetch.err);
}
