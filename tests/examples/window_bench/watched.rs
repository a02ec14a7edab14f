use cueline_tests::webdriver::{AppWindow, Launch};
use cueline_tests::{Cueline, files_below};
use jiff::Timestamp;
use std::fs;

/// How the names of the page's processes and the app's begin, as the system cuts them off.
pub(crate) const PAGE: &str = "WebKitWebProces";
pub(crate) const APP: &str = "cueline-app";

/// Opens the app so that its log tells what it sends to the page.
pub(crate) fn open(user: &Cueline, arguments: &[&str]) -> AppWindow {
    let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
    let arguments = [&["--data-dir", data_dir], arguments].concat();
    let environment =
        [("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into()), ("CUELINE_LOG", "warn,cueline=debug".into())];
    AppWindow::open(&Launch { arguments: &arguments, environment: &environment, scratch: user.data_dir() })
}

/// The lines of the app's log that say something: milliseconds since 1970, and the line.
pub(crate) fn log_lines(user: &Cueline, saying: &str) -> Vec<(f64, String)> {
    let files = files_below(&user.data_dir().join("logs"));
    let text: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let said = text.lines().filter(|line| line.contains(saying));
    let timed = said.filter_map(|line| {
        let at: Timestamp = line.split_whitespace().next()?.parse().ok()?;
        Some((at.as_microsecond() as f64 / 1000.0, line.to_owned()))
    });
    timed.collect()
}

/// Median, 95th percentile and greatest of some figures.
pub(crate) fn spread(mut figures: Vec<f64>) -> serde_json::Value {
    figures.sort_by(f64::total_cmp);
    let at = |share: f64| {
        figures.get(((figures.len() as f64 * share).ceil() as usize).max(1) - 1).map(|figure| figure.round())
    };
    serde_json::json!({ "count": figures.len(), "p50": at(0.5), "p95": at(0.95), "max": at(1.0) })
}
