//! The log file: what happened inside the program, never what was said.

use std::path::{Path, PathBuf};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of log files that are kept.
const DAYS: usize = 7;

/// Writes the program's log to one file a day in `logs/` of the data folder. `CUELINE_LOG` chooses what is written,
/// for example `debug`.
///
/// # Errors
/// When the folder can't be made or written.
pub(crate) fn start(data_dir: &Path) -> Result<(), String> {
    let folder = folder(data_dir);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("cueline")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .map_err(|error| error.to_string())?;
    let filter =
        EnvFilter::try_from_env("CUELINE_LOG").unwrap_or_else(|_| EnvFilter::new("warn,cueline=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(std::sync::Mutex::new(file))
        .init();
    log_panics();
    Ok(())
}

/// Where a data folder has the program's log files.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("logs")
}

/// A fault is logged by its place alone: its message may carry what was being worked on, somebody's words for one.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
        let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
        tracing::error!(place, thread, "a fault inside Cueline");
    }));
}
