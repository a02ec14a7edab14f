use super::Silenced;
use crate::redaction::{APART, Masked, Piece, Share};

/// Follows a call's utterances and says what of the recording is to be silent.
#[derive(Debug, Default)]
pub(crate) struct Silencing {
    /// Figures that were read out and not masked, as nobody knew yet what they are the first of.
    pieces: Vec<Silenced>,
}

impl Silencing {
    /// What is to be silent once an utterance from second `start` to second `end` was masked so.
    pub(crate) fn utterance(&mut self, masked: &Masked, start: f64, end: f64) -> Vec<Silenced> {
        let at = |share: f64| start + (end - start) * share;
        let around = |Share { from, to }: &Share| Silenced::around(at(*from), at(*to));
        let mut silenced: Vec<Silenced> = masked.shares.iter().map(around).collect();
        if self.waits_since(start).is_none() {
            self.pieces.clear();
        }
        match masked.piece {
            Piece::None => self.pieces.clear(),
            Piece::Between => {}
            Piece::Part => self.pieces.push(Silenced::around(start, end)),
            Piece::Completes => silenced.append(&mut self.pieces),
        }
        silenced
    }

    /// From which second on the call must be held back, when it is understood up to second `until`.
    pub(crate) fn waits_since(&self, until: f64) -> Option<f64> {
        let (first, last) = (self.pieces.first()?, self.pieces.last()?);
        (until <= last.end + APART).then_some(first.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Redactor;
    use cueline_events::Lane;

    #[test]
    fn a_number_s_first_pieces_are_held_back_until_it_is_known_what_they_are() {
        let (mut redactor, mut silencing) = (Redactor::default(), Silencing::default());
        let mut say = |number: u32, start: f64, text: &str| {
            let masked = redactor.utterance(Lane::Customer, number, start + 2.0, &text.into());
            let silenced = silencing.utterance(&masked, start, start + 2.0);
            (masked.text.as_str().to_owned(), silenced, silencing.waits_since(start + 3.0))
        };
        let around = |start: f64| Silenced { start: start - 0.5, end: start + 2.5 };
        say(0, 7.0, "so how would you like to pay");
        assert_eq!(say(1, 10.0, "3, 7, 8, 2"), ("3, 7, 8, 2".to_owned(), vec![], Some(9.5)));
        assert_eq!(say(2, 13.0, "mm-hm, okay").1, []);
        let (text, silenced, waits) = say(3, 16.0, "822463");
        assert_eq!((text.as_str(), waits), ("[card number]", None));
        assert_eq!(silenced, [around(16.0), around(10.0)]);
        assert_eq!(say(4, 20.0, "1 0 0 0 5").0, "[card number]");
        // A ZIP code and a telephone number are no card's, whoever says what after them.
        assert_eq!(say(5, 100.0, "60614").2, Some(99.5));
        assert_eq!(say(6, 103.0, "and what is your balance").2, None);
        assert_eq!(say(7, 120.0, "555").1, []);
        let (text, silenced, waits) = say(8, 150.0, "123 4567");
        assert_eq!((text.as_str(), silenced, waits), ("123 4567", vec![], Some(149.5)));
        // Figures that nobody asked for are masked at once.
        let (text, silenced, waits) = say(9, 250.0, "4, 1, 1, 1");
        assert_eq!((text.as_str(), silenced, waits), ("[card number]", vec![around(250.0)], None));
        assert_eq!(say(10, 400.0, "555").2, Some(399.5));
        assert_eq!(silencing.waits_since(450.0), None, "nothing is held back for ever");
    }
}
