//! `calls improve`: the pass after a call, by hand.

use crate::exit::Ended;
use crate::model_choice;
use crate::printing::{clock, line};
use cueline_calls::Store;
use cueline_live::{ImproveProgress, Leave};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;

pub(crate) fn run(
    data: &Path,
    store: &Store,
    call: Option<String>,
    model: Option<&str>,
) -> anyhow::Result<Ended> {
    let calls = match call {
        Some(id) => vec![store.show(&id)?.call.id],
        None => store.improvable()?,
    };
    if calls.is_empty() {
        line("Every recorded call has an improved transcript.")?;
        return Ok(Ended::Done);
    }
    let (id, file) = model_choice::choose_thorough(data, model)?;
    let load = || cueline_live::load_thorough_model(&file, &id);
    for call in calls {
        let bar = ProgressBar::new(0);
        bar.set_style(ProgressStyle::with_template("{prefix:13} {wide_bar} {msg}")?);
        bar.set_prefix(call.chars().take(13).collect::<String>());
        let mut leave = |ImproveProgress { done, total }: ImproveProgress| {
            bar.set_length(total.ceil() as u64);
            bar.set_position(done as u64);
            // A store that can't be asked now will say so when the transcript is to be kept.
            if store.a_call_runs().unwrap_or(false) {
                bar.set_message("waits for the end of a call");
                return Leave::Wait;
            }
            bar.set_message(format!("{} of {}", clock(done), clock(total)));
            Leave::GoOn
        };
        cueline_live::improve(store, &call, &load, &mut leave)?;
        bar.finish_and_clear();
        line(&format!("{call}  improved with {id}"))?;
    }
    Ok(Ended::Done)
}
