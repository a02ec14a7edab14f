use crate::StoreError;
use std::path::Path;
use zeroize::Zeroizing;

/// A passphrase as the person typed it; wiped when dropped, never shown.
///
/// It comes from a prompt or from `CUELINE_PASSPHRASE`, never from an argument, which other users of the machine
/// could see.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The least number of characters of a new passphrase (NIST SP 800-63B: at least 8).
    pub const LEAST: usize = 8;

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(super) fn strong_enough(&self, dir: &Path) -> Result<(), StoreError> {
        if self.0.chars().count() < Self::LEAST {
            return Err(StoreError::WeakPassphrase { dir: dir.to_path_buf(), least: Self::LEAST });
        }
        Ok(())
    }
}

impl From<String> for Passphrase {
    fn from(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}
