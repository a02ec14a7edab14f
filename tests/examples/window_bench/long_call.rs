use cueline_tests::Recording;
use std::path::PathBuf;
use std::time::Duration;

/// Recordings one after the other, again and again, as one call. Its file lives as long as this.
pub(crate) struct LongCall {
    pub(crate) length: Duration,
    file: PathBuf,
    /// What it begins with: its script has the context.
    first: Recording,
}

impl LongCall {
    /// A call of so many minutes of these recordings, or of the sample call.
    pub(crate) fn of(minutes: f64, recordings: &[PathBuf]) -> Self {
        let mut calls: Vec<Recording> = recordings.iter().map(|file| Recording::of_file(file)).collect();
        if calls.is_empty() {
            calls.push(Recording::sample_call());
        }
        let pieces: Vec<(Vec<i16>, u32)> = calls.iter().map(Recording::samples).collect();
        let rate = pieces[0].1;
        assert!(pieces.iter().all(|(_, other)| *other == rate), "the recordings differ in their sample rate");
        let frames = (minutes * 60.0 * f64::from(rate)) as usize;
        let samples = pieces.iter().flat_map(|(samples, _)| samples.iter().copied()).collect::<Vec<i16>>();
        let first = calls.swap_remove(0);
        let file = first.rewritten("long-call.wav", 2, rate, samples.into_iter().cycle().take(frames * 2));
        Self { length: Duration::from_secs_f64(minutes * 60.0), file, first }
    }

    /// What the app is to be started with to play it.
    pub(crate) fn arguments(&self) -> [&str; 4] {
        ["--replay", self.file.to_str().expect("a UTF-8 path"), "--context", self.first.script()]
    }
}
