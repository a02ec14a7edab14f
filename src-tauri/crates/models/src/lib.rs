//! Which speech models there are, and how a file of one comes to lie in the user's data folder, whole and checked.
//!
//! What the program knows is in the [`Catalog`] (`models/catalog.toml`); what lies on this computer is in the
//! [`ModelFolder`] (`models/` in the data folder). A model arrives in one of three ways, and whichever it was, the
//! same bytes end in the folder, under the same SHA-256:
//!
//! ```text
//! url:    published file ──────────────────────────────────────────────┐
//! pip:    wheels ─▶ CTranslate2 model ─▶ convert ─▶ f16 ─▶ quantise ───┼─▶ check ─▶ rename into the folder
//! import: a file on this computer ─▶ inspect ─▶ (quantise, when asked) ┘
//! ```
//!
//! Which of them suits a computer follows from what was measured on it ([`Speeds`], [`Advice`]). The measuring itself is
//! done where models are loaded.
//!
//! This is the only room that may open a connection, and it does so only inside [`ModelFolder::fetch`], which runs only when
//! the user asks. It does not load models or transcribe; it keeps no settings.

mod advice;
mod advised_model;
mod binary_file;
mod catalog;
mod convert;
mod ct2_model;
mod download;
mod fetch;
mod fingerprint;
mod float16;
mod ggml_file;
mod hyperparameters;
mod import;
mod imported_model;
mod inspect;
mod listed_model;
mod machine;
mod mel_filters;
mod model_error;
mod model_folder;
mod pip;
mod progress;
mod quantise;
mod speeds;
#[cfg(test)]
mod synthetic;
mod vocabulary;
mod weights;
mod whisper_tensors;

pub use advice::{Advice, Look, Suits};
pub use advised_model::AdvisedModel;
pub use catalog::{Catalog, Model, Package, Source};
pub use fetch::{FetchOptions, FetchVia};
pub use fingerprint::Fingerprint;
pub use listed_model::{ListedModel, ModelState};
pub use machine::Machine;
pub use model_error::ModelError;
pub use model_folder::ModelFolder;
pub use progress::{Progress, Stage};
pub use speeds::Speeds;
pub use weights::Weights;
