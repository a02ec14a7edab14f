use super::summary::{COLUMNS, CallSummary, Stub};
use cueline_events::CallSource;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// Which calls to list; what is absent does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct CallFilter {
    /// Begun at or after this, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Begun before this, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
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
    // Only the conditions that are there, so that the index by start (or by agent) leads.
    let mut conditions = String::from("c.started_ms >= ?1 AND c.started_ms < ?2");
    if filter.agent.is_some() {
        conditions.push_str(" AND c.agent = ?3");
    }
    if filter.source.is_some() {
        conditions.push_str(" AND c.source = ?4");
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM call c
         WHERE {conditions} AND ?3 IS ?3 AND ?4 IS ?4
         ORDER BY c.started_ms DESC, c.id DESC LIMIT ?5 OFFSET ?6"
    );
    let mut rows = from.prepare_cached(&sql)?;
    let stubs = rows.query_map(
        params![
            filter.since.unwrap_or(i64::MIN),
            filter.until.unwrap_or(i64::MAX),
            filter.agent,
            filter.source.map(crate::database::word),
            limit,
            offset
        ],
        Stub::read,
    )?;
    stubs.map(|stub| Ok(stub?.complete(from, data_dir)?.0)).collect()
}
