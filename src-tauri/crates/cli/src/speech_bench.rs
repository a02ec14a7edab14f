//! `cueline bench speech`: how fast and how right the transcript is.
//!
//! Each recording runs through the production pipeline on the virtual clock twice: once to decode everything and to
//! learn what decodes cost here, and once with every decode costing what the fitted card says. The second is what is
//! reported, so that a busy machine changes the card a little and nothing else.

mod alignment;
mod cost;
mod figures;
mod memo;
mod non_speech;
mod process;
mod reference;
mod report;
mod soak;
mod spread;
mod transcript;
mod words;

pub(crate) use process::{cpu_seconds, memory_mb, processor};
pub(crate) use spread::{Spread, rounded};

use crate::arguments::{BenchSpeech, Common};
use crate::exit::Ended;
use crate::printing::{complain, json};
use crate::{call_setup, data_folder, model_choice, playbook_choice};
use alignment::{Errors, align};
use anyhow::Context;
use cost::CostCard;
use cueline_audio::{CallFile, LaneEvent};
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallEvent, Lane};
use cueline_live::{CallSetup, Pace, SharedDecoder, Source};
use cueline_speech::Whisper;
use figures::measure;
use memo::{JobLog, Memo};
use reference::Reference;
use report::{Report, Silence};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// One replay: its events, its length in seconds, and the jobs of the worker.
struct Replayed {
    events: Vec<CallEvent>,
    seconds: f64,
    jobs: Vec<JobLog>,
    playbook: Arc<Playbook>,
}

pub(crate) fn run(common: &Common, options: &BenchSpeech) -> anyhow::Result<Ended> {
    let mut references = Vec::new();
    for folder in &options.folders {
        references.extend(reference::in_folder(folder, options.scripts.as_deref())?);
    }
    let before = process::memory_mb();
    let (model, file) = model_choice::choose(&data_folder::data_folder(common)?, options.model.as_deref())?;
    let bench = Bench { common, memo: Arc::new(Mutex::new(Memo::new(load(&file, &model)?))) };

    let card = match &options.cost {
        Some(report) => CostCard::read(report)?,
        None => {
            for (i, reference) in references.iter().enumerate() {
                complain(&format!("measuring {} of {}: {}", i + 1, references.len(), reference.name));
                bench.replay(reference, None, 1.0)?;
            }
            CostCard::fit(&bench.memo().measured)?
        }
    };
    let mut report = Report::new(&model, card);
    report.calls = bench.all(&references, card, 1.0)?;
    report.factors = options
        .factors
        .iter()
        .map(|factor| Ok((*factor, bench.all(&references, card, *factor)?)))
        .collect::<anyhow::Result<_>>()?;
    if !options.no_silence {
        report.silence = bench.silence(card)?;
    }
    report.speech_memory_mb = process::peak_memory_mb().zip(before).map(|(peak, before)| peak - before);
    if options.realtime
        && let Some(call) = references.iter().find(|reference| reference.lane.is_none())
    {
        complain(&format!("in real time: {}", call.name));
        report.realtime = Some(bench.realtime(call)?);
    }
    if let Some(hours) = options.soak {
        report.soak = Some(bench.soak(&references, card, hours)?);
    }
    if !options.no_offline {
        for reference in &references {
            complain(&format!("offline: {}", reference.name));
            report.offline.push(bench.offline(reference)?);
        }
    }
    json(&report.summary())?;
    Ok(Ended::Done)
}

fn load(file: &Path, model: &str) -> anyhow::Result<Whisper> {
    Ok(Whisper::load(file, model, cueline_live::decode_threads())?)
}

struct Bench<'a> {
    common: &'a Common,
    memo: Arc<Mutex<Memo>>,
}

impl Bench<'_> {
    fn memo(&self) -> std::sync::MutexGuard<'_, Memo> {
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(
        &self,
        references: &[Reference],
        card: CostCard,
        factor: f64,
    ) -> anyhow::Result<Vec<report::Call>> {
        let mut calls = Vec::new();
        for reference in references {
            let replayed = self.replay(reference, Some(card), factor)?;
            let figures = measure(reference, &replayed.events, replayed.seconds, &replayed.playbook);
            calls.push(report::Call {
                name: reference.name.clone(),
                lanes: reference.lanes().len(),
                seconds: replayed.seconds,
                finals: finals(&replayed.events),
                lag: most_lag(&replayed.events),
                figures,
                jobs: replayed.jobs,
            });
        }
        Ok(calls)
    }

    fn replay(&self, reference: &Reference, card: Option<CostCard>, factor: f64) -> anyhow::Result<Replayed> {
        self.play(&reference.file, reference.lane, reference.context.as_deref(), Pace::Max, card, factor)
    }

    fn play(
        &self,
        file: &Path,
        lane: Option<Lane>,
        context: Option<&Path>,
        pace: Pace,
        card: Option<CostCard>,
        factor: f64,
    ) -> anyhow::Result<Replayed> {
        let file = Box::new(CallFile::open(file, lane)?);
        let seconds = file.duration();
        let context = context.map(|file| call_setup::read_context(&file.display().to_string()));
        let context = context.transpose()?.unwrap_or_else(CallContext::default);
        let playbook = playbook_choice::choose(self.common, &context)?;
        self.memo().begin(card, factor);
        let decoder: SharedDecoder = self.memo.clone();
        let events: Arc<Mutex<Vec<CallEvent>>> = Arc::default();
        let told = Arc::clone(&events);
        let keep = move |event: &CallEvent| {
            if !matches!(event, CallEvent::Level { .. } | CallEvent::Listening(_)) {
                told.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
            }
        };
        let setup = CallSetup {
            source: Source::File { file, pace },
            context,
            playbook: Arc::clone(&playbook),
            decoder,
            store: None,
            agent_name: String::new(),
        };
        cueline_live::start(setup, keep)?.wait()?;
        let events = std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner));
        let jobs = std::mem::take(&mut self.memo().log);
        Ok(Replayed { events, seconds, jobs, playbook })
    }

    /// The same weights without any of our own work: the whole lane, greedily, in windows of 30 s.
    fn offline(&self, reference: &Reference) -> anyhow::Result<Vec<(Lane, Errors)>> {
        let samples = lanes_of(&reference.file, reference.lane)?;
        let mut errors = Vec::new();
        for lane in reference.lanes() {
            let text = self.memo().offline(&samples[lane.index()])?;
            errors.push((lane, align(&reference.words(lane), &words::words(&text)).errors));
        }
        Ok(errors)
    }

    /// Words in sounds that hold none.
    fn silence(&self, card: CostCard) -> anyhow::Result<Vec<Silence>> {
        let folder = tempfile::tempdir().context("a folder for the made sounds")?;
        let mut silence = Vec::new();
        for (kind, make) in non_speech::KINDS {
            let file = folder.path().join("sound.wav");
            write_wav(&file, &non_speech::sound(*make)).context("a made sound can't be written")?;
            let played = self.play(&file, Some(Lane::Customer), None, Pace::Max, Some(card), 1.0)?;
            let words = transcript::utterances(&played.events).iter().map(|shown| shown.words().len()).sum();
            silence.push(Silence { kind, minutes: played.seconds / 60.0, words });
        }
        Ok(silence)
    }

    /// The same calls one after the other until so many hours of them have passed.
    fn soak(&self, references: &[Reference], card: CostCard, hours: f64) -> anyhow::Result<soak::Soak> {
        let mut soak = soak::Soak::default();
        for reference in references.iter().cycle() {
            if soak.hours() >= hours {
                break;
            }
            complain(&format!("soak: {:.1} of {hours} hours", soak.hours()));
            let played = self.replay(reference, Some(card), 1.0)?;
            let longest = played.jobs.iter().map(|job| job.waited).fold(0.0, f64::max);
            soak.note(played.seconds, longest, most_lag(&played.events));
        }
        Ok(soak)
    }

    fn realtime(&self, reference: &Reference) -> anyhow::Result<report::Realtime> {
        let before = process::cpu_seconds();
        let context = reference.context.as_deref();
        let played = self.play(&reference.file, None, context, Pace::Realtime, None, 1.0)?;
        let cpu = process::cpu_seconds().zip(before).map(|(after, before)| (after - before) / played.seconds);
        let figures = measure(reference, &played.events, played.seconds, &played.playbook);
        Ok(report::Realtime {
            call: reference.name.clone(),
            cpu_per_second: cpu,
            seconds: played.seconds,
            jobs: played.jobs,
            figures,
        })
    }
}

fn write_wav(file: &Path, samples: &[f32]) -> Result<(), hound::Error> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: non_speech::RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(file, spec)?;
    for sample in samples {
        wav.write_sample((sample * 32_767.0) as i16)?;
    }
    wav.finalize()
}

/// Both lanes of a recording at 16 kHz.
fn lanes_of(file: &Path, lane: Option<Lane>) -> anyhow::Result<[Vec<f32>; 2]> {
    let mut file = CallFile::open(file, lane)?;
    let mut lanes = [Vec::new(), Vec::new()];
    while let Some(events) = file.read()? {
        for event in events {
            if let LaneEvent::Samples(block) = event {
                lanes[block.lane.index()].extend_from_slice(&block.samples);
            }
        }
    }
    Ok(lanes)
}

fn finals(events: &[CallEvent]) -> usize {
    events.iter().filter(|event| matches!(event, CallEvent::Final { text, .. } if !text.is_empty())).count()
}

fn most_lag(events: &[CallEvent]) -> f64 {
    let lags = events.iter().map(|event| if let CallEvent::Lag { seconds } = event { *seconds } else { 0.0 });
    lags.fold(0.0, f64::max)
}
