//! The report: what was measured on all recordings, put together.

use super::alignment::Errors;
use super::cost::CostCard;
use super::figures::{CueLatency, Figures};
use super::memo::JobLog;
use super::process;
use super::soak::Soak;
use super::spread::{Spread, bootstrap, rounded};
use cueline_events::Lane;
use cueline_speech::JobKind;
use serde::Serialize;
use serde_json::{Value, json};

pub(crate) struct Report {
    pub(crate) model: String,
    pub(crate) card: CostCard,
    pub(crate) calls: Vec<Call>,
    pub(crate) factors: Vec<(f64, Vec<Call>)>,
    pub(crate) silence: Vec<Silence>,
    pub(crate) offline: Vec<Vec<(Lane, Errors)>>,
    pub(crate) realtime: Option<Realtime>,
    pub(crate) soak: Option<Soak>,
    pub(crate) speech_memory_mb: Option<f64>,
}

/// One recording on the virtual clock.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) lanes: usize,
    pub(crate) seconds: f64,
    pub(crate) finals: usize,
    /// The most that the transcript was behind, in seconds.
    pub(crate) lag: f64,
    pub(crate) figures: Figures,
    pub(crate) jobs: Vec<JobLog>,
}

/// Words in a sound that holds none.
#[derive(Serialize)]
pub(crate) struct Silence {
    pub(crate) kind: &'static str,
    pub(crate) minutes: f64,
    pub(crate) words: usize,
}

/// One call at the speed at which it was spoken.
pub(crate) struct Realtime {
    pub(crate) call: String,
    pub(crate) cpu_per_second: Option<f64>,
    pub(crate) seconds: f64,
    pub(crate) jobs: Vec<JobLog>,
    pub(crate) figures: Figures,
}

impl Report {
    pub(crate) fn new(model: &str, card: CostCard) -> Self {
        Self {
            model: model.to_owned(),
            card,
            calls: Vec::new(),
            factors: Vec::new(),
            silence: Vec::new(),
            offline: Vec::new(),
            realtime: None,
            soak: None,
            speech_memory_mb: None,
        }
    }

    /// The report as it is printed.
    pub(crate) fn summary(&self) -> Value {
        let invented: usize = self.silence.iter().map(|silence| silence.words).sum();
        let minutes: f64 = self.silence.iter().map(|silence| silence.minutes).sum();
        json!({
            "model": self.model,
            "machine": {
                "processor": process::processor(),
                "cores": std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            },
            "cost": self.card,
            "word_errors": self.word_errors(),
            "calls": self.calls.iter().map(call).collect::<Vec<_>>(),
            "all": together(&self.calls),
            "factors": self.factors.iter().map(|(factor, calls)| {
                json!({ "factor": factor, "all": together(calls), "words_lost": words(&self.calls) as i64 - words(calls) as i64 })
            }).collect::<Vec<_>>(),
            "invented_words_per_minute": (minutes > 0.0).then(|| rounded(invented as f64 / minutes)),
            "silence": self.silence,
            "speech_memory_mb": self.speech_memory_mb.map(rounded),
            "soak": self.soak.as_ref().map(Soak::summary),
            "realtime": self.realtime.as_ref().map(|realtime| json!({
                "call": realtime.call,
                "cpu_seconds_per_second": realtime.cpu_per_second.map(rounded),
                "worker": worker(&realtime.jobs, realtime.seconds),
                "speech_end_to_final": speech_end(&[&realtime.figures]),
                "cues": cue(&[&realtime.figures.fires, &realtime.figures.satisfied]),
                "cue_fires": cue(&[&realtime.figures.fires]),
                "cue_satisfied": cue(&[&realtime.figures.satisfied]),
            })),
        })
    }

    /// Word errors of live finals and of the same weights offline, over the same words, and their difference with a
    /// 95 % interval over lanes.
    fn word_errors(&self) -> Value {
        let live: Vec<Errors> =
            self.calls.iter().flat_map(|c| c.figures.errors.iter().map(|e| e.1)).collect();
        let offline: Vec<Errors> = self.offline.iter().flatten().map(|(_, errors)| *errors).collect();
        let by_lane = |lane: Lane| {
            sum(self.calls.iter().flat_map(|c| &c.figures.errors).filter(|e| e.0 == lane).map(|e| e.1))
        };
        let mut value = json!({
            "live": rate(&live),
            "agent": rate(&[by_lane(Lane::Agent)]),
            "customer": rate(&[by_lane(Lane::Customer)]),
        });
        if !offline.is_empty() {
            let pairs: Vec<(Errors, Errors)> = live.into_iter().zip(offline.iter().copied()).collect();
            let difference = |pairs: &[(Errors, Errors)]| {
                sum(pairs.iter().map(|p| p.0)).rate() - sum(pairs.iter().map(|p| p.1)).rate()
            };
            value["offline"] = rate(&offline);
            value["live_minus_offline"] = json!({ "points": rounded(100.0 * difference(&pairs)), "interval": bootstrap(&pairs, |p| 100.0 * difference(p)) });
        }
        value
    }
}

fn sum(errors: impl Iterator<Item = Errors>) -> Errors {
    errors.fold(Errors::default(), |mut sum, one| {
        sum.add(one);
        sum
    })
}

fn rate(errors: &[Errors]) -> Value {
    let all = sum(errors.iter().copied());
    let interval = bootstrap(errors, |errors| 100.0 * sum(errors.iter().copied()).rate());
    json!({ "percent": rounded(100.0 * all.rate()), "interval": interval, "words": all })
}

fn call(call: &Call) -> Value {
    let errors: Vec<Value> = call
        .figures
        .errors
        .iter()
        .map(|(lane, errors)| json!({ "lane": lane, "percent": rounded(100.0 * errors.rate()), "words": errors }))
        .collect();
    let mut value = together(std::slice::from_ref(call));
    value["call"] = json!(call.name);
    value["lanes"] = json!(call.lanes);
    value["word_errors"] = json!(errors);
    value
}

/// Everything but word errors, over some recordings.
fn together(calls: &[Call]) -> Value {
    let figures: Vec<&Figures> = calls.iter().map(|call| &call.figures).collect();
    let seconds: f64 = calls.iter().map(|call| call.seconds).sum();
    let jobs: Vec<JobLog> = calls.iter().flat_map(|call| call.jobs.iter().copied()).collect();
    let pooled = |pick: fn(&Figures) -> &Vec<f64>| {
        Spread::of(&figures.iter().flat_map(|f| pick(f).iter().copied()).collect::<Vec<_>>(), 0)
    };
    let quiet: f64 = figures.iter().map(|f| f.quiet_seconds).sum();
    let invented: usize = figures.iter().map(|f| f.invented).sum();
    let forbidden: Vec<&String> = figures.iter().flat_map(|f| &f.forbidden).collect();
    json!({
        "seconds": rounded(seconds),
        "word_first_shown": pooled(|f| &f.first_shown),
        "word_stable": pooled(|f| &f.stable),
        "word_final": pooled(|f| &f.word_final),
        "speech_end_to_final": speech_end(&figures),
        "cues": cue(&figures.iter().flat_map(|f| [&f.fires, &f.satisfied]).collect::<Vec<_>>()),
        "cue_fires": cue(&figures.iter().map(|f| &f.fires).collect::<Vec<_>>()),
        "cue_satisfied": cue(&figures.iter().map(|f| &f.satisfied).collect::<Vec<_>>()),
        "forbidden_cues": forbidden,
        "erased_per_final_word": rounded(figures.iter().map(|f| f.erased).sum::<usize>() as f64 / words(calls).max(1) as f64),
        "invented_words_per_quiet_minute": (quiet > 0.0).then(|| rounded(invented as f64 * 60.0 / quiet)),
        "worker": worker(&jobs, seconds),
        "finals": count(calls),
        "most_lag": calls.iter().map(|call| call.lag).fold(0.0, f64::max),
    })
}

/// What the one worker did in so many seconds.
fn worker(jobs: &[JobLog], seconds: f64) -> Value {
    let busy: f64 = jobs.iter().map(|job| job.cost).sum();
    let waits: Vec<f64> = jobs.iter().map(|job| job.waited).collect();
    let of = |kind: JobKind| jobs.iter().filter(|job| job.kind == kind).count();
    json!({
        "occupancy": rounded(busy / seconds.max(1.0)),
        "jobs": { "ticks": of(JobKind::Tick), "early": of(JobKind::Early), "finals": of(JobKind::Final) },
        "mean_job": rounded(busy / jobs.len().max(1) as f64),
        "wait": Spread::of(&waits, 0),
        "most_jobs_waited_for": jobs.iter().map(|job| job.waited_for).max(),
    })
}

/// Words in finals: slower looks cut a call into fewer finals, which must hold the same words.
fn words(calls: &[Call]) -> usize {
    calls.iter().map(|call| call.figures.final_words).sum()
}

fn count(calls: &[Call]) -> usize {
    calls.iter().map(|call| call.finals).sum()
}

fn speech_end(figures: &[&Figures]) -> Spread {
    let values: Vec<f64> = figures.iter().flat_map(|f| f.speech_end.iter().copied()).collect();
    Spread::of(&values, figures.iter().map(|f| f.speech_end_missed).sum())
}

fn cue(latencies: &[&CueLatency]) -> Value {
    let values: Vec<f64> = latencies.iter().flat_map(|cue| cue.seconds.iter().copied()).collect();
    let missed: Vec<&String> = latencies.iter().flat_map(|cue| &cue.missed).collect();
    let mut value = json!(Spread::of(&values, missed.len()));
    value["misses"] = json!(missed);
    value
}
