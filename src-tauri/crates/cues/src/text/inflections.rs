/// Families of forms that do not follow a rule; the first is the word a pattern uses.
const IRREGULAR: &[&str] = &[
    "be is are am be being been was were 's",
    "is is are am 's",
    "was was were",
    "have have has had having 's",
    "has has have 's",
    "do do does did done doing",
    "will will would",
    "would would",
    "can can could",
    "could could",
    "may may might",
    "go go goes went gone going",
    "get get gets got gotten getting",
    "say say says said saying",
    "tell tell tells told telling",
    "pay pay pays paid paying payed",
    "send send sends sent sending",
    "lose lose loses lost losing",
    "buy buy buys bought buying",
    "take take takes took taken taking",
    "give give gives gave given giving",
    "make make makes made making",
    "come come comes came coming",
    "see see sees saw seen seeing",
    "know know knows knew known knowing",
    "think think thinks thought thinking",
    "feel feel feels felt feeling",
    "hear hear hears heard hearing",
    "speak speak speaks spoke spoken speaking",
    "leave leave leaves left leaving",
    "keep keep keeps kept keeping",
    "hold hold holds held holding",
    "write write writes wrote written writing",
    "drive drive drives drove driven driving",
    "break break breaks broke broken breaking",
    "find find finds found finding",
    "bring bring brings brought bringing",
    "owe owe owes owed owing",
    "die die dies died dying",
    "lie lie lies lied lying",
    "sleep sleep sleeps slept sleeping",
    "eat eat eats ate eaten eating",
    "run run runs ran running",
    "put put puts putting",
    "cut cut cuts cutting",
    "let let lets letting",
    "quit quit quits quitting",
    "hurt hurt hurts hurting",
    "hit hit hits hitting",
    "read read reads reading",
    "set set sets setting",
    "sue sue sues sued suing suit",
    "fight fight fights fought fighting",
    "mean mean means meant meaning",
    "meet meet meets met meeting",
    "teach teach teaches taught teaching",
    "throw throw throws threw thrown throwing",
    "steal steal steals stole stolen stealing",
    "wake wake wakes woke woken waking",
    "forget forget forgets forgot forgotten forgetting",
    "understand understand understands understood understanding",
    "agree agree agrees agreed agreeing",
    "free free frees freed freeing",
    "lay lay lays laid laying",
    "shut shut shuts shutting",
    "wife wife wives",
    "child child children",
    "man man men",
    "woman woman women",
    "person person people",
    "life life lives",
    "i i",
    "my my",
    "this this these",
    "that that those",
];

/// Words that have one form only. By the rules `not` would be said as `noted` too.
const FIXED: &[&str] = &[
    "all", "and", "any", "but", "down", "ever", "for", "from", "how", "just", "more", "never", "nobody",
    "none", "nor", "not", "now", "off", "once", "only", "out", "over", "than", "them", "then", "there",
    "too", "twice", "under", "until", "what", "when", "where", "who", "why", "with", "without", "yet", "you",
    "your",
];

/// Every form in which the word of a pattern may be said: plural, third person, past and `-ing`. Forms that do not
/// exist do no harm, because nobody says them.
pub(crate) fn forms(word: &str) -> Vec<String> {
    if let Some(family) = IRREGULAR.iter().find(|family| family.split(' ').next() == Some(word)) {
        let mut all: Vec<String> = family.split(' ').skip(1).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        return all;
    }
    let mut all = vec![word.to_owned()];
    if FIXED.contains(&word) || word.len() < 3 || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return all;
    }
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let bytes = word.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if last == b'e' {
        let head = &word[..word.len() - 1];
        all.extend([format!("{word}s"), format!("{word}d"), format!("{head}ing")]);
    } else if last == b'y' && !vowel(before) {
        let head = &word[..word.len() - 1];
        all.extend([format!("{head}ies"), format!("{head}ied"), format!("{word}ing")]);
    } else {
        let plural = if matches!(last, b's' | b'x' | b'z') || word.ends_with("ch") || word.ends_with("sh") {
            format!("{word}es")
        } else {
            format!("{word}s")
        };
        all.extend([plural, format!("{word}ed"), format!("{word}ing")]);
        let short = !vowel(last) && vowel(before) && !matches!(last, b'w' | b'x' | b'y');
        if short && (bytes.len() == 3 || !vowel(bytes[bytes.len() - 3])) {
            let doubled = char::from(last);
            all.extend([format!("{word}{doubled}ed"), format!("{word}{doubled}ing")]);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn a_word_without_forms_is_not_another() {
        assert_eq!(forms("not"), ["not"]);
    }

    #[test]
    fn a_word_has_its_forms() {
        for (word, form) in [
            ("dispute", "disputing"),
            ("dispute", "disputed"),
            ("stop", "stopped"),
            ("harass", "harasses"),
            ("carry", "carried"),
            ("pay", "paid"),
            ("record", "recording"),
            ("contact", "contacting"),
        ] {
            assert!(forms(word).iter().any(|f| f == form), "{word}: {form}");
        }
    }
}
