use crate::cards;
use crate::long_call::LongCall;
use crate::watched::{APP, PAGE, log_lines, open, spread};
use cueline_tests::{Cueline, Process};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(30);

/// Plays a call of so many minutes: how soon its cards are painted, and how idle page and window are meanwhile.
pub(crate) fn measure(call: &LongCall) -> Value {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = open(&user, &call.arguments());
    window.text("[data-testid=transcript]", SOON);
    cards::watch(&window);
    let (begun, before) = (Instant::now(), window.processes());
    // Not beyond the call: what comes after it is other work.
    sleep(call.length);
    let after = window.processes();
    let seconds = begun.elapsed().as_secs_f64();
    let busy = |of: fn(&Process) -> f64, name: &str| {
        let total = |processes: &[Process]| -> f64 {
            processes.iter().filter(|process| process.name.starts_with(name)).map(of).sum()
        };
        (total(&after) - total(&before)) / seconds
    };
    let sent = log_lines(&user, "card sent");
    let (latencies, lost) = cards::latencies(&window, &sent);
    json!({
        "minutes": seconds / 60.0,
        "lines": window.count("[data-testid=transcript] [data-utterance]"),
        "card_on_screen_ms": spread(latencies),
        "cards_not_painted": lost,
        "page_thread_idle": 1.0 - busy(|process| process.main_thread, PAGE),
        "app_thread_idle": 1.0 - busy(|process| process.main_thread, APP),
        "processors_in_use": busy(|process| process.all_threads, ""),
    })
}
