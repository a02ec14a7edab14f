/// The longest phrase, in words, whose repetition is looked for.
const LONGEST: usize = 10;

/// How often a phrase of `words` words may follow itself. People do say "no, no, no, no" and read out equal digits;
/// nobody says a whole clause three times running, while a decoder on thin audio does so until it is stopped.
fn allowed(words: usize) -> usize {
    match words {
        1 => 6,
        2 => 4,
        _ => 2,
    }
}

/// Where a text begins to go round in circles: the length in bytes that is left when the circle is said once.
/// `None` for a text that does not.
pub(crate) fn looped(text: &str) -> Option<usize> {
    let mut words: Vec<(String, usize)> = Vec::new();
    for word in text.split_whitespace() {
        let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        words.push((plain.to_lowercase(), end));
    }
    for start in 0..words.len() {
        for length in 1..=LONGEST.min((words.len() - start) / 2) {
            let phrase = &words[start..start + length];
            let same = |copy: &[(String, usize)]| copy.iter().zip(phrase).all(|(a, b)| a.0 == b.0);
            let copies = words[start..].chunks_exact(length).take_while(|copy| same(copy)).count();
            if copies > allowed(length) {
                return Some(phrase[length - 1].1);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::looped;

    #[test]
    fn circles_are_cut_to_one_round_and_real_speech_is_left_alone() {
        for (text, left) in [
            (
                "I'm just on a little. I'm just on a little, I'm just on a little",
                Some("I'm just on a little."),
            ),
            ("so the the the the the the the", Some("so the")),
            ("okay thank you thank you thank you thank you thank you", Some("okay thank you")),
            ("no, no, no, no, that is not mine", None),
            ("1 1 1 1 4 4 4 4", None),
            ("words words words words um", None),
            ("is that right? is that right?", None),
            ("", None),
        ] {
            assert_eq!(looped(text).map(|end| &text[..end]), left, "{text}");
        }
    }
}
