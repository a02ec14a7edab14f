use crate::echo_filter::EchoFilter;
use crate::far_end::FarEnd;
use crate::spectrum::WINDOW;
use crate::vad::FRAME;

/// Samples that the filter begins before the delay: a way's peak need not be its beginning.
const BEFORE_PEAK: i64 = 96;

/// Samples by which the delay may change between two looks and be the same way.
const DRIFT: i64 = 48;

/// One way by which the far end reaches the near end: a delay, and the filter around it.
#[derive(Clone)]
pub(crate) struct EchoPath {
    delay: i64,
    filter: EchoFilter,
}

/// One frame and the echo in it. Powers are mean squares.
pub(crate) struct Judged {
    /// The frame without its echo.
    pub(crate) rest: [f32; FRAME],
    /// The power of the frame,
    pub(crate) frame: f32,
    /// of its echo,
    pub(crate) echo: f32,
    /// and of what is left without it.
    pub(crate) left: f32,
}

impl EchoPath {
    /// A way whose strongest part takes so many samples and has this gain.
    pub(crate) fn new(delay: i64, gain: f32) -> Self {
        Self { delay, filter: EchoFilter::new(BEFORE_PEAK as usize, gain) }
    }

    /// Takes note of the delay that was found just now. False when the filter does not reach there.
    ///
    /// Two devices' clocks drift apart by a few samples a second: too fast for the filter, so it is moved along. One
    /// sample is no drift, but a peak between two samples.
    pub(crate) fn keep_to(&mut self, delay: i64) -> bool {
        let drift = delay - self.delay;
        if (2..=DRIFT).contains(&drift.abs()) {
            self.delay = delay;
        }
        (-BEFORE_PEAK / 2..FRAME as i64).contains(&drift)
    }

    /// Takes the next frame's echo away, and learns from what is left.
    pub(crate) fn follow(&mut self, start: u64, frame: &[f32; FRAME], far: &FarEnd) -> Judged {
        let mut window = [0.0; WINDOW];
        far.copy(start as i64 - FRAME as i64 - self.delay + BEFORE_PEAK, &mut window);
        let echo = self.filter.echo(&mut window);
        let rest: [f32; FRAME] = std::array::from_fn(|n| frame[n] - echo[n]);
        self.filter.learn(&rest);
        Judged { frame: power(frame), echo: power(&echo), left: power(&rest), rest }
    }
}

/// A frame's mean square.
pub(crate) fn power(frame: &[f32; FRAME]) -> f32 {
    frame.iter().map(|s| s * s).sum::<f32>() / FRAME as f32
}
