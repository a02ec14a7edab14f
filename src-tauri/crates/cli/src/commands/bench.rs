//! Measurements as JSON.

mod calls;
mod cues;
mod replay;

use crate::arguments::{Bench, Common};
use crate::exit::Ended;
use crate::speech_bench;

pub(crate) fn run(common: &Common, command: Bench) -> anyhow::Result<Ended> {
    match command {
        Bench::Cues(options) => cues::run(common, &options),
        Bench::Replay(options) => replay::run(common, options),
        Bench::Calls(options) => calls::run(&options),
        Bench::Speech(options) => speech_bench::run(common, &options),
    }
}
