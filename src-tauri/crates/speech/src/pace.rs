/// The shortest time between two ticks of one lane, in seconds of audio.
const SHORTEST: f64 = 0.5;
/// The period is at least the measured cost of a tick times this, so that two lanes leave the decoder free for more
/// urgent work.
const PER_COST: f64 = 2.2;
/// Over how many seconds the load is averaged.
const WINDOW: f64 = 10.0;
/// Above this load only the customer has ticks, and fewer.
const BUSY: f64 = 0.6;
/// Above this load there are no ticks: the decoder keeps to pauses and finals.
const VERY_BUSY: f64 = 0.75;

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

    /// The least seconds of audio from one tick of a lane to the next; `None` when there should be none now.
    pub(crate) fn period(&self, now: f64, first_choice: bool) -> Option<f64> {
        let period = (PER_COST * self.cost.unwrap_or(0.0)).max(SHORTEST);
        match self.load(now) {
            load if load > VERY_BUSY => None,
            load if load > BUSY => first_choice.then_some(1.5 * period),
            _ => Some(period),
        }
    }

    fn decayed(&self, now: f64) -> f64 {
        self.work * (-(now - self.at).max(0.0) / WINDOW).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stretch_with_cost_and_give_way_to_load() {
        let paced = |cost: f64, every: f64| {
            let mut pace = Pace::default();
            for i in 1..100 {
                pace.worked(f64::from(i) * every, cost, true);
            }
            (pace.period(99.0 * every, true), pace.period(99.0 * every, false))
        };
        assert_eq!(paced(0.1, 1.0), (Some(0.5), Some(0.5)));
        let (first, second) = paced(0.4, 1.0);
        assert!((first.unwrap() - 0.88).abs() < 1e-9 && second == first);
        let (first, second) = paced(0.65, 1.0);
        assert!((first.unwrap() - 1.5 * 2.2 * 0.65).abs() < 1e-9 && second.is_none());
        assert_eq!(paced(0.9, 1.0), (None, None));
    }
}
