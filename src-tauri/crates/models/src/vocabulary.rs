//! The tokens of a model, from the `vocabulary.txt` that CTranslate2 keeps beside it.

/// The entries of GPT-2's vocabulary. whisper.cpp's files carry these; it numbers the special tokens after them by itself.
/// The last is `<|endoftext|>` in English models and an empty token in multilingual ones.
const GPT2_TOKENS: usize = 50_257;

/// The bytes of each token of `text`, which has one token a line in GPT-2's printable alphabet; or which line is wrong.
pub(crate) fn parse_vocabulary(text: &str) -> Result<Vec<Vec<u8>>, String> {
    let bytes_of = printable_alphabet();
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    lines
        .take(GPT2_TOKENS)
        .enumerate()
        .map(|(number, line)| {
            line.chars()
                .map(|c| {
                    let place = bytes_of.iter().position(|known| *known == c);
                    place.map(|byte| byte as u8).ok_or_else(|| {
                        format!("line {}: {c:?} is not in GPT-2's printable alphabet", number + 1)
                    })
                })
                .collect()
        })
        .collect()
}

/// The character that stands for each byte: itself where it prints, otherwise the next one from U+0100 on.
fn printable_alphabet() -> [char; 256] {
    let mut next = '\u{100}'..;
    std::array::from_fn(|byte| match byte as u8 {
        b @ (b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff) => char::from(b),
        _ => next.next().unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bytes_from_printable_characters() {
        let tokens = parse_vocabulary("!\nĠthe\nĊ\nåľº\n\n<|endoftext|>\n").unwrap();
        let expected: [&[u8]; 6] = [b"!", b" the", b"\n", "场".as_bytes(), b"", b"<|endoftext|>"];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn the_alphabet_has_256_different_characters() {
        let distinct: std::collections::HashSet<char> = printable_alphabet().into_iter().collect();
        assert_eq!(distinct.len(), 256);
        assert_eq!(printable_alphabet()[0xad], 'Ń');
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        assert!(parse_vocabulary("a\nb c\n").unwrap_err().starts_with("line 2:"));
        assert!(parse_vocabulary("a\r\n").unwrap_err().starts_with("line 1:"));
    }

    #[test]
    fn takes_only_what_whisper_cpp_reads() {
        let text: String = (0..GPT2_TOKENS + 1600).map(|_| "a\n").collect();
        assert_eq!(parse_vocabulary(&text).unwrap().len(), GPT2_TOKENS);
    }
}
