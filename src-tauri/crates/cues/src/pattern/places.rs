use super::window::Window;
use super::word_list::WordList;

/// Where in one window the words of each list stand: a bit a word of the window, worked out when first asked for.
pub(crate) struct Places {
    /// Blocks of 64 words in a row.
    blocks: usize,
    /// For each word of the vocabulary its row, 0 when the window lacks it.
    row_of_word: Vec<u32>,
    /// For each list its row, 0 while nobody has asked.
    row_of_list: Vec<u32>,
    /// Row after row; row 0 is empty.
    rows: Vec<u64>,
}

impl Places {
    /// The places of the window's words, for a playbook with so many lists.
    pub(crate) fn of(window: &Window, lists: usize) -> Self {
        let blocks = window.words.len() / 64 + 1;
        let ids = || {
            window
                .words
                .iter()
                .enumerate()
                .flat_map(|(at, w)| w.ids.iter().map(move |id| (at, usize::from(*id))))
        };
        let vocabulary = ids().map(|(_, id)| id + 1).max().unwrap_or(0);
        let mut places = Self {
            blocks,
            row_of_word: vec![0; vocabulary],
            row_of_list: vec![0; lists],
            rows: vec![0; blocks],
        };
        for (at, id) in ids() {
            if places.row_of_word[id] == 0 {
                places.row_of_word[id] = places.new_row();
            }
            let row = places.row_of_word[id] as usize;
            places.rows[row * blocks + at / 64] |= 1 << (at % 64);
        }
        places
    }

    /// Whether one of the list's words is word `at` of the window.
    pub(crate) fn has(&mut self, list: &WordList, at: usize) -> bool {
        let row = self.row(list);
        at / 64 < self.blocks && self.rows[row * self.blocks + at / 64] & (1 << (at % 64)) != 0
    }

    /// The first of the list's words that stands at word `from` of the window or later.
    pub(crate) fn first_from(&mut self, list: &WordList, from: usize) -> Option<usize> {
        let row = self.row(list);
        let mut block = from / 64;
        let mut mask = u64::MAX << (from % 64);
        while block < self.blocks {
            let bits = self.rows[row * self.blocks + block] & mask;
            if bits != 0 {
                return Some(block * 64 + bits.trailing_zeros() as usize);
            }
            mask = u64::MAX;
            block += 1;
        }
        None
    }

    fn row(&mut self, list: &WordList) -> usize {
        let known = self.row_of_list[list.index()];
        if known != 0 {
            return known as usize;
        }
        let row = self.new_row();
        self.row_of_list[list.index()] = row;
        let to = row as usize * self.blocks;
        for word in list.words() {
            let of_word = self.row_of_word.get(usize::from(*word)).map_or(0, |row| *row as usize);
            if of_word != 0 {
                for block in 0..self.blocks {
                    self.rows[to + block] |= self.rows[of_word * self.blocks + block];
                }
            }
        }
        row as usize
    }

    fn new_row(&mut self) -> u32 {
        let row = self.rows.len() / self.blocks;
        self.rows.resize(self.rows.len() + self.blocks, 0);
        u32::try_from(row).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::vocabulary::Form;
    use crate::pattern::{Vocabulary, WordLists};

    #[test]
    fn a_list_is_found_where_its_words_stand() {
        let mut vocabulary = Vocabulary::default();
        let [pay, bill, other] = ["pay", "bill", "other"].map(|word| vocabulary.add(word, Form::Any));
        let mut lists = WordLists::default();
        let (money, absent) = (lists.list(vec![pay, bill]), lists.list(vec![other]));
        let long = format!("I paid {} bill", "so ".repeat(70));
        let window = Window::of(&long, &vocabulary);
        let last = window.words.len() - 1;
        let mut places = Places::of(&window, lists.len());
        assert!(places.has(&money, 1) && places.has(&money, last) && !places.has(&money, 2));
        assert_eq!(places.first_from(&money, 0), Some(1));
        assert_eq!(places.first_from(&money, 2), Some(last));
        assert_eq!(places.first_from(&money, last + 1), None);
        assert_eq!(places.first_from(&absent, 0), None);
        assert!(!places.has(&money, 5000), "beyond the window stands nothing");
    }
}
