use crate::vad::FRAME;
use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use std::sync::Arc;

/// Samples in one spectrum: a frame and the one before it.
pub(crate) const WINDOW: usize = 2 * FRAME;
/// Frequencies in one spectrum, 31.25 Hz apart.
pub(crate) const BINS: usize = FRAME + 1;

/// One value for each frequency.
pub(crate) type Spectrum = [Complex32; BINS];

/// Turns windows of sound into spectra and back.
#[derive(Clone)]
pub(crate) struct Transform {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    forward_scratch: Vec<Complex32>,
    inverse_scratch: Vec<Complex32>,
}

impl Transform {
    pub(crate) fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(WINDOW), planner.plan_fft_inverse(WINDOW));
        let (forward_scratch, inverse_scratch) = (forward.make_scratch_vec(), inverse.make_scratch_vec());
        Self { forward, inverse, forward_scratch, inverse_scratch }
    }

    /// The spectrum of a window, which is used up.
    pub(crate) fn spectrum(&mut self, window: &mut [f32; WINDOW]) -> Spectrum {
        let mut spectrum = [Complex32::ZERO; BINS];
        // Only wrong lengths are refused.
        let done = self.forward.process_with_scratch(window, &mut spectrum, &mut self.forward_scratch);
        debug_assert!(done.is_ok());
        spectrum
    }

    /// The spectrum of a frame with silence before it.
    pub(crate) fn spectrum_of_frame(&mut self, frame: &[f32; FRAME]) -> Spectrum {
        let mut window = [0.0; WINDOW];
        window[FRAME..].copy_from_slice(frame);
        self.spectrum(&mut window)
    }

    /// The window of a spectrum.
    pub(crate) fn window(&mut self, mut spectrum: Spectrum) -> [f32; WINDOW] {
        let mut window = [0.0; WINDOW];
        // A real signal's first and last values are real; what rounding left there is refused otherwise.
        (spectrum[0].im, spectrum[BINS - 1].im) = (0.0, 0.0);
        let done = self.inverse.process_with_scratch(&mut spectrum, &mut window, &mut self.inverse_scratch);
        debug_assert!(done.is_ok());
        window.map(|sample| sample / WINDOW as f32)
    }
}
