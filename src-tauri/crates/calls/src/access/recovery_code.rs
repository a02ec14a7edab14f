use crate::{Passphrase, StoreError, keys};
use zeroize::Zeroizing;

/// What opens the team lead's role once its passphrase is forgotten: 128 random bits, shown once and kept by people on
/// paper. Wiped when dropped, never shown by `Debug`.
pub struct RecoveryCode(Zeroizing<String>);

/// Digits without I, L, O and U, so that a code is read back as it was written (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits of a code: 26 carry 130 bits.
const LENGTH: usize = 26;

/// Digits that are written together.
const GROUP: usize = 5;

impl RecoveryCode {
    pub(super) fn new() -> Result<Self, StoreError> {
        let mut rest = u128::from_le_bytes(keys::random()?);
        let mut code = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for place in 0..LENGTH {
            if place > 0 && place.is_multiple_of(GROUP) {
                code.push('-');
            }
            code.push(char::from(DIGITS[(rest & 31) as usize]));
            rest >>= 5;
        }
        Ok(Self(code))
    }

    /// As it is shown, in groups.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is verified of it.
    pub(super) fn plain(&self) -> Passphrase {
        // What was just made is a code.
        Self::read(&Passphrase::from(self.as_str().to_owned()))
            .unwrap_or_else(|| Passphrase::from(String::new()))
    }

    /// What somebody typed, if it can be a code: in capitals, without its dashes, letters that look like digits as digits.
    pub(super) fn read(typed: &Passphrase) -> Option<Passphrase> {
        let mut plain = Zeroizing::new(String::with_capacity(LENGTH));
        for sign in typed.as_str().chars().filter(|sign| !matches!(sign, '-' | ' ')) {
            let sign = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = u8::try_from(sign).is_ok_and(|sign| DIGITS.contains(&sign));
            if !known || plain.len() == LENGTH {
                return None;
            }
            plain.push(sign);
        }
        (plain.len() == LENGTH).then(|| Passphrase::from(plain.as_str().to_owned()))
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_was_copied() {
        let code = RecoveryCode::new().unwrap();
        assert_eq!((code.as_str().len(), code.as_str().matches('-').count()), (31, 5));
        let read = |text: String| RecoveryCode::read(&Passphrase::from(text)).map(|p| p.as_str().to_owned());
        let plain = read(code.as_str().to_owned()).unwrap();
        assert_eq!(read(code.as_str().to_lowercase()).unwrap(), plain);
        assert_eq!(read(code.as_str().replace('-', " ")).unwrap(), plain);
        assert_eq!(read(code.as_str().replace('0', "o").replace('1', "l")).unwrap(), plain);
        for other in ["five random words", "", &plain[1..], &format!("{plain}7")] {
            assert_eq!(read(other.to_owned()), None, "{other}");
        }
        assert_ne!(RecoveryCode::new().unwrap().as_str(), code.as_str());
    }
}
