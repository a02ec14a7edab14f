use crate::arguments::Common;
use anyhow::Context;
use std::path::PathBuf;

/// Where everything that Cueline keeps lies: what was asked for, or the place the system has for such things.
pub(crate) fn data_folder(common: &Common) -> anyhow::Result<PathBuf> {
    match &common.data_dir {
        Some(chosen) => Ok(chosen.clone()),
        None => cueline_live::default_data_folder()
            .context("this system has no home folder for the data; name one with --data-dir"),
    }
}
