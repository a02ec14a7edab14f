use crate::vad::{Earshot, FRAME, Vad};

/// The score at which a voice begins.
///
/// Measured together with the three numbers below on 145 s of telephone lanes with human segment times (8 kHz,
/// resampled): with the pre-roll no annotated speech is missed, no onset is cut, and 0.13 % of the time outside
/// speech passes. A threshold of 0.4 passes 0.6 %; one of 0.6 loses a quarter of a distant speaker with a cold.
const BEGIN_SCORE: f32 = 0.5;
/// The score below which it ends. Lower than the other, so that it does not flutter within a word.
const END_SCORE: f32 = 0.35;
/// So many frames in a row begin a voice: 48 ms. With two, five times as much noise passes.
const ONSET_FRAMES: usize = 3;
/// Frames quieter than this (mean square, -60 dB below full scale) are never voice, however voice-like they sound:
/// room murmur and bleed. At -50 dB, soft onsets are cut by up to 0.3 s.
const FLOOR_POWER: f32 = 1e-6;

/// What one frame of a lane holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// No voice.
    Quiet,
    /// A voice has begun, and this many frames ago: the count includes this one.
    Begins {
        /// Frames of voice so far.
        frames: usize,
    },
    /// The voice goes on.
    Voice,
}

/// Decides for each frame of one lane whether somebody speaks: a score with hysteresis, an onset and an energy floor.
pub struct VoiceActivity<V = Earshot> {
    vad: V,
    speaking: bool,
    onset: usize,
}

impl<V: Vad> VoiceActivity<V> {
    /// How late the detector's answer is, in samples. Its window and context are three frames long; against human
    /// segment times both beginnings and ends come 30 to 60 ms late, so that times are moved back by two frames.
    pub const DELAY: usize = 2 * FRAME;

    /// Starts in silence.
    pub fn new(vad: V) -> Self {
        Self { vad, speaking: false, onset: 0 }
    }

    /// Takes the next frame. Samples beyond full scale are clipped and those that are no number count as silence.
    pub fn push(&mut self, frame: &[f32; FRAME]) -> Activity {
        let frame = frame.map(|s| if s.is_finite() { s.clamp(-1.0, 1.0) } else { 0.0 });
        let score = self.vad.score(&frame);
        let power = frame.iter().map(|s| s * s).sum::<f32>() / FRAME as f32;
        let score = if power < FLOOR_POWER { 0.0 } else { score };
        if self.speaking {
            self.speaking = score >= END_SCORE;
            self.onset = 0;
            return if self.speaking { Activity::Voice } else { Activity::Quiet };
        }
        self.onset = if score >= BEGIN_SCORE { self.onset + 1 } else { 0 };
        self.speaking = self.onset >= ONSET_FRAMES;
        if self.speaking { Activity::Begins { frames: ONSET_FRAMES } } else { Activity::Quiet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scripted<I>(I);

    impl<I: Iterator<Item = f32> + Send> Vad for Scripted<I> {
        fn score(&mut self, _: &[f32; FRAME]) -> f32 {
            self.0.next().unwrap()
        }
    }

    fn run(scores: &[f32], level: f32) -> String {
        let mut activity = VoiceActivity::new(Scripted(scores.iter().copied()));
        let letter = |a| match a {
            Activity::Quiet => '.',
            Activity::Begins { frames } => char::from(b'0' + frames as u8),
            Activity::Voice => 'v',
        };
        scores.iter().map(|_| letter(activity.push(&[level; FRAME]))).collect()
    }

    #[test]
    fn begins_after_an_onset_and_ends_below_the_lower_score() {
        for (scores, expected) in [
            (vec![0.6, 0.6, 0.6, 0.4, 0.34, 0.6], "..3v.."),
            (vec![0.6, 0.6, 0.4, 0.6, 0.6, 0.6], ".....3"),
            (vec![0.49; 6], "......"),
        ] {
            assert_eq!(run(&scores, 0.1), expected);
        }
    }

    #[test]
    fn what_is_too_quiet_is_no_voice() {
        assert_eq!(run(&[0.9; 5], 0.0009), ".....");
        assert_eq!(run(&[0.9; 5], 0.0011), "..3vv");
    }

    #[test]
    fn samples_that_are_no_numbers_or_too_loud_do_no_harm() {
        let mut activity = VoiceActivity::new(Earshot::default());
        for bad in [f32::NAN, f32::INFINITY, -7.0] {
            assert_eq!(activity.push(&[bad; FRAME]), Activity::Quiet);
        }
    }
}
