use crate::spectrum::{BINS, Spectrum, Transform, WINDOW};
use crate::vad::FRAME;
use realfft::num_complex::Complex32;
use std::collections::VecDeque;

/// Frames of far end that the filter spans: 96 ms, which holds a small room's first reflections.
pub(crate) const PARTITIONS: usize = 6;

/// How much of what is known of the way holds good a frame later. Less follows a changing way faster, and is less
/// exact when it does not change.
const MEMORY: f32 = 0.9995;
/// How much of the noise estimate holds good a frame later.
const NOISE_MEMORY: f32 = 0.9;
/// How far off the first guess may be: the power of what is not known of the way, for each frame of lags, as a part
/// of the power of what is.
const FIRST_UNCERTAINTY: f32 = 0.3;
/// Keeps divisions by the power of nothing finite; in squares of a spectrum's units.
const NOTHING: f32 = 1e-6;

/// Learns the way from the far end's loudspeaker into the near end's microphone, and says what comes by it.
///
/// It is a Kalman filter over blocks in the frequency domain (Enzner and Vary 2006; Kuech and others 2014 for its
/// partitions): beside each weight it keeps how uncertain that weight is, and steps the less the louder the near end
/// is compared with what it could still learn. So it needs no detector of double talk and no step size.
#[derive(Clone)]
pub(crate) struct EchoFilter {
    transform: Transform,
    /// The far end's last spectra, newest first.
    far: VecDeque<Spectrum>,
    weights: [Spectrum; PARTITIONS],
    uncertainty: [[f32; BINS]; PARTITIONS],
    noise: [f32; BINS],
}

impl EchoFilter {
    /// A filter that guesses the way to be a mere delay, of so many samples (less than a frame) and with this gain.
    pub(crate) fn new(lag: usize, gain: f32) -> Self {
        let mut transform = Transform::new();
        let mut guess = [0.0; WINDOW];
        guess[lag] = gain;
        let mut weights = [[Complex32::ZERO; BINS]; PARTITIONS];
        weights[0] = transform.spectrum(&mut guess);
        Self {
            transform,
            far: VecDeque::from(vec![[Complex32::ZERO; BINS]; PARTITIONS]),
            weights,
            uncertainty: [[FIRST_UNCERTAINTY * gain * gain; BINS]; PARTITIONS],
            noise: [0.0; BINS],
        }
    }

    /// Takes the far end of the next frame, with the frame before it, and returns the echo in that frame.
    pub(crate) fn echo(&mut self, far: &mut [f32; WINDOW]) -> [f32; FRAME] {
        self.far.pop_back();
        self.far.push_front(self.transform.spectrum(far));
        let mut echo = [Complex32::ZERO; BINS];
        for (far, weights) in self.far.iter().zip(&self.weights) {
            for ((echo, far), weight) in echo.iter_mut().zip(far).zip(weights) {
                *echo += far * weight;
            }
        }
        let window = self.transform.window(echo);
        std::array::from_fn(|n| window[FRAME + n])
    }

    /// Learns from what was left of the frame after its echo was taken away.
    pub(crate) fn learn(&mut self, rest: &[f32; FRAME]) {
        let rest = self.transform.spectrum_of_frame(rest);
        let mut sums = [NOTHING; BINS];
        for ((sum, noise), rest) in sums.iter_mut().zip(&mut self.noise).zip(&rest) {
            let now = rest.norm_sqr();
            *noise = NOISE_MEMORY * *noise + (1.0 - NOISE_MEMORY) * now;
            // A near end that begins to speak must not be learnt before the average knows of it.
            *sum += 2.0 * noise.max(now);
        }
        for (far, uncertainty) in self.far.iter().zip(&self.uncertainty) {
            for ((sum, far), uncertainty) in sums.iter_mut().zip(far).zip(uncertainty) {
                *sum += far.norm_sqr() * uncertainty;
            }
        }
        for ((far, weights), uncertainty) in self.far.iter().zip(&mut self.weights).zip(&mut self.uncertainty)
        {
            let mut change = [Complex32::ZERO; BINS];
            for k in 0..BINS {
                let step = uncertainty[k] / sums[k];
                change[k] = far[k].conj() * rest[k] * step;
                let left = (1.0 - 0.5 * step * far[k].norm_sqr()) * uncertainty[k];
                uncertainty[k] = MEMORY * MEMORY * left + (1.0 - MEMORY * MEMORY) * weights[k].norm_sqr();
            }
            // Only a frame's worth of lags belongs to a partition; the rest is wrapped around.
            let mut lags = self.transform.window(change);
            lags[FRAME..].fill(0.0);
            let change = self.transform.spectrum(&mut lags);
            weights.iter_mut().zip(change).for_each(|(weight, change)| *weight += change);
        }
    }
}
