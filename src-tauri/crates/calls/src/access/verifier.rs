use crate::keys::{self, COST, COST_LIMIT, Key, argon2id};
use crate::{Passphrase, StoreError};

/// Tells a passphrase from all others without being it: Argon2id of it with a salt of its own.
pub(super) struct Verifier {
    pub(super) cost: (u32, u32, u32),
    pub(super) salt: [u8; 16],
    pub(super) verifier: [u8; 32],
}

impl Verifier {
    pub(super) fn new(passphrase: &Passphrase) -> Result<Self, StoreError> {
        let salt = keys::random()?;
        let unfit = || StoreError::Unfit { what: "the passphrase could not be stretched".to_owned() };
        let key = argon2id(passphrase, &salt, COST).ok_or_else(unfit)?;
        Ok(Self { cost: COST, salt, verifier: *key })
    }

    /// Whether it is the passphrase. A verifier that asks for more work than any passphrase needs fits none.
    pub(super) fn fits(&self, passphrase: &Passphrase) -> bool {
        let (memory_kib, passes, lanes) = self.cost;
        if memory_kib > COST_LIMIT.0 || passes > COST_LIMIT.1 || lanes > COST_LIMIT.2 {
            return false;
        }
        argon2id(passphrase, &self.salt, self.cost).is_some_and(|key: Key| {
            // Every byte is looked at, so that the time tells nothing.
            key.iter().zip(&self.verifier).fold(0, |different, (a, b)| different | (a ^ b)) == 0
        })
    }
}
