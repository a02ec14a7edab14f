use super::{Key, Passphrase};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory in KiB, passes and lanes of Argon2id.
pub(crate) type Cost = (u32, u32, u32);

/// The cost for new passphrases: RFC 9106's second recommended choice (64 MiB, 3 passes) on one lane, since it runs on one
/// thread here.
pub(crate) const COST: Cost = (64 * 1024, 3, 1);

/// The most that a stored cost may ask for, so that a changed one cannot exhaust the machine.
pub(crate) const COST_LIMIT: Cost = (1024 * 1024, 32, 16);

/// What Argon2id makes of a passphrase; nothing for a cost that it does not know.
pub(crate) fn argon2id(passphrase: &Passphrase, salt: &[u8; 16], cost: Cost) -> Option<Key> {
    let (memory_kib, passes, lanes) = cost;
    let params = Params::new(memory_kib, passes, lanes, Some(32)).ok()?;
    let mut key = Key::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_str().as_bytes(), salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}
