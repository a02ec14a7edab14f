use super::key_file::{Hex, KEY_FILE, Kept, KeyFile, Wrapped};
use super::{
    COST, COST_LIMIT, Key, KeyStore, Keys, Passphrase, SystemKeyStore, argon2id, check_value, random,
};
use crate::{StoreError, files};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What opens a data folder.
pub enum Unlock {
    /// A key store that keeps the key; see [`Unlock::system`].
    KeyStore(Box<dyn KeyStore>),
    /// A passphrase under which the key is wrapped in the folder itself.
    Passphrase(Passphrase),
}

impl Unlock {
    /// The system's key store.
    pub fn system() -> Self {
        Self::KeyStore(Box::new(SystemKeyStore))
    }
}

/// How a data folder's key is kept, so that a head knows whether to ask for a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// The folder has no key yet: the first [`Unlock`] decides how it will be kept.
    New,
    /// In the system's key store.
    System,
    /// Under a passphrase.
    Passphrase,
}

/// Says how a data folder's key is kept, without opening anything.
///
/// # Errors
/// When the key file is damaged, or missing beside existing logs.
pub fn key_state(data_dir: &Path) -> Result<KeyState, StoreError> {
    match read_key_file(data_dir)? {
        None => Ok(KeyState::New),
        Some(KeyFile { kept: Kept::KeyStore { .. }, .. }) => Ok(KeyState::System),
        Some(KeyFile { kept: Kept::Passphrase(_), .. }) => Ok(KeyState::Passphrase),
    }
}

/// The keys of an existing folder, or nothing when it has none yet.
pub(crate) fn open_keys(data_dir: &Path, unlock: &Unlock) -> Result<Option<Keys>, StoreError> {
    let Some(file) = read_key_file(data_dir)? else { return Ok(None) };
    let dir = || data_dir.to_path_buf();
    let master = match (&file.kept, unlock) {
        (Kept::KeyStore { check }, Unlock::KeyStore(key_store)) => {
            let secret = key_store.secret(&file.store)?.ok_or_else(|| StoreError::KeyGone { dir: dir() })?;
            let master = master_from(&secret).ok_or_else(|| StoreError::KeyGone { dir: dir() })?;
            if check_value(&master) != check.0 {
                return Err(StoreError::KeyGone { dir: dir() });
            }
            master
        }
        (Kept::Passphrase(wrapped), Unlock::Passphrase(passphrase)) => {
            let cipher = wrapping_cipher(data_dir, passphrase, wrapped)?;
            let sealed = Payload { msg: &wrapped.wrapped.0, aad: &wrapped.bound() };
            let opened = cipher.decrypt(&wrapped.nonce.0.into(), sealed).map(Zeroizing::new);
            let opened = opened.map_err(|_| StoreError::WrongPassphrase { dir: dir() })?;
            master_from(&opened).ok_or_else(|| StoreError::WrongPassphrase { dir: dir() })?
        }
        (Kept::Passphrase(_), Unlock::KeyStore(_)) => {
            return Err(StoreError::PassphraseNeeded { dir: dir() });
        }
        (Kept::KeyStore { .. }, Unlock::Passphrase(_)) => {
            return Err(StoreError::KeyStoreNeeded { dir: dir() });
        }
    };
    Ok(Some(Keys::from_master(&master)))
}

/// Keys that are made but count only once [`NewKeys::keep`] gave the key file its name: the store is created
/// between, so that there is never a key file without a store.
pub(crate) struct NewKeys {
    pub(crate) keys: Keys,
    data_dir: PathBuf,
}

impl NewKeys {
    pub(crate) fn keep(self) -> Result<Keys, StoreError> {
        files::rename(&unfinished(&self.data_dir), &self.data_dir.join(KEY_FILE))?;
        Ok(self.keys)
    }
}

/// Makes the keys of a new folder.
pub(crate) fn create_keys(data_dir: &Path, unlock: &Unlock) -> Result<NewKeys, StoreError> {
    let store = uuid::Uuid::now_v7().to_string();
    let master = Key::new(random()?);
    let kept = match unlock {
        Unlock::KeyStore(key_store) => {
            key_store.keep(&store, master.as_slice())?;
            let back = key_store.secret(&store)?;
            if back.as_deref().map(Vec::as_slice) != Some(master.as_slice()) {
                return Err(StoreError::KeyStore {
                    reason: "it did not keep the key it was given".to_owned(),
                });
            }
            Kept::KeyStore { check: Hex(check_value(&master)) }
        }
        Unlock::Passphrase(passphrase) => {
            passphrase.strong_enough(data_dir)?;
            Kept::Passphrase(wrap(data_dir, passphrase, &master)?)
        }
    };
    KeyFile::new(store, kept).write(&unfinished(data_dir))?;
    Ok(NewKeys { keys: Keys::from_master(&master), data_dir: data_dir.to_path_buf() })
}

/// Gives the key file its name where a first use was killed just before it would have.
pub(crate) fn finish_creation(data_dir: &Path) -> Result<(), StoreError> {
    let (from, to) = (unfinished(data_dir), data_dir.join(KEY_FILE));
    if !to.exists() && from.exists() && KeyFile::read(&from).is_ok() {
        files::rename(&from, &to)?;
    }
    Ok(())
}

fn unfinished(data_dir: &Path) -> PathBuf {
    data_dir.join("keys.json.new")
}

fn read_key_file(data_dir: &Path) -> Result<Option<KeyFile>, StoreError> {
    let path = data_dir.join(KEY_FILE);
    match KeyFile::read(&path) {
        Err(StoreError::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

fn wrap(data_dir: &Path, passphrase: &Passphrase, master: &Key) -> Result<Wrapped, StoreError> {
    let (memory_kib, passes, lanes) = COST;
    let mut wrapped = Wrapped {
        memory_kib,
        passes,
        lanes,
        salt: Hex(random()?),
        nonce: Hex(random()?),
        wrapped: Hex([0; 48]),
    };
    let cipher = wrapping_cipher(data_dir, passphrase, &wrapped)?;
    let unfit = || StoreError::Unfit { what: "the key could not be wrapped".to_owned() };
    let open = Payload { msg: master.as_slice(), aad: &wrapped.bound() };
    let sealed = cipher.encrypt(&wrapped.nonce.0.into(), open).map_err(|_| unfit())?;
    wrapped.wrapped = Hex(sealed.try_into().map_err(|_| unfit())?);
    Ok(wrapped)
}

fn wrapping_cipher(
    dir: &Path,
    passphrase: &Passphrase,
    w: &Wrapped,
) -> Result<XChaCha20Poly1305, StoreError> {
    let damaged =
        |reason: &str| StoreError::KeysDamaged { file: dir.join(KEY_FILE), reason: reason.to_owned() };
    if w.memory_kib > COST_LIMIT.0 || w.passes > COST_LIMIT.1 || w.lanes > COST_LIMIT.2 {
        return Err(damaged("it asks for more work than any passphrase needs"));
    }
    let key = argon2id(passphrase, &w.salt.0, (w.memory_kib, w.passes, w.lanes))
        .ok_or_else(|| damaged("its Argon2 parameters are impossible"))?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

fn master_from(secret: &[u8]) -> Option<Key> {
    secret.try_into().ok().map(Key::new)
}

#[cfg(test)]
mod tests {
    use super::super::MemoryKeyStore;
    use super::*;

    fn passphrase(text: &str) -> Unlock {
        Unlock::Passphrase(Passphrase::from(text.to_owned()))
    }

    #[test]
    fn a_passphrase_opens_what_it_closed_and_no_other_does() {
        let dir = tempfile::tempdir().unwrap();
        let made = create_keys(dir.path(), &passphrase("five random words")).unwrap().keep().unwrap();
        assert_eq!(key_state(dir.path()).unwrap(), KeyState::Passphrase);
        let opened = open_keys(dir.path(), &passphrase("five random words")).unwrap().unwrap();
        assert_eq!(opened.store, made.store);
        let wrong = open_keys(dir.path(), &passphrase("five random wards")).err().unwrap();
        assert_eq!(wrong.code(), "wrong_passphrase");
        let none = open_keys(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).err().unwrap();
        assert_eq!(none.code(), "passphrase_needed");
        let text = std::fs::read_to_string(dir.path().join(KEY_FILE)).unwrap();
        assert!(!text.contains("random"), "{text}");
    }

    #[test]
    fn a_key_store_opens_what_it_closed_and_says_when_it_cannot() {
        let dir = tempfile::tempdir().unwrap();
        let key_store = MemoryKeyStore::default();
        let unlock = |k: &MemoryKeyStore| Unlock::KeyStore(Box::new(k.clone()));
        let made = create_keys(dir.path(), &unlock(&key_store)).unwrap().keep().unwrap();
        assert_eq!(key_state(dir.path()).unwrap(), KeyState::System);
        assert_eq!(open_keys(dir.path(), &unlock(&key_store)).unwrap().unwrap().store, made.store);
        let gone = open_keys(dir.path(), &unlock(&MemoryKeyStore::default())).err().unwrap();
        assert_eq!(gone.code(), "key_gone");
        let store = KeyFile::read(&dir.path().join(KEY_FILE)).unwrap().store;
        key_store.keep(&store, &[1; 32]).unwrap();
        assert_eq!(open_keys(dir.path(), &unlock(&key_store)).err().unwrap().code(), "key_gone");
    }

    #[test]
    fn a_damaged_key_file_is_not_taken_for_a_wrong_passphrase() {
        let dir = tempfile::tempdir().unwrap();
        create_keys(dir.path(), &passphrase("five random words")).unwrap().keep().unwrap();
        let path = dir.path().join(KEY_FILE);
        let good = std::fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            match KeyFile::read(&path) {
                Err(e) => assert!(matches!(e.code(), "keys_damaged" | "store_newer"), "byte {at}: {e}"),
                // White space and the case of a digit carry nothing.
                Ok(file) => {
                    std::fs::write(&path, &good).unwrap();
                    assert_eq!(file, KeyFile::read(&path).unwrap(), "byte {at}");
                }
            }
        }
        for cut in [0, 1, good.len() / 2, good.len() - 1] {
            std::fs::write(&path, &good[..cut]).unwrap();
            assert_eq!(key_state(dir.path()).unwrap_err().code(), "keys_damaged", "cut at {cut}");
        }
    }

    #[test]
    fn a_short_passphrase_is_refused_before_anything_is_made() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(create_keys(dir.path(), &passphrase("short")).err().unwrap().code(), "weak_passphrase");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
