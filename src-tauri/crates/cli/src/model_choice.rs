use cueline_live::{ENGINE, SharedDecoder};
use cueline_models::{Machine, ModelFolder, Speeds};
use std::path::{Path, PathBuf};

/// The model that was asked for; or the one that suits this machine; or, where only another was fetched, that.
pub(crate) fn choose(data: &Path, asked: Option<&str>) -> anyhow::Result<(String, PathBuf)> {
    let folder = ModelFolder::new(data);
    let id = asked.map_or_else(|| folder.for_calls(&speeds(data)), str::to_owned);
    let file = folder.path(&id)?;
    Ok((id, file))
}

/// The model for the pass after a call: the one that was asked for, or the most accurate that is here.
pub(crate) fn choose_thorough(data: &Path, asked: Option<&str>) -> anyhow::Result<(String, PathBuf)> {
    let folder = ModelFolder::new(data);
    let id = asked.map(str::to_owned).or_else(|| folder.most_accurate_here());
    let id = id.unwrap_or_else(|| folder.default_id().to_owned());
    let file = folder.path(&id)?;
    Ok((id, file))
}

/// What was measured on this machine so far.
pub(crate) fn speeds(data: &Path) -> Speeds {
    Speeds::load(data, Machine::this(ENGINE))
}

/// Measures a model on this machine, unless that was done before or the machine is busy, and keeps the figure.
pub(crate) fn measure_once(speeds: &mut Speeds, id: &str, decoder: &SharedDecoder) -> anyhow::Result<()> {
    if speeds.measured(id).is_none() && !Machine::is_busy() {
        let seconds = cueline_live::measure(decoder)?;
        if !Machine::is_busy() {
            speeds.keep(id, seconds)?;
        }
    }
    Ok(())
}
