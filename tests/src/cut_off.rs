use crate::repository::{built_program, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Ends programs outright, as `kill -9` does, or takes the room on the disk away, at a chosen step of what they do to certain
/// files: no sooner and no later, so that every moment can be tried and a run can be had again.
///
/// What happens between two steps can't be told apart afterwards, so the steps are all the moments that there are.
pub struct CutOff {
    watched: String,
    scratch: TempDir,
}

/// The moment at which something happens to a program, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Before which step, the first being 1.
    pub step: usize,
    /// What happens.
    pub how: How,
}

/// What happens to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is killed.
    Killed,
    /// It is killed when half of the bytes are written, where the step writes.
    Torn,
    /// From this step on there is no room on the disk.
    Full,
}

/// Something that a program did to a watched file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An empty file was made under this path, in the place of what was there.
    Create(PathBuf),
    /// Bytes were written from a place on.
    Write {
        /// Into this file.
        file: PathBuf,
        /// From this byte on.
        offset: usize,
        /// How many.
        length: usize,
    },
    /// The disk was made to have all of a file, or all names in a folder.
    Sync(PathBuf),
    /// A file got another path, in the place of what was there.
    Rename(PathBuf, PathBuf),
    /// Something that makes no difference to an export: a file's length was set, a file removed, a folder made.
    Other(PathBuf),
}

/// The library that does it, built once a run: what the system's compiler makes of `cut_off.c`.
static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let library = built_program("cueline").with_file_name("cut_off.so");
    let compiled = Command::new("cc")
        .args(["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(repository().join("tests/src/cut_off/cut_off.c"))
        .status();
    assert!(compiled.is_ok_and(|ended| ended.success()), "on Debian: apt-get install build-essential");
    library
});

impl CutOff {
    /// Watches the files whose paths begin with one of these.
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn watching(begins: &[&Path]) -> Self {
        let watched: Vec<&str> = begins.iter().map(|path| path.to_str().expect("a UTF-8 path")).collect();
        Self { watched: watched.join(":"), scratch: tempfile::tempdir().expect("a temporary folder") }
    }

    /// What a program's environment needs so that its steps are counted from its start and it meets the cut.
    pub fn environment(&self, cut: Option<Cut>) -> Vec<(&'static str, PathBuf)> {
        // The steps of an earlier program are not this one's.
        let _ = fs::remove_file(self.log());
        let mut environment =
            vec![("LD_PRELOAD", LIBRARY.clone()), ("CUT_OFF_FILES", PathBuf::from(&self.watched))];
        environment.push(("CUT_OFF_STEPS", self.log()));
        if let Some(Cut { step, how }) = cut {
            let how = match how {
                How::Killed => "killed",
                How::Torn => "torn",
                How::Full => "full",
            };
            environment.push(("CUT_OFF_AT", PathBuf::from(step.to_string())));
            environment.push(("CUT_OFF_HOW", PathBuf::from(how)));
        }
        environment
    }

    /// The same, but that nothing counts before [`CutOff::arm`].
    pub fn environment_to_arm(&self, cut: Option<Cut>) -> Vec<(&'static str, PathBuf)> {
        let _ = fs::remove_file(self.armed());
        let mut environment = self.environment(cut);
        environment.push(("CUT_OFF_ARMED", self.armed()));
        environment
    }

    /// From now on steps count.
    ///
    /// # Panics
    /// When the temporary folder can't be written.
    pub fn arm(&self) {
        fs::write(self.armed(), []).expect("the temporary folder can be written");
    }

    /// From now on nothing counts, and there is room on the disk again.
    ///
    /// # Panics
    /// When nothing counted before.
    pub fn disarm(&self) {
        fs::remove_file(self.armed()).expect("it was armed");
    }

    /// What was done up to now, in order.
    ///
    /// # Panics
    /// When a line is not what the library writes.
    pub fn steps(&self) -> Vec<Step> {
        let told = fs::read_to_string(self.log()).unwrap_or_default();
        told.lines().map(|line| Step::read(line).unwrap_or_else(|| panic!("no step: {line}"))).collect()
    }

    fn log(&self) -> PathBuf {
        self.scratch.path().join("steps")
    }

    fn armed(&self) -> PathBuf {
        self.scratch.path().join("armed")
    }
}

impl Step {
    /// What may happen at this step, each of it being something else.
    pub fn hows(&self) -> &'static [How] {
        match self {
            Self::Write { .. } => &[How::Killed, How::Torn, How::Full],
            _ => &[How::Killed, How::Full],
        }
    }

    fn read(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[what, path, other, offset, length] = fields.as_slice() else { return None };
        let file = PathBuf::from(path);
        Some(match what {
            "create" => Self::Create(file),
            "write" => Self::Write { file, offset: offset.parse().ok()?, length: length.parse().ok()? },
            "sync" => Self::Sync(file),
            "rename" => Self::Rename(file, PathBuf::from(other)),
            _ => Self::Other(file),
        })
    }
}
