use crate::cards;
use crate::watched::{log_lines, open, spread};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Process, Recording};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(30);
/// How often memory and processor time are read.
const PERIOD: Duration = Duration::from_secs(30);

/// Plays the recordings one after the other, again and again, as one call of so many minutes.
pub(crate) fn measure(minutes: f64, recordings: &[PathBuf]) -> Value {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let call = long_call(minutes, recordings);
    let file = call.file.to_str().expect("a UTF-8 path");
    let window = open(&user, &["--replay", file, "--context", call.first.script()]);
    window.text("[data-testid=transcript]", SOON);
    cards::watch(&window);
    let (begun, before) = (Instant::now(), threads(&window));
    let mut memory = Vec::new();
    while begun.elapsed().as_secs_f64() < minutes * 60.0 {
        // Not beyond the call: what comes after it is other work.
        sleep(PERIOD.min(Duration::from_secs_f64(minutes * 60.0).saturating_sub(begun.elapsed())));
        let now = threads(&window);
        let at = begun.elapsed().as_secs_f64();
        eprintln!(
            "{:.1} of {minutes} min: page {} MB, app {} MB",
            at / 60.0,
            now.page_memory / 1_000_000,
            now.app_memory / 1_000_000
        );
        memory.push((at, now));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let busy = |of: fn(&Threads) -> f64| {
        let (_, last) = memory.last().expect("a call has a length");
        (of(last) - of(&before)) / seconds
    };
    let sent = log_lines(&user, "card sent");
    let (latencies, lost) = cards::latencies(&window, &sent);
    json!({
        "minutes": seconds / 60.0,
        "lines": window.count("[data-testid=transcript] [data-utterance]"),
        "card_on_screen_ms": spread(latencies),
        "cards_not_painted": lost,
        "page_thread_idle": 1.0 - busy(|threads| threads.page),
        "app_thread_idle": 1.0 - busy(|threads| threads.app),
        "processors_in_use": busy(|threads| threads.all),
        "memory_mb": memory.iter().map(|(at, threads)| json!({
            "at": at.round(), "page": threads.page_memory / 1_000_000, "app": threads.app_memory / 1_000_000,
        })).collect::<Vec<_>>(),
    })
}

/// Processor seconds and bytes so far.
struct Threads {
    /// The thread on which the page's script and layout run.
    page: f64,
    /// The app's window thread.
    app: f64,
    /// Everything, speech included.
    all: f64,
    page_memory: u64,
    app_memory: u64,
}

fn threads(window: &AppWindow) -> Threads {
    let processes = window.processes();
    let named = |name: &str| -> Vec<&Process> {
        processes.iter().filter(|process| process.name.starts_with(name)).collect()
    };
    let (page, app) = (named("WebKitWebProces"), named("cueline-app"));
    Threads {
        page: page.iter().map(|process| process.main_thread).sum(),
        app: app.iter().map(|process| process.main_thread).sum(),
        all: processes.iter().map(|process| process.all_threads).sum(),
        page_memory: page.iter().map(|process| process.memory).sum(),
        app_memory: app.iter().map(|process| process.memory).sum(),
    }
}

/// A made recording, and the one that it begins with, whose script has the context; the file lives as long as this.
struct LongCall {
    file: PathBuf,
    first: Recording,
}

fn long_call(minutes: f64, recordings: &[PathBuf]) -> LongCall {
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
    LongCall { file, first }
}
