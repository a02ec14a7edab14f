use crate::pattern::{Candidates, Hit, Matcher, Names, Reach, Window};
use crate::playbook::{Cue, Pattern, Playbook, Way};

/// How far to either side of a hit its sentence is looked at when no punctuation ends it.
const SENTENCE: usize = 12;

/// One window of words, read with one playbook.
pub(crate) struct Reading<'a> {
    playbook: &'a Playbook,
    matcher: Matcher<'a>,
    reaches: Vec<Option<Reach>>,
    /// Words before this one were read before: a hit that ends there is old.
    new_from: usize,
    /// The patterns that the window makes worth a look.
    candidates: Candidates,
}

/// The words of a way, element by element.
pub(crate) struct Elements {
    /// For each of `all`, then each of `some`.
    pub hits: Vec<Option<Hit>>,
}

impl<'a> Reading<'a> {
    /// Reads the window; only hits that reach beyond word `new_from` are news.
    pub(crate) fn new(playbook: &'a Playbook, window: &'a Window, names: &'a Names, new_from: usize) -> Self {
        Self {
            playbook,
            matcher: Matcher::new(window, &playbook.groups, names, playbook.lists.len()),
            reaches: playbook.scopes.iter().map(|_| None).collect(),
            new_from,
            candidates: playbook
                .index
                .candidates(window.words.iter().flat_map(|word| word.ids.iter().copied())),
        }
    }

    /// The words.
    pub(crate) fn window(&self) -> &'a Window {
        self.matcher.window
    }

    /// The first word that is news.
    pub(crate) fn new_from(&self) -> usize {
        self.new_from
    }

    /// The first new hit of a pattern, whatever stands around it.
    pub(crate) fn plain(&mut self, pattern: &Pattern) -> Option<Hit> {
        self.find(pattern, self.new_from, &mut |_, _| true)
    }

    /// The first new hit of any of these patterns, whatever stands around it.
    pub(crate) fn any(&mut self, patterns: &[Pattern]) -> Option<Hit> {
        patterns.iter().find_map(|pattern| self.plain(pattern))
    }

    /// The first hit of any of these patterns anywhere in the window, old words included.
    pub(crate) fn anywhere(&mut self, patterns: &[Pattern]) -> Option<Hit> {
        patterns.iter().find_map(|pattern| self.find(pattern, 0, &mut |_, _| true))
    }

    /// Of these ways that are complete with the new words the one that was complete first: later words decide nothing.
    pub(crate) fn ways(&mut self, ways: &[Way], cue: &Cue) -> Option<Hit> {
        // A cue's patterns were compiled one after the other.
        let first = ways.first().and_then(|way| way.patterns().next());
        let last = ways.last().and_then(|way| way.patterns().last());
        if !first.zip(last).is_some_and(|(first, last)| self.candidates.has_any(first.id, last.id)) {
            return None;
        }
        ways.iter().filter_map(|way| self.way(way, cue)).min_by_key(|hit| (hit.to, hit.from))
    }

    /// The words of a way, when all it needs is in the window and some of it is new.
    pub(crate) fn way(&mut self, way: &Way, cue: &Cue) -> Option<Hit> {
        if let ([pattern], true) = (way.all.as_slice(), way.some.is_empty()) {
            return self.element(pattern, way, cue, self.new_from);
        }
        let some = way.some.iter().filter(|pattern| self.candidates.has(pattern.id)).count();
        if some < way.least || !way.all.iter().all(|pattern| self.is_worth_a_look(pattern)) {
            return None;
        }
        let elements = self.elements(way, cue, 0);
        let found = elements.complete(way)?;
        (found.to > self.new_from).then_some(found)
    }

    /// Whether the window may hold any element of a way.
    pub(crate) fn may_hear(&self, way: &Way) -> bool {
        way.patterns().any(|pattern| self.candidates.has(pattern.id))
    }

    /// Each element of a way, where it stands; hits that end before word `from` do not count.
    pub(crate) fn elements(&mut self, way: &Way, cue: &Cue, from: usize) -> Elements {
        let hits = way.patterns().map(|pattern| self.element(pattern, way, cue, from)).collect();
        Elements { hits }
    }

    fn element(&mut self, pattern: &Pattern, way: &Way, cue: &Cue, from: usize) -> Option<Hit> {
        self.find(pattern, from, &mut |reading, hit| {
            let mut scopes = cue.outside.iter().filter(|scope| !way.allow.contains(scope));
            if scopes.any(|scope| reading.covers(*scope, hit, !way.mentions.contains(scope))) {
                return false;
            }
            !(way.revocable && reading.in_sentence(&cue.unless, hit))
        })
    }

    /// Whether the hit stands inside a scope.
    fn covers(&mut self, scope: usize, hit: Hit, inside: bool) -> bool {
        if self.reaches[scope].is_none() {
            self.reaches[scope] = Some(self.playbook.scopes[scope].reach(&mut self.matcher));
        }
        self.reaches[scope].as_ref().is_some_and(|reach| reach.covers(hit, inside))
    }

    /// Whether the sentence of the hit holds one of these patterns.
    pub(crate) fn in_sentence(&mut self, unless: &[Pattern], hit: Hit) -> bool {
        let (from, to) = self.window().sentence(hit.from, hit.to, SENTENCE);
        unless.iter().any(|pattern| {
            self.is_worth_a_look(pattern) && {
                let mut next = from;
                loop {
                    let Some(at) = self.start(pattern, next).filter(|at| *at < to) else { break false };
                    let lengths = self.matcher.lengths(&pattern.node, at) & !1;
                    if lengths != 0 && at + lengths.trailing_zeros() as usize <= to {
                        break true;
                    }
                    next = at + 1;
                }
            }
        })
    }

    /// Whether the window has a word of each list that the pattern can't do without.
    fn is_worth_a_look(&mut self, pattern: &Pattern) -> bool {
        self.candidates.has(pattern.id)
            && pattern.needs.iter().all(|list| self.matcher.places.first_from(list, 0).is_some())
    }

    /// The first place from word `from` on at which the pattern can begin.
    fn start(&mut self, pattern: &Pattern, from: usize) -> Option<usize> {
        match &pattern.starts {
            Some(list) => self.matcher.places.first_from(list, from),
            None => Some(from).filter(|at| *at < self.matcher.window.words.len()),
        }
    }

    /// The first hit that ends beyond word `beyond` and is accepted.
    fn find(
        &mut self,
        pattern: &Pattern,
        beyond: usize,
        accept: &mut dyn FnMut(&mut Self, Hit) -> bool,
    ) -> Option<Hit> {
        // A hit that is news has one of the pattern's words among the new ones.
        let mut is_news = || {
            let places = &mut self.matcher.places;
            beyond == 0
                || pattern.words.as_ref().is_none_or(|words| places.first_from(words, beyond).is_some())
        };
        if !self.candidates.has(pattern.id) || !is_news() || !self.is_worth_a_look(pattern) {
            return None;
        }
        let mut next = beyond.saturating_sub(64);
        while let Some(from) = self.start(pattern, next) {
            next = from + 1;
            let mut lengths = self.matcher.lengths(&pattern.node, from) & !1;
            while lengths != 0 {
                let to = from + lengths.trailing_zeros() as usize;
                lengths &= lengths - 1;
                let hit = Hit { from, to };
                if to > beyond && accept(self, hit) {
                    return Some(hit);
                }
            }
        }
        None
    }
}

impl Elements {
    /// From the first to the last word of the way, when nothing is missing.
    pub(crate) fn complete(&self, way: &Way) -> Option<Hit> {
        let (all, some) = self.hits.split_at(way.all.len());
        if all.iter().any(Option::is_none) || some.iter().flatten().count() < way.least {
            return None;
        }
        let heard = || self.hits.iter().flatten();
        Some(Hit { from: heard().map(|h| h.from).min()?, to: heard().map(|h| h.to).max()? })
    }
}
