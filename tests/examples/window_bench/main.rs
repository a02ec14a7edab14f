//! Measures the real window and prints one JSON report: `cargo xtask bench-window [-- MINUTES [CALL.wav…]]`.
//!
//! How long a start takes, how soon a card is on the screen, how idle the page is during a call and whether its memory
//! grows. The window is on a virtual display without a graphics processor, and WebDriver looks on: both make it slower
//! than an agent's.

#[cfg(target_os = "linux")]
mod call;
#[cfg(target_os = "linux")]
mod cards;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod watched;

fn main() {
    #[cfg(target_os = "linux")]
    {
        let mut arguments = std::env::args().skip(1);
        let minutes = arguments.next().map_or(Ok(5.0), |minutes| minutes.parse());
        let minutes: f64 = minutes.expect("the first argument is a number of minutes");
        let recordings: Vec<std::path::PathBuf> = arguments.map(Into::into).collect();
        let report =
            serde_json::json!({ "starts": start::measure(), "call": call::measure(minutes, &recordings) });
        println!("{report:#}");
    }
    #[cfg(not(target_os = "linux"))]
    panic!("the app can be driven on Linux alone");
}
