use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How long calls are kept. By default all are, for good.
///
/// It only says what may go: somebody deletes it, and a call under legal hold stays whatever its age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct Retention {
    /// Days after which a call may go; it is kept for good when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
    /// The same for calls that collect nothing, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_service_days: Option<u32>,
}

impl Retention {
    /// Three years, leap day included: what Regulation F asks for (12 CFR 1006.100). Its three years run from the last
    /// collection activity on a debt and, for a recording, from the call; only the call's own date is known here.
    pub const REG_F: Self = Self { keep_days: Some(3 * 365 + 1), customer_service_days: None };
}

/// The calls that have ended, are not under legal hold and are older than is kept, the oldest first.
pub(crate) fn outdated(from: &Connection, retention: Retention, now: i64) -> rusqlite::Result<Vec<Uuid>> {
    let before = |days: Option<u32>| days.map_or(i64::MIN, |days| now - i64::from(days) * DAY);
    let service = retention.customer_service_days.or(retention.keep_days);
    let mut rows = from.prepare_cached(
        "SELECT call FROM overview
         WHERE seconds IS NOT NULL AND NOT legal_hold
           AND started_ms + seconds * 1000 < CASE mode WHEN 'customer_service' THEN ?2 ELSE ?1 END
         ORDER BY started_ms, call",
    )?;
    let calls = rows.query_map(params![before(retention.keep_days), before(service)], |row| {
        Ok(Uuid::from_bytes(row.get(0)?))
    })?;
    calls.collect()
}

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
