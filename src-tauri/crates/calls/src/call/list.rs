use super::summary::{COLUMNS, CallSummary, Stub};
use super::{CallFilter, CallOrder};
use crate::database::word;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use uuid::Uuid;

/// Up to how many calls with a cue are sorted rather than looked for in the order that was asked for.
const FEW: u32 = 2_000;

/// The calls that pass a filter, in an order, from `offset` on.
pub(crate) fn list(
    from: &Connection,
    data_dir: &Path,
    filter: &CallFilter,
    order: CallOrder,
    limit: u32,
    offset: u32,
) -> rusqlite::Result<Vec<CallSummary>> {
    let conditions = Conditions::of(filter);
    let led_by_cue = match (conditions.cues.first(), order) {
        (None, _) => false,
        (Some(_), CallOrder::Newest) => true,
        (Some(cue), CallOrder::Attention) => {
            let having = CallFilter { cue: Some(cue.clone()), ..CallFilter::default() };
            count_up_to(from, &having, FEW + 1)? <= FEW
        }
    };
    let (tables, wanted) = conditions.query(led_by_cue);
    let by = match (order, led_by_cue) {
        (CallOrder::Newest, true) => "q.started_ms DESC, q.call DESC",
        (CallOrder::Newest, false) => "o.started_ms DESC, o.call DESC",
        (CallOrder::Attention, _) => "o.attention DESC, o.started_ms DESC, o.call DESC",
    };
    // Only the page's calls are read whole, not those that it skips.
    let mut values = conditions.values;
    let page = format!("LIMIT ?{} OFFSET ?{}", values.len() + 1, values.len() + 2);
    values.extend([Value::from(limit), Value::from(offset)]);
    let again = by.replace("q.", "o.");
    let sql = format!(
        "SELECT {COLUMNS}
         FROM (SELECT o.call FROM {tables} WHERE {wanted} ORDER BY {by} {page}) page
         CROSS JOIN overview o ON o.call = page.call CROSS JOIN call c ON c.id = page.call ORDER BY {again}"
    );
    let mut rows = from.prepare_cached(&sql)?;
    let stubs = rows.query_map(params_from_iter(values), Stub::read)?;
    stubs.map(|stub| Ok(stub?.complete(from, data_dir)?.0)).collect()
}

/// How many calls pass a filter.
pub(crate) fn count(from: &Connection, filter: &CallFilter) -> rusqlite::Result<u32> {
    let conditions = Conditions::of(filter);
    let (tables, wanted) = conditions.query(!conditions.cues.is_empty());
    let mut row = from.prepare_cached(&format!("SELECT count(*) FROM {tables} WHERE {wanted}"))?;
    row.query_row(params_from_iter(conditions.values), |row| row.get(0))
}

/// How many calls pass a filter, counted up to `most`.
pub(super) fn count_up_to(from: &Connection, filter: &CallFilter, most: u32) -> rusqlite::Result<u32> {
    let conditions = Conditions::of(filter);
    let (tables, wanted) = conditions.query(!conditions.cues.is_empty());
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {wanted} LIMIT {most})");
    from.prepare_cached(&sql)?.query_row(params_from_iter(conditions.values), |row| row.get(0))
}

/// A filter as a condition on `overview o`, with the values that it names from `?1` on.
pub(crate) fn passing(filter: &CallFilter) -> (String, Vec<Value>) {
    let conditions = Conditions::of(filter);
    let (_, wanted) = conditions.query(false);
    (wanted, conditions.values)
}

/// Whose a call is.
pub(crate) fn agent_of(from: &Connection, call: Uuid) -> rusqlite::Result<String> {
    let mut row = from.prepare_cached("SELECT agent FROM call WHERE id = ?")?;
    row.query_row([call.as_bytes()], |row| row.get(0))
}

/// Everybody who has a call, by name.
pub(crate) fn agents(from: &Connection) -> rusqlite::Result<Vec<String>> {
    // Jumps from one name to the next in the index, however many calls each has.
    let mut rows = from.prepare_cached(
        "WITH RECURSIVE known (agent) AS (
             SELECT min(agent) FROM overview
             UNION ALL
             SELECT (SELECT min(agent) FROM overview WHERE agent > known.agent) FROM known
             WHERE known.agent IS NOT NULL)
         SELECT agent FROM known WHERE agent IS NOT NULL",
    )?;
    rows.query_map([], |row| row.get(0))?.collect()
}

/// A filter as SQL: what is asked of `overview o`, the cues that a call must have, and the values for both.
struct Conditions {
    wanted: Vec<String>,
    cues: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Only the conditions that are there, so that the index that fits best can lead.
    fn of(filter: &CallFilter) -> Self {
        let mut this = Self { wanted: Vec::new(), cues: Vec::new(), values: Vec::new() };
        for cue in [&filter.cue, &filter.clue].into_iter().flatten() {
            this.cues.push(cue.clone());
            this.values.push(Value::from(cue.clone()));
        }
        this.compare("o.started_ms >=", filter.since);
        this.compare("o.started_ms <", filter.until);
        this.compare("o.agent =", filter.agent.clone());
        this.compare("o.source =", filter.source.map(word));
        this.compare("o.outcome =", filter.outcome.map(word));
        this.compare("o.seconds >=", filter.min_seconds);
        for name in filter.customer.iter().flat_map(|words| words.split_whitespace()) {
            let sign = |c: char| if matches!(c, '%' | '_' | '\\') { format!("\\{c}") } else { c.to_string() };
            let pattern: String = name.chars().map(sign).collect();
            this.values.push(Value::from(format!("%{pattern}%")));
            this.wanted.push(format!("o.customer LIKE ?{} ESCAPE '\\'", this.values.len()));
        }
        // Word for word as in the partial indexes, so that they serve.
        for (asked, condition) in [
            (filter.missed, "o.missed > 0"),
            (filter.unsure, "o.unsure > 0"),
            (filter.stop_order, "o.stop_orders <> '[]'"),
            (filter.held, "o.held <> '[]'"),
            (filter.needs_review == Some(true), "o.attention > 0"),
            (filter.needs_review == Some(false), "o.attention = 0"),
        ] {
            if asked {
                this.wanted.push(condition.to_owned());
            }
        }
        this
    }

    fn compare(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.values.push(value.into());
            self.wanted.push(format!("{condition} ?{}", self.values.len()));
        }
    }

    /// The tables and the conditions; the first cue's calls lead where that was decided.
    fn query(&self, led_by_cue: bool) -> (&'static str, String) {
        let mut wanted = self.wanted.clone();
        let led = usize::from(led_by_cue);
        if led_by_cue {
            wanted.push("q.cue = ?1".to_owned());
        }
        for n in led..self.cues.len() {
            wanted.push(format!(
                "EXISTS (SELECT 1 FROM overview_cue x WHERE x.cue = ?{} AND x.started_ms = o.started_ms AND x.call = o.call)",
                n + 1
            ));
        }
        if wanted.is_empty() {
            wanted.push("TRUE".to_owned());
        }
        let tables =
            if led_by_cue { "overview_cue q CROSS JOIN overview o ON o.call = q.call" } else { "overview o" };
        (tables, wanted.join(" AND "))
    }
}
