use crate::pattern::{Hit, Window};
use crate::playbook::{PartyRules, Shape};
use crate::reading::Reading;
use crate::text::{NumberKind, Pause, is_month};

/// Who is on the line and whether it is the right person.
///
/// The agent asks for identifiers, the customer gives them; so many different ones, and the customer is verified.
/// When values were asked for and something was answered that could not be read, and the agent goes on, the state is
/// *unsure*: never a tick, and no alarm either. A new person on the line starts over.
#[derive(Debug, Default)]
pub(super) struct Party {
    asked: Vec<usize>,
    given: Vec<usize>,
    answered: bool,
    state: State,
    /// Somebody else than the consumer answers.
    third_person: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Unverified,
    Unsure,
    Verified,
    /// A wrong number: there is nobody to verify.
    Wrong,
}

/// What one utterance changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Enough identifiers were given; these words gave the last one.
    Verified(Hit),
    /// Identifiers were asked for and answered, but not all answers could be read.
    Unsure,
    /// The telephone went to another person.
    NewParty,
}

impl Party {
    /// The right person, as far as anybody can tell.
    pub(super) fn verified(&self) -> bool {
        self.state == State::Verified
    }

    /// Verified, or answered in a way that could not be read.
    pub(super) fn may_know(&self) -> bool {
        matches!(self.state, State::Verified | State::Unsure)
    }

    /// Nobody is left to verify.
    pub(super) fn wrong_number(&mut self) {
        self.state = State::Wrong;
    }

    pub(super) fn is_wrong_number(&self) -> bool {
        self.state == State::Wrong
    }

    /// The agent's words: which identifiers does he ask for?
    pub(super) fn agent(&mut self, rules: &PartyRules, reading: &mut Reading<'_>) -> Option<Change> {
        let asks: Vec<usize> = rules
            .identifiers
            .iter()
            .enumerate()
            .filter(|(_, identifier)| {
                identifier.asks.iter().any(|ask| {
                    reading.plain(ask).is_some_and(|hit| !reading.in_sentence(&rules.ask_unless, hit))
                })
            })
            .map(|(i, _)| i)
            .collect();
        if asks.is_empty() {
            let enough = !self.third_person
                && self.asked.len() >= rules.identifiers_required
                && !self.given.is_empty();
            if self.state == State::Unverified && self.answered && enough && rules.identifiers_required > 0 {
                self.state = State::Unsure;
                return Some(Change::Unsure);
            }
            return None;
        }
        for ask in asks {
            if !self.asked.contains(&ask) {
                self.asked.push(ask);
            }
        }
        None
    }

    /// The customer's words: does he give what was asked for, and is it still the same person?
    pub(super) fn customer(&mut self, rules: &PartyRules, reading: &mut Reading<'_>) -> Option<Change> {
        if reading.any(&rules.hand_over).is_some() {
            *self = Self::default();
            return Some(Change::NewParty);
        }
        if reading.any(&rules.third_person).is_some() {
            self.third_person = true;
        }
        if rules.identifiers_required == 0 || self.verified() || self.is_wrong_number() {
            return None;
        }
        let open: Vec<usize> = self.asked.iter().copied().filter(|i| !self.given.contains(i)).collect();
        if open.is_empty() || reading.any(&rules.refuses).is_some() {
            return None;
        }
        let new_from = reading.new_from();
        let mut values = Values::of(reading.window(), new_from);
        let mut last = None;
        for shape in [Shape::Date, Shape::Digits, Shape::Address, Shape::Words] {
            for &i in open.iter().filter(|i| rules.identifiers[**i].shape == shape) {
                if let Some(hit) = values.take(shape) {
                    self.given.push(i);
                    last = Some(
                        last.map_or(hit, |l: Hit| Hit { from: l.from.min(hit.from), to: l.to.max(hit.to) }),
                    );
                }
            }
        }
        self.answered |= values.any;
        if self.given.len() >= rules.identifiers_required {
            self.state = State::Verified;
            self.third_person = false;
            return last.map(Change::Verified);
        }
        None
    }
}

/// The values a customer's utterance holds, taken one by one.
struct Values<'a> {
    window: &'a Window,
    numerals: Vec<usize>,
    words: Option<Hit>,
    any: bool,
}

impl<'a> Values<'a> {
    fn of(window: &'a Window, from: usize) -> Self {
        let numerals: Vec<usize> = (from..window.words.len())
            .filter(|i| window.words[*i].token.number.is_some_and(|n| !n.money))
            .collect();
        let words = (window.words.len() - from >= 2).then_some(Hit { from, to: window.words.len() });
        let any = !numerals.is_empty() || month(window, from).is_some();
        Self { window, numerals, words, any }
    }

    fn take(&mut self, shape: Shape) -> Option<Hit> {
        match shape {
            Shape::Date => self.date(),
            Shape::Digits => self.digits(3),
            Shape::Address => self.digits(1),
            Shape::Words => self.words.take(),
        }
    }

    /// A month with the numbers beside it, or two numerals or more that stand together.
    fn date(&mut self) -> Option<Hit> {
        let from = self.words.map_or(0, |hit| hit.from);
        if let Some(at) = month(self.window, from) {
            let beside = |i: &usize| i.abs_diff(at) <= 3 && !self.crosses(*i, at);
            let near: Vec<usize> = self.numerals.iter().copied().filter(beside).take(3).collect();
            let used: Vec<usize> = near.into_iter().filter(|i| self.is_date_part(*i)).collect();
            self.numerals.retain(|i| !used.contains(i));
            let first = used.iter().copied().min().unwrap_or(at).min(at);
            let last = used.iter().copied().max().unwrap_or(at).max(at);
            return Some(Hit { from: first, to: last + 1 });
        }
        let parts: Vec<usize> =
            self.numerals.iter().copied().take_while(|i| self.is_date_part(*i)).take(3).collect();
        if parts.len() < 2 {
            return None;
        }
        self.numerals.retain(|i| !parts.contains(i));
        Some(Hit { from: parts[0], to: parts[parts.len() - 1] + 1 })
    }

    /// A day, a month or a year; not a run of digits.
    fn is_date_part(&self, at: usize) -> bool {
        self.window.words[at].token.number.is_some_and(|n| {
            n.kind != NumberKind::Digits && (n.value < 100.0 || (1900.0..=2030.0).contains(&n.value))
        })
    }

    /// Whether a sentence ends between two words.
    fn crosses(&self, a: usize, b: usize) -> bool {
        (a.min(b)..a.max(b)).any(|i| self.window.words[i].token.pause == Pause::Sentence)
    }

    /// Numerals of so many figures in all.
    fn digits(&mut self, least: u32) -> Option<Hit> {
        let figures = |i: &usize| self.window.words[*i].token.number.map_or(0, |n| n.digits.max(1));
        let total: u32 = self.numerals.iter().map(figures).sum();
        if total < least {
            return None;
        }
        let (from, to) = (*self.numerals.first()?, *self.numerals.last()? + 1);
        self.numerals.clear();
        Some(Hit { from, to })
    }
}

fn month(window: &Window, from: usize) -> Option<usize> {
    (from..window.words.len()).find(|i| {
        let form = window.words[*i].token.form.as_str();
        let beside = |i: usize| window.words.get(i).is_some_and(|word| word.token.number.is_some());
        is_month(form) && (form != "may" || beside(i + 1) || (*i > 0 && beside(i - 1)))
    })
}
