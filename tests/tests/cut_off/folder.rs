//! What lies in a folder, and somebody who has calls.

use cueline_tests::{Cueline, Recording, files_below};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of a folder by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What lies in a folder; nothing where there is none.
pub(crate) fn files_in(folder: &Path) -> Files {
    let all = if folder.is_dir() { files_below(folder) } else { Vec::new() };
    let named = all.into_iter().map(|file| {
        let name = file.strip_prefix(folder).expect("a file of the folder").to_string_lossy().into_owned();
        (name, fs::read(file).expect("it is there"))
    });
    named.collect()
}

/// Replays the first seconds of the sample call, so that a recorded call is in the log.
pub(crate) fn keep_beginning(user: &Cueline, sample: &Recording, seconds: usize) {
    let (samples, rate) = sample.samples();
    let some = samples.into_iter().take(seconds * rate as usize * 2);
    let beginning = sample.rewritten("beginning.wav", 2, rate, some);
    user.replay(&beginning, &["--context", sample.script(), "--pace", "max", "--model", "tiny.en-q8_0"]);
}
