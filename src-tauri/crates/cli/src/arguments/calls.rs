//! What can be said of the session logs.

use super::LaneName;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct CallsCommand {
    #[command(flatten)]
    pub(crate) role: RoleChoice,
    #[command(subcommand)]
    pub(crate) command: Calls,
}

/// In which role.
#[derive(Args)]
pub(crate) struct RoleChoice {
    /// In which role; needed once roles have passphrases, the team lead's until then.
    #[arg(long, value_enum, global = true)]
    pub(crate) role: Option<RoleName>,
    /// A file whose first line is the role's passphrase; /dev/fd/3 for a descriptor that the shell opened.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) role_passphrase_file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Who works with Cueline on calls.
    Agent,
    /// Who reviews and coaches.
    TeamLead,
    /// Who checks that all was as it had to be.
    Auditor,
}

#[derive(Subcommand)]
pub(crate) enum Calls {
    /// The calls, newest first.
    List(List),
    /// One call: what was said and what the cues made of it.
    Show {
        /// Its id, or the beginning of it.
        call: String,
        /// The transcript that was made of the recording after the call, instead of the live one.
        #[arg(long)]
        improved: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Transcribes recorded calls once more, more carefully, and keeps that beside the live transcript.
    Improve {
        /// One call; all that have a recording and no improved transcript by default.
        call: Option<String>,
        /// The speech model; by default the most accurate that is here.
        #[arg(long, value_name = "ID")]
        model: Option<String>,
    },
    /// Where words were said.
    Search(Search),
    /// Whether the ledgers of disclosures and the chain across calls are as they were written.
    Verify {
        /// One call's ledger; all of them and the chain across calls by default.
        call: Option<String>,
    },
    /// How far two reviewers agree who scored the same calls. For the team lead.
    Calibration(Calibrate),
    /// The moments that were put into playlists, by playlist.
    Playlists(Gather),
    /// What was given to practise, and whether it is done.
    Tasks(Gather),
    /// Writes calls to files: in the clear, with what people said of them.
    Export(Export),
    /// Brings calls in that were exported as JSON elsewhere, with what people said of them and with the recordings beside them. Each
    /// comes whole or not at all; one that is here already stays as it is, one that was deleted here stays deleted.
    Import(Import),
    /// Deletes a call with its recording, for good. That it was deleted stays, with who and why.
    Delete(Delete),
    /// Puts a call under legal hold, so that nobody deletes it, or lifts that.
    Hold(Hold),
    /// How long what is kept: what may go by rules, which rules are in force. Calls under legal hold stay.
    Retention(Retain),
    /// Who did what with the session logs, the newest first. For the team lead and the auditor.
    AccessLog(ReadLog),
    /// The roles' passphrases.
    #[command(subcommand)]
    Passphrase(RolePassphrase),
}

#[derive(Subcommand)]
pub(crate) enum RolePassphrase {
    /// Sets a role's passphrase. With the team lead's first one, team lead and auditor begin to need theirs.
    Set {
        /// Whose: the team lead's or the auditor's. Until the auditor has one, the team lead's opens that role too.
        #[arg(value_enum)]
        of: RoleName,
        /// A file whose first line is the new passphrase, instead of a prompt.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Takes them away: whoever opens the session logs may then act in any role.
    Remove,
}

#[derive(Args)]
pub(crate) struct ReadLog {
    /// Of this kind (call-opened, recording-played, searched, scores-compared, exported, imported, deleted, recording-deleted,
    /// held, hold-lifted, retention-changed, signed-in, wrong-passphrase, passphrase-set, passphrases-removed).
    #[arg(long, value_name = "KIND")]
    pub(crate) what: Option<String>,
    /// By somebody of this name.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// With this call, by its whole id; it may be gone.
    #[arg(long, value_name = "ID")]
    pub(crate) call: Option<String>,
    /// On this day or after it (2026-11-22, or 2026-11-22T09:30).
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Before this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// As many at most.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// Without so many at the beginning.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which calls.
#[derive(Args)]
pub(crate) struct CallChoice {
    /// This agent's.
    #[arg(long, value_name = "NAME")]
    pub(crate) agent: Option<String>,
    /// Begun on this day or after it (2026-11-22, or 2026-11-22T09:30).
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Begun before this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// In which this cue fired or was missed.
    #[arg(long, value_name = "ID")]
    pub(crate) cue: Option<String>,
}

#[derive(Args)]
pub(crate) struct Calibrate {
    #[command(flatten)]
    pub(crate) choice: CallChoice,
    /// These two; by default those who have scored the most calls together.
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    pub(crate) reviewers: Option<Vec<String>>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What people said, gathered over calls.
#[derive(Args)]
pub(crate) struct Gather {
    #[command(flatten)]
    pub(crate) choice: CallChoice,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) choice: CallChoice,
    /// The customer's name has these words in it.
    #[arg(long, value_name = "WORDS")]
    pub(crate) customer: Option<String>,
    /// It came to this.
    #[arg(long, value_enum)]
    pub(crate) outcome: Option<OutcomeName>,
    /// The customer revealed this (`clue.job_loss`).
    #[arg(long, value_name = "ID")]
    pub(crate) clue: Option<String>,
    /// Something in it is for a person to look at, and nobody has.
    #[arg(long)]
    pub(crate) needs_review: bool,
    /// A disclosure was missed.
    #[arg(long)]
    pub(crate) missed: bool,
    /// A disclosure is unsure.
    #[arg(long)]
    pub(crate) unsure: bool,
    /// A stop-order was given.
    #[arg(long)]
    pub(crate) stop_order: bool,
    /// A cue holds it until a person has looked.
    #[arg(long)]
    pub(crate) held: bool,
    /// At least so long.
    #[arg(long, value_name = "S")]
    pub(crate) min_seconds: Option<f64>,
    /// In which order.
    #[arg(long, value_enum, default_value = "newest")]
    pub(crate) order: OrderName,
    /// As many at most.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// Without so many at the beginning.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum OrderName {
    /// The newest first.
    Newest,
    /// What a person must look at first.
    Attention,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum OutcomeName {
    /// The customer committed himself to a sum or a day.
    Promise,
    /// The customer disputes the debt.
    Dispute,
    /// Something was said that forbids to ask for payment.
    StopOrder,
    /// Somebody else was on the line.
    ThirdParty,
    /// None of these.
    NothingAgreed,
}

#[derive(Args)]
pub(crate) struct Search {
    /// The words; without any, what the cue's events quote.
    #[arg(required_unless_present = "cue")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) choice: CallChoice,
    /// Said by this side.
    #[arg(long, value_enum)]
    pub(crate) lane: Option<LaneName>,
    /// As many at most.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Export {
    /// One call, by its id or the beginning of it.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(crate) call: Option<String>,
    /// Every call.
    #[arg(long)]
    pub(crate) all: bool,
    /// As what.
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) format: FormatName,
    /// With the recording, as a WAV file beside it.
    #[arg(long)]
    pub(crate) audio: bool,
    /// A file, or a folder that is there; with --all a folder, but for --format csv, which is one file.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(crate) to: PathBuf,
}

#[derive(Args)]
pub(crate) struct Import {
    /// Exports as JSON, or folders of them. The recording of CALL.json is CALL.wav beside it.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub(crate) files: Vec<PathBuf>,
    /// Print what became of each file as a line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatName {
    /// Everything, for programs and for `calls import`.
    Json,
    /// A table: one line for each utterance and each cue event.
    Csv,
    /// A page to read and print, which needs nothing else.
    Html,
    /// The same report on numbered pages.
    Pdf,
}

#[derive(Args)]
pub(crate) struct Delete {
    /// Its id, or the beginning of it.
    pub(crate) call: String,
    /// Why; it is kept.
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    /// Without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct Hold {
    /// Its id, or the beginning of it.
    pub(crate) call: String,
    /// Why; it is kept.
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    /// Lifts the hold.
    #[arg(long)]
    pub(crate) off: bool,
}

#[derive(Args)]
pub(crate) struct Retain {
    /// Days after which a call may go; without any rule named, those in force are looked at.
    #[arg(long, value_name = "N", conflicts_with = "preset")]
    pub(crate) keep_days: Option<u32>,
    /// Days after which a recording may go; as long as the call when left out.
    #[arg(long, value_name = "N", conflicts_with = "preset")]
    pub(crate) recording_days: Option<u32>,
    /// The days of a call run from the newest call with a customer of the same name.
    #[arg(long, conflicts_with = "preset")]
    pub(crate) from_last_call: bool,
    /// Days after which a call that collects nothing may go, where that differs.
    #[arg(long, value_name = "N")]
    pub(crate) service_days: Option<u32>,
    /// Rules by name.
    #[arg(long, value_enum)]
    pub(crate) preset: Option<Preset>,
    /// Whether dates of birth are masked in calls that begin from then on; as it is when left out.
    #[arg(long, value_name = "true|false")]
    pub(crate) mask_birth_dates: Option<bool>,
    /// Deletes the calls that may go, this once.
    #[arg(long, conflicts_with_all = ["set", "apply"])]
    pub(crate) delete: bool,
    /// Puts the rules in force: what is older goes when Cueline starts, every day while it runs, and with --apply.
    #[arg(long)]
    pub(crate) set: bool,
    /// Deletes what is older than the rules in force keep.
    #[arg(long, conflicts_with_all = ["keep_days", "recording_days", "from_last_call", "service_days", "preset", "mask_birth_dates", "set"])]
    pub(crate) apply: bool,
    /// Without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Preset {
    /// Regulation F: three years, a call's log from the newest call with the customer.
    RegF,
    /// Everything is kept.
    KeepAll,
}
