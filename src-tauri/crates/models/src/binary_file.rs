//! Reading little-endian files from strangers: every read is bounded by what the file holds, and every fault names its byte.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::ModelError;

/// A file being read, which knows where it stands and how much is left.
pub(crate) struct BinaryFile {
    path: PathBuf,
    inner: BufReader<File>,
    at: u64,
    size: u64,
}

impl BinaryFile {
    pub(crate) fn open(path: &Path) -> Result<Self, ModelError> {
        let file = File::open(path).map_err(ModelError::io("reading", path))?;
        let size = file.metadata().map_err(ModelError::io("reading", path))?.len();
        Ok(Self { path: path.to_owned(), inner: BufReader::with_capacity(1 << 16, file), at: 0, size })
    }

    /// The byte that is read next.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.size
    }

    /// A fault at the byte where the reader stands.
    pub(crate) fn malformed(&self, what: impl Into<String>) -> ModelError {
        ModelError::Malformed { path: self.path.clone(), at: self.at, what: what.into() }
    }

    /// Reads `len` bytes; `what` names them in the fault.
    pub(crate) fn bytes(&mut self, len: u64, what: &str) -> Result<Vec<u8>, ModelError> {
        self.expect(len, what)?;
        let mut bytes =
            vec![0; usize::try_from(len).map_err(|_| self.malformed(format!("{what} is too long")))?];
        self.inner.read_exact(&mut bytes).map_err(ModelError::io("reading", &self.path))?;
        self.at += len;
        Ok(bytes)
    }

    /// Passes over `len` bytes.
    pub(crate) fn skip(&mut self, len: u64, what: &str) -> Result<(), ModelError> {
        self.expect(len, what)?;
        self.seek(self.at + len)
    }

    /// Goes to a byte that was read or passed before.
    pub(crate) fn seek(&mut self, at: u64) -> Result<(), ModelError> {
        self.inner.seek(SeekFrom::Start(at)).map_err(ModelError::io("reading", &self.path))?;
        self.at = at;
        Ok(())
    }

    pub(crate) fn u8(&mut self, what: &str) -> Result<u8, ModelError> {
        Ok(self.array::<1>(what)?[0])
    }

    pub(crate) fn u16(&mut self, what: &str) -> Result<u16, ModelError> {
        self.array(what).map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self, what: &str) -> Result<u32, ModelError> {
        self.array(what).map(u32::from_le_bytes)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], ModelError> {
        self.expect(N as u64, what)?;
        let mut bytes = [0; N];
        self.inner.read_exact(&mut bytes).map_err(ModelError::io("reading", &self.path))?;
        self.at += N as u64;
        Ok(bytes)
    }

    fn expect(&self, len: u64, what: &str) -> Result<(), ModelError> {
        let left = self.size - self.at;
        if len > left {
            return Err(
                self.malformed(format!("{what} should take {len} bytes and the file ends after {left}"))
            );
        }
        Ok(())
    }
}
