//! What was said on the command line, checked before a window opens.

use crate::link;
use crate::single_instance::Handed;
use clap::Parser;
use cueline_audio::CallFile;
use cueline_calls::CallRecord;
use cueline_cues::Playbook;
use cueline_events::{CallContext, PlaybookId};
use cueline_live::playbook_that_ran;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Live cues for calls: transcribed on this machine, kept on this machine.
#[derive(Debug, Parser)]
#[command(name = "cueline-app", version, about, max_term_width = 110)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage.\n\
    Where the system has no key store, the passphrase of the session logs comes from CUELINE_PASSPHRASE or the window.")]
struct Arguments {
    /// A recorded call (stereo WAV: left agent, right customer) that is played in real time as soon as the window is
    /// open.
    #[arg(long, value_name = "CALL.wav")]
    replay: Option<PathBuf>,
    /// What is known before the next call, or the replayed one: a JSON file, or k=v,…
    /// (`--context mode=third_party,amount=240`). When Cueline's window is open already, it is filled in there.
    #[arg(long, value_name = "FILE|k=v,…")]
    context: Option<String>,
    /// The same as a link, `cueline://call?mode=third_party&amount=240`: what a dialler opens.
    #[arg(value_name = "LINK", conflicts_with_all = ["context", "replay"])]
    link: Option<String>,
    /// Where models, session logs, recordings and settings are kept.
    #[arg(long, env = "CUELINE_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A playbook file, or the id of a built-in one; by default the one for the context's mode.
    #[arg(long, value_name = "FILE|ID")]
    playbook: Option<String>,
}

/// How the app was started.
pub(crate) struct Startup {
    /// Where everything is kept. It exists.
    pub(crate) data_dir: PathBuf,
    /// A recording that is played at once.
    pub(crate) replay: Option<Replay>,
    /// What is known before the next call, where nothing is replayed.
    pub(crate) context: Option<CallContext>,
    /// A link, as it was given.
    pub(crate) link: Option<String>,
    /// The playbook of every call, where one was chosen.
    playbook: Option<Arc<Playbook>>,
}

/// A recording and what is known before it.
pub(crate) struct Replay {
    /// The file; it was there and readable at the start.
    pub(crate) recording: PathBuf,
    /// What the command line says of the call; `None` leaves it to the window.
    pub(crate) context: Option<CallContext>,
}

impl Startup {
    /// Reads the command line.
    ///
    /// # Errors
    /// What is wrong with it, as text for the terminal. `--help`, `--version` and flags that do not exist end the
    /// program.
    pub(crate) fn from_command_line() -> Result<Self, String> {
        Self::check(Arguments::parse())
    }

    fn check(arguments: Arguments) -> Result<Self, String> {
        let context = arguments.context.as_deref().map(read_context).transpose()?;
        let (replay, context) = match &arguments.replay {
            Some(recording) => (Some(Replay { recording: playable(recording)?, context }), None),
            None => (None, context),
        };
        if let Some(other) = arguments.link.as_deref().filter(|link| !link.starts_with(link::SCHEME)) {
            return Err(format!("`{other}` is no link: a link begins with cueline://call?"));
        }
        let playbook = arguments.playbook.as_deref().map(read_playbook).transpose()?;
        let data_dir = arguments.data_dir.or_else(cueline_live::default_data_folder);
        let data_dir =
            data_dir.ok_or("this system has no home folder for the data; name one with --data-dir")?;
        fs::create_dir_all(&data_dir)
            .map_err(|error| format!("data folder {}: {error}", data_dir.display()))?;
        let data_dir = data_dir.canonicalize().map_err(|error| format!("{}: {error}", data_dir.display()))?;
        Ok(Self { data_dir, replay, context, link: arguments.link, playbook })
    }

    /// What another start with the same data folder needs to know of this one.
    pub(crate) fn handed(&self) -> Handed {
        Handed { context: self.context.clone().map(Box::new), link: self.link.clone() }
    }

    /// The playbook of a call: the one from the command line, or the built-in one for its context.
    pub(crate) fn playbook(&self, context: &CallContext) -> Arc<Playbook> {
        self.playbook.clone().unwrap_or_else(|| Playbook::for_context(context))
    }

    /// The playbook that a stored call is reviewed with: the one from the command line, or the call's own.
    pub(crate) fn playbook_of_call(&self, record: &CallRecord) -> Arc<Playbook> {
        self.playbook_that_ran(&record.call.playbook, &record.context)
    }

    /// The same, where no more is known of the call than what it ran with and its context.
    pub(crate) fn playbook_that_ran(&self, ran_with: &PlaybookId, context: &CallContext) -> Arc<Playbook> {
        self.playbook.clone().unwrap_or_else(|| playbook_that_ran(ran_with, context))
    }
}

/// What another start's command line hands over; what can't be meant hands over nothing. (On Unix that start has read
/// its command line itself.)
#[cfg(windows)]
pub(crate) fn handed_by(arguments: Vec<String>) -> Handed {
    let Ok(Arguments { context, link, .. }) = Arguments::try_parse_from(arguments) else {
        return Handed { context: None, link: None };
    };
    let context = context.and_then(|given| read_context(&given).ok());
    Handed { context: context.map(Box::new), link }
}

fn playable(recording: &Path) -> Result<PathBuf, String> {
    CallFile::open(recording, None).map_err(|error| format!("--replay: {error}"))?;
    recording.canonicalize().map_err(|error| format!("--replay: {}: {error}", recording.display()))
}

/// A context as pairs, or from a JSON file: the context itself, or a scripted call that has one.
fn read_context(given: &str) -> Result<CallContext, String> {
    if given.contains('=') && !Path::new(given).exists() {
        return CallContext::from_pairs(given).map_err(|error| format!("--context: {error}"));
    }
    let text = fs::read_to_string(given).map_err(|error| {
        format!("--context: `{given}` is neither k=v,… nor a file that can be read: {error}")
    })?;
    context_from_json(&text).map_err(|error| format!("--context: {given}: {error}"))
}

/// A context from JSON: the context itself, or a scripted call that has one.
pub(crate) fn context_from_json(text: &str) -> Result<CallContext, serde_json::Error> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    let context = value.get("context").cloned().unwrap_or(value);
    serde_json::from_value(context)
}

fn read_playbook(chosen: &str) -> Result<Arc<Playbook>, String> {
    if let Some(playbook) = Playbook::built_in(chosen) {
        return Ok(playbook);
    }
    let text = fs::read_to_string(chosen).map_err(|error| {
        format!("--playbook: `{chosen}` is neither a built-in playbook nor a file that can be read: {error}")
    })?;
    Playbook::parse(&text, chosen).map(Arc::new).map_err(|error| format!("--playbook: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str]) -> Result<Startup, String> {
        let arguments = Arguments::try_parse_from([&["cueline-app"], arguments].concat());
        Startup::check(arguments.map_err(|error| error.to_string())?)
    }

    #[test]
    fn what_can_not_be_meant_is_refused_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("call.wav");
        fs::write(&text, "no sound").unwrap();
        let text = text.to_str().unwrap();
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/sample-call.wav");
        for (arguments, reason) in [
            (&["--replay", "nowhere.wav"][..], "nowhere.wav"),
            (&["--replay", text], "call.wav"),
            (&["--context", "mode=fourth_party"], "mode=fourth_party"),
            (&["call.wav"], "call.wav"),
            (&["cueline://call", "--context", "mode=third_party"], "--context"),
            (&["--replay", sample, "--context", "mode=fourth_party"], "mode=fourth_party"),
            (&["--replay", sample, "--context", "nowhere.json"], "nowhere.json"),
            (&["--playbook", "nowhere.toml"], "nowhere.toml"),
            (&["--colour", "red"], "--colour"),
        ] {
            let Err(error) = check(arguments) else { panic!("{arguments:?} was taken") };
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn a_context_or_a_link_alone_is_for_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let data = ["--data-dir", folder.path().to_str().unwrap()];
        let startup = check(&[&data[..], &["--context", "amount=240"]].concat()).unwrap();
        assert_eq!(startup.handed().context.unwrap().amount, Some(240.0));
        assert!(startup.replay.is_none());
        // What is wrong with a link is told in the window: nobody looks at the terminal of what a dialler opens.
        let startup = check(&[&data[..], &["cueline://call?colour=red"]].concat()).unwrap();
        assert_eq!(startup.handed().link.as_deref(), Some("cueline://call?colour=red"));
    }

    #[test]
    fn the_sample_call_is_a_replay_with_its_own_context() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("new/data");
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/sample-call");
        let (sound, script) = (format!("{sample}.wav"), format!("{sample}.json"));
        let startup =
            check(&["--data-dir", data.to_str().unwrap(), "--replay", &sound, "--context", &script]).unwrap();
        assert!(data.is_dir());
        let context = startup.replay.unwrap().context.unwrap();
        assert_eq!(context.amount, Some(240.0));
        assert!(context.in_validation_period);
    }
}
