use std::collections::VecDeque;

/// Samples kept: more than the gate looks back on, and four seconds that may come before their time.
const KEPT: usize = 6 * crate::SAMPLE_RATE as usize;

/// The recent samples of the lane whose echo is looked for.
#[derive(Default)]
pub(crate) struct FarEnd {
    samples: VecDeque<f32>,
    end: u64,
}

impl FarEnd {
    /// One past the last sample that has come.
    pub(crate) fn end(&self) -> u64 {
        self.end
    }

    /// Takes the next samples; `start` is the call's index of the first. What was already given is passed over, what
    /// is missing counts as silence.
    pub(crate) fn push(&mut self, start: u64, samples: &[f32]) {
        let known = self.end.saturating_sub(start).min(samples.len() as u64) as usize;
        let missing = start.saturating_sub(self.end);
        self.samples.extend(std::iter::repeat_n(0.0, missing.min(KEPT as u64) as usize));
        self.samples.extend(samples[known..].iter().map(|s| if s.is_finite() { *s } else { 0.0 }));
        self.end += missing + (samples.len() - known) as u64;
        self.samples.drain(..self.samples.len().saturating_sub(KEPT));
    }

    /// Copies the samples from `start` on; those before the call or not there count as silence.
    pub(crate) fn copy(&self, start: i64, to: &mut [f32]) {
        let first = self.end as i64 - self.samples.len() as i64;
        for (index, sample) in (start - first..).zip(to) {
            *sample = usize::try_from(index).ok().and_then(|i| self.samples.get(i)).copied().unwrap_or(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_stand_where_they_belong() {
        let mut far = FarEnd::default();
        far.push(0, &[1.0, 2.0, 3.0]);
        far.push(2, &[9.0, 4.0]);
        far.push(6, &[7.0, f32::NAN]);
        let mut copy = [5.0; 11];
        far.copy(-2, &mut copy);
        assert_eq!(copy, [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 7.0, 0.0, 0.0]);
        assert_eq!(far.end(), 8);
    }

    #[test]
    fn it_is_bounded() {
        let mut far = FarEnd::default();
        far.push(1_000_000_000, &[1.0; 10 * KEPT]);
        assert_eq!(far.samples.len(), KEPT);
        assert_eq!(far.end(), 1_000_000_000 + 10 * KEPT as u64);
    }
}
