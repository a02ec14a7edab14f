//! `cargo xtask run | test | bench | bench-window | gallery | fuzz`: the commands of the repository.
//!
//! Each does all of its own set-up, so that a fresh machine needs no other command. The crate stays small and has
//! no dependency that takes time to compile: it runs before anything else is built.

mod debian;
mod frontend;
mod shell;
mod speech_models;

use anyhow::{Result, bail};
use shell::{cargo, repository, step};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask run [-- ARGS]    set up this machine, fetch the speech model and start the app
cargo xtask test             set up this machine and run every check and test
cargo xtask bench [-- ARGS]  build for speed and run `cueline bench`
cargo xtask bench-window [-- MINUTES [CALL.wav…]]
                             measure the real window: starts, cards, idle time, memory (CALL.json beside it)
cargo xtask gallery [-- live|agent|lead]
                             make the README's pictures of the real window, all or some
cargo xtask fuzz [-- CASES]  damage playbooks, scripts and scenarios at random and read them (100,000 of each)
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.skip_while(|argument| argument == "--").collect();
    let done = match task.as_str() {
        "run" => run(&rest),
        "test" => test(),
        "bench" => bench(&rest),
        "bench-window" => bench_window(&rest),
        "gallery" => drive_window("gallery", &[], &rest),
        "fuzz" => fuzz(&rest),
        _ => {
            shell::say(HELP);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    debian::install(debian::BUILD)?;
    frontend::build()?;
    speech_models::fetch_default()?;
    step("starting Cueline");
    let mut app = cargo(&["run", "--package", "cueline-app", "--"]);
    app.args(arguments);
    shell::run(&mut app)
}

fn test() -> Result<()> {
    debian::install(debian::BUILD)?;
    debian::install(debian::TEST)?;
    step("formatting");
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    frontend::build()?;
    frontend::check()?;
    step("lints");
    shell::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let models = speech_models::fetch_for_tests()?;
    step("building the programs that the tests run");
    shell::run(&mut cargo(&["build", "--package", "cueline-cli", "--package", "cueline-app"]))?;
    step("the crates' tests");
    shell::run(&mut cargo(&["test", "--workspace", "--exclude", "cueline-tests", "--no-fail-fast"]))?;
    bindings_are_fresh()?;
    step("end-to-end tests");
    // One at a time: each runs a speech model on every core, and two that share the cores wait for each other.
    let mut tests =
        cargo(&["test", "--package", "cueline-tests", "--no-fail-fast", "--", "--test-threads=1"]);
    shell::run(tests.env("CUELINE_TEST_MODELS", models))
}

/// The tests write the TypeScript types from the Rust types; what is committed must be just that.
fn bindings_are_fresh() -> Result<()> {
    step("generated types");
    let changed = shell::output("git", &["status", "--porcelain", "--", "ui/lib/bindings"])?;
    if changed.trim().is_empty() {
        return Ok(());
    }
    bail!("the generated types in ui/lib/bindings changed; look at them and commit them:\n{changed}")
}

fn bench(arguments: &[String]) -> Result<()> {
    debian::install(debian::BUILD)?;
    speech_models::fetch_default()?;
    let mut bench = cargo(&["run", "--release", "--package", "cueline-cli", "--", "bench"]);
    bench.args(arguments).current_dir(repository());
    shell::run(&mut bench)
}

fn bench_window(arguments: &[String]) -> Result<()> {
    drive_window("window_bench", &["--release"], arguments)
}

/// Runs a program that drives the real app on a virtual display.
fn drive_window(example: &str, profile: &[&str], arguments: &[String]) -> Result<()> {
    debian::install(debian::BUILD)?;
    debian::install(debian::TEST)?;
    frontend::build()?;
    let models = speech_models::fetch_for_tests()?;
    step("the real window");
    shell::run(cargo(&["build", "--package", "cueline-app"]).args(profile))?;
    let mut program = cargo(&["run", "--package", "cueline-tests", "--example", example]);
    program.args(profile).arg("--").args(arguments);
    shell::run(program.env("CUELINE_TEST_MODELS", models))
}

/// The parsing tests with other seeds and many more cases than a test run has.
fn fuzz(arguments: &[String]) -> Result<()> {
    let cases = arguments.first().map_or("100000", String::as_str);
    step("damaged playbooks, scripts and scenarios");
    let mut tests = cargo(&["test", "--package", "cueline-cues", "--test", "parsing"]);
    shell::run(tests.env("PROPTEST_CASES", cases))
}
