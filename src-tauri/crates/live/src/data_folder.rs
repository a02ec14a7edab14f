use std::path::PathBuf;

/// Where both heads keep models, session logs, recordings and settings when nobody says otherwise: the place that
/// the system has for an application's data. `None` where there is no home folder.
pub fn default_data_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "Cueline").map(|folders| folders.data_dir().to_owned())
}
