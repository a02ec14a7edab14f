use std::hash::{DefaultHasher, Hash, Hasher};
use whisper_rs::{WhisperContext, WhisperTokenId};

/// A token that writes letters or digits, without regard to case and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    letters: u64,
    /// Whether it begins a word rather than going on with one.
    pub(crate) begins_word: bool,
}

impl Piece {
    /// The piece that a token's text is; `None` for punctuation and spaces.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let letters: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let mut hasher = DefaultHasher::new();
        letters.hash(&mut hasher);
        (!letters.is_empty()).then(|| Self { letters: hasher.finish(), begins_word: text.starts_with(' ') })
    }
}

/// What the tokens of a model stand for, as far as its writing has to be watched: 0.8 MB.
pub(crate) struct Vocabulary {
    pieces: Vec<Option<Piece>>,
    /// The token that ends a text. Those below it write text.
    pub(crate) end_of_text: WhisperTokenId,
    /// The token that stands for 0.00 s. Those above it stand for 0.02 s more each.
    zero_seconds: WhisperTokenId,
    /// How many tokens there are.
    pub(crate) size: usize,
}

impl Vocabulary {
    /// Reads a model's vocabulary.
    pub(crate) fn of(context: &WhisperContext) -> Self {
        let end_of_text = context.token_eot();
        let piece =
            |token| context.token_to_bytes(token).ok().and_then(|t| Piece::new(&String::from_utf8_lossy(t)));
        Self {
            pieces: (0..end_of_text).map(piece).collect(),
            end_of_text,
            zero_seconds: context.token_beg(),
            size: usize::try_from(context.n_vocab()).unwrap_or_default(),
        }
    }

    /// Whether a token writes text.
    pub(crate) fn is_text(&self, token: WhisperTokenId) -> bool {
        token < self.end_of_text
    }

    /// The letters that a token writes, if it does.
    pub(crate) fn piece(&self, token: WhisperTokenId) -> Option<Piece> {
        self.pieces.get(usize::try_from(token).ok()?).copied().flatten()
    }

    /// The second that a token stands for, if it does.
    pub(crate) fn seconds(&self, token: WhisperTokenId) -> Option<f64> {
        (token >= self.zero_seconds).then(|| f64::from(token - self.zero_seconds) * 0.02)
    }

    /// A vocabulary of these texts, with times behind them.
    #[cfg(test)]
    pub(crate) fn made_of(texts: &[&str]) -> Self {
        let end_of_text = texts.len() as WhisperTokenId;
        let pieces = texts.iter().map(|text| Piece::new(text)).collect();
        Self { pieces, end_of_text, zero_seconds: end_of_text + 1, size: texts.len() + 1502 }
    }
}
