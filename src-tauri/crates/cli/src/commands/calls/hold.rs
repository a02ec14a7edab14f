use crate::arguments::Hold;
use crate::exit::Ended;
use crate::printing::line;
use cueline_calls::{NewReviewEntry, ReviewMark, Role, Store};

pub(super) fn run(store: &Store, options: &Hold) -> anyhow::Result<Ended> {
    let mark = ReviewMark::Hold { on: !options.off, reason: options.reason.as_str().into() };
    let author = std::env::var("USER").unwrap_or_default();
    let new = NewReviewEntry { author, role: Role::TeamLead, machine: cueline_live::machine(), mark };
    let entry = store.keep_review(&options.call, new)?;
    let what = if options.off { "the legal hold is lifted" } else { "under legal hold" };
    line(&format!("{}  {what}", entry.call))?;
    Ok(Ended::Done)
}
