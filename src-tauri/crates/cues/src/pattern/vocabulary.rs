use super::node::WordId;
use super::word_set::WordSet;
use crate::text::{Token, deletions, forms, is_common, is_content, sound_key, within_edits};
use std::collections::BTreeMap;

/// Words of a pattern this long or longer may be misheard: by one letter, or by sound and two letters; three from
/// `LONG` on.
const FUZZY: usize = 6;
const LONG: usize = 9;
/// So many telling words tell as little as one that everybody says.
const FREQUENT: usize = 40;

/// Every word that any pattern of a playbook asks for, with the forms in which it may be said.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: BTreeMap<(String, Form), WordId>,
    /// Words that stand in every other sentence.
    frequent: WordSet,
    forms: BTreeMap<String, Vec<WordId>>,
    prefixes: Vec<(String, WordId)>,
    long: Vec<Long>,
    edits: BTreeMap<String, Vec<usize>>,
    sounds: BTreeMap<String, Vec<usize>>,
}

/// A form of a long word, which may be misheard.
#[derive(Debug)]
struct Long {
    form: String,
    /// The first letter of its sound key.
    begins: Option<u8>,
    id: WordId,
}

/// Which forms of a word a pattern accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Plural, past and the rest, and what may be misheard for them.
    Any,
    /// Only this one (`word!`).
    Exact,
    /// Anything that begins so (`word*`).
    Prefix,
}

impl Vocabulary {
    /// The id of a word, new or known.
    pub(crate) fn add(&mut self, word: &str, form: Form) -> WordId {
        let key = (word.to_owned(), form);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = WordId::try_from(self.ids.len()).unwrap_or(WordId::MAX);
        self.ids.insert(key, id);
        if !is_content(word) {
            self.frequent.add(id);
        }
        match form {
            Form::Prefix => self.prefixes.push((word.to_owned(), id)),
            Form::Exact => self.forms.entry(word.to_owned()).or_default().push(id),
            Form::Any => {
                for form in forms(word) {
                    if word.len() >= FUZZY {
                        self.add_fuzzy(form.clone(), id);
                    }
                    self.forms.entry(form).or_default().push(id);
                }
            }
        }
        id
    }

    /// How little it tells that this word was said.
    pub(crate) fn weight(&self, id: WordId) -> usize {
        if self.frequent.has(id) { FREQUENT } else { 1 }
    }

    fn add_fuzzy(&mut self, form: String, id: WordId) {
        let index = self.long.len();
        for shorter in deletions(&form) {
            self.edits.entry(shorter).or_default().push(index);
        }
        let key = sound_key(&form);
        for shorter in deletions(&key) {
            self.sounds.entry(shorter).or_default().push(index);
        }
        self.long.push(Long { form, begins: key.bytes().next(), id });
    }

    /// The pattern words that two words put together may be, when that is long enough not to come about by chance.
    pub(crate) fn of_two(&self, first: &str, second: &str) -> Vec<WordId> {
        let whole = format!("{first}{second}");
        if whole.len() < FUZZY {
            return Vec::new();
        }
        let begins = |prefix: &str| prefix.len() > first.len() && whole.starts_with(prefix);
        let prefixes = self.prefixes.iter().filter(|(prefix, _)| begins(prefix)).map(|(_, id)| *id);
        self.forms.get(&whole).into_iter().flatten().copied().chain(prefixes).collect()
    }

    /// The pattern words that this token may be. A token that is nobody's form and no ordinary word may be a
    /// mishearing of a long word that differs by a letter or sounds the same.
    pub(crate) fn find(&self, token: &Token) -> Vec<WordId> {
        let mut ids = self.forms.get(&token.form).cloned().unwrap_or_default();
        let known = !ids.is_empty();
        for (prefix, id) in &self.prefixes {
            if token.form.starts_with(prefix.as_str()) {
                ids.push(*id);
            }
        }
        if !known && token.form.len() + 1 >= FUZZY && token.number.is_none() && !is_common(&token.form) {
            self.find_misheard(&token.form, &mut ids);
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn find_misheard(&self, form: &str, ids: &mut Vec<WordId>) {
        for shorter in deletions(form) {
            for &index in self.edits.get(&shorter).into_iter().flatten() {
                let long = &self.long[index];
                if within_edits(form, &long.form, 1) {
                    ids.push(long.id);
                }
            }
        }
        let key = sound_key(form);
        for shorter in deletions(&key) {
            for &index in self.sounds.get(&shorter).into_iter().flatten() {
                let long = &self.long[index];
                let most = if long.form.len() >= LONG { 3 } else { 2 };
                if key.bytes().next() == long.begins && within_edits(form, &long.form, most) {
                    ids.push(long.id);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn heard(vocabulary: &Vocabulary, word: &str) -> Vec<WordId> {
        vocabulary.find(&tokens(word)[0])
    }

    #[test]
    fn a_word_is_found_in_its_forms_and_when_misheard() {
        let mut vocabulary = Vocabulary::default();
        let dispute = vocabulary.add("dispute", Form::Any);
        let bankruptcy = vocabulary.add("bankruptcy", Form::Any);
        let warrant = vocabulary.add("warrant", Form::Any);
        for (word, id) in [
            ("disputed", Some(dispute)),
            ("disputting", Some(dispute)),
            ("bankrupcy", Some(bankruptcy)),
            ("bankrupsy", Some(bankruptcy)),
            ("warranty", None),
            ("warrants", Some(warrant)),
        ] {
            assert_eq!(heard(&vocabulary, word).first().copied(), id, "{word}");
        }
    }

    #[test]
    fn exact_and_prefix_mean_what_they_say() {
        let mut vocabulary = Vocabulary::default();
        let exact = vocabulary.add("recorded", Form::Exact);
        let prefix = vocabulary.add("harass", Form::Prefix);
        assert_eq!(heard(&vocabulary, "recorded"), [exact]);
        assert!(heard(&vocabulary, "record").is_empty());
        assert_eq!(heard(&vocabulary, "harassment"), [prefix]);
        let bankruptcy = vocabulary.add("bankruptcy", Form::Any);
        vocabulary.add("ban", Form::Prefix);
        assert!(heard(&vocabulary, "bankrupcy").contains(&bankruptcy), "a prefix is no reason to hear well");
    }
}
