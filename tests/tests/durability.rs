//! Kill -9 in mid-call, at ten moments: the log opens, misses nothing older than a second and says it was repaired. An export that
//! is cut off leaves nothing that looks whole and is not.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, LiveProcess, Recording, files_below};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Seconds after the first words at which the ten calls are killed: spread so that partials, finals, cue events and
/// the recording's seconds are all hit in different places.
const MOMENTS: [f64; 10] = [0.05, 0.4, 0.93, 1.31, 2.02, 2.77, 3.5, 4.9, 6.66, 9.1];

#[test]
fn a_killed_call_keeps_all_but_its_last_second() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    for moment in MOMENTS {
        let replay = [
            "replay",
            sample.file().to_str().unwrap(),
            "--pace",
            "realtime",
            "--context",
            sample.script(),
            "--json",
        ];
        let mut live = LiveProcess::start(user.command(&replay));
        live.wait_for("the first words", |event| matches!(event, CallEvent::Final { .. }));
        // The moment is the test's subject, not a wait for something to happen.
        std::thread::sleep(Duration::from_secs_f64(moment));
        let (killed_at, told) = live.kill();
        let call = told.iter().find_map(|(_, event)| match event {
            CallEvent::CallStarted { call, .. } => Some(call.clone()),
            _ => None,
        });
        let call = call.expect("the call had started");

        let shown = user.run(&["calls", "show", &call, "--json"]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        assert!(shown.err.contains("repaired"), "the repair is told: {}", shown.err);
        let due = told.iter().filter(|(at, _)| killed_at.duration_since(*at) >= Duration::from_secs(1));
        for (_, event) in due {
            let kept = match event {
                CallEvent::Final { text, .. } => text.as_str().to_owned(),
                CallEvent::Cue(cue) => cue.cue.clone(),
                _ => continue,
            };
            assert!(
                shown.out.contains(&kept),
                "killed {moment} s after the first words, the log misses {event:?}"
            );
        }
        let again = user.run(&["calls", "show", &call, "--json"]);
        assert!(!again.err.contains("repaired"), "it is repaired once");
    }
}

/// An export is stopped by the system wherever its file may grow no further, as if it were killed there or the disk full.
#[test]
fn an_export_that_is_cut_off_leaves_no_half_file_under_its_name() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    user.replay(sample.file(), &["--context", sample.script(), "--pace", "max", "--model", "tiny.en-q8_0"]);
    let whole = tempfile::tempdir().expect("a temporary folder");
    let export = |folder: &Path, most: &str| {
        let to = folder.to_str().expect("a UTF-8 path");
        let command = user.command(&["calls", "export", "--all", "--format", "json", "--audio", "--to", to]);
        let mut limited = Command::new("sh");
        limited.args(["-c", "ulimit -f $0; exec \"$@\"", most]).arg(command.get_program());
        limited.args(command.get_args()).stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::null());
        for (name, value) in command.get_envs() {
            limited.env(name, value.unwrap_or_default());
        }
        limited.status().expect("a shell").success()
    };
    assert!(export(whole.path(), "unlimited"));
    let files = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        let named = |file: PathBuf| (file.file_name().expect("a name").to_string_lossy().into_owned(), file);
        let all = files_below(folder).into_iter().map(named);
        all.map(|(name, file)| (name, fs::read(file).expect("it is there"))).collect()
    };
    let reference = files(whole.path());
    assert_eq!(reference.len(), 2, "the call and its recording");
    let mut cut_off = 0;
    // In blocks of 512 bytes: within the store's own files, the call's and at places of its recording.
    for most in [1_u32, 40, 70, 130, 300, 1_000, 4_000, 8_000] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let done = export(folder.path(), &most.to_string());
        cut_off += u32::from(!done);
        for (name, bytes) in files(folder.path()) {
            let whole = reference.iter().find(|(known, _)| *known == name);
            let partial = name.ends_with(".part");
            assert!(
                partial || whole.is_some_and(|(_, all)| *all == bytes),
                "{most} blocks: {name} is cut off"
            );
        }
    }
    assert!(cut_off >= 6, "{cut_off}");
    let listed = user.run(&["calls", "verify"]);
    assert_eq!(listed.code, 0, "the store is whole: {}", listed.err);
}
