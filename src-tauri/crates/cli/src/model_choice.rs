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

fn best_that_is_here(folder: &ModelFolder) -> String {
    let default = folder.default_id();
    if !folder.ready(default)
        && let Some(other) = folder.list().into_iter().find(|model| model.state == ModelState::Ready)
    {
        return other.id;
    }
    default.to_owned()
}
