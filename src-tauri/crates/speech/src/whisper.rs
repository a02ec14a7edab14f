use crate::clean::clean;
use crate::invented::invented;
use crate::lead::Lead;
use crate::span::seconds;
use crate::vocabulary::Vocabulary;
use crate::writer::{Writing, write};
use crate::{DecodeJob, Decoded, Decoder, JobKind, SAMPLE_RATE, SpeechError, Token, Work, model_file};
use cueline_events::Spoken;
use std::ffi::{c_int, c_void};
use std::path::Path;
use std::time::Instant;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperState,
    WhisperSysContext, WhisperSysState,
};

/// Whether this build decodes on a graphics processor. The engine falls back to the processor where it finds none.
const USES_GPU: bool = cfg!(any(feature = "cuda", feature = "metal", feature = "vulkan"));
/// The encoder's full width: 30 s, 50 positions a second.
const FULL_CONTEXT: usize = 1500;
/// The narrowest one that decodes reliably.
const LEAST_CONTEXT: usize = 128;
/// How sure a first look must be of its words, as the mean logarithm of their tokens' likelihoods. Of 287 looks at three calls 26 are
/// below it: all but four have most words wrong ("I want to see you again." for a name). What hold music becomes is between -1.2 and
/// -1.6, whole sentences among it.
const LEAST_CERTAINTY: f32 = -1.2;
/// Shorter audio makes the engine read out of bounds; zeros are appended up to this.
const LEAST_SAMPLES: usize = SAMPLE_RATE as usize / 2;

/// OpenAI's Whisper through whisper.cpp: one context and one state, used by one worker.
///
/// Each job is decoded greedily, on its own or behind what the lane said before ([`Lead`]), with an encoder only as wide
/// as the audio needs. A narrow encoder tends to send the decoder round in circles. Three things keep it from that: the
/// encoder always has some true silence to look at (see [`context_for`]); the decoder writes times, and is ended where
/// the voice ends or its words come round again (see [`write`]); and what was lost that way is done again, alone, with
/// twice the width.
///
/// It may write sounds in brackets, which are then taken out of the words. Forbidden to, it makes up words for them:
/// of a minute of ringing, 90.
///
/// It keeps clear of what is broken in whisper-rs 0.16: its safe callbacks and string setters (undefined behaviour,
/// leaks), its voice activity, the no-speech probability, flash attention with a varying encoder width.
pub struct Whisper {
    id: String,
    context: WhisperContext,
    state: WhisperState,
    vocabulary: Vocabulary,
    threads: usize,
    /// Positions of silence that the encoder sees behind the audio.
    silence: usize,
    /// Whether every job gets the widest encoder there is.
    full_width: bool,
}

/// What one pass is to decode.
#[derive(Default)]
struct Passage<'a> {
    /// What is heard before it, in the same pass.
    lead: Lead,
    /// Its audio.
    samples: &'a [f32],
    /// Where its voice begins and ends, in seconds from its first sample.
    voice: (f64, f64),
    /// What its text begins with.
    settled: &'a [Token],
    /// Whether nothing is known yet of what is being said, so that words are believed only when the decoder is sure of them.
    first_look: bool,
}

/// What one pass gave.
struct Pass {
    /// The words, and what went round in circles only once.
    text: String,
    /// The tokens of the words.
    tokens: Vec<Token>,
    /// It was stopped before it came to an end.
    stopped: bool,
    /// It went round in circles from this many words on.
    circling_after: Option<usize>,
    /// The decoder took the likeliest words and was not sure of them.
    unsure: bool,
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
        let threads = threads.clamp(1, 16);
        let vocabulary = Vocabulary::of(&context);
        let silence = silence_for(context.model_n_audio_state());
        let mut whisper =
            Self { id: id.to_owned(), context, state, vocabulary, threads, silence, full_width: false };
        let begun = Instant::now();
        whisper.pass(&Passage { samples: &[0.0; LEAST_SAMPLES], ..Passage::default() }, LEAST_CONTEXT)?;
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
        let parameters = parameters(self.threads, FULL_CONTEXT);
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

    /// Decodes once.
    fn pass(&mut self, passage: &Passage<'_>, context: usize) -> Result<Pass, SpeechError> {
        let lead = passage.lead.seconds();
        let own = seconds(passage.samples.len() as u64);
        let failed = |e: WhisperError| SpeechError::Decode { seconds: own, reason: e.to_string() };
        self.encode(&[&passage.lead.samples, passage.samples].concat(), context).map_err(failed)?;
        let mut settled: Vec<_> =
            passage.settled.iter().map(|token| self.vocabulary.later(*token, lead)).collect();
        if settled.is_empty() && !passage.lead.tokens.is_empty() {
            settled.push(self.vocabulary.time(lead + passage.voice.0));
        }
        let writing = Writing {
            before: &passage.lead.tokens,
            settled: &settled,
            voice_end: lead + passage.voice.1,
            audio_end: lead + own,
            most: most_tokens(own),
            threads: self.threads,
            measured: passage.first_look,
        };
        let written = write(&mut self.state, &self.vocabulary, &writing).map_err(failed)?;
        let mut pieces = written.circle.as_ref().map_or(usize::MAX, |circle| circle.kept);
        let (mut text, mut kept) = (Vec::new(), 0);
        for token in &written.tokens {
            if self.vocabulary.piece(*token).is_some() {
                if pieces == 0 {
                    break;
                }
                pieces -= 1;
            }
            if self.vocabulary.is_text(*token) {
                text.extend_from_slice(self.context.token_to_bytes(token.0).map_err(failed)?);
            }
            kept += 1;
        }
        let work = Work::pass(context, written.new);
        let tokens =
            written.tokens[..kept].iter().map(|token| self.vocabulary.later(*token, -lead)).collect();
        Ok(Pass {
            text: clean(&String::from_utf8_lossy(&text)),
            tokens,
            stopped: written.stopped,
            circling_after: written.circle.map(|circle| circle.words_before),
            unsure: written.certainty.is_some_and(|certainty| certainty < LEAST_CERTAINTY),
            work,
        })
    }

    /// Encodes audio at a width. Only the engine's whole pass can set the width, so it is begun and ended before it
    /// encodes.
    fn encode(&mut self, samples: &[f32], context: usize) -> Result<(), WhisperError> {
        let mut parameters = parameters(self.threads, context);
        // SAFETY: the callback has the type it is declared with and touches nothing.
        unsafe { parameters.set_start_encoder_callback(Some(not_yet)) };
        self.state.full(parameters, samples)?;
        self.state.encode(0, self.threads)
    }
}

/// Tells the engine not to encode.
unsafe extern "C" fn not_yet(_: *mut WhisperSysContext, _: *mut WhisperSysState, _: *mut c_void) -> bool {
    false
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
        let lead = Lead::of(&job.before, &self.vocabulary);
        let heard = lead.samples.len() + samples.len();
        let context = if self.full_width { FULL_CONTEXT } else { context_for(heard, self.silence) };
        let voice = [job.voiced.start, job.voiced.end].map(|at| seconds(at.saturating_sub(job.audio.start)));
        let first_look = job.kind == JobKind::Tick && job.settled.is_empty();
        let passage = Passage { lead, samples, voice: voice.into(), settled: &job.settled, first_look };
        let mut pass = self.pass(&passage, context)?;
        let mut work = pass.work;
        if pass.is_lost() && job.kind != JobKind::Tick && context < FULL_CONTEXT {
            let alone = Passage { lead: Lead::default(), settled: &[], ..passage };
            pass = self.pass(&alone, (2 * context).min(FULL_CONTEXT))?;
            work += pass.work;
            tracing::debug!(context, lane = %job.lane, "a decode lost its way and was done again");
        }
        // A tick that got lost or is unsure shows nothing; the next one is half a second away.
        let doubtful = job.kind == JobKind::Tick && pass.is_lost() || pass.unsure;
        let silent = doubtful || invented(&pass.text, job.voiced.duration());
        let (text, tokens) = if silent { (String::new(), Vec::new()) } else { (pass.text, pass.tokens) };
        Ok(Decoded { text: Spoken::from(text), tokens, seconds: begun.elapsed().as_secs_f64(), work })
    }

    fn model(&self) -> &str {
        &self.id
    }
}

/// The encoder width for so many samples: theirs, and enough true silence behind them for the decoder to find its
/// end, in steps of 32, so that there are few different costs.
fn context_for(samples: usize, silence: usize) -> usize {
    let seconds = samples as f64 / f64::from(SAMPLE_RATE);
    let needed = (50.0 * (seconds + 0.1)).ceil() as usize + silence;
    needed.next_multiple_of(32).clamp(LEAST_CONTEXT, FULL_CONTEXT)
}

/// How many positions of silence a model with an encoder of so many features needs.
///
/// Of 428 words on the telephone, base differs from itself at full width in 33 with 192 positions, 35 with 96, 37 with
/// 64 and 40 with 32; of 630, tiny.en in 103, 91, 128 and 185. In two calls of 1,296 words base with 64 is wrong as
/// often as with 96, and a final comes 0.1 s sooner.
fn silence_for(features: c_int) -> usize {
    if features < 512 { 96 } else { 64 }
}

/// How many tokens so much audio can hold: nobody says more than five words a second for long.
fn most_tokens(seconds: f64) -> usize {
    (7.0 * seconds).ceil() as usize + 8
}

/// Parameters for one pass. They are built anew each time, which costs nothing and leaks nothing: the language stays
/// the engine's default, English, so that no string is ever set.
fn parameters(threads: usize, context: usize) -> FullParams<'static, 'static> {
    let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    parameters.set_n_threads(threads as c_int);
    parameters.set_audio_ctx(context as c_int);
    parameters.set_temperature(0.0);
    parameters.set_temperature_inc(0.0);
    parameters.set_no_context(true);
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
        let (tiny, base) = (silence_for(384), silence_for(512));
        for (seconds, silence, context) in [
            (0.5, base, 128),
            (1.0, base, 128),
            (3.0, base, 224),
            (3.0, tiny, 256),
            (6.0, base, 384),
            (12.0, base, 672),
            (29.0, base, 1500),
        ] {
            let samples = (seconds * f64::from(SAMPLE_RATE)) as usize;
            assert_eq!(context_for(samples, silence), context, "{seconds} s");
        }
    }

    #[test]
    fn a_file_that_is_no_model_is_refused_before_the_engine_sees_it() {
        let Err(error) = Whisper::load(Path::new(file!()), "none", 1) else { panic!("loaded a source file") };
        assert!(matches!(error, SpeechError::NotAModel { .. } | SpeechError::Unreadable { .. }));
    }
}
