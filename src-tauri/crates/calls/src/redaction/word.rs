use super::topic::Topic;

/// One word of a text, and what it is as a part of a spoken number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Byte offsets in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In lower case, without apostrophes.
    pub(super) text: String,
    pub(super) sense: Sense,
}

/// What a word can be in a spoken number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sense {
    /// Figures, or a number word below twenty, as figures.
    Figures(String),
    /// `twenty` to `ninety`: one figure when a unit follows, two when not.
    Tens(char),
    /// `hundred`.
    Hundred,
    /// `thousand`, `million`: an amount.
    Large,
    /// `double`, `triple`: how often the next figure comes.
    Repeat(usize),
    /// A figure beside a figure, a word elsewhere: `oh`.
    Maybe(char),
    /// A figure between two figures, a word elsewhere: `to`, `for`, as small models hear them.
    Between(char),
    /// What people say between figures.
    Filler,
    /// A label that stands where figures were masked before: none of its words was said.
    Masked(Topic),
    /// Anything else.
    Other,
}

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let inside = |c: char| c.is_alphanumeric() || c == '\'' || c == '\u{2019}';
    let mut words = Vec::new();
    let mut start = None;
    let mut labelled = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if at < labelled {
            continue;
        }
        if let Some(topic) = Topic::labels(&text[at..]) {
            words.extend(start.take().map(|from| word(text, from, at)));
            labelled = at + topic.label().len();
            words.push(Word { start: at, end: labelled, text: String::new(), sense: Sense::Masked(topic) });
            continue;
        }
        match (start, inside(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(word(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let mut lower = text[start..end].to_lowercase();
    lower.retain(|c| c != '\'' && c != '\u{2019}');
    let sense = sense(&lower);
    Word { start, end, text: lower, sense }
}

fn sense(word: &str) -> Sense {
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return Sense::Figures(word.to_owned());
    }
    let figures = match word {
        "zero" | "nought" | "naught" | "nil" => "0",
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" | "niner" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        "thirteen" => "13",
        "fourteen" => "14",
        "fifteen" => "15",
        "sixteen" => "16",
        "seventeen" => "17",
        "eighteen" => "18",
        "nineteen" => "19",
        _ => "",
    };
    if !figures.is_empty() {
        return Sense::Figures(figures.to_owned());
    }
    match word {
        "twenty" => Sense::Tens('2'),
        "thirty" => Sense::Tens('3'),
        "forty" | "fourty" => Sense::Tens('4'),
        "fifty" => Sense::Tens('5'),
        "sixty" => Sense::Tens('6'),
        "seventy" => Sense::Tens('7'),
        "eighty" => Sense::Tens('8'),
        "ninety" => Sense::Tens('9'),
        "hundred" => Sense::Hundred,
        "thousand" | "million" | "grand" => Sense::Large,
        "double" => Sense::Repeat(2),
        "triple" | "treble" => Sense::Repeat(3),
        "oh" | "o" => Sense::Maybe('0'),
        "to" | "too" => Sense::Between('2'),
        "for" => Sense::Between('4'),
        "won" => Sense::Between('1'),
        "ate" => Sense::Between('8'),
        "uh" | "um" | "er" | "erm" | "ah" | "hmm" | "dash" | "hyphen" | "space" | "then" => Sense::Filler,
        _ => Sense::Other,
    }
}

impl Word {
    /// Surely a part of a number, whatever stands beside it.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.sense, Sense::Figures(_) | Sense::Tens(_) | Sense::Repeat(_))
    }
}
