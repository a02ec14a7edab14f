use super::choice::chosen;
use super::dates::date;
use crate::arguments::{Calibrate, Common};
use crate::exit::{Ended, WrongUsage};
use crate::playbook_choice;
use crate::printing::{json, line};
use cueline_calls::{Acting, GivenScore};
use cueline_live::{Agreement, Calibration, CallApart, Compared, calibration, playbook_that_ran};

pub(super) fn run(common: &Common, acting: &Acting, options: Calibrate) -> anyhow::Result<Ended> {
    let asked = playbook_choice::asked(common)?;
    let playbook = |score: &GivenScore| {
        asked.clone().unwrap_or_else(|| playbook_that_ran(&score.playbook, &score.context))
    };
    let reviewers = match options.reviewers.as_deref() {
        None => None,
        Some([first, second]) if first != second => Some([first.clone(), second.clone()]),
        Some(_) => return Err(WrongUsage("--reviewers needs two different names".to_owned()).into()),
    };
    let found = calibration(acting, &chosen(options.choice)?, reviewers, &playbook)?;
    if options.json {
        json(&found)?;
    } else {
        print(&found)?;
    }
    Ok(Ended::Done)
}

fn print(found: &Calibration) -> anyhow::Result<()> {
    let known: Vec<String> =
        found.reviewers.iter().map(|one| format!("{} ({} calls)", one.name, one.calls)).collect();
    match (&found.compared, known.is_empty()) {
        (Some(compared), _) => table(compared)?,
        (None, true) => line("Nobody has given points in these calls.")?,
        (None, false) => line("No two reviewers have scored the same item of a call.")?,
    }
    if known.is_empty() { Ok(()) } else { line(&format!("Reviewers: {}", known.join(", "))) }
}

fn table(compared: &Compared) -> anyhow::Result<()> {
    let [first, second] = &compared.reviewers;
    line(&format!("{first} and {second}: {} calls that both scored", compared.calls))?;
    line(&format!(
        "{:60} {:>5} {:>13} {:>13} {:>6} {:>6}",
        "", "both", "same points", "same grade", "kappa", "mean"
    ))?;
    for item in &compared.items {
        line(&row(&item.item, &item.agreement))?;
    }
    line(&row("All items", &compared.all))?;
    line(&format!("Grades: full, part, none. Mean: what {second} gave more than {first}, in points."))?;
    compared.furthest.iter().try_for_each(|call| line(&apart(call, &compared.reviewers)))
}

fn row(name: &str, agreement: &Agreement) -> String {
    let share = |times: u32| match agreement.both {
        0 => "-".to_owned(),
        both => format!("{times} ({:.0} %)", 100.0 * f64::from(times) / f64::from(both)),
    };
    let kappa = agreement.kappa.map_or_else(|| "-".to_owned(), |kappa| format!("{kappa:.2}"));
    let mean = agreement.mean_difference.map_or_else(|| "-".to_owned(), |mean| format!("{mean:+.2}"));
    format!(
        "{name:60} {:>5} {:>13} {:>13} {kappa:>6} {mean:>6}",
        agreement.both,
        share(agreement.same_points),
        share(agreement.same_grade)
    )
}

fn apart(call: &CallApart, [first, second]: &[String; 2]) -> String {
    let mut text =
        format!("{}  {}  {}  {} points apart", call.call, date(call.started_at), call.agent, call.apart);
    for item in &call.items {
        let [one, other] = item.points;
        text.push_str(&format!("\n    {}: {first} {one}, {second} {other} of {}", item.item, item.worth));
    }
    text
}
