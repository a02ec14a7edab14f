use std::collections::BTreeSet;
use std::sync::OnceLock;

static LIST: &str = include_str!("common_words.txt");

/// True for an ordinary English word or a regular form of one. Such a word is never taken for a mishearing of another one, and is no name
/// unless it is written like one.
pub(crate) fn is_common(word: &str) -> bool {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| LIST.split_whitespace().collect());
    words.contains(word)
        || ENDINGS.iter().any(|ending| {
            word.strip_suffix(ending).filter(|head| head.len() >= 3).is_some_and(|head| is_base(words, head))
        })
}

/// Endings of regular forms.
const ENDINGS: &[&str] = &["s", "es", "d", "ed", "ing", "ly", "y"];

/// The word before its ending: as it is, with the `e` that the ending took, or with its last letter doubled.
fn is_base(words: &BTreeSet<&str>, head: &str) -> bool {
    let bytes = head.as_bytes();
    let doubled = bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] && head.is_ascii();
    words.contains(head)
        || words.contains(format!("{head}e").as_str())
        || (doubled && words.contains(&head[..head.len() - 1]))
}

#[cfg(test)]
mod tests {
    use super::is_common;

    #[test]
    fn names_and_broken_words_are_not_common() {
        for (word, common) in
            [("warranty", true), ("person", true), ("theo", false), ("bankrupcy", false), ("sitting", true)]
        {
            assert_eq!(is_common(word), common, "{word}");
        }
    }
}
