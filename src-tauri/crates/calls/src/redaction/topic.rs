use super::word::{Sense, Word};

/// What is being talked about when figures are read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// A payment card's number.
    Card,
    /// A card's security code, a PIN or a one-time code.
    Code,
    /// A social security number.
    Social,
    /// The number of a bank account, or of the bank itself.
    Bank,
    /// When somebody was born.
    Birth,
}

/// How many topics there are.
pub(super) const TOPICS: usize = 5;

impl Topic {
    pub(super) const ALL: [Topic; TOPICS] =
        [Topic::Card, Topic::Code, Topic::Social, Topic::Bank, Topic::Birth];

    /// How many seconds after its last mention figures are still taken for it: time to fetch the card.
    pub(super) const fn seconds(self) -> f64 {
        match self {
            Topic::Card | Topic::Social | Topic::Bank => 60.0,
            Topic::Code | Topic::Birth => 30.0,
        }
    }

    /// What stands in the text where the figures were.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Topic::Card => "[card number]",
            Topic::Code => "[security code]",
            Topic::Social => "[social security number]",
            Topic::Bank => "[bank number]",
            Topic::Birth => "[date of birth]",
        }
    }

    /// The topic whose label a text begins with.
    pub(super) fn labels(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| text.starts_with(topic.label()))
    }

    fn phrases(self) -> &'static [&'static str] {
        match self {
            Topic::Card => &[
                "card number",
                "card numbers",
                "card details",
                "long number",
                "number on the front",
                "number on the card",
                "numbers on the card",
                "sixteen digits",
                "16 digits",
                "sixteen digit",
                "16 digit",
                "read me the card",
                "go ahead with the card",
                "credit card",
                "debit card",
                "visa",
                "mastercard",
                "master card",
                "amex",
                "american express",
            ],
            Topic::Code => &[
                "security code",
                "security number",
                "cvv",
                "cvc",
                "cv2",
                "c v v",
                "digits on the back",
                "numbers on the back",
                "number on the back",
                "code on the back",
                "code by the signature",
                "verification code",
                "one time code",
                "one time passcode",
                "passcode",
                "code i texted",
                "code i sent",
                "code we sent",
                "code we texted",
                "pin number",
                "your pin",
                "my pin",
            ],
            Topic::Social => &[
                "social security number",
                "social security no",
                "ssn",
                "your social",
                "my social",
                "the social",
                "her social",
                "his social",
            ],
            Topic::Bank => &[
                "routing number",
                "routing",
                "aba number",
                "transit number",
                "sort code",
                "iban",
                "bank account",
                "bank details",
                "checking account",
                "savings account",
                "account number",
                "number on the check",
                "bottom of the check",
                "bottom of your check",
            ],
            Topic::Birth => &["birth", "birthdate", "birthday", "born", "dob", "d o b"],
        }
    }

    /// Index of the last word of each mention. `social security` alone is a benefit, not a number.
    pub(super) fn mentions(self, words: &[Word]) -> Vec<usize> {
        let mut ends: Vec<usize> = self.phrases().iter().flat_map(|phrase| find(words, phrase)).collect();
        if self == Topic::Social {
            let followed = |&end: &usize| words.get(end + 1).map(|w| w.text.as_str()) == Some("security");
            ends.retain(|end| !followed(end));
        }
        ends
    }
}

/// Whether only the last figures of a number are spoken of: a card ending in 0034 may be named.
pub(super) fn truncated(words: &[Word]) -> bool {
    ["last four", "last 4", "card ending", "ending in", "ends in", "ending with"]
        .iter()
        .any(|phrase| !find(words, phrase).is_empty())
}

/// Whether a word is a month's name.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.contains(&word)
}

/// Whether a word is a place in an order: `fourth`, `4th`.
pub(super) fn is_ordinal(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "thirtieth",
        "thirtyfirst",
    ];
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[figures.len()..];
    let numbered = !figures.is_empty() && figures.bytes().all(|b| b.is_ascii_digit());
    WORDS.contains(&word) || (numbered && ["st", "nd", "rd", "th"].contains(&ending))
}

/// Whether a month is named, or was before it was masked: figures beside it are a date.
pub(super) fn dated(words: &[Word]) -> bool {
    words.iter().any(|w| is_month(&w.text) || w.sense == Sense::Masked(Topic::Birth))
}

/// Whether a card is spoken of, but for its last figures.
pub(super) fn speaks_of_a_card(words: &[Word]) -> bool {
    words.iter().any(|w| matches!(w.text.as_str(), "card" | "cards")) && !truncated(words)
}

/// Whether something is spoken of that has a number which may be kept: figures that follow are its own.
pub(super) fn speaks_of_another_number(words: &[Word]) -> bool {
    const WORDS: [&str; 49] = [
        "phone",
        "telephone",
        "cell",
        "mobile",
        "landline",
        "callback",
        "reach",
        "zip",
        "postal",
        "postcode",
        "address",
        "street",
        "house",
        "apartment",
        "unit",
        "date",
        "day",
        "birth",
        "birthday",
        "born",
        "year",
        "month",
        "week",
        "much",
        "many",
        "amount",
        "balance",
        "dollar",
        "dollars",
        "pound",
        "pounds",
        "pay",
        "paid",
        "paying",
        "payment",
        "payments",
        "afford",
        "manage",
        "owe",
        "total",
        "reference",
        "extension",
        "file",
        "case",
        "claim",
        "invoice",
        "time",
        "oclock",
        "ending",
    ];
    const PHRASES: [&str; 5] = ["call me", "call you", "call back", "last four", "ends in"];
    words.iter().any(|w| WORDS.contains(&w.text.as_str()) || is_ordinal(&w.text))
        || dated(words)
        || PHRASES.iter().any(|phrase| !find(words, phrase).is_empty())
}

/// Where the labels of figures stand that were masked before.
pub(super) fn labels(words: &[Word]) -> Vec<(usize, Topic)> {
    let label = |(at, word): (usize, &Word)| match word.sense {
        Sense::Masked(topic) => Some((at, topic)),
        _ => None,
    };
    words.iter().enumerate().filter_map(label).collect()
}

/// Whether a text is nothing but figures and what people say between them.
pub(super) fn only_figures(words: &[Word]) -> bool {
    let part = |w: &Word| {
        w.is_number() || matches!(w.sense, Sense::Maybe(_) | Sense::Between(_) | Sense::Filler) || courtesy(w)
    };
    words.iter().any(Word::is_number) && words.iter().all(part)
}

/// Whether a text is figures with little else: an answer, not a sentence that has a number in it.
pub(super) fn mostly_figures(words: &[Word]) -> bool {
    if !labels(words).is_empty() {
        return false;
    }
    let told = words.iter().filter(|w| !courtesy(w));
    let (figures, all) = told.fold((0, 0), |(f, n), w| (f + usize::from(w.is_number()), n + 1));
    figures * 2 >= all
}

pub(super) fn courtesy(word: &Word) -> bool {
    const COURTESY: [&str; 18] = [
        "okay", "ok", "yes", "yeah", "its", "it", "is", "the", "so", "sure", "and", "thats", "ready",
        "right", "my", "please", "uh", "um",
    ];
    COURTESY.contains(&word.text.as_str())
}

fn find(words: &[Word], phrase: &str) -> Vec<usize> {
    let parts: Vec<&str> = phrase.split(' ').collect();
    let starts = words.windows(parts.len()).enumerate();
    starts
        .filter(|(_, w)| w.iter().map(|w| w.text.as_str()).eq(parts.iter().copied()))
        .map(|(i, _)| i + parts.len() - 1)
        .collect()
}
