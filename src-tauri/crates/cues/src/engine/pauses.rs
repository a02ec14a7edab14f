use super::voices::overlap;

/// When nothing was heard because the agent had paused the call: no deadline runs and no silence counts then.
#[derive(Default)]
pub(super) struct Pauses {
    over: Vec<(f64, f64)>,
    since: Option<f64>,
}

impl Pauses {
    /// A pause begins, unless one is running.
    pub(super) fn begin(&mut self, at: f64) {
        self.since.get_or_insert(at);
    }

    /// The pause is over, if there is one.
    pub(super) fn end(&mut self, at: f64) {
        if let Some(since) = self.since.take() {
            self.over.push((since, at.max(since)));
        }
    }

    /// Whether the call is paused now.
    pub(super) fn running(&self) -> bool {
        self.since.is_some()
    }

    /// Seconds between two times in which the call was paused.
    pub(super) fn within(&self, from: f64, to: f64) -> f64 {
        let running = self.since.map(|since| (since, to));
        self.over.iter().copied().chain(running).map(|pause| overlap(pause, (from, to))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Pauses;

    #[test]
    fn paused_seconds_are_counted_where_they_overlap() {
        let mut pauses = Pauses::default();
        pauses.end(1.0);
        pauses.begin(2.0);
        pauses.begin(3.0);
        assert!(pauses.running());
        assert_eq!(pauses.within(0.0, 6.0), 4.0);
        pauses.end(10.0);
        assert!(!pauses.running());
        assert_eq!(pauses.within(4.0, 30.0), 6.0);
        assert_eq!(pauses.within(11.0, 30.0), 0.0);
    }
}
