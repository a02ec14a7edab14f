use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// In which order calls are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CallOrder {
    /// The newest first.
    #[default]
    Newest,
    /// What a person must look at first: held, then missed, unsure and stopped; of equals the newest.
    Attention,
}
