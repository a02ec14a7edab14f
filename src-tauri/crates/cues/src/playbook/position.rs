use super::Fault;

/// A text whose places can be told by line and column.
pub(super) struct Positions<'a> {
    text: &'a str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl<'a> Positions<'a> {
    /// The places of this text.
    pub(super) fn of(text: &'a str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines }
    }

    /// Line and column (from 1) of a byte.
    pub(super) fn position(&self, byte: usize) -> (usize, usize) {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines[line - 1];
        (line, self.text[start..byte].chars().count() + 1)
    }

    /// A fault at a byte.
    pub(super) fn fault(&self, byte: usize, reason: impl Into<String>) -> Fault {
        let (line, column) = self.position(byte);
        Fault { line, column, reason: reason.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Positions;

    #[test]
    fn bytes_have_lines_and_columns() {
        let positions = Positions::of("ab\nçd\n");
        for (byte, place) in [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (2, 1)), (5, (2, 2)), (99, (3, 1))] {
            assert_eq!(positions.position(byte), place, "{byte}");
        }
    }
}
