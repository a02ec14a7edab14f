//! The replay lab: stored calls told again to a playbook.

use crate::arguments::{Common, Lab};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{clock, json, line};
use crate::role_choice::act;
use crate::unlocking::open_store;
use cueline_calls::{Acting, CallFilter, CallOrder, CallToRetell};
use cueline_live::{LabTotals, Precision, Telling, ToldCall, lab_threads, playbook_that_ran, tell_all};
use std::ops::ControlFlow;
use std::sync::Arc;

pub(crate) fn run(common: &Common, options: Lab) -> anyhow::Result<Ended> {
    let acting = act(&open_store(&data_folder(common)?)?, &options.role)?;
    let calls = match options.calls.is_empty() {
        false => options.calls.clone(),
        true => ended(&acting)?,
    };
    let asked = playbook_choice::asked(common)?;
    let playbook = |call: &CallToRetell| match &asked {
        Some(asked) => Arc::clone(asked),
        None => playbook_that_ran(&call.playbook, &call.context),
    };
    let mut totals = LabTotals::default();
    let mut printed = Ok(());
    tell_all(&acting, &calls, lab_threads(), &playbook, &mut |told, _| {
        totals.add(&told);
        printed = match options.json {
            true => json(&told),
            false if told.differs() => report(&told),
            false => Ok(()),
        };
        if printed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    printed?;
    if options.json {
        json(&totals)?;
    } else {
        print(&totals)?;
    }
    Ok(if totals.differing > 0 { Ended::Differs } else { Ended::Done })
}

fn ended(acting: &Acting) -> anyhow::Result<Vec<String>> {
    let all = acting.list(&CallFilter::default(), CallOrder::Newest, u32::MAX, 0)?;
    Ok(all.into_iter().filter(|call| call.seconds.is_some()).map(|call| call.id).collect())
}

fn report(told: &ToldCall) -> anyhow::Result<()> {
    let from = match told.from {
        Telling::Observed => "",
        Telling::Part => "  (told in part)",
        Telling::Transcript => "  (told from its transcript)",
    };
    line(&format!("{}{from}", told.call))?;
    for (cue, change) in told.cues.iter().filter(|(_, change)| !change.is_none()) {
        for at in &change.fired {
            line(&format!("  {}  {cue} would have fired", clock(*at)))?;
        }
        for at in &change.missed {
            line(&format!("  {}  {cue} would not have fired", clock(*at)))?;
        }
        for (from, to) in &change.moved {
            line(&format!("  {}  {cue} would have fired at {}", clock(*from), clock(*to)))?;
        }
        if change.ends_otherwise {
            line(&format!("         {cue} would have ended otherwise"))?;
        }
    }
    Ok(())
}

/// All calls together.
fn print(totals: &LabTotals) -> anyhow::Result<()> {
    line(&format!(
        "{} of {} calls would have been different; {} could be told in part only",
        totals.differing, totals.calls, totals.in_part
    ))?;
    line(&format!(
        "{:32} {:>6} {:>6} {:>6} {:>6}  {:>16}  {:>16}",
        "cue", "same", "new", "gone", "moved", "right before", "right after"
    ))?;
    for (cue, total) in &totals.cues {
        line(&format!(
            "{cue:32} {:>6} {:>6} {:>6} {:>6}  {:>16}  {:>16}",
            total.same,
            total.fired,
            total.missed,
            total.moved,
            share(total.before),
            share(total.after)
        ))?;
    }
    Ok(())
}

/// Precision as people read it: the share and of how many; nothing where nobody judged.
fn share(precision: Precision) -> String {
    let of = precision.right + precision.wrong;
    precision.share().map_or_else(String::new, |share| format!("{:.0} % of {of}", share * 100.0))
}
