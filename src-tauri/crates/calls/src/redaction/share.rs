//! When a masked number was said, by its place in the text.
//!
//! The decoder gives no word times. A word takes about as long as it has letters (`speech` shows partials by the same
//! rule), but figures do not: `4` is one letter on paper and a whole word in the mouth, and people read numbers out slowly.
//! So a masked figure is given more time than it can need and all else less: the part then begins too early and ends
//! too late, never the other way round.

use super::masked::Share;

/// Letters' worth of time of a figure that is masked: half a second, where fifteen letters take one.
const MASKED: f64 = 8.0;
/// The same of any other figure: a quick one.
const OTHER: f64 = 3.0;

/// The share of the bytes `first..last` of a text, in which `figures` figures were said.
pub(super) fn share(text: &str, first: usize, last: usize, figures: usize) -> Share {
    let (before, after) = (weight(&text[..first]), weight(&text[last..]));
    let within = weight(&text[first..last]).max(MASKED * figures as f64).max(1.0);
    let all = before + within + after;
    Share { from: before / all, to: (before + within) / all }
}

fn weight(text: &str) -> f64 {
    let one = |c: char| if c.is_ascii_digit() { OTHER } else { f64::from(u8::from(c.is_alphanumeric())) };
    text.chars().map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_number_takes_the_part_of_its_utterance_that_it_can_have_taken() {
        for (text, number, figures, from, to) in [
            ("4111 1111 1111 1111", "4111 1111 1111 1111", 16, 0.0, 1.0),
            ("four one one one", "four one one one", 4, 0.0, 1.0),
            // Half a minute of talk before it: the number is at its end.
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 4111", "4111", 4, 0.5, 1.0),
            ("4111 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "4111", 4, 0.0, 0.5),
            // An amount beside it was said faster than it.
            ("40 4111 40", "4111", 4, 6.0 / 44.0, 38.0 / 44.0),
        ] {
            let first = text.find(number).unwrap();
            let part = share(text, first, first + number.len(), figures);
            assert!((part.from - from).abs() < 1e-9 && (part.to - to).abs() < 1e-9, "{text}: {part:?}");
        }
    }
}
