//! Masks what must not be stored: card numbers, security codes, social security and bank account numbers, and dates of birth where
//! the rules say so.
//!
//! PCI DSS 4.0 forbids keeping a card's security code after authorisation in any form, and a transcript is text that
//! can be searched; so figures are taken out before anything is written. Amounts, dates and telephone numbers stay.
//! In doubt the figures go: a transcript without a number can still be read.

mod birth;
mod masked;
mod masking;
mod number;
mod pieces;
mod share;
mod topic;
mod word;
mod written;

pub(crate) use masked::{CountedText, Masked, Share};
pub(crate) use masking::Masking;
pub(crate) use written::written;

use cueline_events::{Evidence, Lane, Spoken};
use number::{Number, luhn, numbers};
pub(crate) use pieces::Piece;
use pieces::Pieces;
use share::share;
use std::collections::VecDeque;
use topic::{TOPICS, Topic};
use word::{Word, words};
use zeroize::Zeroizing;

/// Masks one call's texts in the order in which they were said. Masking masked texts again changes nothing; where dates of birth
/// go as well, it may in rare cases take out more.
///
/// It remembers what both lanes just spoke of, because the card number is asked for by one and read out, in pieces,
/// by the other; and it remembers masked figures for a while, so that a quote of an utterance is masked like it.
#[derive(Debug, Default)]
pub(crate) struct Redactor {
    /// Dates of birth are masked, too.
    births: bool,
    /// Seconds up to which figures are taken for each topic.
    until: [f64; TOPICS],
    /// How many figures of a card were read out since it was asked for.
    read: usize,
    /// Utterance, topic and figures of what was masked lately.
    masked: VecDeque<(u32, Topic, Zeroizing<String>)>,
    /// What is read out in pieces though nobody spoke of a card.
    pieces: Pieces,
    /// Utterances in which every figure goes, also from a quote: the pieces of a card's number, known as such or not yet.
    pieces_said: VecDeque<u32>,
    /// Who read out figures of a card last, and when.
    reader: Option<(Lane, f64)>,
}

/// How many masked numbers are remembered for later quotes: far more than one card takes in pieces.
const REMEMBERED: usize = 64;

/// Figures of the shortest card number (ISO/IEC 7812-1 allows fewer; no payment card has them).
const SHORTEST_CARD: usize = 13;

/// Figures of most cards: up to then, more are awaited.
const USUAL_CARD: usize = 16;

/// Figures of the longest (ISO/IEC 7812-1); a small model hears one too many, too.
const LONGEST_CARD: usize = 19;

/// Words that four or five misheard figures become at most.
const MISHEARD: usize = 6;

/// Figures of the shortest number of a bank or an account: a sort code has six.
const LEAST_BANK: usize = 6;

/// Within how many words of its mention a security code stands.
const NEAR: usize = 8;

impl Redactor {
    /// One that knows nothing of the call yet; dates of birth are masked where `births` says so.
    pub(super) fn new(births: bool) -> Self {
        Self { births, ..Self::default() }
    }

    /// Masks a final utterance that ended `at` seconds into the call.
    pub(super) fn utterance(&mut self, lane: Lane, utterance: u32, at: f64, text: &Spoken) -> Masked {
        let mut found = Findings::new(self, None, at, text.as_str());
        let before = topic::labels(&found.words);
        let misheard = found.hits.is_empty() && self.may_be_misheard(lane, at, &found);
        if misheard {
            found.hits = found.every_number(Topic::Card);
            found.hits.retain(|(number, _)| !found.numbers[*number].counted);
        }
        let piece = if found.hits.is_empty() && before.is_empty() {
            self.pieces.hear(lane, at, &found.words, &found.numbers)
        } else {
            self.pieces.forget();
            Piece::None
        };
        let as_first_piece = (piece == Piece::Part).then(|| {
            remember(&mut self.pieces_said, utterance);
            let Masked { text, count, .. } = found.masked_wholly(text.as_str(), Topic::Card);
            CountedText { text, count }
        });
        if piece == Piece::Completes {
            found.hits = found.every_number(Topic::Card);
        }
        let mut masked = Masked { piece, as_first_piece, ..found.masked(text.as_str(), &found.hits) };
        // By what is left of it, so that it means the same when it is masked again.
        self.pieces.follow(at, &words(masked.text.as_str()));
        if misheard {
            masked.shares.push(Share::WHOLE);
        }
        if found.hits.iter().any(|(_, topic)| *topic == Topic::Card) {
            self.reader = Some((lane, at));
        }
        for topic in Topic::ALL {
            let hits: Vec<&(usize, Topic)> = found.hits.iter().filter(|(_, t)| *t == topic).collect();
            let named = !topic.mentions(&found.words).is_empty() && !topic::truncated(&found.words);
            let figures = || hits.iter().map(|(number, _)| found.numbers[*number].figures.as_str());
            // How many figures a label stands for is not known: as many as nothing more is awaited after.
            let masked_before = before.iter().any(|(_, of)| *of == topic);
            if topic == Topic::Card {
                let awaited = if named { 0 } else { self.read };
                let figures = figures().map(str::len).sum::<usize>() + awaited;
                self.read = if masked_before { USUAL_CARD } else { figures };
            }
            // The card's expiry date is often asked for together with its code.
            let answered = masked_before || figures().any(|figures| !number::is_expiry(figures));
            if topic == Topic::Code && answered {
                self.until[topic as usize] = 0.0;
            } else if named || masked_before || !hits.is_empty() {
                self.until[topic as usize] = at + topic.seconds();
            }
        }
        for (number, topic) in found.hits {
            remember(&mut self.masked, (utterance, topic, found.numbers[number].figures.clone()));
        }
        masked
    }

    /// An utterance's figures turned out to be no card's.
    fn keep_figures(&mut self, utterance: u32) {
        self.pieces_said.retain(|said| *said != utterance);
    }

    /// Whether a few words of somebody who is in the middle of a card's number may be figures that were misheard.
    fn may_be_misheard(&self, lane: Lane, at: f64, found: &Findings) -> bool {
        let reads = self.reader.is_some_and(|(reader, last)| reader == lane && at - last <= pieces::APART);
        let awaits = (1..USUAL_CARD).contains(&self.read);
        let few = (1..=MISHEARD).contains(&found.words.len());
        let within =
            |at: usize| found.numbers.iter().any(|number| (number.first..=number.last).contains(&at));
        let money = found.words.iter().enumerate().any(|(at, word)| word.is_number() && !within(at));
        let known = money || topic::dated(&found.words) || found.numbers.iter().any(Number::is_phone);
        reads && awaits && few && !known
    }

    /// Masks what was heard of an utterance before it was final. A `doubtful` one loses every number in it that is no amount
    /// of money, as its figures may be the first of what its final masks.
    pub(crate) fn partial(&self, utterance: u32, at: f64, text: &Spoken, doubtful: bool) -> Spoken {
        let found = Findings::new(self, Some(utterance), at, text.as_str());
        if doubtful {
            let topic = found.hits.first().map(|(_, topic)| *topic);
            let known = self.masked.iter().rev().find(|(masked, ..)| *masked == utterance);
            let topic = topic.or(known.map(|(_, topic, _)| *topic)).unwrap_or(Topic::Card);
            return found.masked_wholly(text.as_str(), topic).text;
        }
        found.masked(text.as_str(), &found.hits).text
    }

    /// Masks the words that a cue quotes from an utterance.
    pub(crate) fn quote(&self, evidence: &Evidence) -> Evidence {
        let text = evidence.quote.as_str();
        let found = Findings::new(self, Some(evidence.utterance), evidence.end, text);
        let masked = match self.pieces_said.contains(&evidence.utterance) {
            true => found.masked_wholly(text, Topic::Card),
            false => found.masked(text, &found.hits),
        };
        Evidence { quote: masked.text, ..evidence.clone() }
    }
}

/// Remembers one more, and forgets the oldest where they are too many.
fn remember<T>(remembered: &mut VecDeque<T>, one: T) {
    if remembered.len() == REMEMBERED {
        remembered.pop_front();
    }
    remembered.push_back(one);
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
        let births = if redactor.births { scene.births(text, &words) } else { Vec::new() };
        let numbers = beside(text, &words, numbers, &births);
        let of = |number: &Number| scene.topic_of(number).or_else(|| known(number));
        let mut found: Vec<(Number, Option<Topic>)> = numbers
            .into_iter()
            .filter(|number| {
                !births.iter().any(|date| date.first <= number.last && number.first <= date.last)
            })
            .map(|number| {
                let topic = of(&number);
                (number, topic)
            })
            .collect();
        found.extend(births.into_iter().map(|date| (date, Some(Topic::Birth))));
        found.sort_by_key(|(number, _)| number.first);
        let hits = found.iter().enumerate().filter_map(|(at, (_, topic))| Some((at, (*topic)?))).collect();
        let numbers = found.into_iter().map(|(number, _)| number).collect();
        Self { words, numbers, hits }
    }

    /// Every number as one topic's.
    fn every_number(&self, topic: Topic) -> Vec<(usize, Topic)> {
        (0..self.numbers.len()).map(|number| (number, topic)).collect()
    }

    fn masked_wholly(&self, text: &str, topic: Topic) -> Masked {
        self.masked(text, &self.every_number(topic))
    }

    fn masked(&self, text: &str, hits: &[(usize, Topic)]) -> Masked {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        let mut shares = Vec::with_capacity(hits.len());
        for (number, topic) in hits {
            let number = &self.numbers[*number];
            let (first, last) = (self.words[number.first].start, self.words[number.last].end);
            out.push_str(&text[copied..first]);
            out.push_str(topic.label());
            copied = last;
            shares.push(share(text, first, last, number.figures.len()));
        }
        out.push_str(&text[copied..]);
        let count = hits.len() as u32;
        Masked { text: out.into(), count, shares, piece: Piece::None, as_first_piece: None }
    }
}

/// The numbers that are no part of a date, and what is left of those that reach into one.
fn beside(text: &str, words: &[Word], numbers: Vec<Number>, dates: &[Number]) -> Vec<Number> {
    let mut rest = Vec::new();
    for number in numbers {
        let mut from = number.first;
        let mut whole = true;
        for date in dates.iter().filter(|date| date.first <= number.last && number.first <= date.last) {
            rest.extend(number::numbers_between(text, words, from, date.first));
            from = date.last + 1;
            whole = false;
        }
        if whole {
            rest.push(number);
        } else if from <= number.last {
            rest.extend(number::numbers_between(text, words, from, number.last + 1));
        }
    }
    rest
}

/// What is known around the numbers of one text.
struct Scene {
    /// Which topics the call was on when the text was said.
    open: [bool; TOPICS],
    /// A card was asked for and not all of it was read out.
    awaited: bool,
    /// Where each topic is mentioned in the text itself, as indices of words.
    mentions: [Vec<usize>; TOPICS],
    /// Where labels stand of what was masked before.
    labels: Vec<usize>,
    truncated: bool,
    dated: bool,
    mostly_figures: bool,
    only_figures: bool,
}

impl Scene {
    fn new(redactor: &Redactor, at: f64, words: &[Word]) -> Self {
        let goes_on = redactor.reader.is_some_and(|(_, last)| at - last <= pieces::APART);
        let most = if goes_on { LONGEST_CARD } else { USUAL_CARD };
        Self {
            open: redactor.until.map(|until| until > 0.0 && at <= until),
            awaited: redactor.read < most,
            mentions: Topic::ALL.map(|topic| topic.mentions(words)),
            labels: topic::labels(words).into_iter().map(|(at, _)| at).collect(),
            truncated: topic::truncated(words),
            dated: topic::dated(words),
            mostly_figures: topic::mostly_figures(words),
            only_figures: topic::only_figures(words),
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
        } else if self.is_bank(number, len) {
            Some(Topic::Bank)
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
        if len >= SHORTEST_CARD {
            return true;
        }
        let on_it = self.open[Topic::Card as usize] || !self.mentions[Topic::Card as usize].is_empty();
        // One who reads figure by figure may be interrupted after any of them.
        let short = self.only_figures && self.awaited && !self.open[Topic::Code as usize];
        let piece = len >= 8 || (len >= 4 && self.mostly_figures) || short;
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
        let least = if self.only_figures { 1 } else { 3 };
        let piece = (least..9).contains(&len) && !self.dated && (self.mostly_figures || (named && len == 4));
        // Read wrong and put right, it is longer than it should be.
        let corrected = (10..SHORTEST_CARD).contains(&len) && named && !number.is_phone();
        len == 9 || corrected || (piece && (len < 7 || !number.is_phone()))
    }

    fn is_code(&self, number: &Number, len: usize) -> bool {
        if number.counted || self.dated || !(3..=8).contains(&len) {
            return false;
        }
        let near = |&mention: &usize| {
            let apart = number.first.abs_diff(mention).min(number.last.abs_diff(mention));
            let between = mention.min(number.first)..mention.max(number.first);
            apart <= NEAR && !self.labels.iter().any(|label| between.contains(label))
        };
        let answered = self.open[Topic::Code as usize] && self.mostly_figures;
        answered || self.mentions[Topic::Code as usize].iter().any(near)
    }

    fn births(&self, text: &str, words: &[Word]) -> Vec<Number> {
        let named = !self.mentions[Topic::Birth as usize].is_empty();
        let spoken_of = named || self.open[Topic::Birth as usize];
        if spoken_of { birth::dates(text, words, named) } else { Vec::new() }
    }

    /// A bank's number has nine figures, an account's six and more; amounts that people agree on have fewer.
    fn is_bank(&self, number: &Number, len: usize) -> bool {
        let named = !self.mentions[Topic::Bank as usize].is_empty();
        let answered = self.open[Topic::Bank as usize] && self.mostly_figures;
        let long = len >= LEAST_BANK && !number.counted && !number.is_years() && !number.is_phone();
        (named || answered) && long && !self.dated
    }
}

#[cfg(test)]
mod card_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
