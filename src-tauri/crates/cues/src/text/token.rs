use super::Numeral;

/// How strongly the text pauses after a token, as far as punctuation tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pause {
    /// The next word follows at once.
    #[default]
    None,
    /// A comma, a dash or a colon.
    Comma,
    /// The end of a sentence or of an utterance.
    Sentence,
}

/// One normalised word.
///
/// No `Debug`: it holds speech (design rule 6).
#[derive(Clone)]
pub(crate) struct Token {
    /// Lower case, one spelling, contractions taken apart.
    pub form: String,
    /// The value, when the word is a numeral.
    pub number: Option<Numeral>,
    /// First byte of the word in the utterance's text.
    pub from: usize,
    /// One past the last byte.
    pub to: usize,
    /// Carries no meaning of its own (`just`, `really`): a gap passes over it at no cost.
    pub soft: bool,
    /// `not`, `never`, `nobody`: no gap passes over it.
    pub negator: bool,
    /// Written with a capital although no sentence starts here.
    pub capital: bool,
    /// The pause after it.
    pub pause: Pause,
    /// A question mark ends the sentence right after it.
    pub question: bool,
}

const SOFT: &[&str] = &[
    "'s",
    "just",
    "really",
    "actually",
    "like",
    "honestly",
    "literally",
    "basically",
    "please",
    "okay",
    "yeah",
    "even",
    "kinda",
    "very",
    "so",
    "well",
    "too",
    "also",
    "still",
    "ever",
    "simply",
    "absolutely",
    "totally",
    "completely",
    "probably",
    "maybe",
    "right",
    "now",
    "already",
    "then",
    "quite",
    "pretty",
    "only",
    "all",
    "both",
    "oh",
    "sir",
    "ma'am",
    "maam",
    "madam",
    "there",
];

const NEGATORS: &[&str] =
    &["not", "never", "no", "nobody", "none", "nothing", "neither", "nor", "without", "nowhere", "hardly"];

impl Token {
    /// A token of this form; what it is for gaps follows from the form.
    pub(crate) fn new(form: String, from: usize, to: usize) -> Self {
        Self {
            soft: SOFT.contains(&form.as_str()),
            negator: NEGATORS.contains(&form.as_str()),
            number: None,
            form,
            from,
            to,
            capital: false,
            pause: Pause::None,
            question: false,
        }
    }
}
