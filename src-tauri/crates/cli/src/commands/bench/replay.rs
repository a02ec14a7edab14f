//! Rendered calls through the production pipeline, compared with what their scripts expect.

use crate::arguments::{BenchReplay, CallOptions, Common};
use crate::call_setup;
use crate::exit::Ended;
use crate::printing::json;
use crate::scripts;
use anyhow::ensure;
use cueline_audio::CallFile;
use cueline_cues::{Comparison, ExpectedEvent, compare};
use cueline_events::{CallEvent, CueEvent};
use cueline_live::{Pace, Source};
use serde::Serialize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// How one call, or all together, compare with their scripts.
#[derive(Default, Serialize)]
struct Tally {
    expected: usize,
    met: usize,
    forbidden: usize,
    broken: usize,
}

pub(crate) fn run(common: &Common, options: BenchReplay) -> anyhow::Result<Ended> {
    let BenchReplay { folder, model, scripts, cues } = options;
    let recordings = scripts::rendered_in(&folder)?;
    ensure!(!recordings.is_empty(), "no NAME.wav with a NAME.json beside it in {}", folder.display());
    let only = |cue: &str| cues.is_empty() || cues.iter().any(|wanted| wanted == cue);
    let mut all = Tally::default();
    for recording in recordings {
        let timed = scripts::read(&recording.with_extension("json"))?;
        let context = scripts::context_of(&recording, scripts.as_deref());
        let options = CallOptions {
            context: Some(context.display().to_string()),
            model: model.clone(),
            json: true,
            no_log: true,
        };
        let begun = Instant::now();
        let (events, playbook, seconds) = replay(common, &options, &recording)?;
        let expected: Vec<_> =
            timed.expected.iter().filter(|expected| only(&expected.cue)).cloned().collect();
        let comparison = compare(&events, &timed.turns, &expected, &playbook, scripts::SLACK);
        let tally = tally(&comparison);
        json(&serde_json::json!({
            "call": recording.file_stem().map(|name| name.to_string_lossy()),
            "seconds": seconds,
            "wall_seconds": (begun.elapsed().as_secs_f64() * 10.0).round() / 10.0,
            "cues": tally,
            "differences": comparison.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }))?;
        all.add(&tally);
    }
    json(&serde_json::json!({ "all": all, "met_share": all.met as f64 / all.expected.max(1) as f64 }))?;
    Ok(Ended::Done)
}

type Replayed = (Vec<CueEvent>, Arc<cueline_cues::Playbook>, f64);

fn replay(common: &Common, options: &CallOptions, recording: &Path) -> anyhow::Result<Replayed> {
    let file = Box::new(CallFile::open(recording, None)?);
    let seconds = file.duration();
    let setup = call_setup::prepare(common, options, Source::File { file, pace: Pace::Max })?;
    let playbook = Arc::clone(&setup.playbook);
    let events: Arc<Mutex<Vec<CueEvent>>> = Arc::default();
    let told = Arc::clone(&events);
    let keep = move |event: &CallEvent| {
        if let CallEvent::Cue(cue) = event {
            told.lock().unwrap_or_else(PoisonError::into_inner).push(cue.clone());
        }
    };
    cueline_live::start(setup, keep)?.wait()?;
    let events = std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((events, playbook, seconds))
}

fn tally(comparison: &Comparison) -> Tally {
    let mut tally = Tally::default();
    for outcome in &comparison.outcomes {
        let Some(met) = outcome.met else { continue };
        if outcome.expected.event == ExpectedEvent::MustNotFire {
            tally.forbidden += 1;
            tally.broken += usize::from(!met);
        } else {
            tally.expected += 1;
            tally.met += usize::from(met);
        }
    }
    tally
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.expected += other.expected;
        self.met += other.met;
        self.forbidden += other.forbidden;
        self.broken += other.broken;
    }
}
