use super::event_rows::{cue_events, finals};
use super::hearing;
use super::{Observed, observation_rows};
use crate::database::from_json;
use crate::review::{self, CueVerdict};
use cueline_events::{CallContext, CallEvent, CueEvent, PlaybookId};
use rusqlite::Connection;
use uuid::Uuid;

/// What of a stored call is needed to tell it again, and to see what would have been different.
#[derive(Debug, Clone, PartialEq)]
pub struct CallToRetell {
    /// The call's id.
    pub id: String,
    /// Who called.
    pub agent: String,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_at: i64,
    /// The playbook that it ran with.
    pub playbook: PlaybookId,
    /// What was known before it.
    pub context: CallContext,
    /// Its length in seconds; nothing while it runs.
    pub seconds: Option<f64>,
    /// Its cue events, in order.
    pub cues: Vec<CueEvent>,
    /// What the engine was told, in order; nothing for a call of before that was kept.
    pub observed: Vec<Observed>,
    /// Where nothing else was kept: its finals and pauses.
    pub transcript: Vec<CallEvent>,
    /// What people said of its cue events.
    pub verdicts: Vec<CueVerdict>,
}

pub(crate) fn call_to_retell(from: &Connection, call: Uuid) -> rusqlite::Result<CallToRetell> {
    let observed = observation_rows::observations(from, call)?;
    let mut transcript = Vec::new();
    if observed.is_empty() {
        let mut events = finals(from, call)?;
        events.extend(hearing::read(from, call)?);
        events.sort_by_key(|(seq, _)| *seq);
        transcript.extend(events.into_iter().map(|(_, event)| event));
    }
    let mut cues = cue_events(from, call)?;
    cues.sort_by_key(|(seq, _)| *seq);
    let cues = cues.into_iter().map(|(_, cue)| cue).collect();
    let verdicts = review::verdicts(from, call)?;
    let mut row = from.prepare_cached(
        "SELECT c.agent, c.started_ms, c.playbook, c.playbook_version, c.context, e.at
         FROM call c LEFT JOIN call_end e ON e.call = c.id WHERE c.id = ?",
    )?;
    row.query_row([call.as_bytes()], |row| {
        Ok(CallToRetell {
            id: call.to_string(),
            agent: row.get(0)?,
            started_at: row.get(1)?,
            playbook: PlaybookId { id: row.get(2)?, version: row.get(3)? },
            context: from_json(4, &row.get::<_, String>(4)?)?,
            seconds: row.get(5)?,
            cues,
            observed,
            transcript,
            verdicts,
        })
    })
}
