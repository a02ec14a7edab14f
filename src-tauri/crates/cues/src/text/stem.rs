/// Words that say nothing about the matter when two turns are compared.
const EMPTY: &[&str] = &[
    "about",
    "after",
    "again",
    "all",
    "also",
    "and",
    "any",
    "anything",
    "are",
    "aren",
    "because",
    "been",
    "before",
    "being",
    "but",
    "call",
    "can",
    "come",
    "could",
    "did",
    "does",
    "doing",
    "done",
    "don",
    "each",
    "even",
    "ever",
    "every",
    "everything",
    "for",
    "from",
    "get",
    "give",
    "goes",
    "going",
    "gone",
    "good",
    "got",
    "had",
    "has",
    "have",
    "hello",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "into",
    "isn",
    "its",
    "just",
    "keep",
    "kind",
    "know",
    "last",
    "let",
    "like",
    "little",
    "look",
    "lot",
    "made",
    "make",
    "many",
    "may",
    "maybe",
    "mean",
    "might",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "myself",
    "need",
    "never",
    "nobody",
    "not",
    "nothing",
    "now",
    "off",
    "okay",
    "one",
    "only",
    "other",
    "our",
    "out",
    "over",
    "own",
    "people",
    "please",
    "put",
    "really",
    "right",
    "said",
    "same",
    "saw",
    "say",
    "saying",
    "see",
    "she",
    "should",
    "some",
    "someone",
    "something",
    "sorry",
    "still",
    "stuff",
    "such",
    "sure",
    "take",
    "talk",
    "tell",
    "telling",
    "than",
    "thank",
    "thanks",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "think",
    "this",
    "those",
    "through",
    "time",
    "today",
    "told",
    "too",
    "try",
    "very",
    "want",
    "was",
    "way",
    "well",
    "went",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "would",
    "yeah",
    "yes",
    "you",
    "your",
    "yours",
    "yourself",
    "guy",
    "guys",
    "ma'am",
    "maam",
    "sir",
    "honestly",
    "actually",
    "guess",
    "went",
    "until",
    "somebody",
    "anyone",
    "anybody",
    "everybody",
    "everyone",
];

/// True when a word carries content of its own: three letters or more and not one of the small words.
pub(crate) fn is_content(form: &str) -> bool {
    form.len() >= 3 && form.chars().all(|c| c.is_alphabetic()) && !EMPTY.contains(&form)
}

/// The root by which two words of two turns are compared: `paid` and `pay`, `calls` and `calling`.
pub(crate) fn stem(form: &str) -> String {
    match form {
        "paid" | "pays" | "paying" | "payment" | "payments" => return "pay".into(),
        "bought" => return "buy".into(),
        "sent" => return "send".into(),
        "lost" => return "lose".into(),
        "children" => return "child".into(),
        "wives" => return "wife".into(),
        "died" | "dead" | "dying" | "death" => return "die".into(),
        _ => {}
    }
    let mut root = form;
    for ending in ["ing", "edly", "ed", "ies", "es", "s", "ly"] {
        if let Some(head) = form.strip_suffix(ending)
            && head.len() >= 3
            && !(ending == "s" && head.ends_with('s'))
        {
            root = head;
            break;
        }
    }
    let bytes = root.as_bytes();
    if root != form
        && bytes.len() > 3
        && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
        && !root.ends_with("ll")
    {
        root = &root[..root.len() - 1];
    }
    root.strip_suffix('e').filter(|head| head.len() >= 3).unwrap_or(root).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{is_content, stem};

    #[test]
    fn forms_of_one_word_share_their_stem() {
        for forms in [
            &["charge", "charged", "charging", "charges"][..],
            &["pay", "paid", "paying"],
            &["stop", "stopped", "stopping"],
            &["call", "calls", "called"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn small_words_are_no_content() {
        assert!(!is_content("that") && !is_content("it") && is_content("receipt") && is_content("nicu"));
    }
}
