use super::confirming::confirmed;
use super::list::summary;
use crate::arguments::{Preset, Retain};
use crate::exit::Ended;
use crate::printing::{complain, line};
use cueline_calls::{Acting, KeepFor, Retention, Store};

pub(super) fn run(store: &Store, acting: &Acting, options: &Retain) -> anyhow::Result<Ended> {
    if options.apply {
        let swept = store.sweep(&acting.actor().machine, &mut || true)?;
        line(&format!("{} calls and {} recordings deleted", swept.calls, swept.recordings))?;
        return Ok(Ended::Done);
    }
    let in_force = store.retention()?;
    let rules = asked(options, in_force);
    if rules == in_force {
        line(&format!("In force: {}", in_force.told()))?;
    }
    let preview = acting.preview_retention(&rules)?;
    for id in store.outdated(&rules)? {
        line(&summary(&acting.record(&id)?.call))?;
    }
    let told = format!(
        "{} calls may go, and {} recordings of calls that stay; {} are under legal hold",
        preview.calls, preview.recordings, preview.held
    );
    complain(&told);
    if options.set {
        return set(acting, &rules, options.yes);
    }
    if options.delete && preview.calls > 0 {
        delete(store, acting, &rules, options.yes)
    } else {
        Ok(Ended::Done)
    }
}

/// The rules in force with what was named in their place.
fn asked(options: &Retain, in_force: Retention) -> Retention {
    let days = KeepFor { log_days: options.keep_days, recording_days: options.recording_days };
    let rules = match options.preset {
        Some(Preset::RegF) => Retention::REG_F,
        Some(Preset::KeepAll) => Retention::default(),
        None if days == KeepFor::default() && options.service_days.is_none() => in_force,
        None => Retention {
            debts: days,
            customer_service: days,
            from_last_call: options.from_last_call,
            ..Retention::default()
        },
    };
    let service = match options.service_days {
        Some(days) => KeepFor { log_days: Some(days), recording_days: None },
        None => rules.customer_service,
    };
    let mask_birth_dates = options.mask_birth_dates.unwrap_or(in_force.mask_birth_dates);
    Retention { customer_service: service, mask_birth_dates, ..rules }
}

fn set(acting: &Acting, rules: &Retention, sure: bool) -> anyhow::Result<Ended> {
    if !sure && !confirmed("What is older than this goes from now on, every day.")? {
        line("Nothing was changed.")?;
        return Ok(Ended::Differs);
    }
    acting.set_retention(rules)?;
    line(&format!("In force: {}", rules.told()))?;
    Ok(Ended::Done)
}

fn delete(store: &Store, acting: &Acting, rules: &Retention, sure: bool) -> anyhow::Result<Ended> {
    let calls = store.outdated(rules)?;
    if !sure && !confirmed(&format!("{} calls would go.", calls.len()))? {
        line("Nothing was deleted.")?;
        return Ok(Ended::Differs);
    }
    let reason = format!("older than is kept; {}", rules.told()).into();
    for id in &calls {
        line(&format!("{}  deleted", acting.delete(id, &reason)?))?;
    }
    Ok(Ended::Done)
}
