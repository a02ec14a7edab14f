//! Files and folders that only their owner may read, and that survive a power cut.

use crate::StoreError;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Creates a folder with all its parents; on Unix nobody else may enter the last one.
pub(crate) fn create_private_folder(dir: &Path) -> Result<(), StoreError> {
    let fail = |e| StoreError::file(dir, e);
    if dir.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(dir).map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).map_err(fail)?;
    }
    Ok(())
}

/// Options that create a file which, on Unix, nobody else may read.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Writes a whole file and waits until the disk has it.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fail = |e| StoreError::file(path, e);
    let mut file = private().write(true).create(true).truncate(true).open(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.sync_all().map_err(fail)
}

/// Gives a file its final name and waits until the disk has it.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(|e| StoreError::file(to, e))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Waits until the disk has the names in a folder. Windows writes them through and has no call for it.
pub(crate) fn sync_folder(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(dir).and_then(|d| d.sync_all()).map_err(|e| StoreError::file(dir, e))?;
    }
    Ok(())
}
