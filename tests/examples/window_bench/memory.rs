use crate::long_call::LongCall;
use crate::watched::{APP, PAGE};
use cueline_tests::{Cueline, WindowAlone};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often memory is read.
const PERIOD: Duration = Duration::from_secs(30);

/// Plays a call without a driver: how much memory page and app have meanwhile.
pub(crate) fn measure(call: &LongCall) -> Value {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = WindowAlone::of(&user, &call.arguments());
    let begun = Instant::now();
    let mut figures = Vec::new();
    while begun.elapsed() < call.length {
        sleep(PERIOD.min(call.length.saturating_sub(begun.elapsed())));
        let processes = window.processes();
        let [page, app] = [PAGE, APP].map(|name| {
            let named = processes.iter().filter(|process| process.name.starts_with(name));
            named.map(|process| process.memory).sum::<u64>() / 1_000_000
        });
        let (at, of) = (begun.elapsed().as_secs_f64() / 60.0, call.length.as_secs_f64() / 60.0);
        eprintln!("{at:.1} of {of} min: page {page} MB, app {app} MB");
        figures.push(json!({ "minute": (at * 10.0).round() / 10.0, "page_mb": page, "app_mb": app }));
    }
    figures.into()
}
