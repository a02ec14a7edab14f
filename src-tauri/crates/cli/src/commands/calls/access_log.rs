use super::dates::{date, milliseconds};
use crate::arguments::ReadLog;
use crate::exit::{Ended, WrongUsage};
use crate::printing::{json, line};
use cueline_calls::{AccessEntry, AccessFilter, AccessKind, Acting, Role};

pub(super) fn run(acting: &Acting, options: ReadLog) -> anyhow::Result<Ended> {
    let moment = |text: Option<String>| text.as_deref().map(milliseconds).transpose();
    let filter = AccessFilter {
        what: options.what.as_deref().map(kind).transpose()?,
        name: options.name,
        call: options.call,
        since: moment(options.since)?,
        until: moment(options.until)?,
    };
    let rows = acting.access_log(&filter, options.limit, options.offset)?;
    if options.json {
        json(&rows)?;
    } else {
        rows.iter().try_for_each(|row| line(&told(row)))?;
    }
    Ok(Ended::Done)
}

fn told(row: &AccessEntry) -> String {
    let who = if row.name.is_empty() { "somebody" } else { &row.name };
    let role = row.role.map_or("by itself", Role::title);
    let what = name(row.what).replace('_', " ");
    let mut text = format!("{}  {who} ({role})  {what}", date(row.at));
    let detail = Some(row.detail.as_str()).filter(|detail| !detail.is_empty());
    for more in row.call.as_deref().into_iter().chain(detail) {
        text.push_str(&format!("  {more}"));
    }
    text
}

/// A kind by its name in the JSON, with dashes or underscores.
fn kind(text: &str) -> anyhow::Result<AccessKind> {
    let word = serde_json::Value::String(text.replace('-', "_"));
    serde_json::from_value(word).map_err(|error| WrongUsage(format!("`{text}`: {error}")).into())
}

fn name(kind: AccessKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
