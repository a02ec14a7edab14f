use super::window::Window;
use crate::text::{NumberKind, Pause, is_common, is_month, sound_key, within_edits};

/// Kinds of words that no list can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Any one word.
    Any,
    /// A numeral.
    Number,
    /// A numeral of at least two figures, or one with a currency: what may be a sum of money.
    Sum,
    /// A numeral with a currency.
    Amount,
    /// Three digits or more, in one run or several short ones.
    Digits,
    /// A day: a month's name, a weekday, an ordinal, `tomorrow`.
    Date,
    /// A month's name with or without its day.
    Month,
    /// A time of the day: a numeral or `noon`.
    Hour,
    /// A word that is written like a name, or is no ordinary word.
    Person,
    /// The agency of the call context.
    Agency,
    /// The creditor of the call context.
    Creditor,
    /// The customer of the call context.
    Customer,
}

const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
    "tomorrow",
    "tonight",
    "today",
    "payday",
];
/// So many consonants a name needs, to be known by its sound when it was heard as other words.
const LEAST_SOUNDS: usize = 6;
const HOURS: &[&str] =
    &["noon", "midday", "lunch", "lunchtime", "morning", "afternoon", "evening", "midnight"];

/// The names of the call context, in normalised words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// The agency's.
    pub agency: Vec<String>,
    /// The creditor's.
    pub creditor: Vec<String>,
    /// The customer's.
    pub customer: Vec<String>,
}

impl Slot {
    /// The slot of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ANY" => Self::Any,
            "NUMBER" => Self::Number,
            "SUM" => Self::Sum,
            "AMOUNT" => Self::Amount,
            "DIGITS" => Self::Digits,
            "DATE" => Self::Date,
            "MONTH" => Self::Month,
            "HOUR" => Self::Hour,
            "PERSON" => Self::Person,
            "AGENCY" => Self::Agency,
            "CREDITOR" => Self::Creditor,
            "CUSTOMER" => Self::Customer,
            _ => return None,
        })
    }

    /// The names a playbook may use, for a message.
    pub(crate) const NAMES: &'static str =
        "ANY, NUMBER, SUM, AMOUNT, DIGITS, DATE, MONTH, HOUR, PERSON, AGENCY, CREDITOR, CUSTOMER";

    /// How many words from `at` on it takes; `None` when it does not match there.
    pub(crate) fn takes(self, window: &Window, at: usize, names: &Names) -> Option<usize> {
        let token = &window.words.get(at)?.token;
        let form = token.form.as_str();
        let number = token.number;
        let one = |matches: bool| matches.then_some(1);
        match self {
            Slot::Any => Some(1),
            Slot::Number => one(number.is_some()),
            Slot::Sum => one(number.is_some_and(|n| {
                n.money || (n.kind == NumberKind::Cardinal && n.value >= 10.0 && n.value < 100_000.0)
            })),
            Slot::Amount => one(number.is_some_and(|n| n.money)),
            Slot::Digits => digits(window, at),
            Slot::Date => date(window, at).or_else(|| {
                one(DAYS.contains(&form)
                    || number.is_some_and(|n| n.kind == NumberKind::Ordinal && n.value <= 31.0))
            }),
            Slot::Month => date(window, at),
            Slot::Hour => one(number
                .is_some_and(|n| n.value <= 24.0 && n.kind != NumberKind::Ordinal && !n.money)
                || HOURS.contains(&form)),
            Slot::Person => one(number.is_none()
                && form.chars().all(char::is_alphabetic)
                && form.len() >= 2
                && !DAYS.contains(&form)
                && !is_month(form)
                && (!is_common(form) || token.capital)),
            Slot::Agency => name(window, at, &names.agency),
            Slot::Creditor => name(window, at, &names.creditor),
            Slot::Customer => name(window, at, &names.customer),
        }
    }
}

fn digits(window: &Window, at: usize) -> Option<usize> {
    let mut total = 0;
    let mut taken = 0;
    for word in &window.words[at..] {
        let Some(number) = word.token.number.filter(|n| !n.money) else { break };
        total += number.digits.max(1);
        taken += 1;
        if word.token.pause == Pause::Sentence {
            break;
        }
    }
    (total >= 3).then_some(taken)
}

/// `March second`, `the second of March`, `March`; `may` only with its day, since it is mostly a verb.
fn date(window: &Window, at: usize) -> Option<usize> {
    let form = |i: usize| window.words.get(i).map(|word| word.token.form.as_str());
    let day = |i: usize| {
        window
            .words
            .get(i)
            .and_then(|word| word.token.number)
            .is_some_and(|n| n.value >= 1.0 && n.value <= 31.0)
    };
    if form(at).is_some_and(is_month) {
        return if day(at + 1) { Some(2) } else { (form(at) != Some("may")).then_some(1) };
    }
    if day(at) {
        let month = if form(at + 1) == Some("of") { at + 2 } else { at + 1 };
        if form(month).is_some_and(is_month) {
            return Some(month - at + 1);
        }
    }
    None
}

/// Any telling word of the name, misheard by two letters at most, and as many of the rest as follow.
fn name(window: &Window, at: usize, name: &[String]) -> Option<usize> {
    let is_part = |i: usize| {
        window.words.get(i).is_some_and(|word| {
            name.iter().any(|part| {
                *part == word.token.form || (part.len() >= 5 && within_edits(part, &word.token.form, 2))
            })
        })
    };
    let telling = window.words.get(at).is_some_and(|word| !is_common(&word.token.form) || word.token.capital);
    if !is_part(at) || !telling {
        return sounds_like(window, at, name);
    }
    Some(1 + (at + 1..at + name.len()).take_while(|i| is_part(*i)).count())
}

/// Two or three words that sound together like the name's first or first two: `large per` for `Larkspur`.
fn sounds_like(window: &Window, at: usize, name: &[String]) -> Option<usize> {
    (2..=3).find(|&words| {
        let Some(heard) = window.words.get(at..at + words) else { return false };
        let unbroken = heard[..words - 1].iter().all(|word| word.token.pause == Pause::None);
        let spoken = heard.iter().all(|word| word.token.number.is_none());
        let heard: String = heard.iter().map(|word| word.token.form.as_str()).collect();
        unbroken
            && spoken
            && (1..=name.len().min(2)).any(|parts| sound_alike(&name[..parts].concat(), &heard))
    })
}

/// The same letters, or the same consonants but for one and most of the letters. Short names sound like too much else.
fn sound_alike(name: &str, heard: &str) -> bool {
    let (name_key, heard_key) = (sound_key(name), sound_key(heard));
    if name.len() >= 5 && name == heard {
        return true;
    }
    name_key.len() >= LEAST_SOUNDS
        && heard_key.len() + 1 >= LEAST_SOUNDS
        && name_key.as_bytes().first() == heard_key.as_bytes().first()
        && within_edits(&name_key, &heard_key, 1)
        && within_edits(name, heard, name.len() * 2 / 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Vocabulary;

    fn taken(slot: Slot, text: &str) -> Option<usize> {
        slot.takes(&Window::of(text, &Vocabulary::default()), 0, &Names::default())
    }

    #[test]
    fn slots_know_their_kind() {
        for (slot, text, words) in [
            (Slot::Amount, "forty dollars", Some(1)),
            (Slot::Amount, "forty", None),
            (Slot::Sum, "forty", Some(1)),
            (Slot::Sum, "four", None),
            (Slot::Digits, "seven eight seven four one", Some(1)),
            (Slot::Digits, "forty-one eighteen", Some(2)),
            (Slot::Digits, "twelve", None),
            (Slot::Month, "March second", Some(2)),
            (Slot::Month, "second of March", Some(3)),
            (Slot::Month, "may", None),
            (Slot::Date, "Friday", Some(1)),
            (Slot::Date, "the 15th", Some(1)),
            (Slot::Date, "receipt", None),
            (Slot::Person, "Theo", Some(1)),
            (Slot::Person, "calling", None),
        ] {
            assert_eq!(taken(slot, text), words, "{slot:?} {text}");
        }
    }

    #[test]
    fn names_survive_a_misspelling() {
        let names = Names { creditor: vec!["harbor".into(), "lane".into()], ..Names::default() };
        let window = Window::of("harber lane asked", &Vocabulary::default());
        assert_eq!(Slot::Creditor.takes(&window, 0, &names), Some(2));
        assert_eq!(Slot::Creditor.takes(&window, 2, &names), None);
    }

    #[test]
    fn names_survive_being_heard_as_other_words() {
        let names = Names { creditor: vec!["larkspur".into(), "bank".into()], ..Names::default() };
        for (text, words) in
            [("large per card", Some(2)), ("large print card", None), ("lost per card", None)]
        {
            let window = Window::of(text, &Vocabulary::default());
            assert_eq!(Slot::Creditor.takes(&window, 0, &names), words, "{text}");
        }
    }
}
