//! Past calls from another machine.

use super::aside;
use crate::digests;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_calls::{Acting, StoreError, exports_in};
use cueline_events::Notice;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;
use ts_rs::TS;

/// What became of files that were to be imported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub(crate) struct ImportResult {
    /// Calls that came.
    imported: u32,
    /// Calls that were here already.
    already: u32,
    /// Why others did not come.
    refused: Vec<Notice>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub(crate) struct ImportProgress {
    /// Files that were looked at.
    done: u32,
    /// All of them.
    total: u32,
}

/// Imports past calls that were exported as JSON: of a file, or of all such files in a folder. Each comes whole or not at all.
#[tauri::command]
pub(crate) async fn import_calls(
    state: State<'_, Arc<AppState>>,
    from: PathBuf,
    channel: Channel<ImportProgress>,
) -> Result<ImportResult, Failure> {
    aside(state, move |state| {
        let acting = state.acting()?;
        let mut result = ImportResult::default();
        let stopped = import(&acting, &exports_in(&from)?, &channel, &mut result);
        if result.imported > 0 {
            digests::make(state)?;
        }
        stopped?;
        Ok(result)
    })
    .await
}

fn import(
    acting: &Acting,
    files: &[impl AsRef<Path>],
    channel: &Channel<ImportProgress>,
    result: &mut ImportResult,
) -> Result<(), StoreError> {
    let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
    for (file, done) in files.iter().zip(1..) {
        match acting.take_in(file.as_ref()) {
            Ok(taken) if taken.new => result.imported += 1,
            Ok(_) => result.already += 1,
            Err(error) if error.is_of_one_file() => result.refused.push(error.notice()),
            Err(error) => return Err(error),
        }
        // A window that is gone needs to know nothing.
        let _ = channel.send(ImportProgress { done, total });
    }
    Ok(())
}
