/// Seconds between lane and clock that are tolerated; more is worked off.
pub(crate) const TOLERATED: f64 = 0.04;

/// The part of the frames that may be left out or doubled to bring the lane back: one in 200, too few to be heard
/// by Whisper, enough for sound cards (below one in 5000) and for a late burst of sound to be worked off in a minute.
pub(crate) const SLIP: usize = 200;

/// Seconds over which the distance between lane and clock is judged. A sound card strays by a millisecond in that
/// time, and a busy machine delivers at least once without delay.
const WINDOW: f64 = 10.0;

/// Seconds by which a lane falls behind within a window that no sound card strays: a busy sound system dropped them.
const DROPPED: f64 = 0.08;

/// How far lane and clock have come apart.
///
/// A delivery may be late, but none is early; so the delay is judged by the shortest within a window, and the lane is
/// held to the delay that its stream had at first.
#[derive(Default)]
pub(crate) struct Drift {
    /// Seconds of sound in the window so far, and the shortest delay in it.
    seen: f64,
    shortest: f64,
    /// The delay of the stream's first window. Below 0 would be sound that came before it was captured.
    usual: Option<f64>,
    /// Seconds still to be worked off; negative when the lane is ahead.
    due: f64,
}

impl Drift {
    /// What was noted no longer holds: silence has been put in.
    pub(crate) fn begin_window(&mut self) {
        (self.seen, self.due) = (0.0, 0.0);
    }

    /// Takes note of how many seconds later than its place in the lane a delivery of so many seconds was captured.
    /// Returns how many seconds of sound the last window has lost, if it has.
    pub(crate) fn see(&mut self, delay: f64, seconds: f64) -> Option<f64> {
        if self.due != 0.0 {
            return None;
        }
        self.shortest = if self.seen == 0.0 { delay } else { self.shortest.min(delay) };
        self.seen += seconds;
        if self.seen >= WINDOW {
            let usual = *self.usual.get_or_insert(self.shortest.max(0.0));
            let drift = self.shortest - usual;
            self.begin_window();
            if drift.abs() > TOLERATED {
                self.due = drift;
            }
            return (drift > DROPPED).then_some(drift);
        }
        None
    }

    /// How many frames to double (or, negative, to leave out) among so many.
    pub(crate) fn slip(&mut self, frames: usize, rate: u32) -> isize {
        let due = (self.due * f64::from(rate)) as isize;
        let most = (frames / SLIP).max(1) as isize;
        let slip = due.clamp(-most, most);
        self.due = if due.abs() <= most { 0.0 } else { self.due - slip as f64 / f64::from(rate) };
        slip
    }
}
