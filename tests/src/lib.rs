//! What the end-to-end tests share: a user of the command line, the app's window under WebDriver, where things lie.
//!
//! The tests run the programs as people do and look only at what people see: output, events, files, the window.

#[cfg(target_os = "linux")]
mod another_program;
mod cueline;
#[cfg(target_os = "linux")]
mod cut_off;
#[cfg(target_os = "linux")]
mod display;
mod files;
mod live_process;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod pulse;
mod recording;
mod repository;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(target_os = "linux")]
mod tray;
#[cfg(target_os = "linux")]
pub mod webdriver;
#[cfg(target_os = "linux")]
mod window_alone;

#[cfg(target_os = "linux")]
pub use another_program::AnotherProgram;
pub use cueline::{Cueline, Outcome, assert_same_cues, cue_events, outline, said};
#[cfg(target_os = "linux")]
pub use cut_off::{Cut, CutOff, How, Step};
#[cfg(target_os = "linux")]
pub use display::Display;
pub use files::{assert_unreadable, files_below};
pub use live_process::LiveProcess;
#[cfg(target_os = "linux")]
pub use processes::Process;
#[cfg(target_os = "linux")]
pub use pulse::Pulse;
pub use recording::Recording;
pub use repository::{built_program, repository};
#[cfg(target_os = "linux")]
pub use screen::{Place, Screen};
#[cfg(target_os = "linux")]
pub use tray::Tray;
#[cfg(target_os = "linux")]
pub use window_alone::WindowAlone;
