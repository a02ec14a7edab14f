/// The customer's heat: what angry words add, and what time takes away.
///
/// A score of words, not a judgement of a person: it only decides when a de-escalation cue fires.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heat {
    score: f64,
    at: f64,
    half_life: f64,
}

impl Heat {
    /// No heat yet.
    pub(super) fn new(half_life: f64) -> Self {
        Self { score: 0.0, at: 0.0, half_life }
    }

    /// The score at a time.
    pub(super) fn score(&self, at: f64) -> f64 {
        self.score * 0.5_f64.powf((at - self.at).max(0.0) / self.half_life)
    }

    /// Words of this weight were said.
    pub(super) fn add(&mut self, weight: f64, at: f64) {
        self.score = self.score(at) + weight;
        self.at = self.at.max(at);
    }

    /// The agent acknowledged it: half of it goes.
    pub(super) fn acknowledge(&mut self, at: f64) {
        self.score = self.score(at) / 2.0;
        self.at = self.at.max(at);
    }
}

#[cfg(test)]
mod tests {
    use super::Heat;

    #[test]
    fn heat_adds_up_and_fades() {
        let mut heat = Heat::new(60.0);
        heat.add(2.0, 0.0);
        heat.add(2.0, 60.0);
        assert!((heat.score(60.0) - 3.0).abs() < 1e-9);
        assert!((heat.score(120.0) - 1.5).abs() < 1e-9);
        heat.acknowledge(120.0);
        assert!((heat.score(120.0) - 0.75).abs() < 1e-9);
    }
}
