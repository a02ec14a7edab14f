/// Takes out what the model writes without anybody saying it: sounds in brackets (`[BLANK_AUDIO]`, `(music)`,
/// `*sighs*`), notes, quotation marks, replacement characters, and words without a letter or digit, such as the dash
/// before a new speaker. Figures in brackets were said: numbers that are read out are sometimes written so.
pub(crate) fn clean(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let (mut closing, mut within) = (None, String::new());
    for c in raw.chars() {
        match (closing, c) {
            (Some(end), c) if c == end => {
                closing = None;
                text.extend(said(&mut within));
            }
            (Some(_), c) => within.push(c),
            (None, '[') => closing = Some(']'),
            (None, '(') => closing = Some(')'),
            (None, '*') => closing = Some('*'),
            (None, '♪' | '♫' | '"' | '“' | '”' | '\u{fffd}') => {}
            (None, c) => text.push(c),
        }
    }
    text.extend(said(&mut within));
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    words.collect::<Vec<_>>().join(" ")
}

/// What stood in brackets, if it was said.
fn said(within: &mut String) -> Option<String> {
    Some(std::mem::take(within)).filter(|within| within.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_words_are_left() {
        for (raw, words) in [
            (" [BLANK_AUDIO]", ""),
            (" (music playing) Hello.", "Hello."),
            (" *sighs* I  lost my job\n", "I lost my job"),
            (" ♪ ♪", ""),
            (" \"Calm down?\" \"I paid it.\"", "Calm down? I paid it."),
            (" - Yeah. - No, that's not -", "Yeah. No, that's not"),
            (" ...", ""),
            (" It's 4.5 percent [unclosed", "It's 4.5 percent"),
            (" [3, 7, 8, 2", "3, 7, 8, 2"),
            (" [8, 2] (2) [BLANK_AUDIO]", "8, 2 2"),
            ("caf\u{fffd} au lait", "caf au lait"),
        ] {
            assert_eq!(clean(raw), words);
        }
    }
}
