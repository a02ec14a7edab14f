use crate::files::files_below;
use crate::repository::{built_program, repository};
use cueline_events::{CallEvent, CueEvent, CueEventKind, Lane};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A user of the command line, with a data folder of their own that holds the small model and nothing else.
pub struct Cueline {
    data: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Cueline {
    /// The passphrase of every store that the tests make.
    pub const PASSPHRASE: &str = "correct horse battery staple";

    /// A new user.
    ///
    /// # Panics
    /// When the tests' model is missing: `cargo xtask test` fetches it.
    pub fn new() -> Self {
        let user = Self::without_models();
        let models = std::env::var_os("CUELINE_TEST_MODELS")
            .map_or_else(|| repository().join("target/test-data/models"), PathBuf::from);
        assert!(
            models.is_dir(),
            "no models in {}; run `cargo xtask test`, which fetches them",
            models.display()
        );
        std::os::unix::fs::symlink(models.canonicalize().expect("it exists"), user.data_dir().join("models"))
            .expect("the data folder is new");
        user
    }

    /// A new user who has fetched no model yet.
    pub fn without_models() -> Self {
        Self { data: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Somebody whose session logs the first version that kept any wrote; see `fixtures/first-version`.
    pub fn of_the_first_version() -> Self {
        let user = Self::without_models();
        let folder = first_version();
        user.takes_over(&folder.join("calls.db"), "calls.db");
        user.takes_over(&folder.join("keys.json"), "keys.json");
        user.takes_over(&folder.join("recordings"), "recordings");
        user
    }

    /// What the first version told of these calls: `calls show --json` by the calls' ids.
    ///
    /// # Panics
    /// When the repository lacks it.
    pub fn as_the_first_version_showed_them() -> BTreeMap<String, Value> {
        let shown = files_below(&first_version().join("shown")).into_iter().map(|file| {
            let text = std::fs::read_to_string(&file).expect("a text");
            let id = file.file_stem().expect("a call's id").to_string_lossy().into_owned();
            (id, serde_json::from_str(&text).expect("JSON"))
        });
        shown.collect()
    }

    /// Copies a file or a folder from elsewhere to a place of this user's data folder.
    ///
    /// # Panics
    /// When it can't be copied.
    pub fn takes_over(&self, from: &Path, place: &str) {
        let files = if from.is_dir() { files_below(from) } else { vec![from.to_path_buf()] };
        for file in files {
            let below = file.strip_prefix(from).expect("a file of the folder");
            let mut copy = self.data_dir().join(place);
            if !below.as_os_str().is_empty() {
                copy.push(below);
            }
            std::fs::create_dir_all(copy.parent().expect("a folder"))
                .expect("the data folder can be written");
            std::fs::copy(&file, copy).expect("the file can be copied");
        }
    }

    /// The window's guide for new agents does not come up for this user: they have been through it.
    ///
    /// # Panics
    /// When the data folder can't be written.
    pub fn has_seen_the_guide(&self) {
        std::fs::write(self.data_dir().join("settings.toml"), "first_run_done = true\n")
            .expect("the data folder can be written");
    }

    /// Where this user's models, logs and recordings are.
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// `cueline ARGS`, ready to run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(built_program("cueline"));
        command
            .args(arguments)
            .current_dir(repository())
            .env("CUELINE_DATA_DIR", self.data_dir())
            .env("CUELINE_PASSPHRASE", Self::PASSPHRASE)
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null());
        command
    }

    /// Runs `cueline ARGS` to its end.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(arguments).output().expect("cueline starts"))
    }

    /// Replays a recording and returns its events.
    pub fn replay(&self, recording: &Path, arguments: &[&str]) -> Vec<CallEvent> {
        let recording = recording.to_str().expect("a UTF-8 path");
        let outcome = self.run(&[&["replay", recording, "--json"], arguments].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.events()
    }
}

fn first_version() -> PathBuf {
    repository().join("tests/fixtures/first-version")
}

impl Default for Cueline {
    fn default() -> Self {
        Self::new()
    }
}

impl Outcome {
    /// How a finished program ended.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output as call events, one a line.
    pub fn events(&self) -> Vec<CallEvent> {
        let event =
            |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("not an event: {e}: {line}"));
        self.out.lines().map(event).collect()
    }
}

/// The cue events of a call, in order.
pub fn cue_events(events: &[CallEvent]) -> Vec<&CueEvent> {
    events.iter().filter_map(|event| if let CallEvent::Cue(cue) = event { Some(cue) } else { None }).collect()
}

/// Which cues fired or were satisfied, sorted, without their times: what two transcripts of one call share. Without
/// the listening cues, which are counts: one near its threshold may fall on either side of it.
pub fn outline(events: &[CallEvent]) -> Vec<(String, CueEventKind)> {
    let told = |cue: &&CueEvent| {
        matches!(cue.event, CueEventKind::Fires | CueEventKind::Satisfied) && !cue.cue.starts_with("listen.")
    };
    let mut outline: Vec<_> =
        cue_events(events).into_iter().filter(told).map(|cue| (cue.cue.clone(), cue.event)).collect();
    outline.sort_by_key(|(cue, event)| (cue.clone(), format!("{event:?}")));
    outline.dedup();
    outline
}

/// The events of the sample call whose words no transcript of it has lost yet.
const PLAIN: &[(&str, CueEventKind)] = &[
    ("disc.recording_notice", CueEventKind::Satisfied),
    ("disc.mini_miranda_initial", CueEventKind::Satisfied),
    ("trig.dispute", CueEventKind::Fires),
    ("trig.dispute", CueEventKind::Satisfied),
    ("disc.recap", CueEventKind::Satisfied),
];

/// Asserts that two transcripts of the sample call raise the same cues, but for a phrase that the small model lost.
///
/// Where an utterance is cut depends on how fast the machine is at that moment, and with the cut may change how a
/// small model hears a number or a name: "May nine" became "main" on a loaded machine, and with it the verification
/// was gone. So the events that hang on plain words have to be there, and of all others one in four may differ.
///
/// # Panics
/// When the cues differ by more.
pub fn assert_same_cues(events: &[CallEvent], expected: &[CallEvent], what: &str) {
    let (heard, wanted) = (outline(events), outline(expected));
    for (cue, kind) in PLAIN {
        assert!(heard.contains(&((*cue).to_owned(), *kind)), "{what}: {cue} {kind:?} is missing: {heard:?}");
    }
    let both = heard.iter().filter(|event| wanted.contains(event)).count();
    let either = heard.len() + wanted.len() - both;
    assert!(both * 4 >= either * 3, "{what}: {heard:?} instead of {wanted:?}");
}

/// Everything one lane said, in lower case.
pub fn said(events: &[CallEvent], by: Lane) -> String {
    let mut words = String::new();
    for event in events {
        if let CallEvent::Final { lane, text, .. } = event
            && *lane == by
        {
            words.push_str(text.as_str());
            words.push(' ');
        }
    }
    words.to_lowercase()
}
