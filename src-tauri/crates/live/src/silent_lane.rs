use cueline_events::{Lane, Notice};

/// Seconds into the call after which a lane should have given something.
const PATIENCE: f64 = 20.0;
/// Peaks below this, in dB of full scale, are no voice: a quiet one is above -42.
const SOUND_DB: f32 = -60.0;

/// Notices a device that has given nothing since the call began while the other lane's side speaks: the wrong one was
/// chosen, or it is muted. Told once a lane, as the call could not be heard otherwise.
#[derive(Default)]
pub(crate) struct SilentLane {
    /// Per lane, whether there was sound.
    sounded: [bool; 2],
    /// Per lane, whether words were heard.
    spoke: [bool; 2],
    told: [bool; 2],
}

impl SilentLane {
    /// A lane is this loud.
    pub(crate) fn level(&mut self, lane: Lane, peak_db: f32) {
        self.sounded[lane.index()] |= peak_db > SOUND_DB;
    }

    /// A lane's words were heard.
    pub(crate) fn spoke(&mut self, lane: Lane) {
        self.spoke[lane.index()] = true;
    }

    /// What the agent should know by now, at so many seconds of the call.
    pub(crate) fn notice(&mut self, now: f64) -> Option<Notice> {
        let silent = |lane: &Lane| {
            let (lane, other) = (lane.index(), lane.other().index());
            now >= PATIENCE && !self.sounded[lane] && self.spoke[other] && !self.told[lane]
        };
        let lane = Lane::BOTH.into_iter().find(silent)?;
        self.told[lane.index()] = true;
        Some(notice(lane))
    }
}

fn notice(lane: Lane) -> Notice {
    let (code, message, what_to_do) = match lane {
        Lane::Customer => (
            "customer_silent",
            "Nothing has been heard from the customer's side.",
            "Cueline listens to another output than you do, or it is muted. Check the sound before the next call.",
        ),
        Lane::Agent => (
            "microphone_silent",
            "Nothing has been heard from your microphone.",
            "See whether it is muted; if it is the wrong one, choose another before the next call.",
        ),
    };
    Notice { code: code.into(), message: message.into(), what_to_do: what_to_do.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_that_gives_nothing_while_the_other_speaks_is_told_once() {
        let mut lanes = SilentLane::default();
        lanes.level(Lane::Agent, -20.0);
        lanes.level(Lane::Customer, -90.0);
        assert_eq!(lanes.notice(25.0), None, "nobody has spoken yet");
        lanes.spoke(Lane::Agent);
        assert_eq!(lanes.notice(15.0), None, "it is early");
        assert_eq!(lanes.notice(25.0).map(|notice| notice.code), Some("customer_silent".to_owned()));
        assert_eq!(lanes.notice(60.0), None);
    }

    #[test]
    fn a_lane_that_was_heard_once_is_not_silent() {
        let mut lanes = SilentLane::default();
        lanes.level(Lane::Agent, -30.0);
        lanes.level(Lane::Agent, -90.0);
        lanes.level(Lane::Customer, -20.0);
        lanes.spoke(Lane::Customer);
        lanes.spoke(Lane::Agent);
        assert_eq!(lanes.notice(60.0), None);
    }
}
