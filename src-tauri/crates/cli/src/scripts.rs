use anyhow::Context;
use cueline_cues::Script;
use std::fs;
use std::path::Path;

/// Reads a scripted call.
pub(crate) fn read(file: &Path) -> anyhow::Result<Script> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("script `{name}` can't be read"))?;
    Ok(Script::parse(&text, &name)?)
}
