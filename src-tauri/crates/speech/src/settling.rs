use crate::{Span, Token};
use std::sync::Arc;

/// So many tokens at the end of a look are never settled by it: what it heard of them may be half a word.
const EDGE: usize = 8;

/// What the looks at one utterance agree on. A word that two looks in a row find, the second with more to go by than
/// the first, rarely changes after that: it need not be found again.
#[derive(Default)]
pub(crate) struct Settling {
    /// The last look, and where its audio ended.
    last: Vec<Token>,
    last_end: u64,
    agreed: Arc<[Token]>,
    /// Where the audio ended in which all of that was said.
    agreed_end: u64,
}

impl Settling {
    /// Notes what a look at the utterance found.
    pub(crate) fn looked(&mut self, audio: Span, tokens: Vec<Token>) {
        if tokens.is_empty() {
            return;
        }
        let same = self.last.iter().zip(&tokens).take_while(|(a, b)| a == b).count();
        let same = same.min(self.last.len().saturating_sub(EDGE));
        if same > self.agreed.len() {
            self.agreed = tokens[..same].into();
            self.agreed_end = self.last_end;
        }
        (self.last, self.last_end) = (tokens, audio.end);
    }

    /// What is settled of the words in this piece of the utterance: nothing when it ends before they do.
    pub(crate) fn within(&self, audio: Span) -> Arc<[Token]> {
        if audio.end >= self.agreed_end { Arc::clone(&self.agreed) } else { [].into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_looks_settle_what_they_agree_on() {
        let mut settling = Settling::default();
        let audio = |end| Span { start: 0, end };
        let words = |words: &[i32]| words.iter().copied().map(Token).collect::<Vec<_>>();
        let look =
            |said: &[i32]| if said.is_empty() { vec![] } else { [words(said), words(&[7; EDGE])].concat() };
        for (end, said, settled) in [
            (100, &[1, 2, 3][..], &[][..]),
            (200, &[1, 2, 4, 5], &[1, 2]),
            (300, &[], &[1, 2]),
            (400, &[1, 2, 4, 6], &[1, 2, 4]),
            (500, &[9], &[1, 2, 4]),
        ] {
            settling.looked(audio(end), look(said));
            assert_eq!(*settling.within(audio(end)), *words(settled), "after {end}");
        }
        assert!(settling.within(audio(150)).is_empty(), "what was cut off before may not hold it");
    }
}
