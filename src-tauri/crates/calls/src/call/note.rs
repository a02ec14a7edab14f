use super::now_ms;
use crate::Redactor;
use crate::database::SCHEMA;
use cueline_events::Spoken;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// The agent's note of a call.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallNote {
    /// What the agent wrote, without what must not be stored.
    pub text: Spoken,
    /// When it was kept, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
}

/// Adds a note, masked by the rules for what is said.
pub(crate) fn insert(to: &Connection, call: Uuid, text: &Spoken, machine: &str) -> rusqlite::Result<()> {
    let (text, masked) = masked(text);
    to.execute(
        "INSERT INTO note (id, call, text, masked, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            Uuid::now_v7().as_bytes(),
            call.as_bytes(),
            text.as_str(),
            masked,
            machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )?;
    Ok(())
}

/// Masks the note as a whole, for numbers that go on in the next line, and then line by line, as a line that is mostly
/// figures is read like an utterance of figures.
fn masked(text: &Spoken) -> (Spoken, u32) {
    let whole = Redactor::default().utterance(0, 0.0, text);
    let mut redactor = Redactor::default();
    let lines = whole.text.as_str().split('\n').map(|line| redactor.utterance(0, 0.0, &line.into()));
    let (lines, counts): (Vec<_>, Vec<_>) = lines.map(|m| (m.text.as_str().to_owned(), m.count)).unzip();
    (lines.join("\n").into(), whole.count + counts.iter().sum::<u32>())
}

/// A call's newest note.
pub(super) fn newest(from: &Connection, call: Uuid) -> rusqlite::Result<Option<CallNote>> {
    from.prepare_cached("SELECT text, written_ms FROM note WHERE call = ? ORDER BY id DESC LIMIT 1")?
        .query_row([call.as_bytes()], |row| {
            Ok(CallNote { text: row.get::<_, String>(0)?.into(), at: row.get(1)? })
        })
        .optional()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn figures_that_must_not_be_stored_are_taken_out_of_a_note() {
        for (note, gone, kept) in [
            ("Paid 120.50 by card 4111 1111 1111 1111, call back May 3", "1111", "120.50"),
            ("Card:\n4111 1111\n1111 1111\nthanks", "1111", "thanks"),
            ("security code 737, sends 40 dollars", "737", "40 dollars"),
        ] {
            let (text, count) = masked(&note.into());
            assert!(count > 0 && !text.as_str().contains(gone), "{}", text.as_str());
            assert!(text.as_str().contains(kept), "{}", text.as_str());
        }
        assert_eq!(masked(&"two\nlines".into()), ("two\nlines".into(), 0));
    }
}
