//! Figures with their spread.

use serde::Serialize;

/// Percentiles of a measurement in seconds; `None` is infinite: so many were missed that the percentile is one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Spread {
    pub(crate) count: usize,
    pub(crate) missed: usize,
    pub(crate) p50: Option<f64>,
    pub(crate) p90: Option<f64>,
    pub(crate) p95: Option<f64>,
    /// Of those that were not missed.
    pub(crate) max: Option<f64>,
}

impl Spread {
    /// The spread of what was measured, with `missed` more that count as infinite.
    pub(crate) fn of(values: &[f64], missed: usize) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len() + missed;
        let at = |share: f64| {
            let rank = (share * count as f64).ceil() as usize;
            rank.checked_sub(1).and_then(|rank| sorted.get(rank)).copied().map(rounded)
        };
        Self {
            count,
            missed,
            p50: at(0.5),
            p90: at(0.9),
            p95: at(0.95),
            max: sorted.last().copied().map(rounded),
        }
    }
}

/// To milliseconds.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The 95 % interval of a statistic over resampled groups (1,000 times, always the same ones).
pub(crate) fn bootstrap<T: Copy>(groups: &[T], statistic: impl Fn(&[T]) -> f64) -> [f64; 2] {
    if groups.is_empty() {
        return [0.0, 0.0];
    }
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % groups.len() as u64) as usize
    };
    let mut values: Vec<f64> =
        (0..1000).map(|_| statistic(&groups.iter().map(|_| groups[draw()]).collect::<Vec<_>>())).collect();
    values.sort_by(f64::total_cmp);
    [rounded(values[25]), rounded(values[974])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_is_infinite() {
        let values: Vec<f64> = (1..=9).map(f64::from).collect();
        let spread = Spread::of(&values, 1);
        assert_eq!((spread.p50, spread.p90, spread.p95), (Some(5.0), Some(9.0), None));
        assert_eq!(Spread::of(&[], 0).p50, None);
    }

    #[test]
    fn the_interval_holds_the_mean() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let [low, high] = bootstrap(&values, |v| v.iter().sum::<f64>() / v.len() as f64);
        assert!(low < 49.5 && 49.5 < high && high - low < 20.0, "{low} {high}");
    }
}
