//! Bad input: a clear error that names the place and the remedy, the designed exit code, nothing lost, no panic.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, Outcome, Recording, built_program, cue_events};
use std::fs;
use std::process::Command;

struct Case<'a> {
    name: &'a str,
    arguments: Vec<&'a str>,
    code: i32,
    /// What the message must contain.
    says: &'a [&'a str],
}

fn check(user: &Cueline, case: &Case) {
    let outcome = user.run(&case.arguments);
    assert_eq!(outcome.code, case.code, "{}: {}", case.name, outcome.err);
    says(&outcome, case);
}

fn says(outcome: &Outcome, case: &Case) {
    for word in case.says {
        assert!(outcome.err.contains(word), "{}: `{word}` is not in: {}", case.name, outcome.err);
    }
    for fault in ["panicked", "fault of its own", "RUST_BACKTRACE"] {
        assert!(!outcome.err.contains(fault), "{}: {}", case.name, outcome.err);
    }
}

#[test]
fn recordings_that_cannot_be_replayed() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let whole = fs::read(sample.file()).unwrap();
    let garbage = write("garbage.wav", b"this is no recording at all, whatever its name says");
    let empty = write("empty.wav", b"");
    let header = write("header.wav", &whole[..30]);
    let three = sample.rewritten("three.wav", 3, 8_000, vec![0_i16; 24_000]);
    let (mono, _) = sample.lanes_as_files();
    let (three, mono) = (three.to_str().unwrap(), mono.to_str().unwrap());
    let stereo = sample.file().to_str().unwrap();

    for case in [
        Case {
            name: "no such file",
            arguments: vec!["replay", "nowhere.wav"],
            code: 1,
            says: &["nowhere.wav"],
        },
        Case {
            name: "not a recording",
            arguments: vec!["replay", &garbage],
            code: 1,
            says: &["garbage.wav", "WAV"],
        },
        Case { name: "an empty file", arguments: vec!["replay", &empty], code: 1, says: &["empty.wav"] },
        Case { name: "a torn header", arguments: vec!["replay", &header], code: 1, says: &["header.wav"] },
        Case { name: "three channels", arguments: vec!["replay", three], code: 1, says: &["three.wav", "3"] },
        Case { name: "mono, lane unknown", arguments: vec!["replay", mono], code: 2, says: &["--lane"] },
        Case {
            name: "stereo with a lane",
            arguments: vec!["replay", stereo, "--lane", "agent"],
            code: 2,
            says: &["sample-call.wav", "--lane"],
        },
        Case { name: "no recording at all", arguments: vec!["replay"], code: 2, says: &["Usage"] },
    ] {
        check(&user, &case);
    }
}

/// A recording whose writer was killed has no length in its header, or the file is shorter than the header says:
/// what is there is replayed.
#[test]
fn a_truncated_recording_is_replayed_to_its_end() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let folder = tempfile::tempdir().unwrap();
    let mut torn = fs::read(sample.file()).unwrap();
    torn.truncate(torn.len() / 2 + 1);
    let path = folder.path().join("torn.wav");
    fs::write(&path, torn).unwrap();
    let events = user.replay(&path, &["--no-log"]);
    let Some(CallEvent::CallEnded { at }) = events.last() else { panic!("the call ends") };
    let (samples, rate) = sample.samples();
    let half = samples.len() as f64 / 2.0 / f64::from(rate) / 2.0;
    assert!((at - half).abs() < 0.5, "{at} s of a call torn at {half} s");
}

#[test]
fn contexts_playbooks_models_and_stores() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let stereo = sample.file().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let playbook = folder.path().join("mistake.toml");
    fs::write(&playbook, "[playbook]\nid = \"mine\"\nversion = \"1\"\ntitel = \"a slip of the pen\"\n")
        .unwrap();
    let playbook = playbook.to_str().unwrap();
    let script = folder.path().join("script.json");
    fs::write(&script, "{\"id\": \"x\",\n \"turns\": [{]}").unwrap();
    let script = script.to_str().unwrap();
    for case in [
        Case {
            name: "a context with an unknown key",
            arguments: vec!["replay", stereo, "--context", "mode=third_party,colour=red"],
            code: 2,
            says: &["colour=red", "no such key"],
        },
        Case {
            name: "a playbook with a mistake",
            arguments: vec!["replay", stereo, "--playbook", playbook],
            code: 1,
            says: &["mistake.toml", "titel", "4"],
        },
        Case {
            name: "the same, checked",
            arguments: vec!["playbook", "check", playbook],
            code: 1,
            says: &["titel"],
        },
        Case {
            name: "a broken script",
            arguments: vec!["rehearse", script],
            code: 1,
            says: &["script.json", "2"],
        },
        Case {
            name: "a model that is not there",
            arguments: vec!["replay", stereo, "--model", "base-q8_0"],
            code: 1,
            says: &["base-q8_0", "models fetch"],
        },
        Case {
            name: "a model that does not exist",
            arguments: vec!["models", "fetch", "enormous"],
            code: 1,
            says: &["enormous", "tiny.en-q8_0"],
        },
        Case { name: "no such call", arguments: vec!["calls", "show", "0190"], code: 1, says: &["0190"] },
        Case { name: "no such command", arguments: vec!["sing"], code: 2, says: &["sing"] },
    ] {
        check(&user, &case);
    }
}

#[test]
fn a_broken_model_is_named() {
    let user = Cueline::without_models();
    let models = user.data_dir().join("models");
    fs::create_dir_all(&models).unwrap();
    fs::write(models.join("tiny.en-q8_0.bin"), b"not a model").unwrap();
    let sample = Recording::sample_call();
    let outcome =
        user.run(&["replay", sample.file().to_str().unwrap(), "--model", "tiny.en-q8_0", "--no-log"]);
    assert_eq!(outcome.code, 1);
    let case =
        Case { name: "broken model", arguments: vec![], code: 1, says: &["tiny.en-q8_0", "models fetch"] };
    says(&outcome, &case);
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_loses_nothing() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    user.replay(sample.file(), &["--context", sample.script()]);
    let mut wrong = user.command(&["calls", "list"]);
    let outcome = Outcome::of(wrong.env("CUELINE_PASSPHRASE", "wrong horse").output().unwrap());
    assert_eq!(outcome.code, 1);
    says(&outcome, &Case { name: "wrong passphrase", arguments: vec![], code: 1, says: &["passphrase"] });
    let right = user.run(&["calls", "list"]);
    assert_eq!((right.code, right.out.lines().count()), (0, 1), "{}", right.err);
}

/// A disk that fills in mid-call: the call goes on, the person is told, what was written stays. The disk is a memory
/// file system of 3 MiB in a mount namespace of the test's own; the recording and its log together are larger. Then
/// some space is freed, as the person was told.
#[test]
fn a_full_disk_is_told_and_the_call_goes_on() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let script = "mount -t tmpfs -o size=3m tmpfs \"$DATA\" && ln -s \"$MODELS\" \"$DATA/models\" \
                  && head -c 300000 /dev/zero > \"$DATA/ballast\" \
                  && \"$CUELINE\" replay \"$CALL\" --context \"$CONTEXT\" --json \
                  && rm \"$DATA/ballast\" && \"$CUELINE\" calls list >&2";
    let mut shell = Command::new("unshare");
    shell.args(["--map-root-user", "--mount", "bash", "-c", script]);
    shell.env("DATA", user.data_dir()).env("MODELS", user.data_dir().join("models").canonicalize().unwrap());
    shell.env("CUELINE", built_program("cueline")).env("CALL", sample.file()).env("CONTEXT", sample.script());
    shell.env("CUELINE_DATA_DIR", user.data_dir()).env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE);
    let outcome = Outcome::of(shell.output().expect("unshare is part of util-linux"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let events = outcome.events();
    let told = |event: &CallEvent| matches!(event, CallEvent::Notice(notice) if notice.code == "disk_full");
    assert!(
        (1..=2).contains(&events.iter().filter(|event| told(event)).count()),
        "once by the log, once by the recorder"
    );
    assert!(cue_events(&events).iter().any(|cue| cue.cue == "disc.recap"), "the call went on");
    assert!(outcome.err.contains("collections-us"), "the log opens and lists the call: {}", outcome.err);
}

/// Somebody reviews on a disk that has no room, or nearly none: the entry is there or it is said why not, nothing else is
/// lost, and once there is room it is kept.
#[test]
fn a_full_disk_in_a_review_is_told_and_nothing_is_lost() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    let events = user.replay(sample.file(), &["--context", sample.script(), "--model", "tiny.en-q8_0"]);
    let Some(CallEvent::CallStarted { call, .. }) = events.first() else { panic!("{:?}", events.first()) };
    let room = tempfile::tempdir().unwrap();
    // Each line of the output is the room in KiB and how the command ended.
    let script = "mount -t tmpfs -o size=24m tmpfs \"$ROOM\" && mkdir \"$ROOM/data\" \
                  && cp \"$DATA\"/*.* \"$ROOM/data\" && export CUELINE_DATA_DIR=\"$ROOM/data\" \
                  && for free in 0 4 12 36 40 48 60 80 120 200; do \
                       dd if=/dev/zero of=\"$ROOM/ballast\" bs=4k 2>/dev/null; \
                       truncate -s \"-$((free * 1024))\" \"$ROOM/ballast\"; \
                       \"$CUELINE\" calls hold \"$CALL\" --reason \"an audit\"; echo \"$free $?\"; \
                       rm \"$ROOM/ballast\"; \
                       \"$CUELINE\" calls hold \"$CALL\" --reason \"an audit\" >&2 || echo 'no hold'; \
                       \"$CUELINE\" calls verify >&2 || echo 'no proof'; \
                     done && \"$CUELINE\" calls show \"$CALL\" --json";
    let mut shell = Command::new("unshare");
    shell.args(["--map-root-user", "--mount", "bash", "-c", script]).env("ROOM", room.path());
    shell.env("DATA", user.data_dir()).env("CUELINE", built_program("cueline")).env("CALL", call);
    shell.env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE);
    let outcome = Outcome::of(shell.output().expect("unshare is part of util-linux"));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        !outcome.out.contains("no hold") && !outcome.out.contains("no proof"),
        "{}{}",
        outcome.out,
        outcome.err
    );
    let refused = outcome.out.lines().filter(|line| line.ends_with(" 1")).count();
    let told = outcome.err.to_lowercase().matches(" is full").count();
    assert!(
        refused >= 1 && told >= refused,
        "{refused} refused, {told} told: {}{}",
        outcome.out,
        outcome.err
    );
    let before = user.run(&["calls", "show", call, "--json"]).out;
    let finals = |shown: &str| shown.matches("\"final\"").count();
    assert_eq!(finals(&outcome.out), finals(&before), "every final is there");
}
