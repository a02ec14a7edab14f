use crate::{StoreError, files};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The name of the key file in the data folder.
pub(crate) const KEY_FILE: &str = "keys.json";

const FORMAT: &str = "cueline-keys";
const VERSION: u32 = 1;

/// What `keys.json` says: how this folder's master key is kept. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct KeyFile {
    format: String,
    version: u32,
    /// The folder's id (UUIDv7): the name of its key in the system's key store.
    pub(super) store: String,
    pub(super) kept: Kept,
}

/// How the master key is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "snake_case")]
pub(super) enum Kept {
    /// By the system, under the folder's id.
    KeyStore { check: Hex<16> },
    /// Here, wrapped under a passphrase.
    Passphrase(Wrapped),
}

/// A master key sealed with XChaCha20-Poly1305 under a key that Argon2id makes of the passphrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Wrapped {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    pub(super) salt: Hex<16>,
    pub(super) nonce: Hex<24>,
    pub(super) wrapped: Hex<48>,
}

#[derive(Serialize, Deserialize)]
struct Checked {
    #[serde(flatten)]
    file: KeyFile,
    /// SHA-256 of everything else, so that a damaged file is not taken for a wrong passphrase.
    checksum: Hex<32>,
}

impl KeyFile {
    pub(super) fn new(store: String, kept: Kept) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, store, kept }
    }

    pub(super) fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = std::fs::read(path).map_err(|e| StoreError::file(path, e))?;
        let damaged = |reason: String| StoreError::KeysDamaged { file: path.to_path_buf(), reason };
        let checked: Checked = serde_json::from_slice(&bytes).map_err(|e| damaged(e.to_string()))?;
        let file = checked.file;
        if file.format != FORMAT {
            return Err(damaged(format!("it is not of the format `{FORMAT}`")));
        }
        if file.version > VERSION {
            return Err(StoreError::Newer {
                file: path.to_path_buf(),
                found: file.version.into(),
                known: VERSION.into(),
            });
        }
        if file.checksum() != checked.checksum {
            return Err(damaged("its checksum does not fit".to_owned()));
        }
        Ok(file)
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), StoreError> {
        let checked = Checked { file: self.clone(), checksum: self.checksum() };
        let text = serde_json::to_string_pretty(&checked)
            .map_err(|e| StoreError::KeysDamaged { file: path.to_path_buf(), reason: e.to_string() })?;
        files::write_private(path, text.as_bytes())
    }

    fn checksum(&self) -> Hex<32> {
        let mut hash = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        field(self.format.as_bytes());
        field(&self.version.to_le_bytes());
        field(self.store.as_bytes());
        match &self.kept {
            Kept::KeyStore { check } => {
                field(b"key_store");
                field(&check.0);
            }
            Kept::Passphrase(w) => {
                field(b"passphrase");
                field(&w.bound());
                field(&w.nonce.0);
                field(&w.wrapped.0);
            }
        }
        Hex(hash.finalize().into())
    }
}

impl Wrapped {
    /// What is sealed together with the key: nobody can lower the cost of guessing and have the key still open.
    pub(super) fn bound(&self) -> Vec<u8> {
        let mut bytes = b"cueline master key v1".to_vec();
        for n in [self.memory_kib, self.passes, self.lanes] {
            bytes.extend(n.to_le_bytes());
        }
        bytes.extend(self.salt.0);
        bytes
    }
}

/// Bytes written as hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hex<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.0.iter().map(|b| format!("{b:02x}")).collect();
        to.serialize_str(&digits)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(from)?;
        let fault = || serde::de::Error::custom(format!("expected {} hexadecimal digits", 2 * N));
        if digits.len() != 2 * N || !digits.is_ascii() {
            return Err(fault());
        }
        let mut bytes = [0; N];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).map_err(|_| fault())?;
        }
        Ok(Self(bytes))
    }
}
