use super::node::WordId;

/// A set of the vocabulary's words, for knowing in no time what was said.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSet {
    bits: Vec<u64>,
}

impl WordSet {
    /// Adds a word.
    pub(crate) fn add(&mut self, id: WordId) {
        let (block, bit) = (usize::from(id) / 64, id % 64);
        if self.bits.len() <= block {
            self.bits.resize(block + 1, 0);
        }
        self.bits[block] |= 1 << bit;
    }

    /// Whether a word is in it.
    pub(crate) fn has(&self, id: WordId) -> bool {
        self.bits.get(usize::from(id) / 64).is_some_and(|block| block & (1 << (id % 64)) != 0)
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.add(id));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::WordSet;

    #[test]
    fn a_set_holds_what_was_added() {
        let set = [3, 64, 700].into_iter().collect::<WordSet>();
        assert!(set.has(3) && set.has(64) && set.has(700));
        assert!(!set.has(0) && !set.has(65) && !set.has(9000));
    }
}
