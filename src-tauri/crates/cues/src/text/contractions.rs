/// Contractions that do not follow from their parts, and forms transcribers write without the apostrophe.
const WHOLE: &[(&str, &str)] = &[
    ("can't", "can not"),
    ("cannot", "can not"),
    ("cant", "can not"),
    ("won't", "will not"),
    ("wont", "will not"),
    ("shan't", "will not"),
    ("ain't", "is not"),
    ("aint", "is not"),
    ("dont", "do not"),
    ("doesnt", "does not"),
    ("didnt", "did not"),
    ("isnt", "is not"),
    ("wasnt", "was not"),
    ("havent", "have not"),
    ("hasnt", "has not"),
    ("couldnt", "could not"),
    ("wouldnt", "would not"),
    ("shouldnt", "should not"),
    ("arent", "are not"),
    ("werent", "were not"),
    ("im", "i am"),
    ("ive", "i have"),
    ("youre", "you are"),
    ("youve", "you have"),
    ("youll", "you will"),
    ("hes", "he 's"),
    ("shes", "she 's"),
    ("its", "it 's"),
    ("weve", "we have"),
    ("theyve", "they have"),
    ("theyll", "they will"),
    ("itll", "it will"),
    ("thatll", "that will"),
    ("theres", "there 's"),
    ("heres", "here 's"),
    ("wheres", "where 's"),
    ("howd", "how would"),
    ("theyre", "they are"),
    ("thats", "that 's"),
    ("whats", "what 's"),
    ("lets", "let us"),
    ("let's", "let us"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "got to"),
    ("lemme", "let me"),
    ("gimme", "give me"),
    ("dunno", "do not know"),
    ("'cause", "because"),
    ("cuz", "because"),
    ("cos", "because"),
    ("ya", "you"),
    ("yall", "you"),
    ("y'all", "you"),
    ("ok", "okay"),
    ("yep", "yes"),
    ("yup", "yes"),
    ("nah", "no"),
    ("nope", "no"),
    ("til", "until"),
    ("till", "until"),
    ("info", "information"),
    ("goodbye", "bye"),
    ("voicemail", "voice mail"),
    ("noone", "no one"),
    ("whos", "who 's"),
    ("zipcode", "zip code"),
    ("postcode", "post code"),
    ("paycheque", "paycheck"),
];

const ENDINGS: &[(&str, &str)] = &[
    ("n't", "not"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'d", "would"),
    ("'m", "am"),
    ("'s", "'s"),
];

/// Takes a lower-case word apart: `they'll` is `they will`, `payment's` is `payment` and `'s`, which may be a verb or
/// a possessive and so counts as soft.
pub(super) fn expand(word: &str) -> Vec<String> {
    if let Some((_, whole)) = WHOLE.iter().find(|(short, _)| *short == word) {
        return whole.split(' ').map(str::to_owned).collect();
    }
    for (ending, long) in ENDINGS {
        if let Some(head) = word.strip_suffix(ending).filter(|head| !head.is_empty()) {
            let mut parts = expand(head);
            parts.push((*long).to_owned());
            return parts;
        }
    }
    vec![word.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn contractions_come_apart() {
        for (word, parts) in [
            ("they'll", "they will"),
            ("couldn't've", "could not have"),
            ("payment's", "payment 's"),
            ("cannot", "can not"),
            ("ma'am", "ma'am"),
            ("call", "call"),
        ] {
            assert_eq!(expand(word).join(" "), parts);
        }
    }
}
