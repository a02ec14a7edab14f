//! The replay lab: stored calls told again to a playbook.

use crate::arguments::{Common, Lab};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{clock, json, line};
use crate::role_choice::act;
use crate::unlocking::open_store;
use cueline_calls::{Acting, CallFilter, CallOrder};
use cueline_live::{CueChange, Precision, Telling, changes, cue_events, retell};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) fn run(common: &Common, options: Lab) -> anyhow::Result<Ended> {
    let store = act(&open_store(&data_folder(common)?)?, &options.role)?;
    let calls = match options.calls.is_empty() {
        false => options.calls.clone(),
        true => ended(&store)?,
    };
    let mut totals = Totals::default();
    for id in &calls {
        let told = tell(common, &store, id)?;
        totals.add(&told);
        if options.json {
            json(&told)?;
        } else if told.cues.values().any(|change| !change.is_none()) {
            report(&told)?;
        }
    }
    if options.json {
        json(&totals)?;
    } else {
        totals.print()?;
    }
    Ok(if totals.differing > 0 { Ended::Differs } else { Ended::Done })
}

/// One call, told again.
#[derive(Serialize)]
struct Told {
    call: String,
    /// From what it was told.
    from: Telling,
    cues: BTreeMap<String, CueChange>,
}

fn ended(store: &Acting) -> anyhow::Result<Vec<String>> {
    let all = store.list(&CallFilter::default(), CallOrder::Newest, u32::MAX, 0)?;
    Ok(all.into_iter().filter(|call| call.seconds.is_some()).map(|call| call.id).collect())
}

fn tell(common: &Common, store: &Acting, id: &str) -> anyhow::Result<Told> {
    let record = store.record(id)?;
    let playbook = playbook_choice::of_call(common, &record)?;
    let (telling, after) = retell(&record, &store.observed(id)?, playbook);
    let cues = changes(&cue_events(&record), &after, &store.verdicts(id)?);
    Ok(Told { call: record.call.id, from: telling, cues })
}

fn report(told: &Told) -> anyhow::Result<()> {
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
#[derive(Default, Serialize)]
struct Totals {
    calls: u32,
    /// Calls in which something would have been different.
    differing: u32,
    /// Calls that could be told in part, or from their transcript alone.
    in_part: u32,
    cues: BTreeMap<String, CueTotal>,
}

/// One cue over all calls.
#[derive(Default, Serialize)]
struct CueTotal {
    same: usize,
    fired: usize,
    missed: usize,
    moved: usize,
    ends_otherwise: usize,
    before: Precision,
    after: Precision,
}

impl Totals {
    fn add(&mut self, told: &Told) {
        self.calls += 1;
        self.differing += u32::from(told.cues.values().any(|change| !change.is_none()));
        self.in_part += u32::from(told.from != Telling::Observed);
        for (cue, change) in &told.cues {
            let total = self.cues.entry(cue.clone()).or_default();
            total.same += change.same as usize;
            total.fired += change.fired.len();
            total.missed += change.missed.len();
            total.moved += change.moved.len();
            total.ends_otherwise += usize::from(change.ends_otherwise);
            total.before.add(change.before);
            total.after.add(change.after);
        }
    }

    fn print(&self) -> anyhow::Result<()> {
        line(&format!(
            "{} of {} calls would have been different; {} could be told in part only",
            self.differing, self.calls, self.in_part
        ))?;
        line(&format!(
            "{:32} {:>6} {:>6} {:>6} {:>6}  {:>16}  {:>16}",
            "cue", "same", "new", "gone", "moved", "right before", "right after"
        ))?;
        for (cue, total) in &self.cues {
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
}

/// Precision as people read it: the share and of how many; nothing where nobody judged.
fn share(precision: Precision) -> String {
    let of = precision.right + precision.wrong;
    precision.share().map_or_else(String::new, |share| format!("{:.0} % of {of}", share * 100.0))
}
