use super::node::WordId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A list of the vocabulary's words, sorted and each once. Equal lists of one playbook share an id, so that where
/// their words stand in a window is worked out once for all patterns that ask.
#[derive(Debug, Clone)]
pub(crate) struct WordList {
    id: u32,
    words: Arc<[WordId]>,
}

/// The lists of one playbook.
#[derive(Debug, Default)]
pub(crate) struct WordLists {
    known: BTreeMap<Arc<[WordId]>, u32>,
}

impl WordLists {
    /// The list of these words, new or known.
    pub(crate) fn list(&mut self, mut words: Vec<WordId>) -> WordList {
        words.sort_unstable();
        words.dedup();
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let words: Arc<[WordId]> = words.into();
        let id = *self.known.entry(Arc::clone(&words)).or_insert(next);
        WordList { id, words }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }
}

impl WordList {
    /// Its place among the playbook's lists.
    pub(crate) fn index(&self) -> usize {
        self.id as usize
    }

    /// The words in order.
    pub(crate) fn words(&self) -> &[WordId] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::WordLists;

    #[test]
    fn equal_lists_are_one() {
        let mut lists = WordLists::default();
        let pay = lists.list(vec![7, 3, 7]);
        let other = lists.list(vec![8]);
        assert_eq!(pay.words(), [3, 7]);
        assert_eq!(lists.list(vec![3, 7]).index(), pay.index());
        assert_ne!(other.index(), pay.index());
        assert_eq!(lists.len(), 2);
    }
}
