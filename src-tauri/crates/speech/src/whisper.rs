use crate::clean::clean;
use crate::invented::invented;
use crate::repetition::circle;
use crate::{DecodeJob, Decoded, Decoder, JobKind, SAMPLE_RATE, SpeechError, Work, model_file};
use cueline_events::Spoken;
use std::ffi::c_int;
use std::path::Path;
use std::time::Instant;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperState,
};

/// Whether this build decodes on a graphics processor. The engine falls back to the processor where it finds none.
const USES_GPU: bool = cfg!(any(feature = "cuda", feature = "metal", feature = "vulkan"));
/// The encoder's full width: 30 s, 50 positions a second.
const FULL_CONTEXT: usize = 1500;
/// The narrowest one that decodes reliably.
const LEAST_CONTEXT: usize = 256;
/// Shorter audio makes the engine read out of bounds; zeros are appended up to this.
const LEAST_SAMPLES: usize = SAMPLE_RATE as usize / 2;

/// OpenAI's Whisper through whisper.cpp: one context and one state, used by one worker.
///
/// Each job is decoded on its own (no words of earlier jobs as context), greedily, with an encoder only as wide as the
/// audio needs. A narrow encoder tends to send the decoder round in circles. Three things keep it from that: the
/// decoder writes timestamps, which tell it where the audio ends; the encoder always has some true silence to look at
/// (see [`context_for`]); and what still goes round is cut to one round, or done again with twice the width.
///
/// It keeps clear of what is broken in whisper-rs 0.16: its safe callbacks and string setters (undefined behaviour,
/// leaks), its voice activity, the no-speech probability, flash attention with a varying encoder width.
pub struct Whisper {
    id: String,
    state: WhisperState,
    end_of_text: c_int,
    threads: c_int,
    /// Whether every job gets the widest encoder there is.
    full_width: bool,
}

/// What one pass gave.
struct Pass {
    /// The words, and what went round in circles only once.
    text: String,
    confidence: Option<f32>,
    /// It was stopped before it came to an end.
    stopped: bool,
    /// It went round in circles from this many words on.
    circling_after: Option<usize>,
    work: Work,
}

impl Pass {
    /// Whether the words cannot be believed. One that said all there was and then said it again can.
    fn is_lost(&self) -> bool {
        self.circling_after.map_or(self.stopped, |words| words > 0)
    }
}

impl Whisper {
    /// Loads a model file in ggml format under the name `id`, for `threads` threads, and warms it up.
    ///
    /// # Errors
    /// The file is missing, damaged or no model; the processor is too old; memory does not suffice.
    pub fn load(model_file: &Path, id: &str, threads: usize) -> Result<Self, SpeechError> {
        check_processor()?;
        model_file::check(model_file)?;
        whisper_rs::install_logging_hooks();
        let refused = |e: WhisperError| SpeechError::Load { path: model_file.into(), reason: e.to_string() };
        let mut parameters = WhisperContextParameters::default();
        parameters.use_gpu(USES_GPU).flash_attn(false);
        let context = WhisperContext::new_with_params(model_file, parameters).map_err(refused)?;
        let state = context.create_state().map_err(refused)?;
        let threads = c_int::try_from(threads.clamp(1, 16)).unwrap_or(1);
        let mut whisper =
            Self { id: id.to_owned(), state, end_of_text: context.token_eot(), threads, full_width: false };
        let begun = Instant::now();
        whisper.pass(&[0.0; LEAST_SAMPLES], LEAST_CONTEXT)?;
        tracing::info!(
            model = id,
            threads,
            first_decode_s = begun.elapsed().as_secs_f64(),
            "speech model loaded"
        );
        Ok(whisper)
    }

    /// The words of a whole recording as Whisper alone finds them: windows of 30 s, greedily, without voice activity
    /// and without what this crate does about loops. What live transcripts are measured against.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn offline(&mut self, samples: &[f32]) -> Result<Spoken, SpeechError> {
        let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
        let failed = |e: WhisperError| SpeechError::Decode { seconds, reason: e.to_string() };
        let mut parameters = parameters(self.threads, seconds, FULL_CONTEXT);
        parameters.set_max_tokens(0);
        parameters.set_single_segment(false);
        self.state.full(parameters, samples).map_err(failed)?;
        let mut text = String::new();
        for segment in self.state.as_iter() {
            text.push_str(&segment.to_str_lossy().map_err(failed)?);
        }
        Ok(Spoken::from(clean(&text)))
    }

    /// Decodes at the encoder's full width from now on, whatever the length of the audio: for words that nobody waits
    /// for.
    pub fn at_full_width(mut self) -> Self {
        self.full_width = true;
        self
    }

    fn pass(&mut self, samples: &[f32], context: usize) -> Result<Pass, SpeechError> {
        let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
        let failed = |e: WhisperError| SpeechError::Decode { seconds, reason: e.to_string() };
        self.state.full(parameters(self.threads, seconds, context), samples).map_err(failed)?;
        let (mut text, mut sum, mut tokens, mut steps, mut ended) = (String::new(), 0.0, 0, 0, false);
        for segment in self.state.as_iter() {
            text.push_str(&segment.to_str_lossy().map_err(failed)?);
            steps += segment.n_tokens();
            for token in (0..segment.n_tokens()).filter_map(|i| segment.get_token(i)) {
                if token.token_id() < self.end_of_text {
                    sum += token.token_probability();
                    tokens += 1;
                }
                ended |= token.token_id() == self.end_of_text;
            }
        }
        let confidence = (tokens > 0).then(|| sum / tokens as f32);
        let mut text = clean(&text);
        let circle = circle(&text);
        if let Some(circle) = &circle {
            text.truncate(circle.end);
        }
        let stopped = !ended && steps > most_tokens(seconds);
        let work = Work::pass(context, steps as usize);
        Ok(Pass { text, confidence, stopped, circling_after: circle.map(|c| c.words_before), work })
    }
}

impl Decoder for Whisper {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        let begun = Instant::now();
        let mut padded = Vec::new();
        let samples = if job.samples.len() < LEAST_SAMPLES {
            padded.extend_from_slice(&job.samples);
            padded.resize(LEAST_SAMPLES, 0.0);
            &padded
        } else {
            &*job.samples
        };
        let context = if self.full_width { FULL_CONTEXT } else { context_for(samples.len()) };
        let mut pass = self.pass(samples, context)?;
        let mut work = pass.work;
        if pass.is_lost() && job.kind != JobKind::Tick && context < FULL_CONTEXT {
            pass = self.pass(samples, (2 * context).min(FULL_CONTEXT))?;
            work += pass.work;
            tracing::debug!(context, lane = %job.lane, "a decode lost its way and was done again");
        }
        // A tick that got lost shows nothing; the next one is half a second away.
        let lost = job.kind == JobKind::Tick && pass.is_lost();
        let silent = lost || invented(&pass.text, job.voiced.duration());
        let (text, confidence) = if silent { (String::new(), None) } else { (pass.text, pass.confidence) };
        Ok(Decoded { text: Spoken::from(text), seconds: begun.elapsed().as_secs_f64(), confidence, work })
    }

    fn model(&self) -> &str {
        &self.id
    }
}

/// The encoder width for so many samples: theirs, and enough true silence behind them for the decoder to find its
/// end, in steps of 64, so that there are few different costs.
///
/// Of 61 utterances, most of them on the telephone, tiny.en goes round in circles in 19 without timestamps and 128
/// positions of silence, in 6 with timestamps, and in 1 with timestamps and 192 positions. More changes nothing. The
/// full width takes six times the work and gains at most one point of word error rate.
fn context_for(samples: usize) -> usize {
    let seconds = samples as f64 / f64::from(SAMPLE_RATE);
    let needed = (50.0 * (seconds + 0.4)).ceil() as usize + 192;
    needed.next_multiple_of(64).clamp(LEAST_CONTEXT, FULL_CONTEXT)
}

/// How many tokens so much audio can hold: nobody says more than five words a second for long.
fn most_tokens(seconds: f64) -> c_int {
    (7.0 * seconds).ceil() as c_int + 8
}

/// Parameters for one pass. They are built anew each time, which costs nothing and leaks nothing: the language stays
/// the engine's default, English, so that no string is ever set.
fn parameters(threads: c_int, seconds: f64, context: usize) -> FullParams<'static, 'static> {
    let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    parameters.set_n_threads(threads);
    parameters.set_audio_ctx(context as c_int);
    parameters.set_max_tokens(most_tokens(seconds));
    parameters.set_temperature(0.0);
    parameters.set_temperature_inc(0.0);
    parameters.set_no_context(true);
    parameters.set_single_segment(true);
    parameters.set_no_timestamps(false);
    parameters.set_suppress_nst(true);
    // The engine's no-speech probability is read from memory that was never written; nothing may depend on it.
    parameters.set_no_speech_thold(2.0);
    parameters.set_print_special(false);
    parameters.set_print_progress(false);
    parameters.set_print_realtime(false);
    parameters.set_print_timestamps(false);
    parameters
}

/// The engine is compiled for these instructions and would stop the whole program without them.
#[cfg(target_arch = "x86_64")]
fn check_processor() -> Result<(), SpeechError> {
    let needed = [
        ("AVX2", std::arch::is_x86_feature_detected!("avx2")),
        ("FMA", std::arch::is_x86_feature_detected!("fma")),
        ("F16C", std::arch::is_x86_feature_detected!("f16c")),
        ("BMI2", std::arch::is_x86_feature_detected!("bmi2")),
    ];
    let missing: Vec<_> = needed.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    if missing.is_empty() { Ok(()) } else { Err(SpeechError::Processor { missing: missing.join(", ") }) }
}

#[cfg(not(target_arch = "x86_64"))]
fn check_processor() -> Result<(), SpeechError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoder_is_never_narrower_than_the_audio_and_its_margin() {
        for (seconds, context) in [(0.5, 256), (1.0, 320), (3.0, 384), (6.0, 512), (12.0, 832), (29.0, 1500)]
        {
            assert_eq!(context_for((seconds * f64::from(SAMPLE_RATE)) as usize), context, "{seconds} s");
        }
    }

    #[test]
    fn a_file_that_is_no_model_is_refused_before_the_engine_sees_it() {
        let Err(error) = Whisper::load(Path::new(file!()), "none", 1) else { panic!("loaded a source file") };
        assert!(matches!(error, SpeechError::NotAModel { .. } | SpeechError::Unreadable { .. }));
    }
}
