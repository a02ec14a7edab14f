use super::summary::{COLUMNS, CallSummary, Stub};
use crate::database::word;
use cueline_events::CallSource;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// Which calls to list; what is absent does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct CallFilter {
    /// Begun at or after this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Begun before this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// By this agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// From this kind of source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<CallSource>,
}

/// The newest calls first.
pub(crate) fn list(
    from: &Connection,
    data_dir: &Path,
    filter: &CallFilter,
    limit: u32,
    offset: u32,
) -> rusqlite::Result<Vec<CallSummary>> {
    // Only the conditions that are there, so that the index by start (or by agent) leads; and only the page's calls
    // are counted up, not those that it skips.
    let mut values = vec![
        Value::from(filter.since.unwrap_or(i64::MIN)),
        Value::from(filter.until.unwrap_or(i64::MAX)),
        Value::from(limit),
        Value::from(offset),
    ];
    let mut conditions = String::from("started_ms >= ?1 AND started_ms < ?2");
    let wanted = [("agent", filter.agent.clone()), ("source", filter.source.map(word))];
    for (column, value) in wanted.into_iter().filter_map(|(column, value)| Some((column, value?))) {
        values.push(Value::from(value));
        conditions.push_str(&format!(" AND {column} = ?{}", values.len()));
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM call c
         WHERE c.id IN (SELECT id FROM call WHERE {conditions} ORDER BY started_ms DESC, id DESC LIMIT ?3 OFFSET ?4)
         ORDER BY c.started_ms DESC, c.id DESC"
    );
    let mut rows = from.prepare_cached(&sql)?;
    let stubs = rows.query_map(params_from_iter(values), Stub::read)?;
    stubs.map(|stub| Ok(stub?.complete(from, data_dir)?.0)).collect()
}
