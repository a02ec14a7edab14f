use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder. Links are passed over: the tests' model folder is one.
///
/// # Panics
/// When the folder can't be read.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a readable folder");
        match entry.file_type().expect("a kind of file") {
            kind if kind.is_dir() => found.extend(files_below(&entry.path())),
            kind if kind.is_symlink() => {}
            _ => found.push(entry.path()),
        }
    }
    found
}
