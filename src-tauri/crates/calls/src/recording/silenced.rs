use super::format::RATE;
use serde::Serialize;
use std::ops::Range;
use ts_rs::TS;

/// A stretch of a call in which something was said that must not be stored: both lanes of the recording are silent
/// there, as one lane's voice may be in the other as an echo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Silenced {
    /// Seconds from call start at which it begins.
    pub start: f64,
    /// Seconds at which it ends.
    pub end: f64,
}

impl Silenced {
    /// Seconds that are silenced before and after where figures can have been said: the voice's own beginning and end
    /// are known to 0.1 s, and one who speaks faster at the beginning than at the end shifts a word by a few tenths.
    pub const MARGIN: f64 = 0.5;

    /// The stretch from second `start` to second `end` with its margins.
    pub fn around(start: f64, end: f64) -> Self {
        Self { start: (start - Self::MARGIN).max(0.0), end: end + Self::MARGIN }
    }

    /// The frames that lie in it.
    pub(super) fn frames(self) -> Range<u64> {
        frame(self.start)..frame(self.end)
    }

    pub(super) fn of_frames(frames: &Range<u64>) -> Self {
        let second = |frame: u64| frame as f64 / f64::from(RATE);
        Self { start: second(frames.start), end: second(frames.end) }
    }
}

/// The frame that is recorded at a second of the call. A cast saturates, so that the end of time is the last frame.
pub(super) fn frame(second: f64) -> u64 {
    (second.max(0.0) * f64::from(RATE)).round() as u64
}

/// Adds a stretch of frames to stretches that are in order, apart from each other and never empty.
pub(super) fn add(to: &mut Vec<Range<u64>>, mut new: Range<u64>) {
    if new.is_empty() {
        return;
    }
    to.retain(|old| {
        let touches = old.start <= new.end && new.start <= old.end;
        if touches {
            new = old.start.min(new.start)..old.end.max(new.end);
        }
        !touches
    });
    let place = to.partition_point(|old| old.start < new.start);
    to.insert(place, new);
}

/// The parts of stretches that lie in `piece`, counted from its beginning.
pub(super) fn within(stretches: &[Range<u64>], piece: &Range<u64>) -> Vec<Range<u64>> {
    let part = |stretch: &Range<u64>| {
        stretch.start.max(piece.start).saturating_sub(piece.start)
            ..stretch.end.min(piece.end).saturating_sub(piece.start)
    };
    stretches.iter().map(part).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stretches_hold_what_was_added_and_nothing_else(added in prop::collection::vec((0_u64..60, 0_u64..12), 0..12), from in 0_u64..60, length in 0_u64..30) {
            let added: Vec<Range<u64>> = added.into_iter().map(|(start, length)| start..start + length).collect();
            let mut kept = Vec::new();
            added.iter().for_each(|one| add(&mut kept, one.clone()));
            let expected = |frame: u64| added.iter().any(|one| one.contains(&frame));
            for frame in 0..100 {
                prop_assert_eq!(kept.iter().any(|one| one.contains(&frame)), expected(frame));
            }
            prop_assert!(kept.windows(2).all(|two| two[0].end < two[1].start), "{:?}", kept);
            let piece = from..from + length;
            let parts = within(&kept, &piece);
            for frame in piece.clone() {
                prop_assert_eq!(parts.iter().any(|part| part.contains(&(frame - from))), expected(frame));
            }
        }
    }
}
