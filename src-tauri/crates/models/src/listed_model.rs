use serde::Serialize;
use ts_rs::TS;

use crate::{Fingerprint, Weights};

/// A model as the lists in the window and the terminal show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ListedModel {
    /// Its name, such as `base-q8_0`.
    pub id: String,
    /// What it is good for, or where it came from.
    pub about: String,
    /// Bytes of its file.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of its file.
    #[ts(type = "string")]
    pub sha256: Fingerprint,
    /// How its weights are stored, where that is known.
    pub weights: Option<Weights>,
    /// The licence, as an SPDX identifier, where that is known.
    pub licence: Option<String>,
    /// ISO 639 codes; `mul` for a multilingual model.
    pub languages: Vec<String>,
    /// Whether it is the one to use when none is chosen.
    pub is_default: bool,
    /// Whether it can be used now.
    pub state: ModelState,
}

/// What lies in the folder under a model's name. Judged by size alone: only `verify` reads the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(export)]
pub enum ModelState {
    /// A file of the right size.
    Ready,
    /// Nothing.
    Missing,
    /// The beginning of a download that can be continued.
    Partial {
        /// Bytes that have arrived.
        #[ts(type = "number")]
        done: u64,
    },
    /// A file of another size.
    Broken {
        /// Bytes of the file.
        #[ts(type = "number")]
        found: u64,
    },
}
