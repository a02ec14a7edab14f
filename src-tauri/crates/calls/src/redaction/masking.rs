//! A call's finals masked one after the other, and what of its sound must not be heard.

use super::pieces::APART;
use super::{CountedText, Masked, Piece, Redactor, Share};
use crate::Silenced;
use cueline_events::{Lane, Spoken};

/// Masks a call's finals in the order in which they ended.
///
/// Figures that nobody asked for may be the first of a card's number, which is known by what follows. Until then their utterance is
/// undecided, and only what is in it without them may be stored. `T` is what the caller needs to store a final.
#[derive(Debug)]
pub(crate) struct Masking<T> {
    redactor: Redactor,
    undecided: Vec<Undecided<T>>,
}

/// What one final, or its absence, decides.
#[derive(Debug)]
pub(crate) struct Decided<T> {
    /// Finals with their texts as they are to be stored for good, in the order in which they were said.
    pub(crate) finals: Vec<(T, CountedText)>,
    /// What may be stored of this final until it is decided, where it is not.
    pub(crate) for_now: Option<CountedText>,
    /// What must not be heard.
    pub(crate) silenced: Vec<Silenced>,
}

#[derive(Debug)]
struct Undecided<T> {
    of: T,
    utterance: u32,
    start: f64,
    end: f64,
    whole: Spoken,
    as_first_piece: CountedText,
}

impl<T> Masking<T> {
    /// One that knows nothing of the call yet; dates of birth are masked where `births` says so.
    pub(crate) fn new(births: bool) -> Self {
        Self { redactor: Redactor::new(births), undecided: Vec::new() }
    }

    /// Takes a final that was said from second `start` to second `end` of the call.
    pub(crate) fn hear(
        &mut self,
        lane: Lane,
        utterance: u32,
        (start, end): (f64, f64),
        text: &Spoken,
        of: T,
    ) -> Decided<T> {
        let mut finals = self.settle(start);
        let masked = self.redactor.utterance(lane, utterance, end, text);
        let Masked { text: stored, count, shares, piece, as_first_piece } = masked;
        let at = |share: f64| start + (end - start) * share;
        let mut silenced: Vec<Silenced> =
            shares.iter().map(|Share { from, to }| Silenced::around(at(*from), at(*to))).collect();
        match piece {
            Piece::None => finals.extend(self.end()),
            Piece::Between | Piece::Part => {}
            Piece::Completes => {
                for first in self.undecided.drain(..) {
                    silenced.push(Silenced::around(first.start, first.end));
                    finals.push((first.of, first.as_first_piece));
                }
            }
        }
        let for_now = as_first_piece.clone();
        match as_first_piece {
            Some(as_first_piece) => {
                let whole = stored;
                self.undecided.push(Undecided { of, utterance, start, end, whole, as_first_piece });
            }
            None => finals.push((of, CountedText { text: stored, count })),
        }
        Decided { finals, for_now, silenced }
    }

    /// Every final up to second `until` was heard: what that decides.
    pub(crate) fn settle(&mut self, until: f64) -> Vec<(T, CountedText)> {
        if self.waits_since(until).is_none() { self.end() } else { Vec::new() }
    }

    /// Nothing follows: figures that wait are no card's.
    pub(crate) fn end(&mut self) -> Vec<(T, CountedText)> {
        let decided = self.undecided.drain(..).map(|one| {
            self.redactor.keep_figures(one.utterance);
            (one.of, CountedText { text: one.whole, count: 0 })
        });
        decided.collect()
    }

    /// From which second on it is not known what must not be heard, when every final up to second `until` was heard.
    pub(crate) fn waits_since(&self, until: f64) -> Option<f64> {
        let (first, last) = (self.undecided.first()?, self.undecided.last()?);
        let until_known = Silenced::around(last.start, last.end).end + APART;
        (until <= until_known).then(|| Silenced::around(first.start, first.end).start)
    }

    /// What masks the call's other texts.
    pub(crate) fn redactor(&self) -> &Redactor {
        &self.redactor
    }
}

impl Masking<usize> {
    /// Takes all finals of a call, `(lane, number, start, end, text)` in the order in which they ended: their texts as they are to be
    /// stored, in the same order, and what must not be heard.
    pub(crate) fn hear_all<'a>(
        mut self,
        said: impl Iterator<Item = (Lane, u32, f64, f64, &'a Spoken)>,
    ) -> (Vec<CountedText>, Vec<Silenced>) {
        let (mut finals, mut silenced) = (Vec::new(), Vec::new());
        for (place, (lane, number, start, end, text)) in said.enumerate() {
            let decided = self.hear(lane, number, (start, end), text, place);
            silenced.extend(decided.silenced);
            finals.extend(decided.finals);
        }
        finals.extend(self.end());
        finals.sort_by_key(|(place, _)| *place);
        (finals.into_iter().map(|(_, text)| text).collect(), silenced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Call(Masking<u32>);

    /// What is stored for good, what for now, what is silenced, since when the next second is undecided.
    type Said = (Vec<(u32, String)>, Option<String>, Vec<f64>, Option<f64>);

    impl Call {
        /// Says it for two seconds.
        fn say(&mut self, number: u32, start: f64, text: &str) -> Said {
            let decided = self.0.hear(Lane::Customer, number, (start, start + 2.0), &text.into(), number);
            let string = |text: CountedText| text.text.as_str().to_owned();
            let finals = decided.finals.into_iter().map(|(number, text)| (number, string(text))).collect();
            let silenced = decided.silenced.iter().map(|silenced| silenced.start).collect();
            (finals, decided.for_now.map(string), silenced, self.0.waits_since(start + 3.0))
        }
    }

    fn finals(said: &[(u32, &str)]) -> Vec<(u32, String)> {
        said.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
    }

    const CARD: &str = "[card number]";

    #[test]
    fn a_number_s_first_pieces_wait_until_it_is_known_what_they_are() {
        let mut call = Call(Masking::new(false));
        call.say(0, 7.0, "so how would you like to pay");
        let undecided = (vec![], Some(CARD.to_owned()), vec![], Some(9.5));
        assert_eq!(call.say(1, 10.0, "3, 7, 8, 2"), undecided);
        assert_eq!(call.say(2, 13.0, "mm-hm, okay").0, finals(&[(2, "mm-hm, okay")]));
        let (decided, _, silenced, waits) = call.say(3, 16.0, "822463");
        assert_eq!((decided, waits), (finals(&[(1, CARD), (3, CARD)]), None));
        assert_eq!(silenced, [15.5, 9.5]);
        assert_eq!(call.say(4, 20.0, "1 0 0 0 5").0, finals(&[(4, CARD)]));
        // A ZIP code and a telephone number are no card's, whoever says what after them.
        assert_eq!(call.say(5, 100.0, "60614").3, Some(99.5));
        let (decided, _, silenced, waits) = call.say(6, 103.0, "and what is your balance");
        assert_eq!(decided, finals(&[(5, "60614"), (6, "and what is your balance")]));
        assert_eq!((silenced, waits), (vec![], None));
        call.say(7, 120.0, "555");
        let (decided, _, silenced, waits) = call.say(8, 150.0, "123 4567");
        assert_eq!((decided, silenced, waits), (finals(&[(7, "555")]), vec![], Some(149.5)));
        // Figures that nobody asked for are masked at once.
        let (decided, _, silenced, waits) = call.say(9, 250.0, "4, 1, 1, 1");
        assert_eq!((decided, silenced, waits), (finals(&[(8, "123 4567"), (9, CARD)]), vec![249.5], None));
        assert_eq!(call.say(10, 400.0, "555").3, Some(399.5));
        assert_eq!(call.0.waits_since(450.0), None, "nothing waits for ever");
        assert_eq!(call.0.settle(414.0).len(), 0);
        assert_eq!(call.0.settle(450.0), [(10, CountedText { text: "555".into(), count: 0 })]);
    }

    #[test]
    fn figure_by_figure_and_first_misheard_no_figure_stays() {
        // As base wrote the third recording.
        let mut call = Call(Masking::new(false));
        for (number, text) in [(0, "5 price"), (1, "5"), (2, "5."), (3, "uh"), (4, "5.")] {
            assert_eq!(call.say(number, f64::from(number), text).1.is_some(), number != 3, "{text}");
        }
        let (decided, for_now, silenced, _) = call.say(5, 5.0, "5.");
        let masked = [
            (0, "[card number] price"),
            (1, CARD),
            (2, "[card number]."),
            (4, "[card number]."),
            (5, "[card number]."),
        ];
        assert_eq!((decided, for_now), (finals(&masked), None));
        assert_eq!(silenced, [4.5, 0.0, 0.5, 1.5, 3.5]);
    }

    #[test]
    fn quotes_of_undecided_figures_are_masked() {
        use cueline_events::Evidence;
        let mut masking = Masking::new(false);
        let quote = |utterance, text: &str| Evidence { utterance, start: 0.0, end: 1.0, quote: text.into() };
        masking.hear(Lane::Customer, 3, (0.0, 1.0), &"5 price".into(), ());
        assert_eq!(masking.redactor().quote(&quote(3, "5 price")).quote.as_str(), "[card number] price");
        assert_eq!(masking.redactor().quote(&quote(2, "5 price")).quote.as_str(), "5 price");
        masking.hear(Lane::Customer, 4, (2.0, 3.0), &"is what I have left for this month".into(), ());
        assert_eq!(masking.redactor().quote(&quote(3, "5 price")).quote.as_str(), "5 price");
    }
}
