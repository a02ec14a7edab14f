//! `cueline`: the same engine without a window. Its commands and output are a contract that scripts rely on.

mod arguments;
mod call_report;
mod call_setup;
mod commands;
mod cue_report;
mod data_folder;
mod exit;
mod model_choice;
mod playbook_choice;
mod printing;
mod role_choice;
mod score_report;
mod scripts;
mod speech_bench;
mod unlocking;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // Faults are told where they happened, never with what was being worked on: that may be somebody's words.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        printing::complain(&format!(
            "Cueline stopped because of a fault of its own{place}. Please report it."
        ));
    }));
    let filter = EnvFilter::try_from_env("CUELINE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();

    let arguments = Arguments::parse();
    let common = &arguments.common;
    let done = match arguments.command {
        Command::Live(live) => commands::live::run(common, live),
        Command::Replay(replay) => commands::replay::run(common, replay),
        Command::Rehearse(rehearse) => commands::rehearse::run(common, &rehearse),
        Command::Probe(probe) => commands::probe::run(common, &probe),
        Command::Playbook(playbook) => commands::playbook::run(&playbook),
        Command::Calls(calls) => commands::calls::run(common, calls),
        Command::Models(models) => commands::models::run(common, models),
        Command::Lab(lab) => commands::lab::run(common, lab),
        Command::Devices(devices) => commands::devices::run(&devices),
        Command::Bench(bench) => commands::bench::run(common, bench),
    };
    exit::code(done)
}
