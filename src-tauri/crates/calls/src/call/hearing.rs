use crate::database::{from_word, word};
use cueline_events::CallEvent;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the agent did to the call's hearing: from a moment on nothing is heard, all is heard, nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hearing {
    Paused,
    Resumed,
    RecordingEnded,
}

impl Hearing {
    /// The change that an event tells of, and its second.
    pub(super) fn of(event: &CallEvent) -> Option<(Self, f64)> {
        match event {
            CallEvent::Paused { at } => Some((Self::Paused, *at)),
            CallEvent::Resumed { at } => Some((Self::Resumed, *at)),
            CallEvent::RecordingEnded { at } => Some((Self::RecordingEnded, *at)),
            _ => None,
        }
    }

    fn event(self, at: f64) -> CallEvent {
        match self {
            Self::Paused => CallEvent::Paused { at },
            Self::Resumed => CallEvent::Resumed { at },
            Self::RecordingEnded => CallEvent::RecordingEnded { at },
        }
    }

    pub(super) fn insert(
        self,
        to: &Connection,
        call: &[u8; 16],
        seq: i64,
        at: f64,
        now: i64,
    ) -> rusqlite::Result<()> {
        let mut row = to.prepare_cached(
            "INSERT INTO hearing (call, seq, what, at, written_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?;
        row.execute(params![call, seq, word(self), at, now])?;
        Ok(())
    }
}

/// A call's changes of hearing with their places among its events.
pub(super) fn read(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<(i64, CallEvent)>> {
    let mut rows = from.prepare_cached("SELECT seq, what, at FROM hearing WHERE call = ?")?;
    let events = rows.query_map([call.as_bytes()], |row| {
        let what: Hearing = from_word(1, row.get(1)?)?;
        Ok((row.get(0)?, what.event(row.get(2)?)))
    })?;
    events.collect()
}
