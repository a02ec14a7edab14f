/// How a word sounds, roughly: consonants only, those that telephones confuse in one class (voiced and unvoiced, the
/// nasals, sibilants), doubled sounds once.
pub(crate) fn sound_key(word: &str) -> String {
    let mut key = String::new();
    let bytes = word.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let rest = &word[i..];
        let (class, length) = match bytes[i] {
            b'p' if rest.starts_with("ph") => ('F', 2),
            b'g' if rest.starts_with("gh") => ('-', 2),
            b's' if rest.starts_with("sh") => ('S', 2),
            b'c' if rest.starts_with("ch") => ('S', 2),
            b't' if rest.starts_with("th") => ('T', 2),
            b't' if rest.starts_with("tion") => ('S', 2),
            b'c' if rest.starts_with("ce") || rest.starts_with("ci") || rest.starts_with("cy") => ('S', 1),
            b'k' if rest.starts_with("kn") => ('-', 1),
            b'w' if rest.starts_with("wr") => ('-', 1),
            b'x' => ('K', 1),
            b'p' | b'b' => ('P', 1),
            b'f' | b'v' => ('F', 1),
            b't' | b'd' => ('T', 1),
            b'c' | b'k' | b'g' | b'q' => ('K', 1),
            b's' | b'z' | b'j' => ('S', 1),
            b'm' | b'n' => ('N', 1),
            b'l' => ('L', 1),
            b'r' => ('R', 1),
            b'a' | b'e' | b'i' | b'o' | b'u' if i == 0 => ('A', 1),
            _ => ('-', 1),
        };
        if class != '-' && !key.ends_with(class) {
            key.push(class);
        }
        i += length;
        while i < bytes.len() && !word.is_char_boundary(i) {
            i += 1;
        }
    }
    key
}

/// Every string that deleting one letter leaves, and the word itself: two words one edit apart share one of these.
pub(crate) fn deletions(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut all = vec![word.to_owned()];
    for skip in 0..chars.len() {
        all.push(chars.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).collect());
    }
    all
}

/// True when `most` edits (insert, delete, replace, swap neighbours) or fewer turn one word into the other.
pub(crate) fn within_edits(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = replace.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_with_swaps() {
        assert!(within_edits("bankruptcy", "bankrupcy", 1));
        assert!(within_edits("attorney", "attroney", 1));
        assert!(!within_edits("attorney", "journey", 1));
        assert!(within_edits("", "a", 1) && !within_edits("", "ab", 1));
    }

    #[test]
    fn words_that_sound_alike_share_their_key() {
        for (a, b) in [("garnish", "karnish"), ("bankruptcy", "bankrupsy"), ("disputing", "dizbuting")] {
            let (ka, kb) = (sound_key(a), sound_key(b));
            assert!(ka == kb || within_edits(&ka, &kb, 1), "{a} {ka} {b} {kb}");
        }
        assert_ne!(sound_key("arrest"), sound_key("address"));
    }

    #[test]
    fn any_text_has_a_key() {
        for word in ["", "é", "日本", "ghth", "x"] {
            let _ = sound_key(word);
            let _ = deletions(word);
        }
    }
}
