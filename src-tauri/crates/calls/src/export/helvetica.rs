//! Helvetica, which every PDF reader brings along: what letters it has there and how wide they are.
//!
//! Widths are Adobe's font metrics (AFM) in thousandths of the size. The letters are those of Windows code page 1252, which
//! PDF calls WinAnsiEncoding; what is none of them becomes a question mark.

/// The widths of U+0020 to U+007E.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// The widest letter there is: what is not in the table takes as much, so that no line is too long.
const WIDEST: u16 = 1015;

/// Code page 1252 from 0x80 to 0x9F; a space where it has nothing.
const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// A text in the encoding of the font. What moves the pen in other ways than forward becomes a space.
pub(super) fn encode(text: &str) -> Vec<u8> {
    text.chars().map(encoded).collect()
}

fn encoded(letter: char) -> u8 {
    match letter {
        '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ff}' => letter as u8,
        control if control.is_control() || control.is_whitespace() => b' ',
        other => match HIGH.chars().position(|known| known == other) {
            Some(place) => 0x80 + place as u8,
            None => b'?',
        },
    }
}

/// How wide a text is at a size of one. The bold face is wider by a fifth at most, which is what it is taken for.
pub(super) fn width(encoded: &[u8], bold: bool) -> f32 {
    let sum: u32 = encoded
        .iter()
        .map(|letter| {
            let place = letter.checked_sub(0x20).map(usize::from);
            u32::from(place.and_then(|place| WIDTHS.get(place)).copied().unwrap_or(WIDEST))
        })
        .sum();
    sum as f32 / 1000.0 * if bold { 1.2 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_places_and_widths_of_the_standard_font() {
        assert_eq!(encode("Aé€–’\n?"), [0x41, 0xe9, 0x80, 0x96, 0x92, b' ', b'?']);
        assert_eq!(encode("Łukasz"), *b"?ukasz");
        for (text, thousandths) in [("W", 944), ("i", 222), ("mm", 1666), ("~", 584), ("00:01", 2502)] {
            assert_eq!((width(text.as_bytes(), false) * 1000.0).round() as u32, thousandths, "{text}");
        }
    }
}
