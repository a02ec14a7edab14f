//! A call's transcript made again from its recording: further rows beside the live ones.

use super::now_ms;
use super::transcript_version::TranscriptVersion;
use crate::Silenced;
use crate::database::{SCHEMA, from_word};
use crate::redaction::{CountedText, Masking};
use cueline_events::{CallEvent, Lane, Spoken};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// A transcript that was made of a call's recording.
#[derive(Debug, Clone, PartialEq)]
pub struct ImprovedTranscript {
    /// The speech model's id.
    pub model: String,
    /// On which machine it was made.
    pub machine: String,
    /// Every utterance, in any order.
    pub utterances: Vec<ImprovedUtterance>,
}

/// What one lane said between two pauses, by the improved transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct ImprovedUtterance {
    /// Who.
    pub lane: Lane,
    /// Seconds from call start at which it began.
    pub start: f64,
    /// Seconds from call start at which it ended.
    pub end: f64,
    /// The words.
    pub text: Spoken,
}

impl ImprovedTranscript {
    /// Masks its utterances in the order in which they ended, which is the order in which a live call masks its own. Gives
    /// back where in the call figures were said that must not be stored. Dates of birth are masked where `births` says so.
    pub(crate) fn mask(self, births: bool) -> (MaskedTranscript, Vec<Silenced>) {
        let Self { model, machine, mut utterances } = self;
        utterances.retain(|utterance| !utterance.text.is_empty());
        utterances.sort_by(|a, b| a.end.total_cmp(&b.end));
        let said =
            (1_u32..).zip(&utterances).map(|(number, one)| (one.lane, number, one.start, one.end, &one.text));
        let (texts, silenced) = Masking::new(births).hear_all(said);
        let masked = utterances.into_iter().zip(texts);
        let utterances = masked
            .map(|(utterance, CountedText { text, count })| (ImprovedUtterance { text, ..utterance }, count))
            .collect();
        (MaskedTranscript { model, machine, utterances }, silenced)
    }
}

/// A transcript without what must not be stored.
pub(crate) struct MaskedTranscript {
    model: String,
    machine: String,
    /// Each with how many places in it were masked, in the order in which they ended.
    utterances: Vec<(ImprovedUtterance, u32)>,
}

/// Adds a transcript.
pub(crate) fn insert(to: &Connection, call: Uuid, transcript: &MaskedTranscript) -> rusqlite::Result<()> {
    let MaskedTranscript { model, machine, utterances } = transcript;
    let id = Uuid::now_v7();
    to.execute(
        "INSERT INTO improvement (id, call, model, machine, schema, app, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![
            id.as_bytes(),
            call.as_bytes(),
            model,
            machine,
            SCHEMA,
            env!("CARGO_PKG_VERSION"),
            now_ms()
        ],
    )?;
    let mut row = to.prepare_cached(
        "INSERT INTO improved_utterance (improvement, number, lane, starts, ends, text, masked)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (number, (utterance, masked)) in (1_u32..).zip(utterances) {
        let ImprovedUtterance { lane, start, end, text } = utterance;
        row.execute(params![id.as_bytes(), number, lane.name(), start, end, text.as_str(), masked])?;
    }
    Ok(())
}

/// A call's improved transcript, the newest of several: what wrote it, and its utterances in the order in which they
/// ended.
pub(super) fn read(
    from: &Connection,
    call: Uuid,
) -> rusqlite::Result<Option<(TranscriptVersion, Vec<CallEvent>)>> {
    let newest = from
        .prepare_cached(
            "SELECT id, model, written_ms FROM improvement WHERE call = ? ORDER BY id DESC LIMIT 1",
        )?
        .query_row([call.as_bytes()], |row| {
            let version = TranscriptVersion::Improved { model: row.get(1)?, made_at: row.get(2)? };
            Ok((row.get::<_, [u8; 16]>(0)?, version))
        })
        .optional()?;
    let Some((id, version)) = newest else { return Ok(None) };
    let mut rows = from.prepare_cached(
        "SELECT lane, number, starts, ends, text FROM improved_utterance WHERE improvement = ? ORDER BY number",
    )?;
    let finals = rows.query_map([id], |row| {
        let end = row.get(3)?;
        Ok(CallEvent::Final {
            lane: from_word(0, row.get(0)?)?,
            utterance: row.get(1)?,
            start: row.get(2)?,
            end,
            text: row.get::<_, String>(4)?.into(),
            // It left no pipeline during the call; its place among the call's events is where it ended.
            emitted_at: end,
        })
    })?;
    Ok(Some((version, finals.collect::<Result<_, _>>()?)))
}

/// Puts other finals in the place of a call's own, each before the first event that came after its end.
pub(super) fn replace_finals(live: Vec<CallEvent>, improved: Vec<CallEvent>) -> Vec<CallEvent> {
    let mut merged = Vec::with_capacity(live.len());
    let mut improved = improved.into_iter().peekable();
    for event in live {
        if let Some(at) = moment(&event) {
            while let Some(earlier) = improved.next_if(|one| moment(one).is_some_and(|end| end <= at)) {
                merged.push(earlier);
            }
        }
        if !matches!(event, CallEvent::Final { .. }) {
            merged.push(event);
        }
    }
    merged.extend(improved);
    merged
}

/// The second of the call that an event speaks of; `None` for what speaks of none.
fn moment(event: &CallEvent) -> Option<f64> {
    match event {
        CallEvent::Final { end, .. } | CallEvent::Gap { end, .. } => Some(*end),
        CallEvent::Cue(cue) => Some(cue.at),
        CallEvent::Paused { at } | CallEvent::Resumed { at } | CallEvent::RecordingEnded { at } => Some(*at),
        _ => None,
    }
}

/// The calls that have ended and have no improved transcript, the newest first.
pub(crate) fn lacking(from: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    let mut rows = from.prepare_cached(
        "SELECT c.id FROM call c
         WHERE EXISTS (SELECT 1 FROM call_end WHERE call = c.id)
           AND NOT EXISTS (SELECT 1 FROM improvement WHERE call = c.id)
         ORDER BY c.started_ms DESC, c.id DESC",
    )?;
    rows.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect()
}
