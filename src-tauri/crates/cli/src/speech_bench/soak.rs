//! A long day of calls: whether anything grows.

use super::process;
use super::spread::rounded;
use serde_json::{Value, json};

/// What the process held after each call of the day.
#[derive(Default)]
pub(crate) struct Soak {
    seconds: f64,
    calls: usize,
    memory_mb: Vec<f64>,
    handles: Vec<f64>,
    longest_wait: f64,
    most_lag: f64,
}

impl Soak {
    /// Hours of calls so far.
    pub(crate) fn hours(&self) -> f64 {
        self.seconds / 3600.0
    }

    /// A call has ended.
    pub(crate) fn note(&mut self, seconds: f64, longest_wait: f64, lag: f64) {
        self.seconds += seconds;
        self.calls += 1;
        self.memory_mb.extend(process::memory_mb());
        self.handles.extend(process::handles().map(|handles| handles as f64));
        self.longest_wait = self.longest_wait.max(longest_wait);
        self.most_lag = self.most_lag.max(lag);
    }

    /// The day's second quarter beside its last one: the first fills caches.
    pub(crate) fn summary(&self) -> Value {
        json!({
            "hours": rounded(self.hours()),
            "calls": self.calls,
            "memory_mb": change(&self.memory_mb),
            "handles": change(&self.handles),
            "longest_wait": rounded(self.longest_wait),
            "most_lag": self.most_lag,
        })
    }
}

/// The medians of the second and the last quarter.
fn change(values: &[f64]) -> Value {
    let quarter = values.len() / 4;
    let median = |part: &[f64]| {
        let mut sorted = part.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().map(rounded)
    };
    json!({ "second_quarter": median(&values[quarter..2 * quarter]), "last_quarter": median(&values[3 * quarter..]) })
}
