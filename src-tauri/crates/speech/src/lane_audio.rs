use crate::Span;
use std::sync::Arc;

/// The recent samples of one lane, addressed by their index in the call.
#[derive(Default)]
pub(crate) struct LaneAudio {
    base: u64,
    samples: Vec<f32>,
}

impl LaneAudio {
    /// The oldest sample kept.
    pub(crate) fn start(&self) -> u64 {
        self.base
    }

    /// One past the newest sample.
    pub(crate) fn end(&self) -> u64 {
        self.base + self.samples.len() as u64
    }

    pub(crate) fn push(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
    }

    /// Forgets everything and goes on at `start`.
    pub(crate) fn restart(&mut self, start: u64) {
        self.samples.clear();
        self.base = start;
    }

    /// Lets go of what lies before `index`. It moves samples only once as many are unneeded as are kept.
    pub(crate) fn forget_before(&mut self, index: u64) {
        let unneeded = (index.saturating_sub(self.base) as usize).min(self.samples.len());
        if unneeded > self.samples.len() / 2 {
            self.samples.drain(..unneeded);
            self.base += unneeded as u64;
        }
    }

    /// The samples of `span`, which must be held.
    pub(crate) fn slice(&self, span: Span) -> &[f32] {
        &self.samples[(span.start - self.base) as usize..(span.end - self.base) as usize]
    }

    /// A copy of `span`, cut to what is held.
    pub(crate) fn copy(&self, span: Span) -> (Span, Arc<[f32]>) {
        let end = span.end.clamp(self.base, self.end());
        let held = Span { start: span.start.clamp(self.base, end), end };
        (held, self.slice(held).into())
    }

    /// The middle of the quietest `window` samples of `span`: where a cut does least harm.
    pub(crate) fn quietest(&self, span: Span, window: u64) -> u64 {
        let start = span.start.max(self.base);
        let recent = self.slice(Span { start, end: span.end });
        let window = (window as usize).min(recent.len());
        let mut power: f64 = recent[..window].iter().map(|s| f64::from(s * s)).sum();
        let (mut least, mut at) = (power, 0);
        for i in window..recent.len() {
            power += f64::from(recent[i] * recent[i]) - f64::from(recent[i - window] * recent[i - window]);
            if power < least {
                (least, at) = (power, i + 1 - window);
            }
        }
        start + (at + window / 2) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quietest_place_of_a_stretch_is_found() {
        let mut audio = LaneAudio::default();
        audio.restart(100);
        audio.push(&[0.0; 50]);
        audio.push(&[0.5; 200]);
        audio.push(&[0.1; 20]);
        audio.push(&[0.5; 80]);
        assert_eq!(audio.quietest(Span { start: 150, end: 450 }, 20), 100 + 250 + 10);
        assert_eq!(audio.quietest(Span { start: 0, end: 450 }, 20), 100 + 10);
    }

    #[test]
    fn forgetting_keeps_the_addresses() {
        let mut audio = LaneAudio::default();
        audio.push(&(0..100).map(|i| i as f32).collect::<Vec<_>>());
        audio.forget_before(40);
        audio.forget_before(90);
        assert_eq!((audio.start(), audio.end()), (90, 100));
        assert_eq!(audio.slice(Span { start: 95, end: 97 }), &[95.0, 96.0]);
        let (held, samples) = audio.copy(Span { start: 10, end: 93 });
        assert_eq!((held, samples.len()), (Span { start: 90, end: 93 }, 3));
    }
}
