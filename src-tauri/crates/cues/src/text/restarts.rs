use super::{Pause, Token};

/// Removes what a speaker says twice in a row while finding the words: one to three words repeated at once, and asides
/// (`, you know,`). Numerals stay, because `four four five six` is not a restart.
pub(super) fn drop_restarts(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        out.push(token);
        drop_aside(&mut out);
        for length in (1..=3).rev() {
            if repeats(&out, length) {
                let cut = out.len() - length;
                out.drain(cut - length..cut);
                break;
            }
        }
    }
    out
}

/// Removes `you know` and `I mean` between commas.
fn drop_aside(out: &mut Vec<Token>) {
    let [.., before, first, second] = out.as_slice() else { return };
    let aside = matches!((first.form.as_str(), second.form.as_str()), ("you", "know") | ("i", "mean"));
    if aside && before.pause == Pause::Comma && second.pause == Pause::Comma {
        out.truncate(out.len() - 2);
    }
}

fn repeats(tokens: &[Token], length: usize) -> bool {
    let Some(second) = tokens.len().checked_sub(length) else { return false };
    let Some(first) = second.checked_sub(length) else { return false };
    let same = |(a, b): (&Token, &Token)| a.form == b.form && a.number.is_none();
    tokens[first..second].iter().zip(&tokens[second..]).all(same)
        && (length == 1 || tokens[second - 1].pause < Pause::Sentence)
}
