use crate::StoreError;
use std::path::{Path, PathBuf};

/// The files that somebody means: the one that is named, or the exports as JSON in a folder, in the order of their names.
///
/// # Errors
/// When there is nothing of this name, or the folder can't be read.
pub fn exports_in(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let fail = |e| StoreError::file(path, e);
    if !std::fs::metadata(path).map_err(fail)?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for file in std::fs::read_dir(path).map_err(fail)? {
        let file = file.map_err(fail)?.path();
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
