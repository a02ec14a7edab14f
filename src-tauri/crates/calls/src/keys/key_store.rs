use crate::StoreError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// A place outside the data folder that keeps secrets by name.
pub trait KeyStore: Send + Sync {
    /// The secret kept under a name, or nothing.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`] when the key store is locked, missing or refuses.
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError>;

    /// Keeps a secret under a name.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`] when the key store is locked, missing or refuses.
    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), StoreError>;

    /// Whether it can be asked at all, so that a head knows whether to offer it.
    ///
    /// # Errors
    /// [`StoreError::KeyStore`] with the reason.
    fn works(&self) -> Result<(), StoreError> {
        self.secret("works").map(drop)
    }
}

/// The system's own: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyStore;

/// How entries are named in the system's key store, so that a person finds them there.
const SERVICE: &str = "Cueline session logs";

impl KeyStore for SystemKeyStore {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(e) => Err(refused(&e)),
        }
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        entry(name)?.set_secret(secret).map_err(|e| refused(&e))
    }
}

fn entry(name: &str) -> Result<keyring::Entry, StoreError> {
    if let Err(e) = keyring::Entry::store_status() {
        return Err(refused(e));
    }
    keyring::Entry::new(SERVICE, name).map_err(|e| refused(&e))
}

/// Keeps the reason without what the entry held: two of the library's errors carry the secret itself.
fn refused(error: &keyring::Error) -> StoreError {
    let reason = match error {
        keyring::Error::PlatformFailure(e) | keyring::Error::NoStorageAccess(e) => e.to_string(),
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            "its entry cannot be read".to_owned()
        }
        keyring::Error::Ambiguous(_) => "it has more than one entry of this name".to_owned(),
        other => other.to_string(),
    };
    StoreError::KeyStore { reason }
}

/// Keeps secrets for as long as the program runs; clones share them. For tests and for machines that must not
/// remember.
#[derive(Clone, Default)]
pub struct MemoryKeyStore(Arc<Mutex<HashMap<String, Zeroizing<Vec<u8>>>>>);

impl KeyStore for MemoryKeyStore {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(name.to_owned(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }
}
