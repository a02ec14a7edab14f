use super::list::count_up_to;
use super::{CallFilter, SearchQuery};
use crate::database::from_word;
use cueline_events::{Lane, Spoken};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// One utterance that a search found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SearchHit {
    /// The call's id.
    pub call: String,
    /// When the call began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Whose call it was.
    pub agent: String,
    /// Who said it.
    pub lane: Lane,
    /// The utterance's number within the call.
    pub utterance: u32,
    /// Seconds at which it began.
    pub start: f64,
    /// Seconds at which it ended.
    pub end: f64,
    /// Whether only the improved transcript has it; `utterance` is its number there.
    pub improved: bool,
    /// The words around the find, cut into what was looked for and what was not.
    pub snippet: Vec<SnippetPart>,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SnippetPart {
    /// The words.
    pub text: Spoken,
    /// Whether they were looked for.
    pub hit: bool,
}

/// Mark where a find begins and ends: code points for private use, which no model writes.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// How many words a snippet has at most.
const SNIPPET: u32 = 24;

/// How many finds in improved transcripts are looked at for each hit wanted: nearly all of them are in the live
/// transcript, too, and are left out.
const CANDIDATES: u32 = 4;

/// Utterances that have all the words, newest first. Words in quotation marks must follow each other.
///
/// By arrival rather than by rank: a rank would have to weigh every find, and the newest is what a lead looks for.
pub(crate) fn search(from: &Connection, query: &SearchQuery, limit: u32) -> rusqlite::Result<Vec<SearchHit>> {
    let Some(words) = quoted(&query.words) else {
        return match &query.cue {
            Some(cue) => quotes(from, query, cue, limit),
            None => Ok(Vec::new()),
        };
    };
    let [begin, end] = MARKS.map(|mark| Value::from(mark.to_string()));
    let first = [words.into(), limit.into(), begin, end, SNIPPET.into()];
    let taken = first.len();
    let narrowed = Narrowed::by(query, taken, "c");
    let values: Vec<Value> = first.into_iter().chain(narrowed.values).collect();
    let (conditions, tables) = if few(from, query)? {
        let tables = format!(
            "{} CROSS JOIN call c ON c.id = o.call
             CROSS JOIN utterance_index ON utterance_index.rowid BETWEEN
                 coalesce(o.first_utterance, (SELECT min(id) FROM utterance WHERE call = o.call))
                 AND coalesce(o.last_utterance, (SELECT max(id) FROM utterance WHERE call = o.call))
             CROSS JOIN utterance u ON u.id = utterance_index.rowid AND u.call = o.call",
            leading(query, taken)
        );
        (Narrowed::by(query, taken, "o").conditions, tables)
    } else {
        let tables = "utterance_index CROSS JOIN utterance u ON u.id = utterance_index.rowid
                      CROSS JOIN call c ON c.id = u.call";
        (narrowed.conditions.clone() + &bounds(from, query)?, tables.to_owned())
    };
    let mut rows = from.prepare_cached(&format!(
        "SELECT u.call, c.started_ms, c.agent, u.lane, u.number, u.starts, u.ends,
                snippet(utterance_index, 0, ?3, ?4, '\u{2026}', ?5)
         FROM {tables}
         WHERE utterance_index MATCH ?1 {conditions}
         ORDER BY utterance_index.rowid DESC LIMIT ?2"
    ))?;
    let live =
        rows.query_map(params_from_iter(&values), |row| hit(row, false))?.collect::<Result<Vec<_>, _>>()?;
    // The inner query is bounded before the doubles are looked for; CROSS JOIN keeps that look within one call.
    let mut rows = from.prepare_cached(&format!(
        "SELECT * FROM (
             SELECT i.call AS call, c.started_ms, c.agent, u.lane AS lane, u.number, u.starts AS starts,
                    u.ends AS ends, snippet(improved_index, 0, ?3, ?4, '\u{2026}', ?5)
             FROM improved_index
             CROSS JOIN improved_utterance u ON u.id = improved_index.rowid
             CROSS JOIN improvement i ON i.id = u.improvement
             CROSS JOIN call c ON c.id = i.call
             WHERE improved_index MATCH ?1 AND i.id = (SELECT max(id) FROM improvement WHERE call = i.call)
                   {}
             ORDER BY improved_index.rowid DESC LIMIT ?2 * {CANDIDATES}) found
         WHERE NOT EXISTS (
             SELECT 1 FROM utterance l CROSS JOIN utterance_index ON utterance_index.rowid = l.id
             WHERE l.call = found.call AND l.lane = found.lane AND l.starts < found.ends AND l.ends > found.starts
               AND utterance_index MATCH ?1)
         LIMIT ?2",
        narrowed.conditions
    ))?;
    let improved =
        rows.query_map(params_from_iter(&values), |row| hit(row, true))?.collect::<Result<Vec<_>, _>>()?;
    if improved.is_empty() {
        return Ok(live);
    }
    let mut hits = [live, improved].concat();
    hits.sort_by(|a, b| b.started_at.cmp(&a.started_at).then(b.start.total_cmp(&a.start)));
    hits.truncate(limit as usize);
    Ok(hits)
}

/// What a cue's events quote, newest call first.
fn quotes(from: &Connection, query: &SearchQuery, cue: &str, limit: u32) -> rusqlite::Result<Vec<SearchHit>> {
    let [begin, end] = MARKS.map(|mark| Value::from(mark.to_string()));
    let first = [cue.to_owned().into(), limit.into(), begin, end];
    let narrowed = Narrowed::by(&SearchQuery { cue: None, ..query.clone() }, first.len(), "c");
    let values = first.into_iter().chain(narrowed.values);
    let mut rows = from.prepare_cached(&format!(
        "SELECT u.call, c.started_ms, c.agent, u.lane, u.utterance, u.quote_starts, u.quote_ends,
                ?3 || u.quote || ?4
         FROM overview_cue q CROSS JOIN cue_event u ON u.call = q.call AND u.cue = q.cue
         CROSS JOIN call c ON c.id = q.call
         WHERE q.cue = ?1 AND u.event = 'fires' AND u.quote IS NOT NULL AND u.lane IS NOT NULL {}
         ORDER BY q.started_ms DESC, q.call DESC, u.seq LIMIT ?2",
        narrowed.conditions
    ))?;
    rows.query_map(params_from_iter(values), |row| hit(row, false))?.collect()
}

/// What a search asks beside the words, as conditions on the row `u` and on its call, whose values come after the first
/// `taken` ones.
struct Narrowed {
    conditions: String,
    values: Vec<Value>,
}

impl Narrowed {
    /// The call's columns are those of the table `call`, `c` or `o`.
    fn by(query: &SearchQuery, taken: usize, call: &str) -> Self {
        let mut this = Self { conditions: String::new(), values: Vec::new() };
        // The cue comes first, so that its place is known.
        if let Some(cue) = &query.cue {
            this.values.push(Value::from(cue.clone()));
            let id = if call == "o" { "call" } else { "id" };
            this.conditions.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM overview_cue x
                      WHERE x.cue = ?{} AND x.started_ms = {call}.started_ms AND x.call = {call}.{id})",
                taken + 1
            ));
        }
        for (condition, value) in [
            (format!("{call}.started_ms >="), query.since.map(Value::from)),
            (format!("{call}.started_ms <"), query.until.map(Value::from)),
            (format!("{call}.agent ="), query.agent.clone().map(Value::from)),
            ("u.lane =".to_owned(), query.lane.map(|lane| Value::from(lane.name().to_owned()))),
        ] {
            if let Some(value) = value {
                this.values.push(value);
                this.conditions.push_str(&format!(" AND {condition} ?{}", taken + this.values.len()));
            }
        }
        this
    }
}

/// The calls that lead where there are few; the cue's is the first value after `taken` ones.
fn leading(query: &SearchQuery, taken: usize) -> String {
    match query.cue {
        Some(_) => {
            format!("overview_cue q CROSS JOIN overview o ON q.cue = ?{} AND o.call = q.call", taken + 1)
        }
        None => "overview o".to_owned(),
    }
}

/// Up to how many calls their utterances are looked through, rather than every find for one in such a call.
const FEW: u32 = 100;

/// Whether so few calls come into question that they lead.
fn few(from: &Connection, query: &SearchQuery) -> rusqlite::Result<bool> {
    let SearchQuery { cue, agent, since, until, .. } = query.clone();
    let filter = CallFilter { cue, agent, since, until, ..CallFilter::default() };
    Ok(filter != CallFilter::default() && count_up_to(from, &filter, FEW + 1)? <= FEW)
}

/// Between which utterances those of the time that was asked for lie, so that the index passes over the others. Nothing
/// is known while a call runs.
fn bounds(from: &Connection, query: &SearchQuery) -> rusqlite::Result<String> {
    let mut bounds = String::new();
    // Named, since the planner would rather read another index from its beginning to its end: 50 ms of 100,000 calls.
    let runs: bool = from
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM overview INDEXED BY overview_running WHERE seconds IS NULL)",
        )?
        .query_row([], |row| row.get(0))?;
    if runs {
        return Ok(bounds);
    }
    let mut bound = |sql: &str, sign: &str, moment: Option<i64>| -> rusqlite::Result<()> {
        let Some(moment) = moment else { return Ok(()) };
        let id: Option<i64> = from.prepare_cached(sql)?.query_row([moment], |row| row.get(0))?;
        bounds.push_str(&format!(" AND utterance_index.rowid {sign} {}", id.unwrap_or(0)));
        Ok(())
    };
    bound("SELECT min(first_utterance) FROM overview WHERE started_ms >= ?", ">=", query.since)?;
    bound("SELECT max(last_utterance) FROM overview WHERE started_ms < ?", "<=", query.until)?;
    Ok(bounds)
}

fn hit(row: &rusqlite::Row, improved: bool) -> rusqlite::Result<SearchHit> {
    Ok(SearchHit {
        call: Uuid::from_bytes(row.get(0)?).to_string(),
        started_at: row.get(1)?,
        agent: row.get(2)?,
        lane: from_word(3, row.get(3)?)?,
        utterance: row.get(4)?,
        start: row.get(5)?,
        end: row.get(6)?,
        improved,
        snippet: parts(&row.get::<_, String>(7)?),
    })
}

/// A query that the index takes whatever was typed: each word or quoted phrase becomes a string of its language, so
/// that no sign in it means anything. Nothing when there is no word in it.
fn quoted(query: &str) -> Option<String> {
    let mut phrases = Vec::new();
    for (i, piece) in query.split('"').enumerate() {
        // Every second piece stood between quotation marks.
        let wanted: Vec<&str> = if i % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() };
        for phrase in wanted {
            let phrase = phrase.replace(|c: char| !c.is_alphanumeric(), " ");
            if !phrase.trim().is_empty() {
                phrases.push(format!("\"{}\"", phrase.trim()));
            }
        }
    }
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

fn parts(snippet: &str) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    for piece in snippet.split(MARKS[0]) {
        let (hit, rest) = piece.split_once(MARKS[1]).unwrap_or(("", piece));
        for (text, hit) in [(hit, true), (rest, false)] {
            if !text.is_empty() {
                parts.push(SnippetPart { text: text.into(), hit });
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_words() {
        for (typed, query) in [
            ("refund cheque", Some("\"refund\" \"cheque\"")),
            ("\"not mine\" debt", Some("\"not mine\" \"debt\"")),
            ("can't", Some("\"can t\"")),
            ("NEAR(a b) OR x* -y ^z {text}:q", Some("\"NEAR a\" \"b\" \"OR\" \"x\" \"y\" \"z\" \"text  q\"")),
            ("\"unclosed phrase", Some("\"unclosed phrase\"")),
            ("\" ' ; -- *", None),
            ("", None),
        ] {
            assert_eq!(quoted(typed).as_deref(), query, "{typed}");
        }
    }

    #[test]
    fn a_snippet_is_cut_at_its_marks() {
        let cut: Vec<(String, bool)> =
            parts("\u{2026}this is \u{e000}not\u{e001} \u{e000}mine\u{e001} at all")
                .into_iter()
                .map(|p| (p.text.as_str().to_owned(), p.hit))
                .collect();
        let expected =
            [("\u{2026}this is ", false), ("not", true), (" ", false), ("mine", true), (" at all", false)];
        assert_eq!(cut, expected.map(|(text, hit)| (text.to_owned(), hit)));
    }
}
