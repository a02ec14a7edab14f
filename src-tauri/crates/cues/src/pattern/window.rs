use super::node::WordId;
use super::vocabulary::Vocabulary;
use crate::text::{Pause, Token, is_common, tokens};

/// A token with the vocabulary's words that it may be.
#[derive(Clone)]
pub(crate) struct Word {
    /// The token.
    pub token: Token,
    /// Sorted.
    pub ids: Vec<WordId>,
    /// Which piece of the window it comes from: an index the owner gives.
    pub piece: usize,
}

/// Consecutive words of one lane.
#[derive(Clone, Default)]
pub(crate) struct Window {
    /// The words in order.
    pub words: Vec<Word>,
}

impl Window {
    /// The words of one text.
    pub(crate) fn of(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut window = Self::default();
        window.append(text, 0, vocabulary);
        window
    }

    /// Adds a text's words as the given piece.
    pub(crate) fn append(&mut self, text: &str, piece: usize, vocabulary: &Vocabulary) {
        let begin = self.words.len();
        self.words.extend(tokens(text).into_iter().map(|token| {
            let ids = vocabulary.find(&token);
            Word { token, ids, piece }
        }));
        put_together(&mut self.words[begin..], vocabulary);
    }

    /// True when the sentence ends before word `at`, or no word follows.
    pub(crate) fn sentence_starts(&self, at: usize) -> bool {
        at == 0 || at >= self.words.len() || self.words[at - 1].token.pause == Pause::Sentence
    }

    /// True when a sentence ends before word `at` inside one piece. Where an utterance was cut, a full stop may be the
    /// transcriber's guess.
    pub(crate) fn breaks(&self, at: usize) -> bool {
        at > 0
            && at < self.words.len()
            && self.words[at - 1].token.pause == Pause::Sentence
            && self.words[at - 1].piece == self.words[at].piece
    }

    /// True when at least a comma stands before word `at`.
    pub(crate) fn clause_starts(&self, at: usize) -> bool {
        at == 0 || at >= self.words.len() || self.words[at - 1].token.pause >= Pause::Comma
    }

    /// The sentence around the words `from..to`, no more than `most` words to either side.
    pub(crate) fn sentence(&self, from: usize, to: usize, most: usize) -> (usize, usize) {
        let mut start = from;
        while start > 0 && from - start < most && !self.sentence_starts(start) {
            start -= 1;
        }
        let mut end = to;
        while end < self.words.len() && end - to < most && !self.sentence_starts(end) {
            end += 1;
        }
        (start, end)
    }

    /// True when the sentence that contains word `at` ends with a question mark.
    pub(crate) fn asks(&self, at: usize) -> bool {
        let rest = &self.words[at.min(self.words.len())..];
        rest.iter().find(|word| word.token.pause == Pause::Sentence).is_some_and(|word| word.token.question)
    }
}

/// Where a word was heard as two (`bank ruptcy`, `un employed`), the first may be the whole, and gaps pass over the
/// second: when one of the two is no ordinary word and both together are a word that a pattern asks for.
fn put_together(words: &mut [Word], vocabulary: &Vocabulary) {
    for at in 1..words.len() {
        let [first, second] = &mut words[at - 1..=at] else { continue };
        if are_one(&first.token, &second.token) {
            let ids = vocabulary.of_two(&first.token.form, &second.token.form);
            second.token.soft |= !ids.is_empty();
            first.ids.extend(ids);
            first.ids.sort_unstable();
            first.ids.dedup();
        }
    }
}

fn are_one(first: &Token, second: &Token) -> bool {
    let word = |token: &Token| token.number.is_none() && token.form.chars().all(char::is_alphabetic);
    first.pause == Pause::None
        && word(first)
        && word(second)
        && !(is_common(&first.form) && is_common(&second.form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::vocabulary::Form;

    #[test]
    fn a_word_heard_as_two_is_known_as_one() {
        let mut vocabulary = Vocabulary::default();
        let id = vocabulary.add("bankruptcy", Form::Any);
        vocabulary.add("setback", Form::Any);
        for (text, found) in [
            ("I filed bank ruptcy.", true),
            ("my bank ruptcies", true),
            ("the bank, ruptcy", false),
            ("set back the clock", false),
        ] {
            let window = Window::of(text, &vocabulary);
            assert_eq!(window.words.iter().any(|word| word.ids == [id]), found, "{text}");
            assert!(found || window.words.iter().all(|word| word.ids.is_empty()), "{text}");
        }
    }
}
