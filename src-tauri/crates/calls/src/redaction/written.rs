use super::{Masked, Piece, Redactor};
use cueline_events::{Lane, Spoken};

/// Masks a text that somebody wrote, by the rules for what is said: as a whole, for numbers that go on in the next line,
/// and then line by line, as a line that is mostly figures is read like an utterance of figures.
pub(crate) fn written(text: &Spoken) -> Masked {
    let mut masked = once(text);
    // A label parts what stood beside the figures that it stands for, which may then be another number.
    loop {
        let again = once(&masked.text);
        if again.count == 0 {
            return masked;
        }
        masked = Masked { count: masked.count + again.count, ..again };
    }
}

fn once(text: &Spoken) -> Masked {
    let whole = Redactor::default().utterance(Lane::Agent, 0, 0.0, text);
    let mut redactor = Redactor::default();
    let lines =
        whole.text.as_str().split('\n').map(|line| redactor.utterance(Lane::Agent, 0, 0.0, &line.into()));
    let (lines, counts): (Vec<_>, Vec<_>) = lines.map(|m| (m.text.as_str().to_owned(), m.count)).unzip();
    let count = whole.count + counts.iter().sum::<u32>();
    // Written text took no time of the call.
    Masked {
        text: lines.join("\n").into(),
        count,
        shares: Vec::new(),
        piece: Piece::None,
        as_first_piece: None,
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn figures_that_must_not_be_stored_are_taken_out() {
        for (note, gone, kept) in [
            ("Paid 120.50 by card 4111 1111 1111 1111, call back May 3", "1111", "120.50"),
            ("Card:\n4111 1111\n1111 1111\nthanks", "1111", "thanks"),
            ("security code 737, sends 40 dollars", "737", "40 dollars"),
        ] {
            let masked = written(&note.into());
            let text = masked.text.as_str();
            assert!(masked.count > 0 && !text.contains(gone), "{text}");
            assert!(text.contains(kept), "{text}");
        }
        let plain = written(&"two\nlines".into());
        assert_eq!((plain.text, plain.count), ("two\nlines".into(), 0));
    }
}
