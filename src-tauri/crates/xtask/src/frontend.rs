//! The window's pages: npm packages, checks, build.

use crate::shell::{self, repository, step};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Builds `ui/dist`, which the app embeds.
pub(crate) fn build() -> Result<()> {
    step("the window's pages");
    if packages_are_stale() {
        shell::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    shell::run(&mut npm(&["run", "--silent", "build"]))
}

/// Types and unit tests of the pages.
pub(crate) fn check() -> Result<()> {
    step("the window's types and unit tests");
    shell::run(&mut npm(&["run", "--silent", "check"]))?;
    shell::run(&mut npm(&["test", "--silent"]))
}

/// npm leaves a copy of the lock file beside what it installed; an older copy means a changed lock file.
fn packages_are_stale() -> bool {
    let modified = |file: &str| folder().join(file).metadata().and_then(|m| m.modified()).ok();
    match (modified("node_modules/.package-lock.json"), modified("package-lock.json")) {
        (Some(installed), Some(wanted)) => installed < wanted,
        _ => true,
    }
}

fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(folder());
    command
}

fn folder() -> PathBuf {
    repository().join("ui")
}
