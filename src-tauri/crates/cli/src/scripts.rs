use anyhow::Context;
use cueline_cues::Script;
use std::fs;
use std::path::{Path, PathBuf};

/// Seconds that a cue event of recorded audio may come after the end of the next turn: an endpoint and a decode.
pub(crate) const SLACK: f64 = 3.0;

/// Reads a scripted call.
pub(crate) fn read(file: &Path) -> anyhow::Result<Script> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("script `{name}` can't be read"))?;
    Ok(if is_scenario(file) { Script::parse_scenario(&text, &name)? } else { Script::parse(&text, &name)? })
}

/// The scripts to rehearse: the file itself, or those of a folder in the order of their names.
pub(crate) fn at(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).with_context(|| format!("{} can't be read", path.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| is_scenario(path) || path.extension().is_some_and(|e| e == "json"));
    found.sort();
    anyhow::ensure!(!found.is_empty(), "{} holds no script (.json or .scenario)", path.display());
    Ok(found)
}

fn is_scenario(file: &Path) -> bool {
    file.extension().is_some_and(|e| e == "scenario")
}

/// The rendered calls of a folder: each NAME.wav with a NAME.json beside it, in the order of their names.
pub(crate) fn rendered_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found
        .retain(|path| path.extension().is_some_and(|e| e == "wav") && path.with_extension("json").is_file());
    found.sort();
    Ok(found)
}

/// The file that tells a rendered call's context: the script of its name in `scripts`, or what stands beside it.
pub(crate) fn context_of(recording: &Path, scripts: Option<&Path>) -> PathBuf {
    let beside = recording.with_extension("json");
    let script = scripts.and_then(|folder| Some(folder.join(beside.file_name()?)));
    script.filter(|script| script.is_file()).unwrap_or(beside)
}
