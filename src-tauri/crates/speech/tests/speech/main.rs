//! The rooms of this crate through their doors, with a scripted ear and a scripted decoder instead of models.

mod echo;
mod listening;
mod transcribing;
mod whole_calls;

use cueline_speech::{FRAME, SAMPLE_RATE, Vad};

/// Hears a voice in the frames that begin within these seconds.
pub(crate) struct Script {
    voice: Vec<(f64, f64)>,
    frame: usize,
}

impl Script {
    pub(crate) fn new(voice: &[(f64, f64)]) -> Self {
        Self { voice: voice.to_vec(), frame: 0 }
    }
}

impl Vad for Script {
    fn score(&mut self, _: &[f32; FRAME]) -> f32 {
        let at = (self.frame * FRAME) as f64 / f64::from(SAMPLE_RATE);
        self.frame += 1;
        if self.voice.iter().any(|(start, end)| (*start..*end).contains(&at)) { 0.9 } else { 0.1 }
    }
}

/// So many seconds of something loud enough to be a voice, with a dip in the loudness every `dip` seconds.
pub(crate) fn sound(seconds: f64, dip: f64) -> Vec<f32> {
    let loud = |i: usize| i as f64 / f64::from(SAMPLE_RATE) % dip < dip - 0.1;
    (0..(seconds * f64::from(SAMPLE_RATE)) as usize).map(|i| if loud(i) { 0.2 } else { 0.01 }).collect()
}
