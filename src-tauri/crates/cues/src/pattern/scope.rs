use super::matcher::{Hit, Matcher};
use super::node::{Node, WordId};

/// Words that change what follows them: a negation, `you said`, `should`. What a pattern finds inside the reach of
/// one is not meant as it stands.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The words that open it.
    pub opens: Node,
    /// The words that end it before its reach is used up; the end of a sentence always does.
    pub stops: Option<Node>,
    /// How many words it reaches, soft ones not counted.
    pub reach: usize,
    /// Whether an opener inside the found words counts too. For negation it does not: a gap never passes over one, so
    /// the pattern asked for it.
    pub inside: bool,
}

/// Where a scope's openers stand in a window and how far each reaches.
pub(crate) struct Reach {
    openers: Vec<(Hit, usize)>,
    inside: bool,
}

impl Scope {
    /// The words that open it by themselves.
    pub(crate) fn single_words(&self) -> Vec<WordId> {
        let alternatives = match &self.opens {
            Node::Any(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        let single = |node: &Node| if let Node::Word(id) = node { Some(*id) } else { None };
        alternatives.iter().filter_map(single).collect()
    }

    /// Finds the openers.
    pub(crate) fn reach(&self, matcher: &mut Matcher<'_>) -> Reach {
        let mut openers = Vec::new();
        for from in 0..matcher.window.words.len() {
            let lengths = matcher.lengths(&self.opens, from) & !1;
            if lengths != 0 {
                let to = from + lengths.trailing_zeros() as usize;
                openers.push((Hit { from, to }, self.end(matcher, to)));
            }
        }
        Reach { openers, inside: self.inside }
    }

    fn end(&self, matcher: &mut Matcher<'_>, from: usize) -> usize {
        let mut left = self.reach;
        let mut at = from;
        while at < matcher.window.words.len() && left > 0 {
            let stopped = self.stops.as_ref().is_some_and(|stops| matcher.lengths(stops, at) != 0);
            if matcher.window.sentence_starts(at) || stopped {
                break;
            }
            left -= usize::from(!matcher.window.words[at].token.soft);
            at += 1;
        }
        at
    }
}

impl Reach {
    /// Whether the found words stand in the scope.
    ///
    /// `inside` tells whether openers among the found words count: they do not for a pattern that asks for such words
    /// itself.
    pub(crate) fn covers(&self, hit: Hit, inside: bool) -> bool {
        self.openers.iter().any(|(opener, end)| {
            (opener.from < hit.from && hit.from < *end)
                || (self.inside && inside && opener.from >= hit.from && opener.to <= hit.to)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Names, Vocabulary, Window, parse};
    use std::collections::BTreeMap;

    #[test]
    fn a_negation_reaches_to_the_end_of_its_clause() {
        let mut vocabulary = Vocabulary::default();
        let none = BTreeMap::new();
        let opens = parse("not | never | nobody | no", &mut vocabulary, &none).unwrap();
        let stops = parse("but | because | (^ (i|you|that|it))", &mut vocabulary, &none).unwrap();
        let word = parse("dispute | arrest", &mut vocabulary, &none).unwrap();
        let scope = Scope { opens, stops: Some(stops), reach: 5, inside: false };
        for (text, negated) in [
            ("I'm not disputing it", true),
            ("I'm disputing it", false),
            ("No, I dispute it", false),
            ("No. Disputed.", false),
            ("I'm not sure but I dispute it", false),
            ("I'm not, you know, disputing it", true),
            ("You can't be arrested", true),
            ("Nobody is going to get arrested", true),
            ("I never said so, I dispute it", false),
        ] {
            let window = Window::of(text, &vocabulary);
            let names = Names::default();
            let mut matcher = Matcher::new(&window, &[], &names, 0);
            let at = (0..window.words.len()).find(|at| matcher.lengths(&word, *at) != 0).unwrap();
            let reach = scope.reach(&mut matcher);
            assert_eq!(reach.covers(Hit { from: at, to: at + 1 }, true), negated, "{text}");
        }
    }
}
