//! Dates of birth, where the rules say that they are masked.
//!
//! A date is one of birth when such a date was just spoken of. Whoever agrees on a payment says a day and perhaps a month; whoever
//! says when he was born says the year.

use super::number::{Number, numbers_between};
use super::topic;
use super::word::{Sense, Word};
use zeroize::Zeroizing;

/// Each date in a text in which, or shortly before which, a date of birth was spoken of.
/// One that is `named` in the text itself need not have its year.
pub(super) fn dates(text: &str, words: &[Word], named: bool) -> Vec<Number> {
    let mut dates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = words[at..].iter().take_while(|word| Part::of(word).is_some()).count();
        let end = at + length;
        // One may follow the other.
        while let Some(date) = date(text, words, at, end, named) {
            at = date.last + 1;
            dates.push(date);
        }
        at = end.max(at + usize::from(length == 0));
    }
    dates
}

/// What a word can be in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Month,
    /// `fourth`, `4th`.
    Day,
    Number,
    /// What stands between the others.
    Link,
}

impl Part {
    fn of(word: &Word) -> Option<Self> {
        const SHORT: [&str; 12] =
            ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
        let text = word.text.as_str();
        if topic::is_month(text) || SHORT.contains(&text) {
            Some(Self::Month)
        } else if topic::is_ordinal(text) {
            Some(Self::Day)
        } else if word.is_number() {
            Some(Self::Number)
        } else if matches!(word.sense, Sense::Maybe(_) | Sense::Filler) || matches!(text, "of" | "the" | "in")
        {
            Some(Self::Link)
        } else {
            None
        }
    }
}

/// The date in words `from..to`, if they are one.
fn date(text: &str, words: &[Word], from: usize, to: usize, named: bool) -> Option<Number> {
    let parts: Vec<Part> = words[from..to].iter().filter_map(Part::of).collect();
    let first = from + parts.iter().position(|part| *part != Part::Link)?;
    let has = |part| parts.contains(&part);
    let (last, year) = match parts.iter().rposition(|part| matches!(part, Part::Month | Part::Day)) {
        Some(said) => {
            let day = has(Part::Day) || parts[..said].contains(&Part::Number);
            end(text, words, from + said, to, day)
        }
        None => (from + parts.iter().rposition(|part| *part == Part::Number)?, false),
    };
    let inside = numbers_between(text, words, first, last + 1);
    let figures = Zeroizing::new(inside.iter().map(|number| number.figures.as_str()).collect::<String>());
    let groups: Vec<usize> = inside.iter().flat_map(|number| number.groups.iter().copied()).collect();
    let told = words.iter().filter(|word| !topic::courtesy(word)).count();
    let answered = named || (topic::labels(words).is_empty() && (last - first + 1) * 2 >= told);
    let alone = figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"));
    let date = Number::stretch(first, last, figures, groups);
    let is = if has(Part::Month) {
        (has(Part::Day) || has(Part::Number)) && (year || answered)
    } else if has(Part::Day) {
        year
    } else {
        // `9, 11, 61`, `09111961`, `1961`
        date.is_date() || (answered && (alone || written_together(&date.figures)))
    };
    is.then_some(date)
}

/// `030480`, `03041980`.
fn written_together(figures: &str) -> bool {
    let part =
        |from: usize| figures.get(from..from + 2).and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    let (first, second) = (part(0), part(2));
    [6, 8].contains(&figures.len())
        && (1..=31).contains(&first)
        && (1..=31).contains(&second)
        && first.min(second) <= 12
}

/// The last word of a date whose last month's name or ordinal is word `said`, and whether it has a year: a day may follow where none
/// was said, and a year. What comes behind them, as a ZIP code does, is none of it.
fn end(text: &str, words: &[Word], said: usize, to: usize, day: bool) -> (usize, bool) {
    let mut groups = groups(text, words, said + 1, to).into_iter().peekable();
    let mut last = said;
    if !day && let Some((_, at)) = groups.next_if(|(figures, _)| figures.len() <= 2) {
        last = at;
    }
    match groups.next() {
        Some((figures, at)) if figures.len() == 4 => (at, true),
        Some((figures, at)) if matches!(figures.as_str(), "19" | "20") => {
            (groups.next().filter(|(figures, _)| figures.len() == 2).map_or(at, |(_, at)| at), true)
        }
        Some((figures, at)) if figures.len() == 2 => (at, true),
        _ => (last, false),
    }
}

/// The figures among words `from..to` as they are said together, each with its last word: `eighty four` is 84, `eighty, four` are two.
fn groups(text: &str, words: &[Word], from: usize, to: usize) -> Vec<(Zeroizing<String>, usize)> {
    let mut groups = Vec::new();
    let mut at = from;
    while at < to {
        let figures = match &words[at].sense {
            Sense::Figures(figures) => figures.clone(),
            Sense::Tens(tens) => {
                let unit = words[..to].get(at + 1).and_then(|next| match &next.sense {
                    Sense::Figures(one) if one.len() == 1 && one != "0" => Some((one, next.start)),
                    _ => None,
                });
                match unit.filter(|(_, start)| !text[words[at].end..*start].contains(',')) {
                    Some((unit, _)) => {
                        at += 1;
                        format!("{tens}{unit}")
                    }
                    None => format!("{tens}0"),
                }
            }
            _ => String::new(),
        };
        if !figures.is_empty() {
            groups.push((Zeroizing::new(figures), at));
        }
        at += 1;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::{Redactor, Topic};
    use cueline_events::Lane;

    /// What an answer becomes when a date of birth was asked for a moment before.
    fn answered(text: &str) -> String {
        let mut redactor = Redactor::new(true);
        redactor.utterance(Lane::Agent, 1, 10.0, &"Could I get your date of birth and your zip code?".into());
        redactor.utterance(Lane::Customer, 2, 15.0, &text.into()).text.as_str().to_owned()
    }

    #[test]
    fn a_date_of_birth_is_masked_however_it_is_said() {
        let masked = Topic::Birth.label();
        for (text, expected) in [
            (
                "May ninth, nineteen eighty. The zip is six oh six one four.",
                "{}. The zip is six oh six one four.",
            ),
            ("It's March 4th 1980", "It's {}"),
            ("the fourth of March, eighty one", "the {}"),
            ("03/04/1980.", "{}."),
            ("3-4-80", "{}"),
            ("03041980", "{}"),
            ("Nine, eleven, sixty-one, and three oh three one one.", "{}, and three oh three one one."),
            ("nineteen eighty", "{}"),
            ("May second, nineteen eighty, four four one two one.", "{}, four four one two one."),
            ("June 4th 88 60614", "{} 60614"),
            ("Sept 11th", "{}"),
            ("twelfth of the first nineteen seventy", "{}"),
        ] {
            assert_eq!(answered(text), expected.replace("{}", masked), "{text}");
        }
    }

    #[test]
    fn other_dates_and_figures_stay() {
        for text in [
            "six oh six one four",
            "I can pay 40 dollars on the third of June if that works for you",
            "why do you need that",
            "I may have it somewhere, 5 minutes",
            "I was there in May and the bill was 240 dollars",
        ] {
            assert_eq!(answered(text), text);
        }
    }

    #[test]
    fn a_date_of_birth_that_is_named_is_masked_and_only_where_the_rules_say_so() {
        for (text, expected) in [
            ("I was born March 4th 1980", "I was born [date of birth]"),
            ("my birthday is June 5th", "my birthday is [date of birth]"),
            ("DOB 03/04/1980, please", "DOB [date of birth], please"),
            ("the balance is from March 4th 2018", "the balance is from March 4th 2018"),
        ] {
            let mask = |births: bool| {
                Redactor::new(births).utterance(Lane::Customer, 1, 1.0, &text.into()).text.as_str().to_owned()
            };
            assert_eq!(mask(true), expected);
            assert_eq!(mask(false), text);
        }
    }
}
