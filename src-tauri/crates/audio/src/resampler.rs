use crate::SAMPLE_RATE;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

/// Brings one lane to 16 kHz, one channel, in pieces of any size.
///
/// Sample `n` that comes out is what went in at time `n / 16000`: the filter's delay is taken off at the beginning
/// and made up for at the end, so that nothing shifts (by more than half an input sample) and the length is kept.
pub(crate) struct Resampler {
    rate: u32,
    filter: Option<Filter>,
    taken: u64,
    given: u64,
}

/// The resampler proper and what it waits for; absent where the rate is right already.
struct Filter {
    fft: Fft<f32>,
    waiting: Vec<f32>,
    ready: Vec<f32>,
    /// Samples still to be thrown away: the filter's delay.
    delay: usize,
}

impl Resampler {
    /// Resamples from `rate`, in samples per second; 0 is taken for 1.
    ///
    /// The filter works on pieces of 20 ms or the next longer piece in which both rates have whole samples, and
    /// delays by half of that. A shorter piece would blunt the low-pass, a longer one would cost time.
    pub(crate) fn new(rate: u32) -> Self {
        let rate = rate.max(1);
        let filter = (rate != SAMPLE_RATE).then(|| {
            let piece = (rate / 50).max(1) as usize;
            let fft = Fft::new(rate as usize, SAMPLE_RATE as usize, piece, 1, FixedSync::Both);
            // Only a rate or a piece of zero is refused.
            let fft = fft.unwrap_or_else(|error| unreachable!("{rate} Hz: {error}"));
            let (delay, ready) = (fft.output_delay(), vec![0.0; fft.output_frames_max()]);
            Filter { waiting: Vec::with_capacity(fft.input_frames_max()), ready, delay, fft }
        });
        Self { rate, filter, taken: 0, given: 0 }
    }

    /// Takes samples and appends what is ready to `out`.
    pub(crate) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        let before = out.len();
        match &mut self.filter {
            None => out.extend_from_slice(samples),
            Some(filter) => filter.push(samples, out),
        }
        self.given += (out.len() - before) as u64;
    }

    /// Appends what the filter still holds, so that as much time has come out as went in (rounded up to a sample),
    /// and begins anew.
    pub(crate) fn finish(&mut self, out: &mut Vec<f32>) {
        let due = (self.taken * u64::from(SAMPLE_RATE)).div_ceil(u64::from(self.rate));
        if let Some(filter) = &mut self.filter {
            let piece = vec![0.0; filter.fft.input_frames_next()];
            let mut rest = Vec::new();
            while self.given + (rest.len() as u64) < due {
                filter.push(&piece, &mut rest);
            }
            rest.truncate((due.saturating_sub(self.given)) as usize);
            out.append(&mut rest);
        }
        *self = Self::new(self.rate);
    }
}

impl Filter {
    fn push(&mut self, mut samples: &[f32], out: &mut Vec<f32>) {
        let piece = self.fft.input_frames_next();
        while !samples.is_empty() {
            let (now, later) = samples.split_at(samples.len().min(piece - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            samples = later;
            if self.waiting.len() == piece {
                let given = self.resample();
                let skipped = self.delay.min(given);
                self.delay -= skipped;
                out.extend_from_slice(&self.ready[skipped..given]);
                self.waiting.clear();
            }
        }
    }

    fn resample(&mut self) -> usize {
        let room = self.ready.len();
        let result = InterleavedSlice::new(&self.waiting, 1, self.waiting.len()).and_then(|input| {
            let mut output = InterleavedSlice::new_mut(&mut self.ready, 1, room)?;
            Ok(self.fft.process_into_buffer(&input, &mut output, None))
        });
        match result {
            Ok(Ok((_, given))) => given,
            // Both buffers have the sizes that the resampler asked for.
            Ok(Err(error)) => unreachable!("resampling: {error}"),
            Err(error) => unreachable!("resampling: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn resample(rate: u32, samples: &[f32], step: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(rate);
        let mut out = Vec::new();
        for piece in samples.chunks(step.max(1)) {
            resampler.push(piece, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    fn sine(rate: u32, hertz: f64, seconds: f64) -> Vec<f32> {
        let sample = |n: u64| (n as f64 * std::f64::consts::TAU * hertz / f64::from(rate)).sin() as f32 * 0.5;
        (0..(f64::from(rate) * seconds) as u64).map(sample).collect()
    }

    fn rms(samples: &[f32]) -> f64 {
        (samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
    }

    /// The tone must come out where it would have been sampled at 16 kHz to begin with: frequency, phase and level,
    /// but for half an input sample where the filter's length is odd.
    #[test]
    fn a_tone_stays_in_place() {
        for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] {
            for hertz in [200.0, 1_000.0, 3_000.0] {
                let out = resample(rate, &sine(rate, hertz, 1.0), 480);
                let expected = sine(SAMPLE_RATE, hertz, 1.0);
                assert_eq!(out.len(), expected.len(), "{rate} Hz");
                let middle = 1_600..14_400;
                let error: Vec<f32> = middle.clone().map(|n| out[n] - expected[n]).collect();
                let half_a_sample = std::f64::consts::TAU * hertz * 0.5 / f64::from(rate) * rms(&expected);
                let odd = matches!(rate, 11_025 | 22_050);
                let allowed = if odd { 0.003 + half_a_sample } else { 0.003 };
                assert!(rms(&error) < allowed, "{hertz} Hz from {rate} Hz is off by {}", rms(&error));
            }
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_is_filtered_away() {
        for (rate, hertz) in [(48_000, 9_000.0), (48_000, 15_000.0), (44_100, 9_000.0), (44_100, 20_000.0)] {
            let out = resample(rate, &sine(rate, hertz, 1.0), 480);
            assert!(rms(&out[1_600..14_400]) < 0.001, "{hertz} Hz from {rate} Hz leaves {}", rms(&out));
        }
    }

    #[test]
    fn a_minute_stays_a_minute() {
        for rate in [8_000, 44_100, 48_000] {
            let mut click = vec![0.0; rate as usize * 60];
            click[rate as usize * 59] = 1.0;
            let out = resample(rate, &click, 441);
            assert_eq!(out.len(), 60 * 16_000, "{rate} Hz");
            let loudest = (0..out.len()).max_by(|a, b| out[*a].total_cmp(&out[*b])).unwrap();
            assert_eq!(loudest, 59 * 16_000, "{rate} Hz");
        }
    }

    proptest! {
        #[test]
        fn length_is_kept_for_any_rate_and_pieces(
            rate in prop::sample::select(vec![8_000_u32, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 192_000]),
            length in 0_usize..30_000,
            step in 1_usize..5_000,
        ) {
            let samples: Vec<f32> = (0..length).map(|n| (n % 100) as f32 / 100.0).collect();
            let out = resample(rate, &samples, step);
            prop_assert_eq!(out.len() as u64, (length as u64 * 16_000).div_ceil(u64::from(rate)));
            prop_assert_eq!(&out, &resample(rate, &samples, length));
        }
    }
}
