//! What a call's events showed of each utterance, and when.

use super::words::words;
use cueline_events::{CallEvent, Lane};
use std::collections::BTreeMap;

/// One utterance from its first partial to its final.
pub(crate) struct Shown {
    pub(crate) lane: Lane,
    /// Seconds at which the voice began and ended.
    pub(crate) span: (f64, f64),
    /// Words of each revision, and when it was emitted; the final is the last.
    pub(crate) revisions: Vec<(f64, Vec<String>)>,
}

impl Shown {
    /// The words of the final.
    pub(crate) fn words(&self) -> &[String] {
        self.revisions.last().map_or(&[], |(_, words)| words)
    }

    /// When the final was emitted.
    pub(crate) fn final_at(&self) -> f64 {
        self.revisions.last().map_or(f64::INFINITY, |(at, _)| *at)
    }

    /// When a word of the final was first to be seen, and since when it stayed. A word counts as shown where it
    /// stands at its place or beside it.
    pub(crate) fn word_shown(&self, place: usize) -> (f64, f64) {
        let word = &self.words()[place];
        let near = |words: &[String]| {
            (place.saturating_sub(1)..=place + 1).any(|at| words.get(at).is_some_and(|there| there == word))
        };
        let seen: Vec<bool> = self.revisions.iter().map(|(_, words)| near(words)).collect();
        let first = seen.iter().position(|seen| *seen).unwrap_or(self.revisions.len() - 1);
        let stable =
            seen.iter().rposition(|seen| !seen).map_or(0, |last| last + 1).min(self.revisions.len() - 1);
        (self.revisions[first].0, self.revisions[stable].0)
    }

    /// Words that were shown and taken away again.
    pub(crate) fn erased(&self) -> usize {
        let pairs = self.revisions.windows(2);
        pairs
            .map(|pair| {
                let (before, after) = (&pair[0].1, &pair[1].1);
                let kept = before.iter().zip(after).take_while(|(a, b)| a == b).count();
                before.len() - kept
            })
            .sum()
    }
}

/// The utterances that have a final, in the order of their beginnings.
pub(crate) fn utterances(events: &[CallEvent]) -> Vec<Shown> {
    let mut open: BTreeMap<u32, Vec<(f64, Vec<String>)>> = BTreeMap::new();
    let mut shown = Vec::new();
    for event in events {
        match event {
            CallEvent::Partial { utterance, text, emitted_at, .. } => {
                open.entry(*utterance).or_default().push((*emitted_at, words(text.as_str())));
            }
            CallEvent::Final { lane, utterance, start, end, text, emitted_at } => {
                let mut revisions = open.remove(utterance).unwrap_or_default();
                revisions.push((*emitted_at, words(text.as_str())));
                shown.push(Shown { lane: *lane, span: (*start, *end), revisions });
            }
            _ => {}
        }
    }
    shown.sort_by(|a, b| a.span.0.total_cmp(&b.span.0));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_followed_through_their_revisions() {
        let said = |text: &str| words(text);
        let shown = Shown {
            lane: Lane::Agent,
            span: (0.0, 2.0),
            revisions: vec![
                (1.0, said("I paid")),
                (1.5, said("I made that in")),
                (2.5, said("I paid that in March")),
            ],
        };
        assert_eq!(shown.word_shown(0), (1.0, 1.0));
        assert_eq!(shown.word_shown(1), (1.0, 2.5));
        assert_eq!(shown.word_shown(2), (1.5, 1.5));
        assert_eq!(shown.word_shown(4), (2.5, 2.5));
        assert_eq!(shown.erased(), 1 + 3);
    }
}
