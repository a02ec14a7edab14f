use crate::arguments::Hold;
use crate::exit::Ended;
use crate::printing::line;
use cueline_calls::{Acting, ReviewMark};

pub(super) fn run(acting: &Acting, options: &Hold) -> anyhow::Result<Ended> {
    let mark = ReviewMark::Hold { on: !options.off, reason: options.reason.as_str().into() };
    let entry = acting.keep_review(&options.call, mark)?;
    let what = if options.off { "the legal hold is lifted" } else { "under legal hold" };
    line(&format!("{}  {what}", entry.call))?;
    Ok(Ended::Done)
}
