//! An export that is cut off leaves nothing that looks whole and is not: neither a document, nor one without its recording.

use crate::disk::Disk;
use crate::folder::{Files, files_in, keep_beginning};
use cueline_tests::{Cueline, Cut, CutOff, How, Outcome, Recording, Step};
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Somebody with two recorded calls, of 14 and of 9 seconds. Made once; what is killed here changes nothing of them.
static CALLED: LazyLock<Cueline> = LazyLock::new(|| {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    for seconds in [14, 9] {
        keep_beginning(&user, &sample, seconds);
    }
    user
});

/// One way to export, into a folder of its own each time.
struct Export {
    user: &'static Cueline,
    format: &'static str,
    /// The call, or all.
    calls: String,
    root: TempDir,
    cut_off: CutOff,
}

impl Export {
    fn new(format: &'static str, calls: &str, watches_the_store: bool) -> Self {
        let user = &*CALLED;
        let root = tempfile::tempdir().expect("a temporary folder");
        let store = user.data_dir().join("calls.db");
        let watched: &[&Path] = if watches_the_store { &[root.path(), &store] } else { &[root.path()] };
        let cut_off = CutOff::watching(watched);
        Self { user, format, calls: calls.to_owned(), root, cut_off }
    }

    /// Exports into a folder of this name and says how it ended and what lies there.
    fn run(&self, name: &str, cut: Option<Cut>) -> (Outcome, Files) {
        let folder = self.root.path().join(name);
        let mut to = folder.clone();
        // A table of all calls is one file; of a single call the folder must be there for the file to get the call's name.
        if self.calls == "--all" && self.format == "csv" {
            to.push("all.csv");
        }
        if self.calls != "--all" || self.format == "csv" {
            std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        }
        let to = to.to_str().expect("a UTF-8 path");
        let arguments = ["calls", "export", &self.calls, "--format", self.format, "--audio", "--to", to];
        let mut command = self.user.command(&arguments);
        command.envs(self.cut_off.environment(cut));
        (Outcome::of(command.output().expect("cueline starts")), files_in(&folder))
    }
}

/// What lies in a folder under a name that an export gives is what a whole export has there, and a document has every recording
/// that belongs to it.
#[track_caller]
fn nothing_half(left: &Files, whole: &Files, case: &str) {
    let named: Vec<&String> = left.keys().filter(|name| !name.ends_with(".part")).collect();
    for name in &named {
        assert!(whole.get(*name) == left.get(*name), "{case}: {name} is not what a whole export has");
    }
    for document in named.iter().filter(|name| !name.ends_with(".wav")) {
        let stem = document.split('.').next().expect("a name");
        let sounds = whole.keys().filter(|name| {
            name.ends_with(".wav") && (document.as_str() == "all.csv" || name.starts_with(stem))
        });
        for sound in sounds {
            assert!(left.contains_key(sound), "{case}: {document} is there without {sound}");
        }
    }
}

/// Every step of an export, killed before it and in it, and with no room on the disk from it on.
fn cut_off_at_every_step(export: &Export) -> usize {
    let (ended, whole) = export.run("whole", None);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let steps = export.cut_off.steps();
    let mut cuts = 0;
    for (number, step) in steps.iter().enumerate().map(|(n, step)| (n + 1, step)) {
        for &how in step.hows() {
            let name = format!("{number}-{how:?}");
            let case = format!("{} {} {how:?} at step {number}, {step:?}", export.calls, export.format);
            let (ended, left) = export.run(&name, Some(Cut { step: number, how }));
            nothing_half(&left, &whole, &case);
            match how {
                How::Full => full(&ended, &left, &whole, &case),
                // The last steps move the journal into the store; how many they are depends on what was done before.
                _ => assert!(
                    ended.code == -1 || export.cut_off.steps().len() < number,
                    "{case}: it was killed: {ended:?}"
                ),
            }
            cuts += 1;
            // What is left lying does not stand in the way of the next try, and is gone then.
            if how == How::Torn && left != Files::new() {
                let (again, there) = export.run(&name, None);
                assert_eq!(again.code, 0, "{case}, then once more: {}", again.err);
                assert!(there == whole, "{case}, then once more: {:?}", there.keys());
            }
        }
    }
    cuts
}

/// On a full disk an export says so and takes away what it has begun, or it had all the room that it needed.
#[track_caller]
fn full(ended: &Outcome, left: &Files, whole: &Files, case: &str) {
    if ended.code == 0 {
        assert!(left == whole, "{case}: it told of success");
        return;
    }
    assert_eq!(ended.code, 1, "{case}: {}", ended.err);
    assert!(ended.err.to_lowercase().contains("space"), "{case}: {}", ended.err);
    assert!(left.keys().all(|name| !name.ends_with(".part")), "{case}: {:?}", left.keys());
}

/// The power fails at any step: what may be left of the folder, with every part of what was not synced.
fn power_cut_at_every_step(export: &Export) -> usize {
    let (ended, whole) = export.run("powered", None);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let folder = export.root.path().join("powered");
    let of_the_folder = |step: &Step| match step {
        Step::Create(path) | Step::Sync(path) | Step::Rename(path, _) | Step::Other(path) => {
            path.starts_with(&folder)
        }
        Step::Write { file, .. } => file.starts_with(&folder),
    };
    let steps: Vec<Step> = export.cut_off.steps().into_iter().filter(of_the_folder).collect();
    let written = |file: &Path, offset: usize, length: usize| {
        let name = file.file_stem().expect("a name and `.part`").to_string_lossy().into_owned();
        whole[&name][offset..offset + length].to_vec()
    };
    let mut disk = Disk::default();
    let mut states = 0;
    for number in 0..=steps.len() {
        for left in disk.after_a_power_cut() {
            states += 1;
            let case = format!("{} {}, power cut at step {number}", export.calls, export.format);
            nothing_half(&left, &whole, &case);
            // What was told to be there is there.
            assert!(number < steps.len() || left == whole, "{case}: {:?}", left.keys());
        }
        if let Some(step) = steps.get(number) {
            disk.does(step, written);
        }
    }
    states
}

fn newest_call() -> String {
    let listed = CALLED.run(&["calls", "list", "--limit", "1"]);
    listed.out.split_whitespace().next().expect("a call").to_owned()
}

#[test]
fn an_export_of_a_call_that_is_cut_off_anywhere_leaves_nothing_that_looks_whole_and_is_not() {
    let call = newest_call();
    for format in ["json", "csv", "html", "pdf"] {
        let export = Export::new(format, &call, false);
        let cuts = cut_off_at_every_step(&export);
        let states = power_cut_at_every_step(&export);
        assert!(cuts >= 20 && states >= 60, "{format}: {cuts} cuts, {states} states after a power cut");
    }
    let proved = CALLED.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{}", proved.err);
}

#[test]
fn an_export_of_a_set_that_is_cut_off_anywhere_leaves_whole_files_and_a_whole_store() {
    // The store's own writes are the same whatever the format is.
    for (format, watches_the_store, enough) in [("json", true, 100), ("csv", false, 30)] {
        let export = Export::new(format, "--all", watches_the_store);
        let cuts = cut_off_at_every_step(&export);
        let states = power_cut_at_every_step(&export);
        assert!(cuts >= enough && states >= 100, "{format}: {cuts} cuts, {states} states after a power cut");
        let proved = CALLED.run(&["calls", "verify"]);
        assert_eq!(proved.code, 0, "{}", proved.err);
    }
}

#[test]
fn half_of_an_export_is_not_imported() {
    let call = newest_call();
    let export = Export::new("json", &call, false);
    let (_, whole) = export.run("whole", None);
    let document = format!("{call}.json");
    let torn =
        |step: &Step| matches!(step, Step::Write { file, .. } if file.ends_with(format!("{document}.part")));
    let step = export.cut_off.steps().iter().position(torn).expect("the document is written") + 1;
    let (_, left) = export.run("half", Some(Cut { step, how: How::Torn }));
    let part = &left[&format!("{document}.part")];
    assert!(!part.is_empty() && part.len() < whole[&document].len());
    let other = Cueline::without_models();
    let folder = export.root.path().join("half");
    let found = other.run(&["calls", "import", folder.to_str().expect("a UTF-8 path")]);
    assert_eq!(found.out.lines().last(), Some("0 imported, 0 already here, 0 refused"), "{}", found.err);
    let part = folder.join(format!("{document}.part"));
    let named = other.run(&["calls", "import", part.to_str().expect("a UTF-8 path")]);
    assert_eq!(named.code, 1);
    assert!(named.err.contains("ends too early"), "{} {}", named.out, named.err);
}
