use super::node::WordId;

/// A pattern's place in its playbook's index.
pub(crate) type PatternId = u32;

/// Which patterns a word makes worth a look, so that nobody asks ten thousand of them: each pattern stands under the
/// rarest words that it can't do without.
#[derive(Debug, Default)]
pub(crate) struct PatternIndex {
    by_word: Vec<Vec<PatternId>>,
    /// Patterns that no list of words is needed for.
    anywhere: Vec<PatternId>,
    patterns: PatternId,
}

/// The patterns that some words make worth a look.
pub(crate) struct Candidates {
    bits: Vec<u64>,
}

impl PatternIndex {
    /// Adds a pattern that needs one of these words; `None` when it needs none.
    pub(crate) fn add(&mut self, needs: Option<&[WordId]>) -> PatternId {
        let id = self.patterns;
        self.patterns += 1;
        match needs {
            None => self.anywhere.push(id),
            Some(words) => {
                for word in words.iter().copied().map(usize::from) {
                    if self.by_word.len() <= word {
                        self.by_word.resize_with(word + 1, Vec::new);
                    }
                    self.by_word[word].push(id);
                }
            }
        }
        id
    }

    /// The patterns that any of these words makes worth a look.
    pub(crate) fn candidates(&self, words: impl Iterator<Item = WordId>) -> Candidates {
        let mut bits = vec![0_u64; self.patterns as usize / 64 + 1];
        let mut set = |id: &PatternId| bits[*id as usize / 64] |= 1 << (id % 64);
        self.anywhere.iter().for_each(&mut set);
        for word in words {
            self.by_word.get(usize::from(word)).into_iter().flatten().for_each(&mut set);
        }
        Candidates { bits }
    }
}

impl Candidates {
    /// Whether a pattern is among them.
    pub(crate) fn has(&self, id: PatternId) -> bool {
        self.bits.get(id as usize / 64).is_some_and(|block| block & (1 << (id % 64)) != 0)
    }

    /// Whether any pattern from `first` to `last` is among them.
    pub(crate) fn has_any(&self, first: PatternId, last: PatternId) -> bool {
        let (from, to) = (first as usize / 64, last as usize / 64);
        self.bits.iter().enumerate().take(to + 1).skip(from).any(|(at, block)| {
            let low = if at == from { u64::MAX << (first % 64) } else { u64::MAX };
            let high = if at == to { u64::MAX >> (63 - last % 64) } else { u64::MAX };
            block & low & high != 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_the_patterns_that_need_them() {
        let mut index = PatternIndex::default();
        let pay = index.add(Some(&[3, 70]));
        let any = index.add(None);
        let stop = index.add(Some(&[9]));
        let found = index.candidates([70, 500].into_iter());
        assert!(found.has(pay) && found.has(any) && !found.has(stop));
        assert!(found.has_any(pay, stop) && found.has_any(any, any) && !found.has_any(stop, stop));
    }
}
