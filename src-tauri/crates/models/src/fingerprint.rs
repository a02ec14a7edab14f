use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::ModelError;
use crate::progress::StageProgress;

/// A SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The fingerprint of a file's whole contents.
    pub(crate) fn of_file(path: &Path, progress: &mut StageProgress<'_>) -> Result<Self, ModelError> {
        let mut file = File::open(path).map_err(ModelError::io("reading", path))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = file.read(&mut buffer).map_err(ModelError::io("reading", path))?;
            if n == 0 {
                return Ok(Self(hash.finalize().into()));
            }
            hash.update(&buffer[..n]);
            progress.add(n as u64);
        }
    }
}

impl FromStr for Fingerprint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("a SHA-256 is 64 hexadecimal digits, this is {text:?}");
        if text.len() != 64 || !text.is_ascii() {
            return Err(fault());
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| fault())?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Passes bytes on to `inner` and fingerprints what went by.
pub(crate) struct FingerprintWriter<W> {
    inner: W,
    hash: Sha256,
    written: u64,
}

impl<W: Write> FingerprintWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), written: 0 }
    }

    /// The writer, the number of bytes that passed, and their fingerprint.
    pub(crate) fn finish(self) -> (W, u64, Fingerprint) {
        (self.inner, self.written, Fingerprint(self.hash.finalize().into()))
    }
}

impl<W: Write> Write for FingerprintWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.written += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // FIPS 180-2, appendix B.1.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn reads_and_writes_hexadecimal() {
        assert_eq!(Fingerprint::of(b"abc").to_string(), ABC);
        assert_eq!(ABC.parse(), Ok(Fingerprint::of(b"abc")));
        assert_eq!(ABC.to_uppercase().parse(), Ok(Fingerprint::of(b"abc")));
    }

    #[test]
    fn refuses_what_is_not_a_sha256() {
        let wrong = ["", "ba78", &ABC[..63], &format!("{ABC}0"), &format!("x{}", &ABC[1..]), &"é".repeat(32)];
        for text in wrong {
            assert!(text.parse::<Fingerprint>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_writer_sees_what_passes() {
        let mut writer = FingerprintWriter::new(Vec::new());
        writer.write_all(b"a").unwrap();
        writer.write_all(b"bc").unwrap();
        let (inner, written, fingerprint) = writer.finish();
        assert_eq!((inner.as_slice(), written, fingerprint.to_string().as_str()), (&b"abc"[..], 3, ABC));
    }
}
