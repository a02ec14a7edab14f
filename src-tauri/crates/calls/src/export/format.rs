use super::{CSV_HEADER, ExportedCall, csv_rows, html, json};
use crate::StoreError;
use serde::Deserialize;
use ts_rs::TS;

/// As what a call is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// All that is kept of it, for other programs.
    Json,
    /// A row for each utterance and cue.
    Csv,
    /// A report to read and to print.
    Html,
}

impl ExportFormat {
    /// How the name of such a file ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// A file of one call.
    ///
    /// # Errors
    /// As [`json`].
    pub fn file(self, call: &ExportedCall) -> Result<String, StoreError> {
        Ok(match self {
            Self::Json => json(call)?,
            Self::Csv => [CSV_HEADER, &csv_rows(call)].concat(),
            Self::Html => html(call),
        })
    }
}
