use crate::{Advice, ListedModel};
use serde::Serialize;
use ts_rs::TS;

/// A model with what is known of it on this computer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct AdvisedModel {
    /// The model.
    #[serde(flatten)]
    pub model: ListedModel,
    /// Whether it suits calls here, and why.
    pub advice: Advice,
}
