use crate::{Block, SAMPLE_RATE};
use cueline_events::{Lane, Notice};

/// What one lane gives, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum LaneEvent {
    /// The next samples. A lane's blocks are contiguous from the start of the call.
    Samples(Block),
    /// The loudness of the last 100 ms.
    Level {
        /// Which lane.
        lane: Lane,
        /// Root mean square, dB below full scale, -90 at the lowest.
        rms_db: f32,
        /// Highest sample, dB below full scale, -90 at the lowest.
        peak_db: f32,
    },
    /// Sound was lost between these times and silence stands in its place. A loopback that fell silent because
    /// nothing played is no loss and is not reported.
    Gap {
        /// Which lane.
        lane: Lane,
        /// Seconds from call start at which the loss begins.
        start: f64,
        /// Seconds from call start at which it ends.
        end: f64,
    },
    /// The lane's device stopped giving sound. Silence follows, and the device is tried again and again.
    Lost {
        /// Which lane.
        lane: Lane,
        /// What happened and what to do.
        notice: Notice,
    },
    /// The lost device is back; a [`LaneEvent::Gap`] for the time without it comes with this.
    Found {
        /// Which lane.
        lane: Lane,
    },
}

impl LaneEvent {
    /// Which lane it is of.
    pub fn lane(&self) -> Lane {
        match self {
            LaneEvent::Samples(block) => block.lane,
            LaneEvent::Level { lane, .. }
            | LaneEvent::Gap { lane, .. }
            | LaneEvent::Lost { lane, .. }
            | LaneEvent::Found { lane } => *lane,
        }
    }

    /// Seconds from call start at which its samples end; `None` when it has none.
    pub fn end(&self) -> Option<f64> {
        match self {
            LaneEvent::Samples(block) => Some(block.end() as f64 / f64::from(SAMPLE_RATE)),
            _ => None,
        }
    }
}
