//! Running other programs, and saying what is being done.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The top folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// `cargo ARGS` in the repository, with the toolchain that built this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(repository());
    command
}

/// Announces a step.
pub(crate) fn step(what: &str) {
    say(&format!("\n--- {what}"));
}

/// Tells the person at the terminal.
#[expect(clippy::print_stderr, reason = "this program talks to a terminal")]
pub(crate) fn say(what: &str) {
    eprintln!("{what}");
}

/// Runs a program to its end; an exit code other than 0 is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status =
        command.status().with_context(|| format!("could not start `{program}`; is it installed?"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy()).collect();
        bail!("`{program} {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}

/// What a program prints, run in the repository.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(repository())
        .output()
        .with_context(|| format!("could not start `{program}`; is it installed?"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
