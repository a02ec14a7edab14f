use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use cueline_events::Notice;

use crate::Fingerprint;

/// What can go wrong between a model's name and its checked file. Printed, it says what happened and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The catalogue itself is faulty.
    Catalog {
        /// What is wrong, with line and column where the parser knows them.
        what: String,
    },
    /// No model of that name is known.
    Unknown {
        /// The name asked for.
        id: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A name that cannot be a model's.
    BadId {
        /// The name given.
        id: String,
    },
    /// The model's file is not in the folder.
    Missing {
        /// The model.
        id: String,
        /// Where its file would be.
        path: PathBuf,
    },
    /// The model's file ends early.
    Truncated {
        /// The model.
        id: String,
        /// The file.
        path: PathBuf,
        /// The byte at which it ends.
        at: u64,
        /// How long it should be.
        size: u64,
    },
    /// The model's file is longer than it should be.
    TooLong {
        /// The model.
        id: String,
        /// The file.
        path: PathBuf,
        /// How long it is.
        found: u64,
        /// How long it should be.
        size: u64,
    },
    /// A file has the right size and the wrong contents.
    WrongHash {
        /// The file, address or package.
        what: String,
        /// The SHA-256 it should have.
        expected: Fingerprint,
        /// The SHA-256 it has.
        found: Fingerprint,
        /// The model it was for.
        id: String,
    },
    /// A file is not what its format says, at a known place.
    Malformed {
        /// The file.
        path: PathBuf,
        /// The byte at which the reader stood.
        at: u64,
        /// What is wrong there.
        what: String,
    },
    /// The file is a model, but not the one it was given out to be.
    OtherModel {
        /// The file.
        path: PathBuf,
        /// The name it was given.
        id: String,
        /// What the file is.
        found: String,
    },
    /// Another file already has the name.
    NameTaken {
        /// The name.
        id: String,
    },
    /// The disk or the file system refused.
    Io {
        /// What was being done, as in "writing".
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Another process is fetching a model.
    Busy {
        /// The model.
        id: String,
    },
    /// The server could not be reached, or the connection broke and did not come back.
    Connection {
        /// The address.
        url: String,
        /// Bytes that had arrived and are kept.
        at: u64,
        /// Bytes there are in all.
        size: u64,
        /// The reason, in the network's words.
        why: String,
    },
    /// The server answered with something other than the file.
    Refused {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The server offers a file of another size.
    WrongSize {
        /// The address or package.
        what: String,
        /// The size the catalogue states.
        expected: u64,
        /// The size found or announced.
        found: u64,
    },
    /// Neither Python's pip nor pip itself can be started.
    PipMissing {
        /// What was tried.
        tried: String,
    },
    /// pip ended without the package.
    Pip {
        /// The package and version.
        package: String,
        /// Why, in pip's own last words where it had any.
        said: String,
    },
    /// A package lacks a file that it should hold.
    Package {
        /// The package and version.
        package: String,
        /// What is wrong with it.
        what: String,
    },
    /// The catalogue knows no source of the wanted kind for the model.
    NoSource {
        /// The model.
        id: String,
        /// The kind of source, `url` or `pip`.
        via: &'static str,
    },
    /// Every source of the model failed.
    EverySource {
        /// The model.
        id: String,
        /// Each source's failure, in the order tried.
        failures: Vec<ModelError>,
        /// The address of the published file, for a download by hand.
        url: Option<String>,
    },
}

impl ModelError {
    /// The same, as the window and the terminal show it.
    pub fn notice(&self) -> Notice {
        Notice {
            code: self.code().to_owned(),
            message: sentence(&self.fact()),
            what_to_do: sentence(&self.remedy()),
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Catalog { .. } => "model_catalogue",
            Self::Unknown { .. } | Self::BadId { .. } => "model_unknown",
            Self::Missing { .. } => "model_missing",
            Self::Truncated { .. } | Self::TooLong { .. } | Self::WrongHash { .. } => "model_broken",
            Self::Malformed { .. } | Self::OtherModel { .. } | Self::NameTaken { .. } => "model_refused",
            Self::Io { .. } => "model_disk",
            Self::Busy { .. } => "model_busy",
            Self::Connection { .. } | Self::Refused { .. } | Self::WrongSize { .. } => "model_download",
            Self::PipMissing { .. } | Self::Pip { .. } | Self::Package { .. } => "model_pip",
            Self::NoSource { .. } | Self::EverySource { .. } => "model_download",
        }
    }

    /// What happened, in one sentence without its full stop.
    fn fact(&self) -> String {
        match self {
            Self::Catalog { what } => format!("the catalogue of models is faulty: {what}"),
            Self::Unknown { id, .. } => format!("there is no model {id:?}"),
            Self::BadId { id } => format!("{id:?} cannot be the name of a model"),
            Self::Missing { id, path } => {
                format!("the model {id} is not on this computer ({} does not exist)", path.display())
            }
            Self::Truncated { id, path, at, size } => {
                format!("the model {id} is broken: {} ends at byte {at} of {size}", path.display())
            }
            Self::TooLong { id, path, found, size } => {
                format!("the model {id} is broken: {} has {found} bytes instead of {size}", path.display())
            }
            Self::WrongHash { what, expected, found, .. } => {
                format!("{what} is not what it should be: its SHA-256 is {found}, not {expected}")
            }
            Self::Malformed { path, at, what } => {
                format!("{} cannot be used as a model: at byte {at}, {what}", path.display())
            }
            Self::OtherModel { path, id, found } => format!("{} is not {id}, it is {found}", path.display()),
            Self::NameTaken { id } => format!("another file is already stored as the model {id}"),
            Self::Io { doing, path, source } if is_full(source) => {
                format!("the disk is full ({doing} {})", path.display())
            }
            Self::Io { doing, path, source } => format!("{doing} {} failed: {source}", path.display()),
            Self::Busy { id } => {
                format!("the model {id} cannot be fetched now: another process is fetching a model")
            }
            Self::Connection { url, at: 0, why, .. } => format!("{url} could not be fetched: {why}"),
            Self::Connection { url, at, size, why } => {
                format!("the download of {url} broke off at byte {at} of {size}: {why}")
            }
            Self::Refused { url, status } => format!("{url} was refused with HTTP status {status}"),
            Self::WrongSize { what, expected, found } => {
                format!("{what} has {found} bytes, and the model known here has {expected}")
            }
            Self::PipMissing { tried } => {
                format!("Python's pip was not found on this computer (tried {tried})")
            }
            Self::Pip { package, said } => format!("pip could not get {package}: {said}"),
            Self::Package { package, what } => format!("the package {package} cannot be used: {what}"),
            Self::NoSource { id, via } => format!("no source of the kind {via} is known for the model {id}"),
            Self::EverySource { id, failures, .. } => {
                let facts: Vec<String> = failures.iter().map(Self::fact).collect();
                format!("the model {id} could not be fetched: {}", facts.join("; "))
            }
        }
    }

    /// What to do now, in one sentence without its full stop.
    fn remedy(&self) -> String {
        match self {
            Self::Catalog { .. } => "correct models/catalog.toml and build again".to_owned(),
            Self::Unknown { known, .. } => format!("choose one of {}", known.join(", ")),
            Self::BadId { .. } => "use letters, digits, dots, hyphens and underscores, 64 at most".to_owned(),
            Self::Missing { id, .. } => format!(
                "fetch it with `cueline models fetch {id}`, or import a file with `cueline models import FILE --id {id}`"
            ),
            Self::Truncated { id, .. } | Self::TooLong { id, .. } => {
                format!("fetch it again with `cueline models fetch {id}`")
            }
            Self::WrongHash { id, .. } => format!(
                "do not use it; fetch it another way (`cueline models fetch {id} --via url` or `--via pip`), or import a \
                 file that you trust with `cueline models import FILE --id {id}`"
            ),
            Self::Malformed { .. } => {
                "get the file again; whisper.cpp's ggml files with f32, f16, q8_0, q5_0 or q5_1 weights can be imported"
                    .to_owned()
            }
            Self::OtherModel { .. } => "import it without --id, or with the name of the model that it is".to_owned(),
            Self::NameTaken { .. } => "import it under another name with --id".to_owned(),
            Self::Io { source, .. } if is_full(source) => {
                "free some space (a fetch needs up to four times the model's size for a while) and try again; what \
                 has arrived is kept"
                    .to_owned()
            }
            Self::Io { .. } => "check that the file and its folder can be read and written, then try again".to_owned(),
            Self::Busy { .. } => "wait until it has finished".to_owned(),
            Self::Connection { at, .. } if *at > 0 => {
                "try again: the download goes on where it broke off".to_owned()
            }
            Self::Connection { .. } => "check the network, the proxy (HTTPS_PROXY) and the firewall, or fetch it \
                 another way: `--via pip`, or import a file with `cueline models import FILE`"
                .to_owned(),
            Self::Refused { .. } | Self::WrongSize { .. } => {
                "fetch it another way: `--via pip`, or import a file with `cueline models import FILE`".to_owned()
            }
            Self::PipMissing { .. } => {
                "install Python 3 with pip, or use `--via url`, or import a file with `cueline models import FILE`"
                    .to_owned()
            }
            Self::Pip { .. } => "check the network and pip's index (`pip config list`), or use `--via url`, or import a \
                 file with `cueline models import FILE`"
                .to_owned(),
            Self::Package { .. } => "use `--via url`, or import a file with `cueline models import FILE`".to_owned(),
            Self::NoSource { via: "pip", .. } => "use `--via url`, or import a file with `cueline models import FILE`".to_owned(),
            Self::NoSource { .. } => "use `--via pip`, or import a file with `cueline models import FILE`".to_owned(),
            Self::EverySource { id, url, .. } => {
                let by_hand = match url {
                    Some(url) => format!("download {url} on a computer that may, bring the file here"),
                    None => "bring the model's file here from another computer".to_owned(),
                };
                format!(
                    "check the network, the proxy (HTTPS_PROXY) and pip's index (`pip config list`) and try again; or \
                     {by_hand} and run `cueline models import FILE --id {id}`"
                )
            }
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fact(), self.remedy())
    }
}

/// With a full stop and, unless it begins with a name or an address, a capital letter.
fn sentence(text: &str) -> String {
    let plain = text.split(' ').next().is_some_and(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    match text.split_at_checked(1) {
        Some((first, rest)) if plain => format!("{}{rest}.", first.to_ascii_uppercase()),
        _ => format!("{text}."),
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_model_names_the_command_that_fetches_it() {
        let error = ModelError::Missing { id: "base-q8_0".into(), path: "models/base-q8_0.bin".into() };
        assert!(error.to_string().contains("`cueline models fetch base-q8_0`"), "{error}");
        assert!(error.notice().what_to_do.contains("import"), "{:?}", error.notice());
        assert_eq!(error.notice().code, "model_missing");
        assert!(error.notice().message.starts_with("The model base-q8_0 is not"), "{:?}", error.notice());
    }

    #[test]
    fn a_full_disk_is_called_full() {
        let error = ModelError::io("writing", Path::new("x.part"))(io::ErrorKind::StorageFull.into());
        assert!(error.to_string().contains("the disk is full"), "{error}");
        let error = ModelError::io("writing", Path::new("x.part"))(io::ErrorKind::PermissionDenied.into());
        assert!(!error.to_string().contains("full"), "{error}");
    }

    #[test]
    fn when_every_source_failed_all_ways_are_told() {
        let error = ModelError::EverySource {
            id: "base-q8_0".into(),
            failures: vec![
                ModelError::Connection { url: "https://a/b".into(), at: 0, size: 9, why: "no route".into() },
                ModelError::PipMissing { tried: "python3".into() },
            ],
            url: Some("https://a/b".into()),
        };
        let text = error.to_string();
        for part in [
            "no route",
            "pip was not found",
            "HTTPS_PROXY",
            "pip config",
            "https://a/b",
            "import FILE --id base-q8_0",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
