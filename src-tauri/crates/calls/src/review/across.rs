use super::ReviewEntry;
use crate::call::{CallFilter, passing};
use crate::database::{from_json, from_word};
use cueline_events::{CallContext, PlaybookId};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

/// An entry, and of its call what is needed where many calls are looked at together.
pub(crate) struct Across {
    pub(crate) call: Uuid,
    pub(crate) started_at: i64,
    pub(crate) agent: String,
    pub(crate) seconds: Option<f64>,
    pub(crate) playbook: PlaybookId,
    pub(crate) context: CallContext,
    pub(crate) entry: ReviewEntry,
}

/// The entries of some kinds on the calls that pass a filter, the oldest first.
pub(crate) fn across(
    from: &Connection,
    filter: &CallFilter,
    kinds: &[&str],
) -> rusqlite::Result<Vec<Across>> {
    let (wanted, mut values) = passing(filter);
    let places: Vec<String> = (1..=kinds.len()).map(|n| format!("?{}", values.len() + n)).collect();
    values.extend(kinds.iter().map(|kind| Value::from((*kind).to_owned())));
    let mut rows = from.prepare_cached(&format!(
        "SELECT r.id, r.author, r.role, r.mark, r.written_ms, o.call, o.started_ms, o.agent, o.seconds, c.playbook,
                c.playbook_version, c.context
         FROM review_entry r JOIN overview o ON o.call = r.call JOIN call c ON c.id = r.call
         WHERE r.kind IN ({}) AND {wanted} ORDER BY r.id",
        places.join(", ")
    ))?;
    let entries = rows.query_map(params_from_iter(values), |row| {
        let call = Uuid::from_bytes(row.get(5)?);
        Ok(Across {
            call,
            started_at: row.get(6)?,
            agent: row.get(7)?,
            seconds: row.get(8)?,
            playbook: PlaybookId { id: row.get(9)?, version: row.get(10)? },
            context: from_json(11, &row.get::<_, String>(11)?)?,
            entry: ReviewEntry {
                id: Uuid::from_bytes(row.get(0)?).to_string(),
                call: call.to_string(),
                author: row.get(1)?,
                role: from_word(2, row.get(2)?)?,
                at: row.get(4)?,
                mark: from_json(3, &row.get::<_, String>(3)?)?,
            },
        })
    })?;
    entries.collect()
}
