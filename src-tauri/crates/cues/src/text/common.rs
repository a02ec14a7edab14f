use std::collections::HashSet;
use std::sync::OnceLock;

static LIST: &str = include_str!("common_words.txt");

/// True for an ordinary English word. Such a word is never taken for a mishearing of another one, and is no name
/// unless it is written like one.
pub(crate) fn is_common(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| LIST.split_whitespace().collect()).contains(word)
}

#[cfg(test)]
mod tests {
    use super::is_common;

    #[test]
    fn names_and_broken_words_are_not_common() {
        for (word, common) in [("warranty", true), ("person", true), ("theo", false), ("bankrupcy", false)] {
            assert_eq!(is_common(word), common, "{word}");
        }
    }
}
