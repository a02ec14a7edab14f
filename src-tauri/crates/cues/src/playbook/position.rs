use super::Fault;

/// Line and column (from 1) of a byte of the text.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// A fault at a byte of the text.
pub(super) fn fault_at(text: &str, byte: usize, reason: impl Into<String>) -> Fault {
    let (line, column) = position(text, byte);
    Fault { line, column, reason: reason.into() }
}
