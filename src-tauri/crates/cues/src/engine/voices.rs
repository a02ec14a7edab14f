use cueline_events::Lane;

/// When each lane was voiced.
#[derive(Default)]
pub(super) struct Voices {
    lanes: [Vec<Span>; 2],
}

/// One stretch of voice; `end` is open while it lasts.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: f64,
    end: Option<f64>,
}

impl Voices {
    /// A lane began to speak.
    pub(super) fn start(&mut self, lane: Lane, at: f64) {
        let spans = &mut self.lanes[lane.index()];
        if spans.last().is_none_or(|last| last.end.is_some()) {
            spans.push(Span { start: at, end: None });
        }
    }

    /// A lane stopped.
    pub(super) fn end(&mut self, lane: Lane, at: f64) {
        if let Some(last) = self.lanes[lane.index()].last_mut().filter(|last| last.end.is_none()) {
            last.end = Some(at.max(last.start));
        }
    }

    /// Since when the lane has been speaking without a pause, if it speaks.
    pub(super) fn speaking_since(&self, lane: Lane) -> Option<f64> {
        self.lanes[lane.index()].last().filter(|last| last.end.is_none()).map(|last| last.start)
    }

    /// When the lane's last voice ended; `None` while it speaks or when it never did.
    pub(super) fn ended(&self, lane: Lane) -> Option<f64> {
        self.lanes[lane.index()].last().and_then(|last| last.end)
    }

    /// When anybody was first heard.
    pub(super) fn first(&self) -> Option<f64> {
        self.lanes.iter().filter_map(|spans| spans.first()).map(|span| span.start).reduce(f64::min)
    }

    /// Seconds the lane was voiced between two times.
    pub(super) fn voiced(&self, lane: Lane, from: f64, to: f64) -> f64 {
        self.recent(lane, from).map(|span| overlap((span.start, span.end.unwrap_or(to)), (from, to))).sum()
    }

    /// Overlaps of both voices between two times: when each began and ended, and whether the agent came second.
    pub(super) fn overlaps(&self, from: f64, to: f64) -> Vec<Overlap> {
        let mut found = Vec::new();
        for agent in self.recent(Lane::Agent, from) {
            for customer in self.recent(Lane::Customer, from) {
                let start = agent.start.max(customer.start).max(from);
                let end = agent.end.unwrap_or(to).min(customer.end.unwrap_or(to)).min(to);
                if end > start {
                    found.push(Overlap { start, end, agent_second: agent.start > customer.start });
                }
            }
        }
        found
    }

    /// Seconds since anybody spoke.
    pub(super) fn silence(&self, now: f64) -> f64 {
        let last = |spans: &Vec<Span>| spans.last().map(|span| span.end.unwrap_or(now));
        let latest = self.lanes.iter().filter_map(last).reduce(f64::max);
        latest.map_or(now, |latest| (now - latest).max(0.0))
    }

    fn recent(&self, lane: Lane, from: f64) -> impl Iterator<Item = &Span> {
        let spans = &self.lanes[lane.index()];
        let first = spans.partition_point(|span| span.end.is_some_and(|end| end <= from));
        spans[first..].iter()
    }
}

/// Both lanes voiced at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Overlap {
    pub start: f64,
    pub end: f64,
    pub agent_second: bool,
}

/// The length that two stretches share.
pub(super) fn overlap(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_counted_where_they_overlap() {
        let mut voices = Voices::default();
        voices.start(Lane::Customer, 1.0);
        voices.start(Lane::Agent, 4.0);
        voices.end(Lane::Customer, 6.0);
        voices.end(Lane::Agent, 7.0);
        assert_eq!(voices.voiced(Lane::Agent, 0.0, 6.5), 2.5);
        assert_eq!(voices.overlaps(0.0, 10.0), [Overlap { start: 4.0, end: 6.0, agent_second: true }]);
        assert_eq!(voices.silence(9.0), 2.0);
        assert_eq!(voices.speaking_since(Lane::Agent), None);
    }
}
