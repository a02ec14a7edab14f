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

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has as many characters as a new one needs.
    pub(crate) fn is_long_enough(&self) -> bool {
        self.0.chars().count() >= Self::LEAST
    }

    pub(super) fn strong_enough(&self, dir: &Path) -> Result<(), StoreError> {
        if !self.is_long_enough() {
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
