use crate::echo_path::Judged;
use crate::vad::FRAME;

/// An echo of less power than this (-80 dB below full scale) is nothing: the frame stays as it is.
const NO_ECHO: f32 = 1e-8;
/// How much of an echo's power a room holds a frame later, beyond what the filter spans.
const REVERBERATION: f32 = 0.75;
/// The part of the echo's power that the filter leaves: what is assumed at first, and the bounds of what is learnt.
const FIRST_LEAK: f32 = 0.6;
const LEAST_LEAK: f32 = 0.04;
/// Frames without a voice's echo after which the first assumption holds again: one second, in which the way may have
/// moved.
const REST: u32 = 64;
/// An echo of less power than this (-60 dB) is no voice's.
const FAINT: f32 = 1e-6;
/// The learnt part is the lower third of what was seen, so that a near end that speaks does not raise it.
const LEAK_RISES: f32 = 1.02;
const LEAK_FALLS: f32 = 0.96;
/// What is left and is so many times stronger than the filter leaves is a voice, and stays one down to the second.
const VOICE: f32 = 8.0;
const STILL_VOICE: f32 = 2.0;
/// Power (-69 dB below full scale) below which nothing left of an echo is a voice.
const FLOOR: f32 = 1.25e-7;
/// The noise is the quietest of the last seconds; a voice has more than so many times its power.
const NOISE_RISES: f32 = 1.003;
const NOISE_FALLS: f32 = 0.9;
const OVER_NOISE: f32 = 4.0;
/// Frames in a row that begin a voice, and frames for which it is then kept: 0.2 s.
const ONSET: u32 = 2;
const HANGOVER: u32 = 12;

/// Decides frame by frame whether what is left of an echo is more than the filter leaves, and silences it if not.
pub(crate) struct EchoMask {
    /// The echo's power, with its reverberation.
    envelope: f32,
    leak: f32,
    rested: u32,
    /// The near end's own noise.
    noise: f32,
    strong: u32,
    open: u32,
    gain: f32,
}

impl EchoMask {
    pub(crate) fn new() -> Self {
        Self { envelope: 0.0, leak: FIRST_LEAK, rested: 0, noise: FAINT, strong: 0, open: 0, gain: 1.0 }
    }

    /// The frame as it may be heard: as it was where there is no echo, else without its echo, and silent where there
    /// is nothing but echo.
    pub(crate) fn apply(&mut self, frame: &[f32; FRAME], judged: &Judged) -> [f32; FRAME] {
        self.envelope = judged.echo.max(self.envelope * REVERBERATION);
        let echoes = self.envelope > NO_ECHO;
        if self.envelope < FAINT {
            self.rested = self.rested.saturating_add(1);
        } else if std::mem::take(&mut self.rested) >= REST {
            self.leak = self.leak.max(FIRST_LEAK);
        }
        let gain = if !echoes || self.is_voice(judged) { 1.0 } else { 0.0 };
        let before = std::mem::replace(&mut self.gain, gain);
        // A path that has just changed adds an echo instead of taking one away.
        let cleaned = if echoes && judged.left < judged.frame { &judged.rest } else { frame };
        if (before, gain) == (1.0, 1.0) {
            return *cleaned;
        }
        std::array::from_fn(|n| cleaned[n] * (before + (gain - before) * (n + 1) as f32 / FRAME as f32))
    }

    fn is_voice(&mut self, judged: &Judged) -> bool {
        let left = judged.left.min(judged.frame);
        self.noise *= if left > self.noise { NOISE_RISES } else { NOISE_FALLS };
        // Neither a room's last reflections nor a voice over the echo say what the filter leaves.
        let tells = judged.echo > 0.5 * self.envelope && judged.echo > 0.1 * judged.frame;
        if tells && judged.echo > FAINT {
            let rises = left > self.leak * self.envelope;
            self.leak = (self.leak * if rises { LEAK_RISES } else { LEAK_FALLS }).clamp(LEAST_LEAK, 1.0);
        }
        let residue = self.leak * self.envelope;
        self.strong = if left > VOICE * residue + FLOOR { self.strong + 1 } else { 0 };
        let more = self.strong >= ONSET;
        let goes_on = self.open > 0 && left > STILL_VOICE * residue + FLOOR;
        if (more || goes_on) && left > OVER_NOISE * self.noise {
            self.open = HANGOVER;
        } else {
            self.open = self.open.saturating_sub(1);
        }
        more || self.open > 0
    }
}
