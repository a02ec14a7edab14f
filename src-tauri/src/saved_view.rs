use cueline_calls::{CallFilter, CallOrder};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A filter and an order of the session logs that were kept under a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct SavedView {
    /// What it is called.
    name: String,
    /// In which order the calls are shown.
    order: CallOrder,
    /// Which calls it shows.
    filter: CallFilter,
}

impl SavedView {
    /// The same without a customer's name: settings are plain text.
    pub(crate) fn without_customer(mut self) -> Self {
        self.filter.customer = None;
        self
    }
}
