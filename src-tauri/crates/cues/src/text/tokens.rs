use super::compounds::join_compounds;
use super::contractions::expand;
use super::numerals::{NumberKind, merge_numerals};
use super::restarts::drop_restarts;
use super::unapostrophed::restore;
use super::{Pause, Token, numeral, spelling};

/// Sounds people make while thinking, and articles: small models lose them most, and no pattern may need them.
const DROPPED: &[&str] =
    &["uh", "um", "uhm", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "mhm", "mmhmm", "huh", "a", "an", "the"];

/// Cuts text into normalised tokens: lower case, one spelling, contractions taken apart, numerals read, fillers,
/// articles, bracketed remarks and restarts (`I, I`, `will be, will be`) removed.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut sentence_start = true;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if c == '[' {
            at += rest.find(']').map_or(rest.len(), |end| end + 1);
        } else if is_word_char(c) || (matches!(c, '$' | '£' | '€') && starts_number(&rest[c.len_utf8()..]))
        {
            let end = at + word_length(rest);
            push_word(&mut out, &text[at..end], at, sentence_start);
            sentence_start = false;
            at = end;
        } else {
            sentence_start |= mark_pause(&mut out, c, rest);
            // An ellipsis trails off; it ends no sentence.
            let dots = rest.len() - rest.trim_start_matches('.').len();
            at += dots.max(c.len_utf8());
        }
    }
    merge_numerals(join_compounds(drop_restarts(restore(out))))
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '*'
}

fn starts_number(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// How many bytes the word at the start of `rest` takes: letters and digits, an apostrophe between letters, a comma
/// or point between digits.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let Some((_, mut before)) = chars.next() else { return 0 };
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        let joins = match c {
            '\'' | '\u{2019}' => before.is_alphabetic() && after.is_some_and(char::is_alphabetic),
            ',' | '.' => {
                before.is_ascii_digit()
                    && after.is_some_and(|a| a.is_ascii_digit())
                    && (c == '.' || groups_of_three(&rest[at + 1..]))
            }
            _ => is_word_char(c) && before != '$',
        };
        let joins = joins || (matches!(before, '$' | '£' | '€') && c.is_ascii_digit());
        if !joins {
            return at;
        }
        before = c;
    }
    rest.len()
}

/// A comma groups thousands only before exactly three digits.
fn groups_of_three(rest: &str) -> bool {
    rest.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn mark_pause(out: &mut [Token], c: char, rest: &str) -> bool {
    let pause = match c {
        '.' if rest.starts_with("..") => Pause::Comma,
        '\u{2026}' => Pause::Comma,
        '.' | '!' | '?' | ';' | '\n' => Pause::Sentence,
        ',' | ':' | '\u{2014}' | '\u{2013}' | '(' | ')' | '"' | '\u{201c}' | '\u{201d}' => Pause::Comma,
        '-' if rest.starts_with("- ") => Pause::Comma,
        _ => return false,
    };
    if let Some(last) = out.last_mut() {
        last.pause = last.pause.max(pause);
        last.question |= c == '?';
    }
    pause == Pause::Sentence
}

fn push_word(out: &mut Vec<Token>, raw: &str, from: usize, sentence_start: bool) {
    let to = from + raw.len();
    let lower = raw.to_lowercase().replace('\u{2019}', "'");
    if DROPPED.contains(&lower.as_str()) {
        return;
    }
    let money = lower.starts_with(['$', '£', '€']);
    if let Some(number) = numeral(lower.trim_start_matches(['$', '£', '€'])) {
        let mut token = Token::new(lower, from, to);
        token.number = Some(super::Numeral { money: money || number.money, ..number });
        out.push(token);
        return;
    }
    let capital =
        !sentence_start && raw.starts_with(char::is_uppercase) && !lower.starts_with("i'") && lower != "i";
    // A swear word that the transcriber masked.
    if lower.contains('*') {
        out.push(Token::new("expletive".into(), from, to));
        return;
    }
    for form in expand(&lower) {
        if DROPPED.contains(&form.as_str()) {
            continue;
        }
        let mut token = Token::new(spelling(&form), from, to);
        token.capital = capital;
        token.number = numeral(&token.form).filter(|n| n.kind != NumberKind::Digits);
        out.push(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> String {
        tokens(text).iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_come_to_one_form() {
        for (text, expected) in [
            (
                "Um, before we, before we start, the call's being recorded, okay?",
                "before we start call 's being recorded okay",
            ),
            ("I, I filed, the papers went in last week.", "i filed papers went in last week"),
            ("any information obtained will be, will be used", "any information obtained will be used"),
            ("ill pay friday, id like that", "i will pay friday i would like that"),
            ("my wife is ill. Well, see you", "my wife is ill well see you"),
            ("might as well be, well send it", "might as well be we will send it"),
            ("whatever your telling me on your own phone", "whatever you are telling me on your own phone"),
            ("shes moved, howd you know any thing", "she 's moved how would you know anything"),
            ("im in a reck, put the brake down in the male", "i am in wreck put break down in mail"),
            ("I can't, won't and don't.", "i can not will not and do not"),
            ("We haven\u{2019}t authorised it.", "we have not authorized it"),
            ("Nah, it's mine.", "no it 's mine"),
            ("[card number not transcribed] and done", "and done"),
            ("I all ready told some one by e-mail.", "i already told someone by email"),
            ("Not all. Ready?", "not all ready"),
            ("", ""),
            ("...", ""),
            ("What the f*** is this", "what expletive is this"),
        ] {
            assert_eq!(forms(text), expected, "{text}");
        }
    }

    #[test]
    fn numerals_are_read_however_they_are_written() {
        for (text, value) in [
            ("eighteen hundred and forty dollars", 1840.0),
            ("$1,840", 1840.0),
            ("1840 dollars", 1840.0),
            ("one thousand eight hundred and forty dollars", 1840.0),
            ("six hundred and twelve dollars", 612.0),
            ("two thousand and sixty", 2060.0),
            ("nine hundred fifteen", 915.0),
            ("fifteenth", 15.0),
            ("the 15th", 15.0),
            ("twenty-second", 22.0),
            ("45.50", 45.5),
        ] {
            let read = tokens(text);
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!(read[0].number.map(|n| n.value), Some(value), "{text}");
        }
    }

    #[test]
    fn spoken_digits_become_one_run() {
        for (text, digits) in [
            ("Seven eight seven four one.", 5),
            ("6 oh 6 two 5", 5),
            ("7-8-7-4-1", 5),
            ("78741", 5),
            ("zero four one one", 4),
        ] {
            let read = tokens(text);
            let total: u32 = read.iter().filter_map(|t| t.number).map(|n| n.digits).sum();
            assert_eq!(total, digits, "{text}");
        }
    }

    #[test]
    fn amounts_carry_money() {
        for (text, money) in [
            ("$40", true),
            ("forty bucks", true),
            ("140 pounds", true),
            ("forty days", false),
            ("$1,840.50", true),
        ] {
            assert_eq!(tokens(text)[0].number.is_some_and(|n| n.money), money, "{text}");
        }
    }

    #[test]
    fn spans_point_into_the_text() {
        let text = "Well, I can't pay.";
        let read = tokens(text);
        let not = read.iter().find(|t| t.form == "not").unwrap();
        assert_eq!(&text[not.from..not.to], "can't");
    }

    #[test]
    fn pauses_follow_punctuation() {
        let read = tokens("No, I paid... it. Did you? And");
        let pauses: Vec<_> = read.iter().map(|t| t.pause).collect();
        let (none, comma, end) = (Pause::None, Pause::Comma, Pause::Sentence);
        assert_eq!(pauses, [comma, none, comma, end, none, end, none]);
        assert!(read[5].question);
    }
}
