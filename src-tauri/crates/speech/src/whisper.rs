use crate::clean::clean;
use crate::invented::invented;
use crate::span::seconds;
use crate::vocabulary::Vocabulary;
use crate::watch::Watch;
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
const LEAST_CONTEXT: usize = 128;
/// Shorter audio makes the engine read out of bounds; zeros are appended up to this.
const LEAST_SAMPLES: usize = SAMPLE_RATE as usize / 2;

/// OpenAI's Whisper through whisper.cpp: one context and one state, used by one worker.
///
/// Each job is decoded on its own (no words of earlier jobs as context), greedily, with an encoder only as wide as the
/// audio needs. A narrow encoder tends to send the decoder round in circles. Three things keep it from that: the
/// encoder always has some true silence to look at (see [`context_for`]); the decoder writes timestamps, and a
/// [`Watch`] ends it where the voice ends or its words come round again; and what was lost that way is done again with
/// twice the width.
///
/// It may write sounds in brackets, which are then taken out of the words. Forbidden to, it makes up words for them:
/// of a minute of ringing, 90.
///
/// It keeps clear of what is broken in whisper-rs 0.16: its safe callbacks and string setters (undefined behaviour,
/// leaks), its voice activity, the no-speech probability, flash attention with a varying encoder width.
pub struct Whisper {
    id: String,
    state: WhisperState,
    vocabulary: Vocabulary,
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
    /// Whether the words cannot be believed. One that said all there was and then said it again can, and one without
    /// words has none to lose.
    fn is_lost(&self) -> bool {
        !self.text.is_empty() && self.circling_after.map_or(self.stopped, |words| words > 0)
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
        let vocabulary = Vocabulary::of(&context);
        let mut whisper = Self { id: id.to_owned(), state, vocabulary, threads, full_width: false };
        let begun = Instant::now();
        whisper.pass(&[0.0; LEAST_SAMPLES], LEAST_CONTEXT, 0.0)?;
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

    /// Decodes once, with the voice ending `voice_end` seconds after the first sample.
    fn pass(&mut self, samples: &[f32], context: usize, voice_end: f64) -> Result<Pass, SpeechError> {
        let seconds = samples.len() as f64 / f64::from(SAMPLE_RATE);
        let failed = |e: WhisperError| SpeechError::Decode { seconds, reason: e.to_string() };
        let mut watch = Watch::new(&self.vocabulary, voice_end);
        let mut parameters = parameters(self.threads, seconds, context);
        watch.attach(&mut parameters);
        self.state.full(parameters, samples).map_err(failed)?;
        // `single_segment`: all there is, if there is anything.
        let segment = self.state.get_segment(0);
        let tokens: Vec<_> =
            segment.iter().flat_map(|s| (0..s.n_tokens()).filter_map(|i| s.get_token(i))).collect();
        let ended = tokens.iter().any(|token| token.token_id() == self.vocabulary.end_of_text);
        let stopped = !ended && tokens.len() as c_int > most_tokens(seconds);
        if stopped {
            watch.broken_off(tokens.iter().map(|token| token.token_id()));
        }
        let mut pieces = watch.circle.as_ref().map_or(usize::MAX, |circle| circle.kept);
        let (mut text, mut sum, mut written) = (Vec::new(), 0.0, 0);
        for token in tokens.iter().filter(|token| self.vocabulary.is_text(token.token_id())) {
            sum += token.token_probability();
            written += 1;
            let is_piece = self.vocabulary.piece(token.token_id()).is_some();
            if is_piece && pieces == 0 {
                break;
            }
            pieces -= usize::from(is_piece);
            text.extend_from_slice(token.to_bytes().map_err(failed)?);
        }
        Ok(Pass {
            text: clean(&String::from_utf8_lossy(&text)),
            confidence: (written > 0).then(|| sum / written as f32),
            stopped,
            circling_after: watch.circle.map(|circle| circle.words_before),
            work: Work::pass(context, tokens.len()),
        })
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
        let voice_end = seconds(job.voiced.end.saturating_sub(job.audio.start));
        let mut pass = self.pass(samples, context, voice_end)?;
        let mut work = pass.work;
        if pass.is_lost() && job.kind != JobKind::Tick && context < FULL_CONTEXT {
            pass = self.pass(samples, (2 * context).min(FULL_CONTEXT), voice_end)?;
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
/// end, in steps of 32, so that there are few different costs.
///
/// Of 428 words on the telephone, base differs from itself at full width in 33 with 192 positions of silence, 35 with
/// 96, 37 with 64 and 40 with 32; of 630, tiny.en in 103, 91, 128 and 185.
fn context_for(samples: usize) -> usize {
    let seconds = samples as f64 / f64::from(SAMPLE_RATE);
    let needed = (50.0 * (seconds + 0.1)).ceil() as usize + 96;
    needed.next_multiple_of(32).clamp(LEAST_CONTEXT, FULL_CONTEXT)
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
    parameters.set_suppress_nst(false);
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
        for (seconds, context) in [(0.5, 128), (1.0, 160), (3.0, 256), (6.0, 416), (12.0, 704), (29.0, 1500)]
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
