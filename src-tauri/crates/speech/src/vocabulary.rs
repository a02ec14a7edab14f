use crate::Token;
use std::hash::{DefaultHasher, Hash, Hasher};
use whisper_rs::WhisperContext;

/// Seconds from one token that stands for a time to the next.
const STEP: f64 = 0.02;

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
    /// Which tokens end a sentence.
    ends: Vec<bool>,
    /// What tells the decoder to write down English.
    pub(crate) task: Vec<Token>,
    /// The token that ends a text. Those below it write text.
    pub(crate) end_of_text: Token,
    /// The token that writes a space and nothing else, if there is one.
    pub(crate) blank: Option<usize>,
    /// The token that writes a full stop and nothing else, if there is one.
    pub(crate) full_stop: Option<Token>,
    /// The token that stands for 0.00 s. Those above it stand for 0.02 s more each.
    pub(crate) zero_seconds: Token,
    /// How many tokens there are.
    #[cfg(test)]
    pub(crate) size: usize,
}

impl Vocabulary {
    /// Reads a model's vocabulary.
    pub(crate) fn of(context: &WhisperContext) -> Self {
        let end_of_text = context.token_eot();
        let text = |token| context.token_to_bytes(token).unwrap_or_default();
        let piece = |token| Piece::new(&String::from_utf8_lossy(text(token)));
        let english = [context.token_lang(0), context.token_transcribe()];
        let english = if context.is_multilingual() { &english[..] } else { &[] };
        Self {
            pieces: (0..end_of_text).map(piece).collect(),
            ends: (0..end_of_text).map(|token| ends_sentence(text(token))).collect(),
            task: [context.token_sot()].iter().chain(english).copied().map(Token).collect(),
            end_of_text: Token(end_of_text),
            blank: (0..end_of_text).position(|token| text(token) == b" "),
            full_stop: (0..end_of_text).find(|token| text(*token) == b".").map(Token),
            zero_seconds: Token(context.token_beg()),
            #[cfg(test)]
            size: usize::try_from(context.n_vocab()).unwrap_or_default(),
        }
    }

    /// Whether a token writes text.
    pub(crate) fn is_text(&self, token: Token) -> bool {
        token.0 < self.end_of_text.0
    }

    /// The letters that a token writes, if it does.
    pub(crate) fn piece(&self, token: Token) -> Option<Piece> {
        self.pieces.get(usize::try_from(token.0).ok()?).copied().flatten()
    }

    /// The second that a token stands for, if it does.
    pub(crate) fn seconds(&self, token: Token) -> Option<f64> {
        (token.0 >= self.zero_seconds.0).then(|| f64::from(token.0 - self.zero_seconds.0) * STEP)
    }

    /// The token that stands for a second.
    pub(crate) fn time(&self, second: f64) -> Token {
        Token(self.zero_seconds.0 + (second / STEP).round() as i32)
    }

    /// A token that stands for a time moved by so many seconds, to 0 at the earliest; any other as it is.
    pub(crate) fn later(&self, token: Token, seconds: f64) -> Token {
        self.seconds(token).map_or(token, |second| self.time((second + seconds).max(0.0)))
    }

    /// Whether a token's text ends a sentence.
    pub(crate) fn ends_sentence(&self, token: Token) -> bool {
        usize::try_from(token.0).is_ok_and(|token| self.ends.get(token).is_some_and(|ends| *ends))
    }

    /// A vocabulary of these texts, with times behind them.
    #[cfg(test)]
    pub(crate) fn made_of(texts: &[&str]) -> Self {
        let end_of_text = texts.len() as i32;
        let pieces = texts.iter().map(|text| Piece::new(text)).collect();
        Self {
            pieces,
            ends: texts.iter().map(|text| ends_sentence(text.as_bytes())).collect(),
            full_stop: texts.iter().position(|text| *text == ".").map(|token| Token(token as i32)),
            task: Vec::new(),
            end_of_text: Token(end_of_text),
            blank: None,
            zero_seconds: Token(end_of_text + 1),
            size: texts.len() + 1502,
        }
    }
}

fn ends_sentence(text: &[u8]) -> bool {
    matches!(text.last(), Some(b'.' | b'?' | b'!'))
}
