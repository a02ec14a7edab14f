/// What Whisper writes when there is nothing to write, having learned it from the ends of films.
const STOCK: [&str; 9] = [
    "you",
    "bye",
    "bye bye",
    "thank you",
    "thank you very much",
    "thank you so much",
    "thanks for watching",
    "thank you for watching",
    "please subscribe",
];

/// Letters a second beyond which nothing was ever said: the fastest in the recordings measured is 26.
const FASTEST: f64 = 30.0;

/// Whether a text is one of Whisper's stock phrases on a sound too short for it: a click on the line became
/// "Thank you." in 0.1 to 0.24 s of voice, three times in one real call. People do say these words, so that the
/// phrase alone proves nothing.
pub(crate) fn invented(text: &str, voice: f64) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    let letters = plain.chars().filter(|c| !c.is_whitespace()).count() as f64;
    STOCK.contains(&plain.trim()) && letters > FASTEST * voice
}

#[cfg(test)]
mod tests {
    use super::invented;

    #[test]
    fn only_stock_phrases_that_nobody_can_say_so_fast_are_invented() {
        for (text, voice, verdict) in [
            ("Thank you.", 0.24, true),
            ("Thank you.", 0.42, false),
            ("Thanks for watching!", 0.5, true),
            ("Bye.", 0.22, false),
            ("So, this is the.", 0.19, false),
            ("Can you send me a new one?", 0.74, false),
            ("", 0.1, false),
        ] {
            assert_eq!(invented(text, voice), verdict, "{text} in {voice} s");
        }
    }
}
