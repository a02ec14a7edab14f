use super::word::{Sense, Word};
use zeroize::Zeroizing;

/// A number as it was spoken: a run of words that give figures, one after the other.
#[derive(Debug)]
pub(super) struct Number {
    /// Index of its first word.
    pub(super) first: usize,
    /// Index of its last word.
    pub(super) last: usize,
    /// All its figures.
    pub(super) figures: Zeroizing<String>,
    /// How many figures each of its groups has: `555 123 4567` is 3, 3, 4.
    pub(super) groups: Vec<usize>,
    /// `hundred` was said: an amount rather than a string of figures.
    pub(super) counted: bool,
    /// Nothing but `-` stands between its groups.
    pub(super) hyphenated: bool,
    /// A `+` stands before it: an international telephone number.
    pub(super) plus: bool,
    /// Written as an amount, a time or a date: `1,200`, `12.50`, `10:30`, `3/14`.
    pub(super) amount: bool,
}

const MONEY: [&str; 12] = [
    "dollar", "dollars", "bucks", "buck", "pound", "pounds", "euro", "euros", "cent", "cents", "percent",
    "quid",
];

/// Finds the numbers of a text; amounts of money are left out.
pub(super) fn numbers(text: &str, words: &[Word]) -> Vec<Number> {
    numbers_between(text, words, 0, words.len())
}

/// Finds the numbers among words `from..to` of a text.
pub(super) fn numbers_between(text: &str, words: &[Word], from: usize, to: usize) -> Vec<Number> {
    let money = money(text, words);
    let words = &words[..to];
    let mut numbers = Vec::new();
    let mut at = from;
    while at < to {
        // The `four` of `last four` says how many.
        let counts =
            at > 0 && words[at - 1].text == "last" && matches!(words[at].text.as_str(), "four" | "4");
        match if counts { None } else { read(text, words, &money, at) } {
            Some(number) => {
                at = number.last + 1;
                numbers.push(number);
            }
            None => at += 1,
        }
    }
    numbers
}

fn read(text: &str, words: &[Word], money: &[bool], first: usize) -> Option<Number> {
    let before = &text[..words[first].start];
    let mut number = Number {
        first,
        last: first,
        figures: Zeroizing::new(String::new()),
        groups: Vec::new(),
        counted: false,
        hyphenated: true,
        plus: before.ends_with('+'),
        amount: false,
    };
    let mut at = first;
    while let Some(word) = words.get(at).filter(|_| !money[at]) {
        if at > first && !joins(&text[words[at - 1].end..word.start]) {
            break;
        }
        let next = words.get(at + 1).filter(|_| !money[at + 1]);
        let (figures, taken) = match &word.sense {
            Sense::Figures(figures) => (figures.clone(), 1),
            Sense::Tens(tens) => match unit(next) {
                Some(unit) => (format!("{tens}{unit}"), 2),
                None => (format!("{tens}0"), 1),
            },
            Sense::Repeat(times) => match figure(next) {
                Some(figure) => (figure.to_string().repeat(*times), 2),
                None => break,
            },
            Sense::Maybe(figure) => {
                if number.figures.is_empty() && !next.is_some_and(Word::is_number) {
                    break;
                }
                (figure.to_string(), 1)
            }
            Sense::Between(figure) => {
                if number.figures.is_empty() || !next.is_some_and(Word::is_number) {
                    break;
                }
                (figure.to_string(), 1)
            }
            Sense::Hundred if !number.figures.is_empty() => {
                number.counted = true;
                ("00".to_owned(), 1)
            }
            Sense::Filler if !number.figures.is_empty() => (String::new(), 1),
            _ => match interruption(text, words, money, at) {
                Some(taken) if number.figures.len() >= LEAST_INTERRUPTED => (String::new(), taken),
                _ => break,
            },
        };
        if !figures.is_empty() {
            if !number.figures.is_empty() && &text[words[at - 1].end..word.start] != "-" {
                number.hyphenated = false;
            }
            number.groups.push(figures.len());
            number.figures.push_str(&figures);
            number.last = at + taken - 1;
        }
        at += taken;
    }
    number.amount = number.is_written_as_amount(text, words);
    (!number.figures.is_empty()).then_some(number)
}

/// How many words stand between two figures that are parts of one number: he puts himself right, or is interrupted. An
/// `and` is none of them, as it stands between amounts.
fn interruption(text: &str, words: &[Word], money: &[bool], at: usize) -> Option<usize> {
    const SAID: [&str; 26] = [
        "no",
        "nope",
        "sorry",
        "wait",
        "i",
        "mean",
        "correction",
        "actually",
        "hang",
        "hold",
        "on",
        "let",
        "me",
        "see",
        "start",
        "again",
        "scratch",
        "that",
        "okay",
        "ok",
        "yeah",
        "yes",
        "right",
        "you",
        "ready",
        "mm",
    ];
    let said = |at: usize| {
        let followed = |by| words.get(at + 1).is_some_and(|next| next.text == by);
        words.get(at).is_some_and(|word| match word.text.as_str() {
            "and" => followed("then"),
            text => word.sense == Sense::Filler || SAID.contains(&text),
        })
    };
    let taken = (at..=at + MOST_BETWEEN).take_while(|at| said(*at)).count();
    let goes_on = words.get(at + taken).filter(|word| word.is_number() && !money[at + taken])?;
    let sentence = &text[words[at].end..goes_on.start];
    (taken > 0 && taken <= MOST_BETWEEN && !sentence.contains(['?', '!'])).then_some(taken)
}

/// Words between two figures at most.
const MOST_BETWEEN: usize = 5;

/// Figures that were read out before an interruption counts as one.
const LEAST_INTERRUPTED: usize = 3;

/// Whether four figures are a month and a year, as on a card.
pub(super) fn is_expiry(figures: &str) -> bool {
    figures.len() == 4 && figures[..2].parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))
}

/// A single figure.
fn figure(word: Option<&Word>) -> Option<char> {
    match &word?.sense {
        Sense::Figures(figures) if figures.len() == 1 => figures.chars().next(),
        Sense::Maybe(figure) => Some(*figure),
        _ => None,
    }
}

/// A single figure that can stand behind a `twenty`.
fn unit(word: Option<&Word>) -> Option<char> {
    figure(word).filter(|_| word.is_some_and(|word| word.sense != Sense::Figures("0".to_owned())))
}

/// Whether two words with this between them can be parts of one number.
fn joins(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || "-\u{2013},.\u{2026}".contains(c))
}

/// Marks the words that belong to an amount of money.
fn money(text: &str, words: &[Word]) -> Vec<bool> {
    let mut money = vec![false; words.len()];
    for (at, word) in words.iter().enumerate() {
        if matches!(word.sense, Sense::Figures(_))
            && text[..word.start].trim_end().ends_with(['$', '\u{a3}', '\u{20ac}'])
        {
            money[at] = true;
            // `1,840.50` is three words here.
            for next in at + 1..words.len() {
                let gap = &text[words[next - 1].end..words[next].start];
                if !matches!(gap, "," | ".") || !matches!(words[next].sense, Sense::Figures(_)) {
                    break;
                }
                money[next] = true;
            }
        }
        if MONEY.contains(&word.text.as_str())
            || word.sense == Sense::Large
            || text[word.start..].starts_with('%')
        {
            amount_before(text, words, at, &mut money);
        }
    }
    money
}

/// Walks back over the number words that can belong to one amount: at most tens and units since the last scale word.
fn amount_before(text: &str, words: &[Word], at: usize, money: &mut [bool]) {
    let mut since_scale = 0;
    for i in (0..at).rev() {
        let gap = &text[words[i].end..words[i + 1].start];
        if !gap.chars().all(|c| c.is_whitespace() || "-,.".contains(c)) {
            break;
        }
        match &words[i].sense {
            Sense::Hundred | Sense::Large => since_scale = 0,
            Sense::Figures(figures) if figures.len() > 2 || gap == "," || gap == "." => since_scale += 1,
            Sense::Figures(_) | Sense::Tens(_) => since_scale += 1,
            Sense::Other if words[i].text == "and" || words[i].text == "a" => {}
            _ => break,
        }
        if since_scale > 2 {
            break;
        }
        money[i] = true;
    }
}

/// The check that the last figure of every payment card number satisfies (ISO/IEC 7812-1, annex B).
pub(super) fn luhn(figures: &str) -> bool {
    let sum: u32 = figures
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let figure = u32::from(b - b'0');
            let doubled = if i % 2 == 1 { figure * 2 } else { figure };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// How people group a telephone number.
const PHONE_SHAPES: [&[usize]; 8] =
    [&[10], &[11], &[3, 3, 4], &[1, 3, 3, 4], &[3, 4], &[5, 6], &[5, 3, 3], &[3, 4, 4]];

/// Whether so many figures in a row may be the first of a telephone number.
pub(super) fn begin_phone_groups(groups: &[usize]) -> bool {
    PHONE_SHAPES.iter().any(|shape| shape.starts_with(groups))
}

/// Whether so many figures in a row are one or more telephone numbers, as people group them.
pub(super) fn are_phone_groups(groups: &[usize]) -> bool {
    let mut rest = groups;
    while !rest.is_empty() {
        match PHONE_SHAPES.iter().find(|shape| rest.starts_with(shape)) {
            Some(shape) => rest = &rest[shape.len()..],
            None => return false,
        }
    }
    true
}

impl Number {
    /// A stretch of words with these figures in it.
    pub(super) fn stretch(first: usize, last: usize, figures: Zeroizing<String>, groups: Vec<usize>) -> Self {
        Self { first, last, figures, groups, counted: false, hyphenated: false, plus: false, amount: false }
    }

    /// One or more telephone numbers, as people group them, and not a card number that happens to be grouped so.
    pub(super) fn is_phone(&self) -> bool {
        if self.plus {
            return true;
        }
        if (13..=19).contains(&self.figures.len()) && luhn(&self.figures) {
            return false;
        }
        are_phone_groups(&self.groups)
    }

    /// A month or a day, the other, and a year: `9, 11, 61`, `07 14 1980`.
    pub(super) fn is_date(&self) -> bool {
        let [first, second, 2 | 4] = *self.groups.as_slice() else { return false };
        let part = |from: usize, len: usize| {
            self.figures.get(from..from + len).filter(|_| len <= 2).and_then(|part| part.parse::<u8>().ok())
        };
        let (Some(first), Some(second)) = (part(0, first), part(first, second)) else { return false };
        (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12
    }

    /// A comma or a point within it, and figures behind it as in an amount; or it is part of a time or a date.
    fn is_written_as_amount(&self, text: &str, words: &[Word]) -> bool {
        let inside = words[self.first..=self.last].windows(2);
        let mut gaps = inside.map(|two| (&text[two[0].end..two[1].start], two[1].text.len()));
        let around = [
            text[..words[self.first].start].chars().next_back(),
            text[words[self.last].end..].chars().next(),
        ];
        gaps.any(|(gap, behind)| (gap == "," && behind == 3) || (gap == "." && behind == 2))
            || around.contains(&Some(':'))
            || around.contains(&Some('/'))
    }

    /// Nothing but years, such as `2019, 2020, 2021`.
    pub(super) fn is_years(&self) -> bool {
        let mut rest = self.figures.as_str();
        self.groups.iter().all(|&len| {
            let (group, after) = rest.split_at(len);
            rest = after;
            len == 4 && (group.starts_with("19") || group.starts_with("20"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::words;
    use super::*;

    fn figures(text: &str) -> Vec<String> {
        numbers(text, &words(text)).iter().map(|n| n.figures.to_string()).collect()
    }

    #[test]
    fn spoken_numbers_become_figures() {
        for (text, expected) in [
            ("four one one one", vec!["4111"]),
            ("forty-one eleven", vec!["4111"]),
            ("forty one oh two", vec!["4102"]),
            ("double five, triple two", vec!["55222"]),
            ("4111-1111 um 1111", vec!["411111111111"]),
            ("five for three to one", vec!["54321"]),
            ("it's for you to keep", vec![]),
            ("oh, I see", vec![]),
            ("nineteen eighty, then sixty", vec!["198060"]),
            ("nine hundred and fifteen dollars", vec![]),
            ("$1,840.50 on 555 0142", vec!["5550142"]),
            ("forty dollars and 4111", vec!["4111"]),
            ("12/05/2024", vec!["12", "05", "2024"]),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn luhn_knows_the_published_test_numbers() {
        for good in ["4111111111111111", "378282246310005", "6011111111111117", "5555555555554444"] {
            assert!(luhn(good), "{good}");
        }
        assert!(!luhn("4111111111111112"));
    }
}
