use super::confirming::confirmed;
use super::delete::deletion;
use super::list::summary;
use crate::arguments::{Preset, Retain};
use crate::exit::Ended;
use crate::printing::{complain, line};
use cueline_calls::{Retention, Store};

pub(super) fn run(store: &Store, options: &Retain) -> anyhow::Result<Ended> {
    let rule = match options.preset {
        Some(Preset::RegF) => Retention::REG_F,
        None => Retention { keep_days: options.keep_days, ..Retention::default() },
    };
    let rule = Retention { customer_service_days: options.service_days, ..rule };
    let calls = store.outdated(rule)?;
    for id in &calls {
        line(&summary(&store.show(id)?.call))?;
    }
    if calls.is_empty() || !options.delete {
        complain(&format!("{} calls may go", calls.len()));
        return Ok(Ended::Done);
    }
    if !options.yes && !confirmed(&format!("{} calls would go.", calls.len()))? {
        line("Nothing was deleted.")?;
        return Ok(Ended::Differs);
    }
    let reason = format!("older than is kept: {}", told(rule));
    for id in &calls {
        line(&format!("{}  deleted", store.delete(id, &deletion(&reason))?))?;
    }
    Ok(Ended::Done)
}

fn told(rule: Retention) -> String {
    let days = |days: Option<u32>| days.map_or_else(|| "for good".to_owned(), |days| format!("{days} days"));
    match rule.customer_service_days {
        Some(_) => format!("{}, customer service {}", days(rule.keep_days), days(rule.customer_service_days)),
        None => days(rule.keep_days),
    }
}
