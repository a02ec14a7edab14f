//! Measures the real window and prints one JSON report: `cargo xtask bench-window [-- MINUTES [CALL.wav…]]`.
//!
//! How long a start takes, how soon a card is on the screen and how idle the page is during a call of five minutes, and
//! whether its memory grows in one of MINUTES. The window is on a virtual display without a graphics processor, and
//! WebDriver looks on but for the memory: both make it slower than an agent's.

#[cfg(target_os = "linux")]
mod call;
#[cfg(target_os = "linux")]
mod cards;
#[cfg(target_os = "linux")]
mod long_call;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod watched;

/// The most minutes of a call in which a driver looks on.
#[cfg(target_os = "linux")]
const DRIVEN: f64 = 5.0;

fn main() {
    #[cfg(target_os = "linux")]
    {
        let mut arguments = std::env::args().skip(1);
        let minutes = arguments.next().map_or(Ok(5.0), |minutes| minutes.parse());
        let minutes: f64 = minutes.expect("the first argument is a number of minutes");
        let recordings: Vec<std::path::PathBuf> = arguments.map(Into::into).collect();
        let report = serde_json::json!({
            "starts": start::measure(),
            "call": call::measure(&long_call::LongCall::of(minutes.min(DRIVEN), &recordings)),
            "memory": memory::measure(&long_call::LongCall::of(minutes, &recordings)),
        });
        println!("{report:#}");
    }
    #[cfg(not(target_os = "linux"))]
    panic!("the app can be driven on Linux alone");
}
