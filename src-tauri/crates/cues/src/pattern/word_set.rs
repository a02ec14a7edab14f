use super::node::WordId;

/// A set of the vocabulary's words, for ruling out in no time what cannot match.
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

    /// Whether the two sets share a word.
    pub(crate) fn meets(&self, other: &WordSet) -> bool {
        self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0)
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
    fn sets_meet_where_they_share_a_word() {
        let set = |ids: &[u16]| ids.iter().copied().collect::<WordSet>();
        assert!(set(&[3, 700]).meets(&set(&[700])));
        assert!(!set(&[3, 64]).meets(&set(&[4, 65, 9000])));
        assert!(!set(&[]).meets(&set(&[1])));
        assert!(set(&[64]).has(64) && !set(&[64]).has(0));
    }
}
