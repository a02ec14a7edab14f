use crate::files;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that gets its name once it is whole: whoever finds it under that name has all of it, whatever happened to the program,
/// the disk or the power meanwhile.
///
/// Until then it lies beside its place under the same name with `.part` behind it. A file that was there before stays until
/// then; one that is given up goes.
pub struct WholeFile {
    path: PathBuf,
    part: PathBuf,
    file: File,
    named: bool,
}

impl WholeFile {
    /// Begins a file that will be `path`.
    ///
    /// # Errors
    /// When it cannot be written there.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut part = path.to_path_buf().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part)?;
        Ok(Self { path: path.to_path_buf(), part, file, named: false })
    }

    /// Writes a whole file at once.
    ///
    /// # Errors
    /// When it cannot be written; what was there before is as it was.
    pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
        let mut file = Self::create(path)?;
        file.write_all(content)?;
        file.keep()
    }

    /// Gives it its name, in the place of what was there, and waits until the disk has both, where the folder's file system knows
    /// how to.
    ///
    /// # Errors
    /// When the disk does not take the rest of it; what was there before is as it was.
    pub fn keep(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.part, &self.path)?;
        self.named = true;
        // Without this, a power cut may take away what was told to be there. Some shares can't, and the file is whole without it.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let _ = files::sync_folder(folder.unwrap_or(Path::new(".")));
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if !self.named {
            let _ = fs::remove_file(&self.part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("call.json");
        let files = || fs::read_dir(dir.path()).unwrap().count();
        WholeFile::write(&path, b"first").unwrap();
        let mut second = WholeFile::create(&path).unwrap();
        second.write_all(b"half of the second").unwrap();
        assert_eq!((fs::read(&path).unwrap(), files()), (b"first".to_vec(), 2));
        drop(second);
        assert_eq!((fs::read(&path).unwrap(), files()), (b"first".to_vec(), 1));
        WholeFile::write(&path, b"third").unwrap();
        assert_eq!((fs::read(&path).unwrap(), files()), (b"third".to_vec(), 1));
        assert!(WholeFile::write(&dir.path().join("nowhere/call.json"), b"x").is_err());
    }
}
