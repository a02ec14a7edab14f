//! The folder's keys: one random master key, kept by the system or under a passphrase, and what is derived from it.

mod argon2id;
mod key_file;
mod key_store;
mod passphrase;
mod unlock;

pub(crate) use argon2id::{COST, COST_LIMIT, argon2id};
pub(crate) use key_file::KEY_FILE;
pub use key_store::{KeyStore, MemoryKeyStore, SystemKeyStore};
pub use passphrase::Passphrase;
pub use unlock::{KeyState, Unlock, key_state};
pub(crate) use unlock::{create_keys, finish_creation, open_keys};

use crate::StoreError;
use chacha20poly1305::aead::Generate;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// A key of 256 bits that is wiped when it is dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// What a data folder's files are sealed with. Derived from the master key, which is not kept in memory.
///
/// Each purpose has its own key (HKDF-SHA256, RFC 5869), so that one used wrongly tells nothing about the others.
#[derive(Clone)]
pub(crate) struct Keys {
    /// Of the database.
    pub(crate) store: Key,
    /// Of the recordings.
    pub(crate) recordings: Key,
}

impl Keys {
    fn from_master(master: &Key) -> Self {
        Self {
            store: derive(master, b"cueline store v1"),
            recordings: derive(master, b"cueline recordings v1"),
        }
    }
}

/// Fresh bytes from the system's random source.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    <[u8; N]>::try_generate()
        .map_err(|e| StoreError::Unfit { what: format!("the system gives no random numbers: {e}") })
}

fn derive(master: &Key, purpose: &[u8]) -> Key {
    let mut key = Key::default();
    // 32 bytes are far below HKDF's limit of 255 blocks, so expanding cannot fail.
    let _ = Hkdf::<Sha256>::new(None, master.as_slice()).expand(purpose, key.as_mut_slice());
    key
}

/// Tells whether a key store handed back the key that this folder was made with, without revealing it.
fn check_value(master: &Key) -> [u8; 16] {
    let mut value = [0; 16];
    value.copy_from_slice(&derive(master, b"cueline check v1")[..16]);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_its_own_key() {
        let master = Key::new([7; 32]);
        let keys = Keys::from_master(&master);
        assert_ne!(keys.store, keys.recordings);
        assert_ne!(*keys.store, [0; 32]);
        assert_ne!(&keys.store[..16], &check_value(&master));
    }
}
