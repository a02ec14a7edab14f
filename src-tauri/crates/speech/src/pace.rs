use cueline_events::Lane;

/// The shortest time between two looks at the words of one lane, in seconds of audio. Cues fire on the customer's
/// words while they are spoken; the agent's are only shown.
const SHORTEST: [f64; 2] = [1.2, 0.5];
/// The period is at least the measured cost of a tick times this, so that two lanes leave the decoder free for more
/// urgent work.
const PER_COST: f64 = 2.2;
/// Over how many seconds the load is averaged.
const WINDOW: f64 = 10.0;
/// The loads from which less is asked of the decoder.
const FEWER: f64 = 0.6;
const PAUSES: f64 = 0.75;
const FINALS: f64 = 0.9;

/// What the decoder is asked for. It follows the load up and, as that fades within ten seconds, down again. Finals
/// are never given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effort {
    /// Finals and nothing else.
    Finals,
    /// Finals, and a look at every pause.
    Pauses,
    /// Looks at the customer's running speech too, but fewer.
    Fewer,
    /// Everything.
    Full,
}

/// How often running speech may be decoded, by what decoding costs on this machine now.
#[derive(Default)]
pub(crate) struct Pace {
    /// Cost of a tick in seconds, averaged over about four.
    cost: Option<f64>,
    /// Seconds of work, decaying with [`WINDOW`].
    work: f64,
    at: f64,
}

impl Pace {
    /// Notes a decode that ended at `now` and took `seconds`.
    pub(crate) fn worked(&mut self, now: f64, seconds: f64, tick: bool) {
        self.work = self.decayed(now) + seconds;
        self.at = self.at.max(now);
        if tick {
            self.cost = Some(self.cost.map_or(seconds, |c| c + (seconds - c) / 4.0));
        }
    }

    /// The share of the last ten seconds or so that the decoder was at work.
    pub(crate) fn load(&self, now: f64) -> f64 {
        self.decayed(now) / WINDOW
    }

    /// What may be asked for now.
    pub(crate) fn effort(&self, now: f64) -> Effort {
        match self.load(now) {
            load if load > FINALS => Effort::Finals,
            load if load > PAUSES => Effort::Pauses,
            load if load > FEWER => Effort::Fewer,
            _ => Effort::Full,
        }
    }

    /// The least seconds of audio from one tick of a lane to the next; `None` when there should be none now.
    pub(crate) fn period(&self, now: f64, lane: Lane) -> Option<f64> {
        let period = (PER_COST * self.cost.unwrap_or(0.0)).max(SHORTEST[lane.index()]);
        match self.effort(now) {
            Effort::Full => Some(period),
            Effort::Fewer => (lane == Lane::Customer).then_some(1.5 * period),
            Effort::Pauses | Effort::Finals => None,
        }
    }

    fn decayed(&self, now: f64) -> f64 {
        self.work * (-(now - self.at).max(0.0) / WINDOW).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(cost: f64) -> Pace {
        let mut pace = Pace::default();
        for second in 1..100 {
            pace.worked(f64::from(second), cost, true);
        }
        pace
    }

    #[test]
    fn ticks_stretch_with_cost_and_give_way_to_load() {
        let periods = |cost| Lane::BOTH.map(|lane| paced(cost).period(99.0, lane));
        assert_eq!(periods(0.1), [Some(1.2), Some(0.5)]);
        let [agent, customer] = periods(0.4);
        assert!((customer.unwrap() - 0.88).abs() < 1e-9 && agent == Some(1.2));
        let [agent, customer] = periods(0.65);
        assert!((customer.unwrap() - 1.5 * 2.2 * 0.65).abs() < 1e-9 && agent.is_none());
        assert_eq!(periods(0.9), [None, None]);
    }

    #[test]
    fn an_overloaded_machine_keeps_to_finals_and_is_itself_again_within_ten_seconds() {
        let efforts = [0.3, 0.65, 0.8, 1.0].map(|cost| paced(cost).effort(99.0));
        assert_eq!(efforts, [Effort::Full, Effort::Fewer, Effort::Pauses, Effort::Finals]);
        assert_eq!(paced(1.0).effort(109.0), Effort::Full);
    }
}
