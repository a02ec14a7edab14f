//! What can be said on the command line.

mod calls;

pub(crate) use calls::{
    Calibrate, CallChoice, Calls, CallsCommand, Delete, Export, FormatName, Gather, Hold, Import, List,
    OrderName, OutcomeName, Preset, ReadLog, Retain, RoleChoice, RoleName, RolePassphrase, Search,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Live cues for calls: transcribed on this machine, kept on this machine.
#[derive(Parser)]
#[command(name = "cueline", version, about, max_term_width = 110)]
#[command(after_help = "Exit codes: 0 done, 1 failed or differs, 2 wrong usage.\n\
    Where the system has no key store, the passphrase of the session logs comes from CUELINE_PASSPHRASE or a prompt; that of \
    a role, where roles have one, from CUELINE_ROLE_PASSPHRASE, --role-passphrase-file or a prompt.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args)]
pub(crate) struct Common {
    /// Where models, session logs and recordings are kept.
    #[arg(long, global = true, env = "CUELINE_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// A playbook file, or the id of a built-in one; by default the one for the context's mode.
    #[arg(long, global = true, value_name = "FILE|ID")]
    pub(crate) playbook: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// A live call in the terminal, until Ctrl-C; the log is written.
    Live(Live),
    /// A recorded call through the production pipeline.
    Replay(Replay),
    /// A scripted call through the cue engine alone; differences from what it expects end with exit code 1.
    Rehearse(Rehearse),
    /// What each phrase of a list would do: fire, satisfy or handle a cue.
    Probe(Probe),
    /// Playbooks.
    Playbook(Playbook),
    /// The session logs.
    Calls(CallsCommand),
    /// The speech models.
    #[command(subcommand)]
    Models(Models),
    /// Tells stored calls again to a playbook, and says per cue what would have been different.
    Lab(Lab),
    /// The audio devices.
    Devices(Devices),
    /// Measurements, as JSON.
    #[command(subcommand)]
    Bench(Bench),
}

/// How a call is transcribed and told; shared by `live` and `replay`.
#[derive(Args)]
pub(crate) struct CallOptions {
    /// What is known before the call: a JSON file, or k=v,… (`--context mode=third_party,amount=240`).
    #[arg(long, value_name = "FILE|k=v,…")]
    pub(crate) context: Option<String>,
    /// The speech model; by default the best that is there.
    #[arg(long, value_name = "ID")]
    pub(crate) model: Option<String>,
    /// Print every event as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Keep no session log.
    #[arg(long)]
    pub(crate) no_log: bool,
}

#[derive(Args)]
pub(crate) struct Live {
    /// The agent's microphone, as `cueline devices` names it.
    #[arg(long, value_name = "DEVICE")]
    pub(crate) agent: Option<String>,
    /// What the customer is heard through.
    #[arg(long, value_name = "DEVICE")]
    pub(crate) customer: Option<String>,
    #[command(flatten)]
    pub(crate) call: CallOptions,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LaneName {
    Agent,
    Customer,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PaceName {
    /// As it was spoken.
    Realtime,
    /// As fast as this machine can, on a virtual clock.
    Max,
}

#[derive(Args)]
pub(crate) struct Replay {
    /// A WAV file; stereo is left = agent, right = customer.
    #[arg(required_unless_present_all = ["agent", "customer"], conflicts_with_all = ["agent", "customer"])]
    pub(crate) recording: Option<PathBuf>,
    /// The agent's lane, as a file of its own.
    #[arg(long, value_name = "A.wav", requires = "customer")]
    pub(crate) agent: Option<PathBuf>,
    /// The customer's lane, as a file of its own.
    #[arg(long, value_name = "C.wav", requires = "agent")]
    pub(crate) customer: Option<PathBuf>,
    /// Whose lane a mono file is.
    #[arg(long, value_enum, conflicts_with_all = ["agent", "customer"])]
    pub(crate) lane: Option<LaneName>,
    /// How fast.
    #[arg(long, value_enum, default_value = "max")]
    pub(crate) pace: PaceName,
    #[command(flatten)]
    pub(crate) call: CallOptions,
}

#[derive(Args)]
pub(crate) struct Rehearse {
    /// The script: a file {id, title, context, turns, expected}, a .scenario, or a folder of both.
    pub(crate) script: PathBuf,
    /// Print the scorecard of each call as well.
    #[arg(long)]
    pub(crate) scorecard: bool,
    /// Print every event, and then the result, as lines of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Probe {
    /// A file of lines {cue, label, speaker, text}.
    pub(crate) phrases: PathBuf,
    /// Print only the objects with their hits, without the summary.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Playbook {
    #[command(subcommand)]
    pub(crate) command: PlaybookCommand,
}

#[derive(Subcommand)]
pub(crate) enum PlaybookCommand {
    /// Loads a playbook, runs the tests inside it and explains every fault with its line and column.
    Check {
        /// The playbook.
        file: PathBuf,
    },
}

#[derive(Args)]
pub(crate) struct Lab {
    #[command(flatten)]
    pub(crate) role: RoleChoice,
    /// The calls, each by its id or the beginning of it; all that have ended by default.
    pub(crate) calls: Vec<String>,
    /// Print JSON: one line a call, and then one for all.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum Models {
    /// Which models there are, which are here and which one suits this machine.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Gets a model: the only thing Cueline ever opens a connection for.
    Fetch {
        /// Its id; the default model when left out.
        id: Option<String>,
        /// Where from; by default whatever can be reached.
        #[arg(long, value_enum)]
        via: Option<Via>,
    },
    /// Takes a ggml model from a file, for machines without a network.
    Import {
        /// The file.
        file: PathBuf,
        /// Which model it is, when it does not say so itself.
        #[arg(long)]
        id: Option<String>,
    },
    /// Measures how long models take on this machine; what follows from it is in the list.
    Measure {
        /// Its id; all that are here when left out.
        id: Option<String>,
    },
    /// Reads a whole model and compares it with the catalogue.
    Verify {
        /// Its id; all that are here when left out.
        id: Option<String>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Via {
    /// Python's package installer, by package name.
    Pip,
    /// The published file.
    Url,
}

#[derive(Args)]
pub(crate) struct Devices {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// The cue engine alone on scripted calls: how much faster than the call it is, and whether a call of hours costs
    /// more in time or memory.
    Cues(BenchCues),
    /// Replays every rendered call of a folder (NAME.wav with NAME.json beside it) and compares the cue events with
    /// those that the script expects.
    Replay(BenchReplay),
    /// How fast and how right the transcript is, on recordings with references: word errors against the same weights
    /// offline, latencies of words, finals and cues, cost, and words where nobody spoke.
    Speech(BenchSpeech),
    /// A store of many calls, made up in a temporary folder: how long lists, searches and opening a call take.
    Calls(BenchCalls),
}

#[derive(Args)]
pub(crate) struct BenchCalls {
    /// How many calls.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) calls: u32,
    /// How many utterances they have together.
    #[arg(long, value_name = "M", default_value_t = 1_000_000)]
    pub(crate) utterances: u32,
    /// How often each question is asked.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) rounds: u32,
    /// How many calls the replay lab tells again.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) lab_calls: u32,
    /// Where the temporary folder is made.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct BenchCues {
    /// A script (.json or .scenario), or a folder of them.
    pub(crate) script: PathBuf,
    /// How often each call is run.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) rounds: u32,
    /// How long the long call is, which is made of all scripts one after the other.
    #[arg(long, value_name = "HOURS", default_value_t = 8.0)]
    pub(crate) hours: f64,
}

#[derive(Args)]
pub(crate) struct BenchReplay {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The speech model; by default the best that is there.
    #[arg(long, value_name = "ID")]
    pub(crate) model: Option<String>,
    /// A folder with the scripts (context and expectations), when they are not beside the recordings.
    #[arg(long, value_name = "DIR")]
    pub(crate) scripts: Option<PathBuf>,
    /// Compare only these cues.
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(crate) cues: Vec<String>,
}

#[derive(Args)]
pub(crate) struct BenchSpeech {
    /// Folders with recordings: rendered calls (NAME.wav with NAME.json beside it), or WAV files listed in a
    /// transcripts_human.tsv.
    #[arg(required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// The speech model; by default the best that is there.
    #[arg(long, value_name = "ID")]
    pub(crate) model: Option<String>,
    /// A folder with the scripts of rendered calls, for their context.
    #[arg(long, value_name = "DIR")]
    pub(crate) scripts: Option<PathBuf>,
    /// Also with every decode so many times as expensive as here: a slower machine.
    #[arg(long, value_name = "K,…", value_delimiter = ',')]
    pub(crate) factors: Vec<f64>,
    /// What decodes cost, from the `cost` of an earlier report, instead of what this run measures.
    #[arg(long, value_name = "REPORT.json")]
    pub(crate) cost: Option<PathBuf>,
    /// Without the same weights offline, which takes the longest.
    #[arg(long)]
    pub(crate) no_offline: bool,
    /// Without the minutes of made silence, noise and music.
    #[arg(long)]
    pub(crate) no_silence: bool,
    /// Also so many hours of calls one after the other, on the virtual clock: whether anything grows.
    #[arg(long, value_name = "HOURS")]
    pub(crate) soak: Option<f64>,
    /// Also one call in real time, which shows that the virtual clock tells the truth, and what the process uses.
    #[arg(long)]
    pub(crate) realtime: bool,
}
