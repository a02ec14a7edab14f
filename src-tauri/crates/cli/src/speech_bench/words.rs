//! Words as they are compared: what sounds the same is written the same.
//!
//! On purpose not the cue engine's reading of words and numbers: a fault of that must not hide in the figures.

/// Contractions and spellings that count as equal, as the usual English normaliser has them.
const SAME: &[(&str, &str)] = &[
    ("i'm", "i am"),
    ("im", "i am"),
    ("you're", "you are"),
    ("we're", "we are"),
    ("they're", "they are"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("here's", "here is"),
    ("what's", "what is"),
    ("who's", "who is"),
    ("he's", "he is"),
    ("she's", "she is"),
    ("let's", "let us"),
    ("name's", "name is"),
    ("i've", "i have"),
    ("you've", "you have"),
    ("we've", "we have"),
    ("they've", "they have"),
    ("i'll", "i will"),
    ("you'll", "you will"),
    ("we'll", "we will"),
    ("they'll", "they will"),
    ("it'll", "it will"),
    ("i'd", "i would"),
    ("you'd", "you would"),
    ("we'd", "we would"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("won't", "will not"),
    ("don't", "do not"),
    ("doesn't", "does not"),
    ("didn't", "did not"),
    ("isn't", "is not"),
    ("aren't", "are not"),
    ("wasn't", "was not"),
    ("weren't", "were not"),
    ("haven't", "have not"),
    ("hasn't", "has not"),
    ("couldn't", "could not"),
    ("wouldn't", "would not"),
    ("shouldn't", "should not"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "got to"),
    ("alright", "all right"),
    ("okay", "ok"),
    ("yknow", "you know"),
    ("mr", "mister"),
    ("mrs", "missus"),
    ("dr", "doctor"),
    ("percent", "%"),
];

/// Sounds that are no words.
const FILLERS: &[&str] = &["uh", "um", "uhm", "hmm", "mhm", "mm", "er", "ah", "huh"];

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
const ORDINALS: &[(&str, u64)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

/// The words of a text, in lower case, without punctuation and fillers, contractions written out, and every number as
/// its figures one by one: "six oh six", "606" and "six hundred and six" are the same three words.
///
/// Square brackets hold what was not said ("[card number, not transcribed]").
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut plain = Vec::new();
    for token in tokens(text) {
        match SAME.iter().find(|(from, _)| *from == token) {
            Some((_, to)) => plain.extend(to.split(' ').map(str::to_owned)),
            None => plain.push(token),
        }
    }
    plain.retain(|word| !FILLERS.contains(&word.as_str()));
    figures(&plain)
}

/// Runs of letters, or of figures, or a single sign that is said.
fn tokens(text: &str) -> Vec<String> {
    let mut said = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '’' | '\'' => said.push('\''),
            '$' | '£' => said.push_str(" $ "),
            '%' => said.push_str(" % "),
            // Within a number it groups figures: 1,840.
            ',' => said.push(','),
            c if c.is_alphanumeric() => said.extend(c.to_lowercase()),
            _ => said.push(' '),
        }
    }
    let mut found = Vec::new();
    let mut dollars = 0;
    for raw in said.split_whitespace() {
        if raw == "$" {
            dollars += 1;
            continue;
        }
        let bare = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        let grouped = bare.replace(',', "");
        let numeric = grouped.chars().next().is_some_and(|c| c.is_ascii_digit());
        if numeric {
            let end = grouped.find(|c: char| !c.is_ascii_digit()).unwrap_or(grouped.len());
            found.push(grouped[..end].to_owned());
            let rest = &grouped[end..];
            if !rest.is_empty() && !["st", "nd", "rd", "th"].contains(&rest) {
                found.push(rest.to_owned());
            }
            found.extend(std::iter::repeat_n("dollars".to_owned(), std::mem::take(&mut dollars)));
        } else {
            found.extend(bare.split(',').filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    found
}

/// Writes numbers as single figures.
fn figures(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let (value, used) = number(&words[i..]);
        match value {
            Some(figures) => {
                out.extend(figures.chars().map(String::from));
                i += used;
            }
            None => {
                out.push(words[i].clone());
                i += 1;
            }
        }
    }
    out
}

/// The number at the start of `words`, as its figures, and how many words it takes.
fn number(words: &[String]) -> (Option<String>, usize) {
    let first = words[0].as_str();
    if first.chars().all(|c| c.is_ascii_digit()) && !first.is_empty() {
        return (Some(first.to_owned()), 1);
    }
    if first == "oh" {
        let near_number = words.get(1).is_some_and(|next| small(next).is_some());
        return (near_number.then(|| "0".to_owned()), 1);
    }
    let (Some(mut value), mut used) = pair(words) else { return (None, 1) };
    loop {
        let scale = match words.get(used).map(String::as_str) {
            Some("hundred") => 100,
            Some("thousand") => 1000,
            _ => break,
        };
        value *= scale;
        used += 1;
        let and = usize::from(words.get(used).is_some_and(|word| word == "and"));
        match words.get(used + and..).filter(|rest| !rest.is_empty()).map(pair) {
            Some((Some(more), taken)) if more < scale => {
                value += more;
                used += and + taken;
            }
            _ => break,
        }
    }
    (Some(value.to_string()), used)
}

/// A number below a hundred.
fn pair(words: &[String]) -> (Option<u64>, usize) {
    let first = words[0].as_str();
    if let Some(tens) = TENS.iter().position(|ten| *ten == first) {
        let tens = (tens as u64 + 2) * 10;
        let unit = words.get(1).and_then(|word| small(word)).filter(|unit| (1..10).contains(unit));
        return unit.map_or((Some(tens), 1), |unit| (Some(tens + unit), 2));
    }
    (small(first), 1)
}

fn small(word: &str) -> Option<u64> {
    let unit = UNITS.iter().position(|unit| *unit == word).map(|at| at as u64);
    unit.or_else(|| ORDINALS.iter().find(|(ordinal, _)| *ordinal == word).map(|(_, value)| *value))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_sounds_the_same_is_the_same() {
        for (a, b) in [
            ("I'm at 606 Main.", "i am at six oh six main"),
            ("$1,840 is due", "eighteen hundred and forty dollars is due"),
            ("$240.", "two hundred and forty dollars"),
            ("July 9th, '84", "July ninth, eighty four"),
            ("Uh, okay, that's, um, right", "OK that is right"),
            ("the 12th", "the twelfth"),
            ("one four one", "141"),
            ("I can't", "I cannot"),
        ] {
            assert_eq!(words(a), words(b), "{a} / {b}");
        }
    }

    #[test]
    fn what_was_not_said_is_left_out() {
        assert_eq!(words("It is [card number, not transcribed] thanks"), ["it", "is", "thanks"]);
    }
}
