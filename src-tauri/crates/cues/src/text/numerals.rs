use super::{Pause, Token};

/// What kind of number word a numeral was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `forty`, `40`.
    Cardinal,
    /// `fifteenth`, `15th`: a day of the month, as a rule.
    Ordinal,
    /// Digits read out one by one: a postcode, the end of an account number.
    Digits,
}

/// A numeral's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    /// The number; for digits read out, the number they make.
    pub value: f64,
    /// How many digits were said or written.
    pub digits: u32,
    /// Cardinal, ordinal or digits.
    pub kind: NumberKind,
    /// A currency goes with it.
    pub money: bool,
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: &[(&str, f64)] = &[
    ("first", 1.0),
    ("third", 3.0),
    ("fifth", 5.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("twelfth", 12.0),
    ("twentieth", 20.0),
    ("thirtieth", 30.0),
];
const CURRENCY: &[&str] =
    &["dollar", "dollars", "buck", "bucks", "pound", "pounds", "euro", "euros", "quid", "cent", "cents"];

/// Reads one word as a number: digits, a number word or an ordinal. `second` stays a word, because it is also time.
pub(crate) fn numeral(word: &str) -> Option<Numeral> {
    let plain = |value: f64, kind| Numeral { value, digits: digits_of(value), kind, money: false };
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        let clean: String = digits.chars().filter(|c| *c != ',').collect();
        let value: f64 = clean.parse().ok()?;
        let count = clean.bytes().filter(u8::is_ascii_digit).count() as u32;
        let kind = match ending {
            "st" | "nd" | "rd" | "th" => NumberKind::Ordinal,
            "" => NumberKind::Cardinal,
            _ => return None,
        };
        return Some(Numeral { value, digits: count, kind, money: false });
    }
    if word == "oh" {
        return Some(plain(0.0, NumberKind::Digits));
    }
    if let Some(value) = UNITS.iter().position(|unit| *unit == word) {
        return Some(plain(value as f64, NumberKind::Cardinal));
    }
    if let Some(tens) = TENS.iter().position(|tens| *tens == word) {
        return Some(plain(((tens + 2) * 10) as f64, NumberKind::Cardinal));
    }
    if let Some((_, value)) = ORDINALS.iter().find(|(name, _)| *name == word) {
        return Some(plain(*value, NumberKind::Ordinal));
    }
    if let Some(value) = word.strip_suffix("th").and_then(|unit| UNITS.iter().position(|u| *u == unit)) {
        return Some(plain(value as f64, NumberKind::Ordinal));
    }
    match word {
        "hundred" => Some(plain(100.0, NumberKind::Cardinal)),
        "thousand" | "grand" => Some(plain(1000.0, NumberKind::Cardinal)),
        _ => None,
    }
}

fn digits_of(value: f64) -> u32 {
    format!("{value}").bytes().filter(u8::is_ascii_digit).count() as u32
}

/// Reads `second` as a number where it is one: after a month or tens, before `of`.
fn read_seconds(tokens: &mut [Token]) {
    for i in 0..tokens.len() {
        if tokens[i].form != "second" {
            continue;
        }
        let before = i.checked_sub(1).map(|b| &tokens[b]);
        let tens = before.and_then(|t| t.number).is_some_and(|n| matches!(n.value, 20.0 | 30.0));
        let month = before.is_some_and(|t| is_month(&t.form));
        if tens || month || tokens.get(i + 1).is_some_and(|t| t.form == "of") {
            let second = Numeral { value: 2.0, digits: 1, kind: NumberKind::Ordinal, money: false };
            tokens[i].number = Some(second);
        }
    }
}

/// Names of months as they are said and written.
pub(crate) fn is_month(form: &str) -> bool {
    const MONTHS: &[&str] = &[
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
        "jan",
        "feb",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
    ];
    MONTHS.contains(&form)
}

/// Joins number words into numbers (`eighteen hundred and forty` is one token) and single digits read out one after
/// the other into a run, and marks amounts of money. Takes `oh` as zero only beside other digits.
pub(super) fn merge_numerals(mut tokens: Vec<Token>) -> Vec<Token> {
    read_seconds(&mut tokens);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut i = 0;
    while i < tokens.len() {
        if let Some((numeral, length)) = digit_run(&tokens[i..]).or_else(|| compound(&tokens[i..])) {
            let last = &tokens[i + length - 1];
            let mut token = Token { number: Some(numeral), to: last.to, ..tokens[i].clone() };
            token.soft = false;
            token.pause = last.pause;
            token.question = last.question;
            i += length;
            if let Some(next) = tokens.get(i).filter(|_| token.pause < Pause::Sentence)
                && CURRENCY.contains(&next.form.as_str())
            {
                token.to = next.to;
                token.pause = next.pause;
                token.question = next.question;
                token.number = Some(Numeral { money: true, ..numeral });
                i += 1;
            }
            out.push(token);
        } else {
            out.push(tokens[i].clone());
            i += 1;
        }
    }
    out
}

/// Three digits or more, each said alone: `seven eight seven four one`, `oh six oh seven`.
fn digit_run(tokens: &[Token]) -> Option<(Numeral, usize)> {
    let single = |token: &Token| match token.form.as_str() {
        "oh" | "o" => Some(0.0),
        _ => token
            .number
            .filter(|n| n.digits == 1 && n.kind == NumberKind::Cardinal && !n.money)
            .map(|n| n.value),
    };
    let mut value = 0.0;
    let mut length = 0;
    for token in tokens {
        let Some(digit) = single(token).filter(|_| length < 16) else { break };
        value = value * 10.0 + digit;
        length += 1;
        if token.pause == Pause::Sentence {
            break;
        }
    }
    let run = Numeral { value, digits: length as u32, kind: NumberKind::Digits, money: false };
    (length >= 3).then_some((run, length))
}

/// A number word, or several that make one number by the grammar of English numerals.
fn compound(tokens: &[Token]) -> Option<(Numeral, usize)> {
    let first = tokens.first()?.number?;
    let mut total = 0.0;
    let mut current = 0.0;
    let mut length = 0;
    let mut money = false;
    let mut kind = NumberKind::Cardinal;
    let mut room = f64::INFINITY;
    while let Some(token) = tokens.get(length) {
        let joins_and = token.form == "and" && (current >= 100.0 || total > 0.0);
        let number = match token.number {
            Some(number) => number,
            None if joins_and => match tokens.get(length + 1).and_then(|next| next.number) {
                Some(next) if next.value < 100.0 && next.value < room => {
                    length += 1;
                    continue;
                }
                _ => break,
            },
            None => break,
        };
        let word = number.value;
        let multiplier = matches!(token.form.as_str(), "hundred" | "thousand" | "grand");
        if multiplier && length > 0 && current > 0.0 {
            if word == 100.0 && current < 100.0 {
                current *= 100.0;
                room = 100.0;
            } else if word == 1000.0 && total == 0.0 {
                total = current * 1000.0;
                current = 0.0;
                room = 1000.0;
            } else {
                break;
            }
        } else if length == 0 || (word > 0.0 && word < room && fits(current, word)) {
            current += word;
            room = if word >= 20.0 && word % 10.0 == 0.0 && word < 100.0 { 10.0 } else { 0.0 };
            if multiplier {
                room = word;
            }
        } else {
            break;
        }
        money |= number.money;
        kind = number.kind;
        length += 1;
        if kind == NumberKind::Ordinal
            || token.pause == Pause::Sentence
            || (number.digits > 1 && is_written(token))
        {
            break;
        }
        if token.pause == Pause::Comma && room == 0.0 {
            break;
        }
    }
    // A trailing `and` belongs to what follows.
    while length > 1 && tokens[length - 1].form == "and" {
        length -= 1;
    }
    let value = total + current;
    let digits = if length == 1 { first.digits } else { digits_of(value) };
    Some((Numeral { value, digits, kind, money }, length.max(1)))
}

fn is_written(token: &Token) -> bool {
    token.form.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '£' | '€'))
}

/// Whether `word` can follow in the same number: units after tens, anything below a hundred after hundreds.
fn fits(current: f64, word: f64) -> bool {
    if current == 0.0 {
        word < 1000.0
    } else {
        word < 10.0 && current % 10.0 == 0.0 || current % 100.0 == 0.0 && word < 100.0
    }
}
