use crate::watched::{log_lines, open, spread};
use cueline_tests::{Cueline, Process};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Starts that are measured, after one that warms the disk's cache.
const STARTS: usize = 5;
const SOON: Duration = Duration::from_secs(30);

/// How long the app takes from its process's beginning until the form before a call is painted, and from there until
/// the speech model is loaded.
pub(crate) fn measure() -> Value {
    let starts: Vec<(f64, f64)> = (0..=STARTS).map(|_| one()).skip(1).collect();
    let (usable, model): (Vec<f64>, Vec<f64>) = starts.into_iter().unzip();
    json!({ "usable_ms": spread(usable), "model_ready_after_ms": spread(model) })
}

fn one() -> (f64, f64) {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = open(&user, &[]);
    window.text("[data-testid=before-call]", SOON);
    // The page is empty until the app has said what is there, so what is painted first is the form.
    let painted = "const [first] = performance.getEntriesByName('first-contentful-paint');
        return first ? performance.timeOrigin + first.startTime : null;";
    let painted = window.until("the form is painted", SOON, || window.run(painted, Vec::new()).as_f64());
    let model = window.until("the speech model is loaded", SOON, || {
        log_lines(&user, "speech model loaded").first().map(|(at, _)| *at)
    });
    let processes = window.processes();
    let app = processes.iter().find(|process| process.name == "cueline-app").expect("the app runs");
    let begun = since_1970(app);
    (painted - begun, (model - painted).max(0.0))
}

/// When a process began, in milliseconds since 1970, to the hundredth of a second that Linux keeps.
fn since_1970(process: &Process) -> f64 {
    let uptime = fs::read_to_string("/proc/uptime").expect("Linux tells its age");
    let uptime: f64 = uptime.split(' ').next().and_then(|seconds| seconds.parse().ok()).expect("a number");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs_f64();
    (now - uptime + process.started) * 1000.0
}
