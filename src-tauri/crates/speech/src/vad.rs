/// Samples in one frame of voice activity: 16 ms at 16 kHz.
pub const FRAME: usize = 256;

/// Scores how much one frame of one lane sounds like a voice. It remembers the frames before, so each lane has its own.
pub trait Vad: Send {
    /// From 0 (no voice) to 1 (voice). The samples are finite and within -1 to 1.
    fn score(&mut self, frame: &[f32; FRAME]) -> f32;
}

/// The neural detector of the `earshot` crate: pure Rust, 40 KB of weights, a thousandth of a core per lane.
#[derive(Default)]
pub struct Earshot(Box<earshot::Detector>);

impl Vad for Earshot {
    /// The detector is given 16-bit samples. Telephone sound brought to 16 kHz holds nothing above 4 kHz, not even
    /// the rounding noise that every 16-bit recording has there, and the detector takes that emptiness for a voice:
    /// line noise then scores 0.36 instead of 0.25, and an utterance ends two seconds late.
    fn score(&mut self, frame: &[f32; FRAME]) -> f32 {
        self.0.predict_i16(&frame.map(|sample| (sample * 32_768.0).round() as i16))
    }
}
