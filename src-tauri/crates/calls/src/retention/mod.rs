//! How long what is kept: the rules, which calls and recordings may go by them, and what went.

mod outdated;
mod preview;
mod rows;
mod rules;

pub(crate) use outdated::{Outdated, outdated};
pub use preview::{RetentionPreview, Swept};
pub(crate) use rows::{insert, newest};
pub use rules::{KeepFor, Retention};
