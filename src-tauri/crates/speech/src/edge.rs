/// How near to the end of the audio a word may end and still be believed, in seconds. A word that the audio cuts is
/// often heard as another one.
const MARGIN: f64 = 0.25;

/// The words of a running utterance that are safe to show, and the second at which the last of them ends.
///
/// The decoder gives no word times; a word's end is taken to lie at its share of the characters between `start` and
/// `end` of the voice, which is right to about 0.3 s.
pub(crate) fn settled(text: &str, start: f64, end: f64) -> (&str, f64) {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count() as f64;
    let (all, mut before) = (letters(text).max(1.0), 0.0);
    let mut safe = ("", start);
    for word in text.split_whitespace() {
        before += letters(word);
        let word_end = start + (end - start) * before / all;
        if word_end > end - MARGIN {
            break;
        }
        let bytes = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        safe = (&text[..bytes], word_end);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::settled;

    #[test]
    fn words_at_the_edge_are_left_out() {
        for (text, seconds, shown, end) in [
            ("aaaa bbbb cccc dddd eeee", 2.0, "aaaa bbbb cccc dddd", 1.6),
            ("aaaa bbbb cccc dddd eeee", 1.0, "aaaa bbbb cccc", 0.6),
            ("hello", 0.7, "", 0.0),
            ("", 0.7, "", 0.0),
        ] {
            let (kept, at) = settled(text, 10.0, 10.0 + seconds);
            assert_eq!(kept, shown);
            assert!((at - 10.0 - end).abs() < 1e-9);
        }
    }
}
