//! Masks what must not be stored: card numbers, security codes, social security numbers.
//!
//! PCI DSS 4.0 forbids keeping a card's security code after authorisation in any form, and a transcript is text that
//! can be searched; so figures are taken out before anything is written. Amounts, dates and telephone numbers stay.
//! In doubt the figures go: a transcript without a number can still be read.

mod number;
mod topic;
mod word;
mod written;

pub(crate) use written::written;

use cueline_events::{Evidence, Spoken};
use number::{Number, luhn, numbers};
use std::collections::VecDeque;
use topic::Topic;
use word::{Word, words};
use zeroize::Zeroizing;

/// A text without what must not be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text, with `[card number]` and the like in place of the figures.
    pub text: Spoken,
    /// How many places were masked.
    pub count: u32,
}

/// Masks one call's texts in the order in which they were said.
///
/// It remembers what both lanes just spoke of, because the card number is asked for by one and read out, in pieces,
/// by the other; and it remembers masked figures for a while, so that a quote of an utterance is masked like it.
#[derive(Debug, Default)]
pub struct Redactor {
    /// Seconds up to which figures are taken for each topic.
    until: [f64; 3],
    /// Utterance, topic and figures of what was masked lately.
    masked: VecDeque<(u32, Topic, Zeroizing<String>)>,
}

/// How many masked numbers are remembered for later quotes: far more than one card takes in pieces.
const REMEMBERED: usize = 64;

/// Within how many words of its mention a security code stands.
const NEAR: usize = 8;

impl Redactor {
    /// Masks a final utterance that ended `at` seconds into the call.
    pub fn utterance(&mut self, utterance: u32, at: f64, text: &Spoken) -> Masked {
        let found = Findings::new(self, None, at, text.as_str());
        let masked = found.masked(text.as_str());
        for topic in Topic::ALL {
            let hits: Vec<&(usize, Topic)> = found.hits.iter().filter(|(_, t)| *t == topic).collect();
            let named = !topic.mentions(&found.words).is_empty() && !topic::truncated(&found.words);
            if topic == Topic::Code && !hits.is_empty() {
                self.until[topic as usize] = 0.0;
            } else if named || !hits.is_empty() {
                self.until[topic as usize] = at + topic.seconds();
            }
        }
        for (number, topic) in found.hits {
            if self.masked.len() == REMEMBERED {
                self.masked.pop_front();
            }
            self.masked.push_back((utterance, topic, found.numbers[number].figures.clone()));
        }
        masked
    }

    /// Masks the words that a cue quotes from an utterance.
    pub fn quote(&self, evidence: &Evidence) -> Evidence {
        let text = evidence.quote.as_str();
        let found = Findings::new(self, Some(evidence.utterance), evidence.end, text);
        Evidence { quote: found.masked(text).text, ..evidence.clone() }
    }
}

struct Findings {
    words: Vec<Word>,
    numbers: Vec<Number>,
    /// Which number is to be masked, and as what.
    hits: Vec<(usize, Topic)>,
}

impl Findings {
    fn new(redactor: &Redactor, quoted: Option<u32>, at: f64, text: &str) -> Self {
        let words = words(text);
        let numbers = numbers(text, &words);
        let scene = Scene::new(redactor, at, &words);
        let known = |number: &Number| {
            let of = redactor.masked.iter().filter(|(utterance, ..)| Some(*utterance) == quoted);
            let mut same =
                of.filter(|(_, _, figures)| number.figures.len() >= 3 && figures.contains(&**number.figures));
            same.next().map(|(_, topic, _)| *topic)
        };
        let hits = numbers.iter().enumerate();
        let hits = hits.filter_map(|(i, n)| Some((i, scene.topic_of(n).or_else(|| known(n))?))).collect();
        Self { words, numbers, hits }
    }

    fn masked(&self, text: &str) -> Masked {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for (number, topic) in &self.hits {
            let number = &self.numbers[*number];
            out.push_str(&text[copied..self.words[number.first].start]);
            out.push_str(topic.label());
            copied = self.words[number.last].end;
        }
        out.push_str(&text[copied..]);
        Masked { text: out.into(), count: self.hits.len() as u32 }
    }
}

/// What is known around the numbers of one text.
struct Scene {
    /// Which topics the call was on when the text was said.
    open: [bool; 3],
    /// Where each topic is mentioned in the text itself, as indices of words.
    mentions: [Vec<usize>; 3],
    truncated: bool,
    dated: bool,
    mostly_figures: bool,
}

impl Scene {
    fn new(redactor: &Redactor, at: f64, words: &[Word]) -> Self {
        Self {
            open: redactor.until.map(|until| at <= until),
            mentions: Topic::ALL.map(|topic| topic.mentions(words)),
            truncated: topic::truncated(words),
            dated: topic::dated(words),
            mostly_figures: topic::mostly_figures(words),
        }
    }

    /// What a number is, if it must not be stored.
    fn topic_of(&self, number: &Number) -> Option<Topic> {
        let len = number.figures.len();
        if self.is_social(number, len) {
            Some(Topic::Social)
        } else if self.is_card(number, len) {
            Some(Topic::Card)
        } else if self.is_code(number, len) {
            Some(Topic::Code)
        } else {
            None
        }
    }

    /// No amount, date or telephone number has thirteen figures, so a longer number is a card's even when one figure
    /// was misheard and its check fails. Shorter pieces are a card's while the call is on it.
    fn is_card(&self, number: &Number, len: usize) -> bool {
        if number.is_phone() || (number.is_years() && !luhn(&number.figures)) {
            return false;
        }
        if len >= 13 {
            return true;
        }
        let on_it = self.open[Topic::Card as usize] || !self.mentions[Topic::Card as usize].is_empty();
        let piece = len >= 8 || (len >= 4 && self.mostly_figures);
        on_it && piece && !number.counted && !self.dated && !(self.truncated && len == 4)
    }

    fn is_social(&self, number: &Number, len: usize) -> bool {
        if number.hyphenated && number.groups == [3, 2, 4] {
            return true;
        }
        let named = !self.mentions[Topic::Social as usize].is_empty();
        let open = self.open[Topic::Social as usize];
        if number.counted || !(named || open) {
            return false;
        }
        let piece = (3..9).contains(&len) && !self.dated && (self.mostly_figures || (named && len == 4));
        len == 9 || (piece && (len < 7 || !number.is_phone()))
    }

    fn is_code(&self, number: &Number, len: usize) -> bool {
        if number.counted || self.dated || !(3..=8).contains(&len) {
            return false;
        }
        let near =
            |&mention: &usize| number.first.abs_diff(mention).min(number.last.abs_diff(mention)) <= NEAR;
        let answered = self.open[Topic::Code as usize] && self.mostly_figures;
        answered || self.mentions[Topic::Code as usize].iter().any(near)
    }
}

#[cfg(test)]
mod tests;
