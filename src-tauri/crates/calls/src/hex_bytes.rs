use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that are written as hexadecimal digits, lower case, where people or other programs read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HexBytes<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> HexBytes<N> {
    fn parse(text: &str) -> Option<Self> {
        if text.len() != 2 * N || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut bytes = [0; N];
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl<const N: usize> std::fmt::Display for HexBytes<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl<const N: usize> Serialize for HexBytes<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for HexBytes<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("expected {} hexadecimal digits", 2 * N)))
    }
}

#[cfg(test)]
mod tests {
    use super::HexBytes;

    #[test]
    fn bytes_come_back_from_their_digits_and_nothing_else_does() {
        let all: [u8; 256] = std::array::from_fn(|n| n as u8);
        let json = serde_json::to_string(&HexBytes(all)).unwrap();
        assert_eq!(serde_json::from_str::<HexBytes<256>>(&json).unwrap(), HexBytes(all));
        for wrong in ["\"0\"", "\"0g\"", "\"0A\"", "\"000\"", "\"\u{e9}\"", "7"] {
            assert!(serde_json::from_str::<HexBytes<1>>(wrong).is_err(), "{wrong}");
        }
    }
}
