use super::voices::Voices;
use cueline_events::Lane;

/// A microphone gave nothing in so large a share of the agent's pauses: it is a headset that cuts off whatever is no
/// voice, and says nothing about a hold.
const HABIT: f64 = 0.2;
/// Before so many seconds of pauses nothing is known of the microphone's habits.
const KNOWN: f64 = 10.0;

/// When the agent's microphone gave nothing at all, not even a room's noise.
#[derive(Default)]
pub(super) struct Mutes {
    since: Option<f64>,
    /// Seconds of it that are over.
    total: f64,
}

impl Mutes {
    /// The microphone gives nothing from here on.
    pub(super) fn begin(&mut self, at: f64) {
        self.since.get_or_insert(at);
    }

    /// It gives something again.
    pub(super) fn end(&mut self, at: f64) {
        if let Some(since) = self.since.take() {
            self.total += (at - since).max(0.0);
        }
    }

    /// Since when somebody has switched the microphone off, if it gives nothing now and in ordinary pauses gives
    /// something.
    pub(super) fn since(&self, voices: &Voices) -> Option<f64> {
        let since = self.since?;
        let pauses = since - voices.voiced(Lane::Agent, 0.0, since);
        (pauses >= KNOWN && self.total < HABIT * pauses).then_some(since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_microphone_that_gives_nothing_in_every_pause_was_not_switched_off() {
        let mut voices = Voices::default();
        voices.start(Lane::Agent, 10.0);
        voices.end(Lane::Agent, 20.0);
        for (pauses, switched_off) in [(vec![], true), (vec![(0.0, 1.0)], true), (vec![(0.0, 9.0)], false)] {
            let mut mutes = Mutes::default();
            for (from, to) in &pauses {
                mutes.begin(*from);
                mutes.end(*to);
            }
            mutes.begin(25.0);
            mutes.begin(26.0);
            assert_eq!(mutes.since(&voices), switched_off.then_some(25.0), "{pauses:?}");
            mutes.end(30.0);
            assert_eq!(mutes.since(&voices), None);
        }
        let mut early = Mutes::default();
        early.begin(5.0);
        assert_eq!(early.since(&Voices::default()), None, "too early to know its habits");
    }
}
