use crate::database::from_word;
use cueline_events::{Lane, Spoken};
use rusqlite::{Connection, params};
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
const MARKS: (char, char) = ('\u{e000}', '\u{e001}');

/// How many words a snippet has at most.
const SNIPPET: u32 = 24;

/// Utterances that have all the words, newest first. Words in quotation marks must follow each other.
///
/// By arrival rather than by rank: a rank would have to weigh every find, and the newest is what a lead looks for.
pub(crate) fn search(from: &Connection, query: &str, limit: u32) -> rusqlite::Result<Vec<SearchHit>> {
    let Some(query) = quoted(query) else { return Ok(Vec::new()) };
    let mut rows = from.prepare_cached(
        "SELECT u.call, c.started_ms, c.agent, u.lane, u.number, u.starts, u.ends,
                snippet(utterance_index, 0, ?3, ?4, '\u{2026}', ?5)
         FROM utterance_index
         JOIN utterance u ON u.id = utterance_index.rowid
         JOIN call c ON c.id = u.call
         WHERE utterance_index MATCH ?1
         ORDER BY utterance_index.rowid DESC LIMIT ?2",
    )?;
    let hits =
        rows.query_map(params![query, limit, MARKS.0.to_string(), MARKS.1.to_string(), SNIPPET], |row| {
            Ok(SearchHit {
                call: Uuid::from_bytes(row.get(0)?).to_string(),
                started_at: row.get(1)?,
                agent: row.get(2)?,
                lane: from_word(3, row.get(3)?)?,
                utterance: row.get(4)?,
                start: row.get(5)?,
                end: row.get(6)?,
                snippet: parts(&row.get::<_, String>(7)?),
            })
        })?;
    hits.collect()
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
    for piece in snippet.split(MARKS.0) {
        let (hit, rest) = piece.split_once(MARKS.1).unwrap_or(("", piece));
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
