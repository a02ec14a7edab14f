use crate::spectrum::{BINS, Spectrum, Transform, WINDOW};
use crate::vad::FRAME;
use realfft::num_complex::Complex32;
use std::collections::VecDeque;

/// Frames of far end that are searched: 272 ms.
const SPANNED: usize = 17;
/// How much of the correlation holds good a frame later: it looks back on about 0.8 s of far end.
const MEMORY: f32 = 0.98;
/// Frames between two looks.
const LOOK_EVERY: u32 = 4;
/// Frames before the first look: less holds a vowel or two, which resemble themselves at many lags.
const LEAST: u32 = 8;
/// A telephone's band, in the spectrum's bins: outside it there is only noise.
const BAND: std::ops::Range<usize> = 10..110;
/// So much above the correlation's mean square must its highest square be, for one look and for two that agree.
/// Between lanes without an echo it never was above 99, with one it is 500 within half a second.
const CERTAIN: f32 = 200.0;
const CLEAR: f32 = 120.0;
/// Samples by which two looks may differ and agree.
const SAME: usize = 4;

/// Finds by how much the near end follows the far end, if it does at all: the peak of their correlation, whitened,
/// so that a voice's own pitch makes no peaks.
pub(crate) struct DelayFinder {
    transform: Transform,
    far: VecDeque<Spectrum>,
    correlation: Vec<Spectrum>,
    far_power: [f32; BINS],
    near_power: [f32; BINS],
    frames: u32,
    last: Option<usize>,
}

impl DelayFinder {
    pub(crate) fn new() -> Self {
        Self {
            transform: Transform::new(),
            far: VecDeque::from(vec![[Complex32::ZERO; BINS]; SPANNED]),
            correlation: vec![[Complex32::ZERO; BINS]; SPANNED],
            far_power: [0.0; BINS],
            near_power: [0.0; BINS],
            frames: 0,
            last: None,
        }
    }

    /// Forgets what was heard of the near end.
    pub(crate) fn forget(&mut self) {
        self.correlation.fill([Complex32::ZERO; BINS]);
        (self.far_power, self.near_power) = ([0.0; BINS], [0.0; BINS]);
        (self.frames, self.last) = (0, None);
    }

    /// Takes the far end of the next frame, with the frame before it.
    pub(crate) fn hear_far(&mut self, far: &mut [f32; WINDOW]) {
        self.far.pop_back();
        self.far.push_front(self.transform.spectrum(far));
    }

    /// Takes the near end of the frame; returns the delay in samples when it has been looked for and found twice.
    pub(crate) fn find(&mut self, near: &[f32; FRAME]) -> Option<usize> {
        let power: f32 = near.iter().map(|s| s * s).sum();
        if power == 0.0 {
            return None;
        }
        // Each frame counts the same, or one loud word of the near end would drown the echo of a whole sentence.
        let scale = power.powf(-0.25);
        let near = self.transform.spectrum_of_frame(near).map(|value| value * scale);
        for k in BAND {
            self.near_power[k] = MEMORY * self.near_power[k] + near[k].norm_sqr();
            let far: f32 = self.far.iter().map(|far| far[k].norm_sqr()).sum();
            self.far_power[k] = MEMORY * self.far_power[k] + far;
        }
        for (correlation, far) in self.correlation.iter_mut().zip(&self.far) {
            for k in BAND {
                correlation[k] = correlation[k] * MEMORY + far[k].conj() * near[k];
            }
        }
        self.frames += 1;
        if self.frames < LEAST || !self.frames.is_multiple_of(LOOK_EVERY) {
            return None;
        }
        let found = self.peak();
        let last = std::mem::replace(&mut self.last, found.map(|(lag, _)| lag));
        let (lag, height) = found?;
        let agreed = last.is_some_and(|last| last.abs_diff(lag) <= SAME);
        (agreed || height > CERTAIN).then_some(lag)
    }

    fn peak(&mut self) -> Option<(usize, f32)> {
        let (mut highest, mut at, mut sum) = (0.0, 0, 0.0);
        for (partition, correlation) in self.correlation.iter().enumerate() {
            let mut whitened = [Complex32::ZERO; BINS];
            for k in BAND {
                let power = self.far_power[k] * self.near_power[k];
                whitened[k] = if power > 0.0 { correlation[k] / power.sqrt() } else { Complex32::ZERO };
            }
            let lags = self.transform.window(whitened);
            for (lag, value) in lags[..FRAME].iter().enumerate() {
                let square = value * value;
                sum += square;
                if square > highest {
                    (highest, at) = (square, partition * FRAME + lag);
                }
            }
        }
        let mean = sum / (SPANNED * FRAME) as f32;
        (highest > CLEAR * mean).then_some((at, highest / mean))
    }
}
