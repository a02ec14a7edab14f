//! Which calls somebody means.

use super::dates::milliseconds;
use crate::arguments::CallChoice;
use cueline_calls::CallFilter;

/// The calls of a choice, as a filter.
pub(super) fn chosen(choice: CallChoice) -> anyhow::Result<CallFilter> {
    let CallChoice { agent, since, until, cue } = choice;
    let moment = |text: Option<String>| text.as_deref().map(milliseconds).transpose();
    Ok(CallFilter { since: moment(since)?, until: moment(until)?, agent, cue, ..CallFilter::default() })
}
