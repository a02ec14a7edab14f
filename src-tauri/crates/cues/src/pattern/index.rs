use super::node::WordId;

/// A pattern's place in its playbook's index.
pub(crate) type PatternId = u32;

/// Which patterns can begin with which word: so that what was said finds the patterns worth a look, and nobody asks
/// ten thousand of them.
#[derive(Debug, Default)]
pub(crate) struct PatternIndex {
    by_word: Vec<Vec<PatternId>>,
    /// Patterns that can begin with anything.
    anywhere: Vec<PatternId>,
    patterns: PatternId,
}

/// The patterns that some words can begin.
pub(crate) struct Candidates {
    bits: Vec<u64>,
}

impl PatternIndex {
    /// Adds a pattern that begins with one of these words; `None` when it can begin with anything.
    pub(crate) fn add(&mut self, starts: Option<&[WordId]>) -> PatternId {
        let id = self.patterns;
        self.patterns += 1;
        match starts {
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

    /// The patterns that any of these words can begin.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_the_patterns_that_begin_with_them() {
        let mut index = PatternIndex::default();
        let pay = index.add(Some(&[3, 70]));
        let any = index.add(None);
        let stop = index.add(Some(&[9]));
        let found = index.candidates([70, 500].into_iter());
        assert!(found.has(pay) && found.has(any) && !found.has(stop));
    }
}
