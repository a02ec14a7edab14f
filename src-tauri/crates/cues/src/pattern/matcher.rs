use super::node::{GroupId, Node};
use super::places::Places;
use super::slots::Names;
use super::window::Window;

/// No match is longer than this many words.
const LONGEST: usize = 63;

/// Words `from..to` of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The first word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
}

/// Finds patterns in one window.
///
/// A match is a set of lengths (a bit each), so that alternatives and gaps cost no backtracking; what a group matches
/// at a position is worked out once.
pub(crate) struct Matcher<'a> {
    /// The words.
    pub window: &'a Window,
    /// Where the playbook's lists of words stand.
    pub places: Places,
    groups: &'a [Node],
    names: &'a Names,
    known: Vec<Option<u64>>,
}

impl<'a> Matcher<'a> {
    /// A matcher over these words, for a playbook with so many lists of words.
    pub(crate) fn new(window: &'a Window, groups: &'a [Node], names: &'a Names, lists: usize) -> Self {
        Self {
            window,
            places: Places::of(window, lists),
            groups,
            names,
            known: vec![None; groups.len() * (window.words.len() + 1)],
        }
    }

    /// The lengths a match that begins with word `at` may have: bit n for n words.
    pub(crate) fn lengths(&mut self, node: &Node, at: usize) -> u64 {
        let words = &self.window.words;
        match node {
            Node::Word(id) => u64::from(words.get(at).is_some_and(|w| w.ids.binary_search(id).is_ok())) << 1,
            Node::Number(value) => {
                u64::from(words.get(at).and_then(|w| w.token.number).is_some_and(|n| n.value == *value)) << 1
            }
            Node::Slot(slot) => {
                slot.takes(self.window, at, self.names).filter(|n| *n <= LONGEST).map_or(0, |n| 1 << n)
            }
            Node::Group(id) => self.group(*id, at),
            Node::Words(list) => u64::from(self.places.has(list, at)) << 1,
            Node::Begins(list, node) => {
                if self.places.has(list, at) {
                    self.lengths(node, at)
                } else {
                    0
                }
            }
            Node::Any(all) => all.iter().fold(0, |lengths, node| lengths | self.lengths(node, at)),
            Node::Optional(node) => 1 | self.lengths(node, at),
            Node::Seq(all) => {
                let mut lengths = 1;
                for (gap, node) in all {
                    lengths = self.then(lengths, at, *gap, node);
                    if lengths == 0 {
                        break;
                    }
                }
                lengths
            }
            Node::Some(least, all) => self.some(*least, all, at),
            Node::Near(within, all) => self.near(usize::from(*within), all, at),
            Node::SentenceStart => u64::from(self.window.sentence_starts(at)),
            Node::ClauseStart => u64::from(self.window.clause_starts(at)),
            Node::SentenceEnd => u64::from(at > 0 && self.window.sentence_starts(at)),
            Node::Question => u64::from(self.window.asks(at.saturating_sub(1))),
        }
    }

    fn group(&mut self, id: GroupId, at: usize) -> u64 {
        let (groups, row) = (self.groups, self.window.words.len() + 1);
        let (Some(node), true) = (groups.get(id.0), at < row) else { return 0 };
        let cell = id.0 * row + at;
        if let Some(known) = self.known[cell] {
            return known;
        }
        let lengths = self.lengths(node, at);
        self.known[cell] = Some(lengths);
        lengths
    }

    /// Each length of `before` continued by `node`, with at most `gap` words between.
    fn then(&mut self, before: u64, at: usize, gap: u8, node: &Node) -> u64 {
        let anchor =
            matches!(node, Node::SentenceStart | Node::ClauseStart | Node::SentenceEnd | Node::Question);
        let mut lengths = 0;
        let mut rest = before;
        while rest != 0 {
            let length = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let next = at + length;
            if length == 0 || anchor {
                lengths |= shifted(self.lengths(node, next), length);
                continue;
            }
            let mut cost = usize::from(self.window.breaks(next));
            let mut position = next;
            while cost <= usize::from(gap) && position - at <= LONGEST {
                lengths |= shifted(self.lengths(node, position), position - at);
                let Some(word) = self.window.words.get(position) else { break };
                if word.token.negator {
                    break;
                }
                cost += usize::from(!word.token.soft);
                position += 1;
                cost += usize::from(self.window.breaks(position));
            }
        }
        lengths
    }

    /// At least `least` of the parts in order; a part that is missing may have been another word.
    fn some(&mut self, least: usize, all: &[Node], at: usize) -> u64 {
        const GAP: u8 = 2;
        // One row for each number of parts found: the lengths.
        let mut found = vec![0_u64; all.len() + 1];
        found[0] = 1;
        for (i, node) in all.iter().enumerate() {
            // Each part that is missing may have been another word, so the gap widens.
            let gap = GAP + u8::try_from(i.min(2)).unwrap_or(0);
            for count in (0..=i).rev() {
                if found[count] != 0 {
                    let longer = self.then(found[count], at, gap, node);
                    found[count + 1] |= longer;
                }
            }
        }
        found[least..].iter().fold(0, |lengths, more| lengths | more) & !1
    }

    /// All parts within so many words, one of them first.
    fn near(&mut self, within: usize, all: &[Node], at: usize) -> u64 {
        let mut end = 0;
        let mut first = false;
        for node in all {
            let mut shortest: Option<usize> = None;
            for position in at..=at + within {
                let lengths = self.lengths(node, position) & !1;
                if lengths != 0 {
                    first |= position == at;
                    shortest = Some(position + lengths.trailing_zeros() as usize);
                    break;
                }
                if self.window.words.get(position).is_none_or(|word| word.token.negator && position > at) {
                    break;
                }
            }
            match shortest {
                Some(position) => end = end.max(position),
                None => return 0,
            }
        }
        let length = end.saturating_sub(at);
        if first && length <= LONGEST { 1 << length } else { 0 }
    }
}

fn shifted(lengths: u64, by: usize) -> u64 {
    if by > LONGEST { 0 } else { lengths << by }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Vocabulary, parse};
    use std::collections::BTreeMap;

    fn found(pattern: &str, text: &str) -> Option<String> {
        let mut vocabulary = Vocabulary::default();
        let debt = parse("debt | balance | (past+due)", &mut vocabulary, &BTreeMap::new()).unwrap();
        let ids = BTreeMap::from([("debt".to_owned(), GroupId(0))]);
        let node = parse(pattern, &mut vocabulary, &ids).unwrap();
        let window = Window::of(text, &vocabulary);
        let (groups, names) = ([debt], Names::default());
        let mut matcher = Matcher::new(&window, &groups, &names, 0);
        (0..window.words.len()).find_map(|at| {
            let lengths = matcher.lengths(&node, at) & !1;
            let length = lengths.trailing_zeros() as usize;
            (lengths != 0).then(|| {
                window.words[at..at + length]
                    .iter()
                    .map(|w| w.token.form.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        })
    }

    #[test]
    fn the_language_means_what_it_says() {
        for (pattern, text, hit) in [
            ("pay bill", "I paid my bill", Some("paid my bill")),
            ("pay bill", "I paid all of my bill", None),
            ("pay ..4 bill", "I paid all of my bill", Some("paid all of my bill")),
            ("pay bill", "I paid, really just the bill", Some("paid really just bill")),
            ("let+me+go", "They let me go in June", Some("let me go")),
            ("let+me+go", "let me not go", None),
            ("pay bill", "I will pay not one bill", None),
            ("(bill|debt)", "this debt", Some("debt")),
            ("<debt>", "It's past due now", Some("past due")),
            ("about [my] <debt>", "about the balance", Some("about balance")),
            ("2of(attempt collect debt)", "an attempt to connect a debt", Some("attempt to connect debt")),
            ("2of(attempt collect debt)", "an attend to collect a debt", Some("collect debt")),
            ("2of(attempt collect debt)", "an attempt to resolve your account", None),
            ("stop & calling", "quit calling, please stop", Some("calling please stop")),
            ("stop &3 calling", "calling me every single day must stop", None),
            ("recorded!", "we record it", None),
            ("harass*", "this is harassment", Some("harassment")),
            ("chapter (7|13)", "chapter thirteen", Some("chapter thirteen")),
            ("^ wrong", "no, wrong", Some("wrong")),
            ("^ wrong", "some wrong one", None),
            ("wrong $", "that's wrong. And", Some("wrong")),
            ("wrong $", "wrong one", None),
            ("trouble ?", "Is he in trouble?", Some("trouble")),
            ("trouble ?", "He is in trouble.", None),
            ("AMOUNT ..2 DATE", "forty dollars on Friday", Some("forty on friday")),
            ("don't owe", "I do not owe it", Some("do not owe")),
            ("don't owe", "I don't owe it", Some("do not owe")),
        ] {
            assert_eq!(found(pattern, text).as_deref(), hit, "{pattern} in {text}");
        }
    }
}
