//! The speech models, fetched with the product's own command.

use crate::shell::{self, cargo, repository, step};
use anyhow::Result;
use std::path::PathBuf;

/// The model of a first run, into the user's data folder.
pub(crate) fn fetch_default() -> Result<()> {
    fetch(&[])
}

/// The small model, into a data folder of the tests' own below `target/`; returns the folder that holds the file.
pub(crate) fn fetch_for_tests() -> Result<PathBuf> {
    let data = repository().join("target/test-data");
    fetch(&["tiny.en-q8_0", "--data-dir", &data.to_string_lossy()])?;
    Ok(data.canonicalize()?.join("models"))
}

fn fetch(arguments: &[&str]) -> Result<()> {
    step("the speech model");
    let mut fetch = cargo(&["run", "--quiet", "--package", "cueline-cli", "--", "models", "fetch"]);
    shell::run(fetch.args(arguments))
}
