use crate::vocabulary::Piece;

/// The longest phrase whose repetition is looked for, in pieces of words.
const LONGEST: usize = 24;

/// How often a phrase of `words` words may follow itself. People do say "no, no, no, no" and read out equal digits;
/// nobody says a whole clause three times running, while a decoder on thin audio does so until it is stopped.
fn allowed(words: usize) -> usize {
    match words {
        1 => 6,
        2 => 3,
        _ => 2,
    }
}

/// Where words go round in circles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    /// How many words come before it.
    pub(crate) words_before: usize,
    /// How many pieces there are to the end of its first round.
    pub(crate) kept: usize,
}

/// The phrase that these pieces end with, if it has now been said too often. While they are still being written, only
/// whole rounds count; once they were `broken_off`, the beginning of one more does as well.
pub(crate) fn circle(pieces: &[Piece], broken_off: bool) -> Option<Circle> {
    (1..=LONGEST.min(pieces.len() / 2)).find_map(|length| {
        let same = (length..pieces.len()).rev().take_while(|i| pieces[*i] == pieces[i - length]).count();
        let run = &pieces[pieces.len() - length - same..];
        // The round begins with a word: what comes before it may end like the round does.
        let begin = run.iter().position(|piece| piece.begins_word).filter(|begin| *begin < length)?;
        let run = &run[begin..];
        let rounds = if broken_off { run.len().div_ceil(length) } else { run.len() / length };
        let before = pieces.len() - run.len();
        let phrase = run.get(..length)?;
        (rounds > allowed(words(phrase)))
            .then(|| Circle { words_before: words(&pieces[..before]), kept: before + length })
    })
}

fn words(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.begins_word).count()
}

#[cfg(test)]
mod tests {
    use super::circle;
    use crate::vocabulary::Piece;

    /// One piece for each three letters of a word.
    fn pieces(text: &str) -> Vec<Piece> {
        let word = |word: &str| {
            let letters: Vec<char> = word.chars().collect();
            let piece = |(i, part): (usize, &[char])| {
                let text: String = part.iter().collect();
                Piece::new(&if i == 0 { format!(" {text}") } else { text })
            };
            letters.chunks(3).enumerate().filter_map(piece).collect::<Vec<_>>()
        };
        text.split_whitespace().flat_map(word).collect()
    }

    /// The first circle seen while the words are written one after the other, then once they have ended.
    fn kept(text: &str) -> Option<(usize, usize)> {
        let pieces = pieces(text);
        let written = (1..=pieces.len()).find_map(|n| circle(&pieces[..n], false));
        written.or_else(|| circle(&pieces, true)).map(|c| (c.words_before, c.kept))
    }

    #[test]
    fn circles_are_cut_to_one_round_and_real_speech_is_left_alone() {
        for (text, before, left) in [
            ("I'm just on a little. I'm just on a little, I'm just on a little", 0, "I'm just on a little."),
            ("Is it there today? Is it there today? Is it", 0, "Is it there today?"),
            ("so the the the the the the the", 1, "so the"),
            ("okay thank you thank you thank you thank you thank you", 1, "okay thank you"),
            ("well I I I I I I I", 1, "well I"),
        ] {
            assert_eq!(kept(text), Some((before, pieces(left).len())), "{text}");
        }
        for text in [
            "no, no, no, no, that is not mine",
            "1 1 1 1 4 4 4 4",
            "words words words words um",
            "is that right? is that right?",
            "I don't know. I don't know. I think so",
            "thank you, thank you, bye",
            "",
        ] {
            assert_eq!(kept(text), None, "{text}");
        }
    }
}
