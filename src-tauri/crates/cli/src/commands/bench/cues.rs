//! The cue engine alone on scripted calls: how much faster than the call it is, and whether a long call costs more.

use crate::arguments::{BenchCues, Common};
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::json;
use crate::scripts;
use crate::speech_bench::{Spread, cpu_seconds, memory_mb, processor, rounded};
use cueline_cues::{Engine, Observation, Playbook, Script, Turn};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Seconds of an hour.
const HOUR: f64 = 3600.0;

pub(crate) fn run(common: &Common, options: &BenchCues) -> anyhow::Result<Ended> {
    let files = scripts::at(&options.script)?;
    let scripts: Vec<Script> = files.iter().map(|file| scripts::read(file)).collect::<anyhow::Result<_>>()?;
    let begun = Instant::now();
    let playbooks: Vec<Arc<Playbook>> = scripts
        .iter()
        .map(|script| playbook_choice::choose(common, &script.context))
        .collect::<Result<_, _>>()?;
    let loading = begun.elapsed().as_secs_f64();
    let calls: Vec<Call> =
        scripts.iter().zip(playbooks).map(|(script, playbook)| Call::of(script, playbook)).collect();
    json(&json!({
        "machine": processor(),
        "playbooks_load_s": rounded(loading),
        "short_calls": short(&calls, options.rounds),
        "one_long_call": long(&calls, options.hours),
    }))?;
    Ok(Ended::Done)
}

/// One scripted call, ready for the engine.
struct Call {
    playbook: Arc<Playbook>,
    script: Script,
    observations: Vec<Observation>,
    seconds: f64,
}

impl Call {
    fn of(script: &Script, playbook: Arc<Playbook>) -> Self {
        Self { playbook, script: script.clone(), observations: script.observations(), seconds: script.end() }
    }

    fn engine(&self) -> Engine {
        Engine::new(Arc::clone(&self.playbook), self.script.context.clone())
    }
}

/// What observing cost: seconds by the clock, the processor's where the system tells them (other programs don't count
/// there), and milliseconds by the clock for each utterance.
struct Cost {
    spent: Duration,
    processor_before: Option<f64>,
    utterances_ms: Vec<f64>,
}

impl Cost {
    fn begin() -> Self {
        Self { spent: Duration::ZERO, processor_before: cpu_seconds(), utterances_ms: Vec::new() }
    }

    fn observe(&mut self, engine: &mut Engine, observation: &Observation) {
        let begun = Instant::now();
        drop(engine.observe(observation));
        let took = begun.elapsed();
        self.spent += took;
        if matches!(observation, Observation::Utterance { .. }) {
            self.utterances_ms.push(took.as_secs_f64() * 1000.0);
        }
    }

    fn report(&self, call_seconds: f64) -> Value {
        let processor = self.processor_before.and_then(|before| Some(cpu_seconds()? - before));
        let spent = self.spent.as_secs_f64();
        json!({
            "call_seconds": rounded(call_seconds),
            "engine_seconds": rounded(spent),
            "processor_seconds": processor.map(rounded),
            "times_real_time": (call_seconds / processor.unwrap_or(spent).max(1e-3)).round(),
            "utterance_ms": Spread::of(&self.utterances_ms, 0),
        })
    }
}

/// Every call so many times, each time with an engine of its own.
fn short(calls: &[Call], rounds: u32) -> Value {
    let mut cost = Cost::begin();
    for _ in 0..rounds {
        for call in calls {
            let mut engine = call.engine();
            call.observations.iter().for_each(|observation| cost.observe(&mut engine, observation));
            let begun = Instant::now();
            drop(engine.finish(call.seconds));
            cost.spent += begun.elapsed();
        }
    }
    cost.report(calls.iter().map(|call| call.seconds).sum::<f64>() * f64::from(rounds))
}

/// The calls one after the other as a single call of so many hours: its first hour, its last, and the memory.
fn long(calls: &[Call], hours: f64) -> Value {
    let Some(first) = calls.first() else { return Value::Null };
    let mut script = Script { turns: Vec::new(), ..first.script.clone() };
    for call in calls.iter().cycle() {
        let at = script.end();
        if at >= hours * HOUR || call.script.turns.is_empty() {
            break;
        }
        let later = |turn: &Turn| Turn { t0: turn.t0 + at, t1: turn.t1 + at, ..turn.clone() };
        script.turns.extend(call.script.turns.iter().map(later));
    }
    let mut engine = first.engine();
    let mut hour = Cost::begin();
    let (mut reports, mut from) = (Vec::new(), 0.0);
    let observations = script.observations();
    for observation in &observations {
        hour.observe(&mut engine, observation);
        if let Observation::Utterance { at, .. } = observation
            && (*at - from >= HOUR || *at >= script.end())
        {
            let mut report = std::mem::replace(&mut hour, Cost::begin()).report(*at - from);
            report["memory_mb"] = json!(memory_mb().map(rounded));
            reports.push(report);
            from = *at;
        }
    }
    json!({ "hours": rounded(script.end() / HOUR), "first_hour": reports.first(), "last_hour": reports.last() })
}
