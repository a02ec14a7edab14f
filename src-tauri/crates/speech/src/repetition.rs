/// The longest phrase, in words, whose repetition is looked for.
const LONGEST: usize = 12;

/// How often a phrase of `words` words may follow itself. People do say "no, no, no, no" and read out equal digits;
/// nobody says a whole clause three times running, while a decoder on thin audio does so until it is stopped.
fn allowed(words: usize) -> usize {
    match words {
        1 => 6,
        2 => 3,
        _ => 2,
    }
}

/// Where a text goes round in circles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    /// How many words come before it.
    pub(crate) words_before: usize,
    /// Where its first round ends, in bytes.
    pub(crate) end: usize,
}

/// Finds the first phrase of a text that is said again and again; `None` when there is none. A round that is broken
/// off by the end of the text counts.
pub(crate) fn circle(text: &str) -> Option<Circle> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for word in text.split_whitespace() {
        let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        let plain = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        words.push((plain, end));
    }
    for start in 0..words.len() {
        for length in 1..=LONGEST.min((words.len() - start) / 2) {
            let phrase = &words[start..start + length];
            let round = |copy: &&[(String, usize)]| copy.iter().zip(phrase).all(|(a, b)| a.0 == b.0);
            let mut copies = words[start..].chunks(length).take_while(round);
            if copies.nth(allowed(length)).is_some() {
                return Some(Circle { words_before: start, end: phrase[length - 1].1 });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::circle;

    #[test]
    fn circles_are_cut_to_one_round_and_real_speech_is_left_alone() {
        for (text, left) in [
            (
                "I'm just on a little. I'm just on a little, I'm just on a little",
                Some("I'm just on a little."),
            ),
            ("Is it there today? Is it there today? Is it", Some("Is it there today?")),
            ("so the the the the the the the", Some("so the")),
            ("okay thank you thank you thank you thank you thank you", Some("okay thank you")),
            ("no, no, no, no, that is not mine", None),
            ("1 1 1 1 4 4 4 4", None),
            ("words words words words um", None),
            ("is that right? is that right?", None),
            ("thank you, thank you, bye", None),
            ("", None),
        ] {
            assert_eq!(circle(text).map(|c| &text[..c.end]), left, "{text}");
        }
    }

    #[test]
    fn what_comes_before_is_counted() {
        assert_eq!(circle("well I I I I I I I").map(|c| c.words_before), Some(1));
    }
}
