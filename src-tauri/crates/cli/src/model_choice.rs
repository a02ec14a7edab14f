use cueline_models::{ModelFolder, ModelState};
use std::path::{Path, PathBuf};

/// The model that was asked for; or the default one; or, where only a smaller one was fetched, that.
pub(crate) fn choose(data: &Path, asked: Option<&str>) -> anyhow::Result<(String, PathBuf)> {
    let folder = ModelFolder::new(data);
    let id = match asked {
        Some(id) => id.to_owned(),
        None => best_that_is_here(&folder),
    };
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

fn best_that_is_here(folder: &ModelFolder) -> String {
    let default = folder.default_id();
    if !folder.ready(default)
        && let Some(other) = folder.list().into_iter().find(|model| model.state == ModelState::Ready)
    {
        return other.id;
    }
    default.to_owned()
}
