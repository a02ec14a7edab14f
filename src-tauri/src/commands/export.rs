//! Past calls as files for other programs and for people without Cueline.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_calls::export::{ExportFormat, WholeFile, wav};
use cueline_live::exported;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use tauri::{AppHandle, Manager, State};
use ts_rs::TS;

/// A call that is to be exported.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub(crate) struct CallToExport {
    /// Its id.
    id: String,
    /// When it began, as the page writes it: the page knows the person's language and clock.
    started: String,
}

/// The folder that an export goes to unless another is chosen: the person's documents, or else the home folder.
#[tauri::command]
pub(crate) async fn export_folder(app: AppHandle) -> Result<PathBuf, Failure> {
    let paths = app.path();
    let place = paths.document_dir().or_else(|_| paths.home_dir()).unwrap_or_else(|_| std::env::temp_dir());
    Ok(place.join("Cueline"))
}

/// Writes past calls into a folder, which is made where it is missing, and says which files it made: one for each call,
/// with its recording beside it where that is wanted. What is there under the same name is replaced.
#[tauri::command]
pub(crate) async fn export_calls(
    state: State<'_, Arc<AppState>>,
    calls: Vec<CallToExport>,
    format: ExportFormat,
    audio: bool,
    folder: PathBuf,
) -> Result<Vec<PathBuf>, Failure> {
    aside(state, move |state| {
        let acting = state.acting()?;
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let mut written = Vec::new();
        let mut write = |file: PathBuf, content: &[u8]| {
            WholeFile::write(&file, content).map_err(|error| unwritable(&file, &error))?;
            written.push(file);
            Ok::<_, Failure>(())
        };
        for CallToExport { id, started } in calls {
            let taken = acting.take_out(&id, format.ending(), audio)?;
            let file = folder.join(&taken.record.call.id);
            let playbook = state.startup.playbook_of_call(&taken.record);
            let (call, samples) = exported(taken, &playbook, started);
            // The recording first: whoever finds the document has both.
            if let Some(samples) = samples {
                write(file.with_extension("wav"), &wav(&samples)?)?;
            }
            write(file.with_extension(format.ending()), &format.file(&call)?)?;
        }
        Ok(written)
    })
    .await
}

fn unwritable(file: &Path, error: &io::Error) -> Failure {
    Failure::new(
        "export_file",
        format!("{} can't be written: {error}.", file.display()),
        "Choose another folder, or see whether there is space and whether you may write there.",
    )
}
