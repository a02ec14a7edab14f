//! Two word sequences beside each other.

use serde::Serialize;

/// How a transcript differs from its reference, in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Errors {
    pub(crate) reference: usize,
    pub(crate) substituted: usize,
    pub(crate) deleted: usize,
    pub(crate) inserted: usize,
}

impl Errors {
    /// All errors.
    pub(crate) fn total(self) -> usize {
        self.substituted + self.deleted + self.inserted
    }

    /// Errors per reference word.
    pub(crate) fn rate(self) -> f64 {
        self.total() as f64 / self.reference.max(1) as f64
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.reference += other.reference;
        self.substituted += other.substituted;
        self.deleted += other.deleted;
        self.inserted += other.inserted;
    }
}

/// The cheapest alignment.
pub(crate) struct Alignment {
    /// What it costs.
    pub(crate) errors: Errors,
    /// Equal words: their places in the reference and in the transcript, in order.
    pub(crate) equal: Vec<(usize, usize)>,
    /// Words of the transcript that stand for none of the reference.
    pub(crate) inserted: Vec<usize>,
}

/// Aligns a transcript with its reference by edit distance.
pub(crate) fn align(reference: &[String], transcript: &[String]) -> Alignment {
    let (rows, columns) = (reference.len() + 1, transcript.len() + 1);
    let mut cost = vec![0_u32; rows * columns];
    cost[..columns].iter_mut().zip(0..).for_each(|(cost, column)| *cost = column);
    for row in 1..rows {
        cost[row * columns] = row as u32;
        for column in 1..columns {
            let same = u32::from(reference[row - 1] != transcript[column - 1]);
            let substituted = cost[(row - 1) * columns + column - 1] + same;
            let deleted = cost[(row - 1) * columns + column] + 1;
            let inserted = cost[row * columns + column - 1] + 1;
            cost[row * columns + column] = substituted.min(deleted).min(inserted);
        }
    }
    let mut errors = Errors { reference: reference.len(), ..Errors::default() };
    let (mut equal, mut extra) = (Vec::new(), Vec::new());
    let (mut row, mut column) = (rows - 1, columns - 1);
    while row > 0 || column > 0 {
        let here = cost[row * columns + column];
        if row > 0 && column > 0 {
            let same = reference[row - 1] == transcript[column - 1];
            if cost[(row - 1) * columns + column - 1] + u32::from(!same) == here {
                (row, column) = (row - 1, column - 1);
                if same {
                    equal.push((row, column));
                } else {
                    errors.substituted += 1;
                }
                continue;
            }
        }
        if row > 0 && cost[(row - 1) * columns + column] + 1 == here {
            row -= 1;
            errors.deleted += 1;
        } else {
            column -= 1;
            errors.inserted += 1;
            extra.push(column);
        }
    }
    equal.reverse();
    extra.reverse();
    Alignment { errors, equal, inserted: extra }
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn errors_are_counted_by_kind() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (reference, transcript, counts) in [
            ("a b c", "a b c", (0, 0, 0)),
            ("a b c", "a x c", (1, 0, 0)),
            ("a b c", "a c", (0, 1, 0)),
            ("a b", "a x b", (0, 0, 1)),
            ("", "x y", (0, 0, 2)),
            ("a b", "", (0, 2, 0)),
        ] {
            let aligned = align(&words(reference), &words(transcript));
            let errors = aligned.errors;
            assert_eq!(
                (errors.substituted, errors.deleted, errors.inserted),
                counts,
                "{reference} / {transcript}"
            );
            assert_eq!(aligned.inserted.len(), errors.inserted);
        }
    }
}
