use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the large weights of a model file are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Weights {
    /// 16-bit floats, as published by OpenAI.
    F16,
    /// Blocks of 32 eight-bit integers with one 16-bit scale: half the size, nearly the same words.
    #[serde(rename = "q8_0")]
    Q8_0,
}
