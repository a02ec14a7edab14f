use super::{KeepFor, Retention};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// What is older than is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outdated {
    /// Calls that may go with all that is kept of them, the oldest first.
    pub(crate) calls: Vec<Uuid>,
    /// Calls whose recording alone may go, if they have one, the oldest first.
    pub(crate) recordings: Vec<Uuid>,
    /// Calls that are under legal hold and are none of these for that reason alone.
    pub(crate) held: Vec<Uuid>,
}

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What of the calls that have ended is older than is kept.
pub(crate) fn outdated(from: &Connection, rules: &Retention, now: i64) -> rusqlite::Result<Outdated> {
    let before = |days: Option<u32>| days.map_or(i64::MIN, |days| now - i64::from(days) * DAY);
    let KeepFor { log_days, recording_days } = rules.debts;
    let service = rules.customer_service;
    let mut rows = from.prepare_cached(
        "WITH ended AS (
             SELECT call, mode, legal_hold, lower(trim(customer)) AS customer, started_ms,
                    CAST(started_ms + seconds * 1000 AS INTEGER) AS over_ms
             FROM overview WHERE seconds IS NOT NULL),
         last AS MATERIALIZED (
             SELECT lower(trim(customer)) AS customer, max(CAST(started_ms + coalesce(seconds, 0) * 1000 AS INTEGER)) AS over_ms
             FROM overview WHERE ?1 AND trim(customer) <> '' GROUP BY 1)
         SELECT e.call, e.legal_hold,
                coalesce(l.over_ms, e.over_ms) < CASE e.mode WHEN 'customer_service' THEN ?4 ELSE ?2 END AS log_goes,
                e.over_ms < CASE e.mode WHEN 'customer_service' THEN ?5 ELSE ?3 END AS recording_goes
         FROM ended e LEFT JOIN last l ON l.customer = e.customer
         WHERE log_goes OR recording_goes
         ORDER BY e.started_ms, e.call",
    )?;
    let mut rows = rows.query(params![
        rules.from_last_call,
        before(log_days),
        before(recording_days),
        before(service.log_days),
        before(service.recording_days)
    ])?;
    let mut outdated = Outdated::default();
    while let Some(row) = rows.next()? {
        let call = Uuid::from_bytes(row.get(0)?);
        let (held, log_goes): (bool, bool) = (row.get(1)?, row.get(2)?);
        match (held, log_goes) {
            (true, _) => outdated.held.push(call),
            (false, true) => outdated.calls.push(call),
            (false, false) => outdated.recordings.push(call),
        }
    }
    Ok(outdated)
}
