use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words somebody said.
///
/// `Debug` shows only the length and there is no `Display`, so that speech cannot reach a log line or a panic
/// message by accident (design rule 6). It serialises as plain text, because the window, the JSON lines of the
/// command line and the encrypted store are where the words belong.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export, type = "string")]
pub struct Spoken(String);

impl Spoken {
    /// The words themselves. Call it only where they are shown to a person or stored encrypted.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Spoken {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Spoken {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Debug for Spoken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spoken({} chars)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::Spoken;

    #[test]
    fn debug_shows_no_word() {
        let debug = format!("{:?}", Some(Spoken::from("my card is 4111")));
        assert_eq!(debug, "Some(Spoken(15 chars))");
    }
}
