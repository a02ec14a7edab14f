use super::{CSV_HEADER, ExportedCall, csv_rows, html, json, pdf};
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
    /// A report to read and to print, as a page for a browser.
    Html,
    /// The same report on numbered pages.
    Pdf,
}

impl ExportFormat {
    /// How the name of such a file ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// A file of one call.
    ///
    /// # Errors
    /// As [`json`].
    pub fn file(self, call: &ExportedCall) -> Result<Vec<u8>, StoreError> {
        Ok(match self {
            Self::Json => json(call)?.into_bytes(),
            Self::Csv => [CSV_HEADER, &csv_rows(call)].concat().into_bytes(),
            Self::Html => html(call).into_bytes(),
            Self::Pdf => pdf(call),
        })
    }
}
