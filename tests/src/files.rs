use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder. Links and sockets are passed over: the tests' model folder is a link.
///
/// # Panics
/// When the folder can't be read.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("a readable folder");
        match entry.file_type().expect("a kind of file") {
            kind if kind.is_dir() => found.extend(files_below(&entry.path())),
            kind if kind.is_file() => found.push(entry.path()),
            // Nothing can be kept in a socket.
            _ => {}
        }
    }
    found
}

/// Sees that none of these words stands in any file below a folder or in a file's name, whatever its case. Words are long
/// enough that no megabyte of random bytes has them.
///
/// # Panics
/// When one does, or a file can't be read.
#[track_caller]
pub fn assert_unreadable(folder: &Path, words: &[&str]) {
    for file in files_below(folder) {
        let bytes = fs::read(&file).expect("a readable file");
        let name = file.to_string_lossy().into_owned();
        for word in words {
            let stands_in = |text: &[u8]| {
                text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
            };
            assert!(!stands_in(&bytes), "{name} holds a word of the call");
            assert!(!stands_in(name.as_bytes()), "{name} is named after the call");
        }
    }
}
