use crate::{LiveError, SharedDecoder};
use cueline_events::Lane;
use cueline_speech::{DecodeJob, JobKind, Span};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

/// What this build decodes on.
pub const ENGINE: &str = if cfg!(feature = "cuda") {
    "cuda"
} else if cfg!(feature = "metal") {
    "metal"
} else if cfg!(feature = "vulkan") {
    "vulkan"
} else {
    "cpu"
};

/// Three seconds of the sample call's agent: 16-bit little-endian samples, 8 kHz.
const SPEECH: &[u8] = include_bytes!("three-seconds.pcm");
/// Looks that are timed, after one that is not.
const LOOKS: usize = 5;

/// Seconds of work that a loaded model takes on this computer for a look at three seconds of speech: the median of
/// five. It takes six times as long, and shares the model with whoever else uses it.
///
/// # Errors
/// When the engine fails.
pub fn measure(decoder: &SharedDecoder) -> Result<f64, LiveError> {
    let job = look();
    let mut seconds = Vec::with_capacity(LOOKS);
    for timed in 0..=LOOKS {
        let mut decoder = decoder.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = Instant::now();
        decoder.decode(&job)?;
        if timed > 0 {
            seconds.push(begun.elapsed().as_secs_f64());
        }
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[LOOKS / 2])
}

/// The look that is timed. Its words are of no interest, so that halving the steps between two samples is good enough.
fn look() -> DecodeJob {
    let narrow: Vec<f32> = SPEECH
        .chunks_exact(2)
        .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
        .collect();
    let next = narrow.iter().skip(1).chain(narrow.last());
    let samples: Arc<[f32]> =
        narrow.iter().zip(next).flat_map(|(this, next)| [*this, f32::midpoint(*this, *next)]).collect();
    let audio = Span { start: 0, end: samples.len() as u64 };
    DecodeJob {
        lane: Lane::Customer,
        kind: JobKind::Tick,
        speech: 0,
        audio,
        voiced: audio,
        asked: audio.end,
        samples,
        settled: [].into(),
        before: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cueline_events::Spoken;
    use cueline_speech::{Decoded, Decoder, SpeechError, Work};
    use std::sync::Mutex;
    use std::time::Duration;

    /// Slow at first, as an engine that is not warm yet, and once in between.
    struct Sluggish(usize);

    impl Decoder for Sluggish {
        fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
            assert_eq!((job.samples.len(), job.kind), (48_000, JobKind::Tick));
            assert!(job.samples.iter().any(|sample| sample.abs() > 0.1), "it is speech");
            let slow = [0, 3].contains(&self.0);
            self.0 += 1;
            std::thread::sleep(Duration::from_millis(if slow { 400 } else { 5 }));
            Ok(Decoded { text: Spoken::default(), seconds: 0.0, tokens: Vec::new(), work: Work::default() })
        }

        fn model(&self) -> &str {
            "sluggish"
        }
    }

    #[test]
    fn the_figure_is_the_median_of_warm_looks() {
        let decoder: SharedDecoder = Arc::new(Mutex::new(Sluggish(0)));
        let seconds = measure(&decoder).unwrap();
        assert!((0.005..0.3).contains(&seconds), "{seconds}");
    }
}
