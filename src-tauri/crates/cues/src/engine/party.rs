use crate::pattern::{Hit, Window};
use crate::playbook::{PartyRules, Shape};
use crate::reading::Reading;
use crate::text::{NumberKind, Pause, is_month};
use cueline_events::OnTheLine;

/// An answer comes before the agent has begun so many more turns.
const ANSWER_TURNS: u32 = 1;

/// Who is on the line and whether it is the right person.
///
/// The agent asks for identifiers, the customer gives them; so many different ones, and the customer is verified.
/// When values were asked for and something was answered that could not be read, or values were given that nothing in
/// the transcript asked for, and the agent goes on, the state is *unsure*: never a tick, and no alarm either. A new
/// person on the line starts over.
#[derive(Debug, Default)]
pub(super) struct Party {
    asked: Vec<usize>,
    /// The agent's turn in which something was asked for last.
    asked_in: u32,
    /// The agent said that he verifies, whatever he asked for.
    verifying: bool,
    given: Vec<usize>,
    /// What was given before the customer's turn of this number: a turn is read as a whole each time it goes on.
    before: (u32, Vec<usize>),
    answered: bool,
    /// An answer held a year outside any date that was understood: a question that the transcript lost shows in its
    /// answer.
    stray_year: bool,
    /// Nothing was asked for, as far as the transcript knows, and one answer held all that is to be verified.
    unasked: bool,
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
    /// Somebody else than the consumer answers; these words say so.
    ThirdPerson(Hit),
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

    /// Verified, or on the way: something was asked and answered. What a disclosure needs to count, since a transcript
    /// may have lost a question or an answer.
    pub(super) fn may_be_told(&self) -> bool {
        self.may_know() || (self.state == State::Unverified && self.answered && !self.third_person)
    }

    /// Somebody else than the consumer is on the line.
    pub(super) fn is_third_person(&self) -> bool {
        self.third_person && !self.verified()
    }

    /// Who is on the line, as far as the transcript knows.
    pub(super) fn on_the_line(&self) -> OnTheLine {
        match self.state {
            State::Wrong => OnTheLine::WrongNumber,
            State::Verified => OnTheLine::Verified,
            _ if self.third_person => OnTheLine::ThirdParty,
            State::Unsure => OnTheLine::Unsure,
            State::Unverified => OnTheLine::Unverified,
        }
    }

    /// The agent says that he has verified the customer, and no transcript shows it. True when that is news.
    pub(super) fn take_word(&mut self) -> bool {
        let news = self.state == State::Unverified;
        if news {
            self.state = State::Unsure;
        }
        news
    }

    /// Nobody is left to verify.
    pub(super) fn wrong_number(&mut self) {
        self.state = State::Wrong;
    }

    pub(super) fn is_wrong_number(&self) -> bool {
        self.state == State::Wrong
    }

    /// The agent's words: which identifiers does he ask for?
    pub(super) fn agent(
        &mut self,
        rules: &PartyRules,
        turn: u32,
        reading: &mut Reading<'_>,
    ) -> Option<Change> {
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
        let verifying = reading.any(&rules.verifies).is_some();
        self.verifying |= verifying;
        if verifying || !asks.is_empty() {
            self.asked_in = turn;
        }
        if asks.is_empty() {
            let asked = self.asked.len() + usize::from(self.stray_year);
            let enough = self.answered && asked >= rules.identifiers_required && !self.given.is_empty();
            let told = (enough || self.unasked) && !self.third_person;
            if self.state == State::Unverified && told && rules.identifiers_required > 0 {
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

    /// The customer's words: does he give what was asked for, and is it still the same person? What he says once the
    /// agent has gone on is no answer: a date in his story is not his date of birth.
    pub(super) fn customer(
        &mut self,
        rules: &PartyRules,
        turn: u32,
        agent_turn: u32,
        reading: &mut Reading<'_>,
    ) -> Option<Change> {
        if reading.any(&rules.hand_over).is_some() {
            *self = Self::default();
            return Some(Change::NewParty);
        }
        if let Some(hit) = reading.any(&rules.third_person)
            && !std::mem::replace(&mut self.third_person, true)
        {
            return Some(Change::ThirdPerson(hit));
        }
        let asked = !self.asked.is_empty() || self.verifying;
        if rules.identifiers_required == 0 || self.verified() || self.is_wrong_number() {
            return None;
        }
        if !asked {
            let mut alone = Self::default();
            alone.take(rules, &mut Values::of(reading.window()));
            self.unasked |= alone.given.len() >= rules.identifiers_required.max(2);
            return None;
        }
        if self.before.0 != turn {
            self.before = (turn, self.given.clone());
        }
        self.given.clone_from(&self.before.1);
        if reading.any(&rules.refuses).is_some() || agent_turn > self.asked_in + ANSWER_TURNS {
            return None;
        }
        let mut values = Values::of(reading.window());
        let year = values.year();
        let last = self.take(rules, &mut values);
        self.answered |= values.any;
        self.stray_year |= year && !self.dated(rules);
        if self.given.len() >= rules.identifiers_required {
            self.state = State::Verified;
            self.third_person = false;
            return last.map(Change::Verified);
        }
        None
    }

    /// Whether a date was asked for or given.
    fn dated(&self, rules: &PartyRules) -> bool {
        self.asked.iter().chain(&self.given).any(|i| rules.identifiers[*i].shape == Shape::Date)
    }

    /// Takes the values that were asked for, then those of plain shape that were given without being asked for: the
    /// question may have been lost.
    fn take(&mut self, rules: &PartyRules, values: &mut Values<'_>) -> Option<Hit> {
        let mut last: Option<Hit> = None;
        for asked in [true, false] {
            for shape in [Shape::Date, Shape::Digits, Shape::Address, Shape::Words] {
                if !asked && matches!(shape, Shape::Address | Shape::Words) {
                    continue;
                }
                for (i, rule) in rules.identifiers.iter().enumerate() {
                    let open =
                        rule.shape == shape && !self.given.contains(&i) && self.asked.contains(&i) == asked;
                    if let Some(hit) = open.then(|| values.take(shape, asked)).flatten() {
                        self.given.push(i);
                        last = Some(
                            last.map_or(hit, |l| Hit { from: l.from.min(hit.from), to: l.to.max(hit.to) }),
                        );
                    }
                }
            }
        }
        last
    }
}

/// Figures of a ZIP code.
const ZIP: u32 = 5;

/// The values a customer's utterance holds, taken one by one.
struct Values<'a> {
    window: &'a Window,
    numerals: Vec<usize>,
    words: Option<Hit>,
    month_taken: bool,
    any: bool,
}

impl<'a> Values<'a> {
    fn of(window: &'a Window) -> Self {
        let number = |i: &usize| window.words[*i].token.number.is_some_and(|n| !n.money);
        let numerals: Vec<usize> = (0..window.words.len()).filter(number).collect();
        let words = (window.words.len() >= 2).then_some(Hit { from: 0, to: window.words.len() });
        let any = !numerals.is_empty() || month(window).is_some();
        Self { window, numerals, words, month_taken: false, any }
    }

    /// Whether a number among them looks like a year of birth.
    fn year(&self) -> bool {
        let number = |i: &usize| self.window.words[*i].token.number;
        self.numerals.iter().filter_map(number).any(|n| n.digits == 4 && (1900.0..=2030.0).contains(&n.value))
    }

    fn take(&mut self, shape: Shape, asked: bool) -> Option<Hit> {
        match shape {
            Shape::Date => self.date(),
            Shape::Digits => self.digits(if asked { 3 } else { 4 }, !asked),
            Shape::Address => self.digits(1, false),
            Shape::Words => self.words.take(),
        }
    }

    /// A month with the numbers beside it, or two numerals or more that stand together.
    fn date(&mut self) -> Option<Hit> {
        if let Some(at) = month(self.window).filter(|_| !self.month_taken) {
            self.month_taken = true;
            let beside = |i: &usize| i.abs_diff(at) <= 3 && !self.crosses(*i, at);
            let near: Vec<usize> = self.numerals.iter().copied().filter(beside).take(3).collect();
            let used: Vec<usize> = near.into_iter().filter(|i| self.is_date_part(*i)).collect();
            self.numerals.retain(|i| !used.contains(i));
            let first = used.iter().copied().min().unwrap_or(at).min(at);
            let last = used.iter().copied().max().unwrap_or(at).max(at);
            return Some(Hit { from: first, to: last + 1 });
        }
        let mut parts: Vec<usize> =
            self.numerals.iter().copied().take_while(|i| self.is_date_part(*i)).take(3).collect();
        // "The third of the fourth ninety" may be written "third of the 490".
        if let ([day], Some(next)) = (parts.as_slice(), self.numerals.get(1).copied())
            && next - day <= 2
            && self.is_day_before_month_and_year(*day, next)
        {
            parts.push(next);
        }
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

    /// Whether three numerals are a month and a day, in either order, and a year.
    fn is_date(&self, parts: &[usize]) -> bool {
        let values: Vec<f64> =
            parts.iter().filter_map(|at| self.window.words[*at].token.number).map(|n| n.value).collect();
        let [first, second, year] = values.as_slice() else { return false };
        parts.iter().all(|at| self.is_date_part(*at))
            && (1.0..=31.0).contains(first)
            && (1.0..=31.0).contains(second)
            && first.min(*second) <= 12.0
            && *year >= 10.0
    }

    /// Whether an ordinal stands before a number that is a month and the last two figures of a year.
    fn is_day_before_month_and_year(&self, day: usize, number: usize) -> bool {
        let [day, number] = [day, number].map(|at| self.window.words[at].token.number);
        let month = |value: f64| (1.0..=12.0).contains(&(value / 100.0).trunc());
        day.is_some_and(|n| n.kind == NumberKind::Ordinal) && number.is_some_and(|n| month(n.value))
    }

    /// Whether a sentence ends between two words.
    fn crosses(&self, a: usize, b: usize) -> bool {
        (a.min(b)..a.max(b)).any(|i| self.window.words[i].token.pause == Pause::Sentence)
    }

    /// Numerals that stand together, of so many figures in all; `no_year` leaves one out that may be a year.
    fn digits(&mut self, least: u32, no_year: bool) -> Option<Hit> {
        let number = |i: usize| self.window.words[i].token.number;
        let figures =
            |group: &[usize]| group.iter().filter_map(|i| number(*i)).map(|n| n.digits.max(1)).sum::<u32>();
        let together = |a: &usize, b: &usize| b - a <= 2 && !self.crosses(*a, *b);
        let is_year = |group: &[usize]| {
            no_year
                && group.len() == 1
                && number(group[0]).is_some_and(|n| (1900.0..=2030.0).contains(&n.value))
        };
        let groups = self.numerals.chunk_by(together);
        let group: Vec<usize> =
            groups.filter(|g| figures(g) >= least && !is_year(g)).max_by_key(|g| figures(g))?.to_vec();
        // A date and a ZIP code in one breath: "9-11-61-303-11".
        let group = match group.split_at_checked(3) {
            Some((date, rest)) if self.is_date(date) && figures(rest) >= ZIP => rest.to_vec(),
            _ => group,
        };
        self.numerals.retain(|i| !group.contains(i));
        Some(Hit { from: group[0], to: group[group.len() - 1] + 1 })
    }
}

fn month(window: &Window) -> Option<usize> {
    (0..window.words.len()).find(|i| {
        let form = window.words[*i].token.form.as_str();
        let beside = |i: usize| window.words.get(i).is_some_and(|word| word.token.number.is_some());
        is_month(form) && (form != "may" || beside(i + 1) || (*i > 0 && beside(i - 1)))
    })
}
