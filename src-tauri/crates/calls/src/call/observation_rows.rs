//! What the engine observed, as rows: written with the call's events and read again for the replay lab.

use super::observed::{Observed, ObservedWhat, ObservedWords};
use crate::redaction::Redactor;
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// As many observations wait at most; beyond it, the call is kept without the rest of them.
const WAITING: usize = 20_000;

/// Observations on their way to the disk.
///
/// A partial waits for its utterance's final: a card number whose first figures were heard when nobody knew yet what they
/// would become is known by then.
#[derive(Debug, Default)]
pub(super) struct Observations {
    waiting: Vec<(i64, Observed)>,
    next: i64,
    /// Some are lost, so that the rest would tell another call.
    incomplete: bool,
    /// Utterances whose final is kept, and whether something in it was masked.
    settled: BTreeMap<u32, bool>,
    finals: BTreeSet<u32>,
    /// Utterances whose final has figures of which it is not known yet whether they are masked.
    undecided: BTreeSet<u32>,
}

impl Observations {
    pub(super) fn take(&mut self, observed: Observed) {
        if self.incomplete || self.waiting.len() >= WAITING {
            self.incomplete = true;
            return;
        }
        if let ObservedWhat::Final { said } = &observed.what {
            self.finals.insert(said.utterance);
        }
        self.next += 1;
        self.waiting.push((self.next, observed));
    }

    /// An utterance's final is kept, and so many places in it were masked.
    pub(super) fn settle(&mut self, utterance: u32, places: u32) {
        self.undecided.remove(&utterance);
        self.settled.insert(utterance, places > 0);
    }

    /// It is not known yet what is masked in an utterance's final.
    pub(super) fn wait(&mut self, utterance: u32) {
        self.undecided.insert(utterance);
    }

    /// Writes what may be written, or at a call's end everything. What was written is forgotten by
    /// [`Observations::written`], once it is on the disk.
    pub(super) fn write(
        &self,
        to: &Connection,
        call: Uuid,
        redactor: &Redactor,
        ends: bool,
    ) -> rusqlite::Result<()> {
        let ready = |(_, observed): &&(i64, Observed)| ends || self.is_ready(observed);
        for (number, observed) in self.waiting.iter().filter(ready) {
            self.insert(to, call, *number, observed, redactor)?;
        }
        Ok(())
    }

    pub(super) fn written(&mut self, ends: bool) {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting =
            waiting.into_iter().filter(|(_, observed)| !ends && !self.is_ready(observed)).collect();
    }

    fn is_ready(&self, observed: &Observed) -> bool {
        match &observed.what {
            ObservedWhat::Partial { said, .. } => {
                self.finals.contains(&said.utterance) && !self.undecided.contains(&said.utterance)
            }
            _ => true,
        }
    }

    fn insert(
        &self,
        to: &Connection,
        call: Uuid,
        number: i64,
        observed: &Observed,
        redactor: &Redactor,
    ) -> rusqlite::Result<()> {
        let (name, said, cue) = parts(&observed.what);
        let text = match &observed.what {
            ObservedWhat::Partial { said, .. } => {
                // Without a final nobody knows what its figures would have become.
                let doubtful = self.settled.get(&said.utterance).copied().unwrap_or(true);
                Some(redactor.partial(said.utterance, said.end, &said.text, doubtful))
            }
            _ => None,
        };
        let lane = match &observed.what {
            ObservedWhat::VoiceStarted { lane } | ObservedWhat::VoiceEnded { lane } => Some(*lane),
            _ => said.map(|said| said.lane),
        };
        let mut row = to.prepare_cached(
            "INSERT INTO observation (call, number, clock, at, what, lane, utterance, starts, ends, text, cue)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )?;
        row.execute(params![
            call.as_bytes(),
            number,
            observed.clock,
            observed.at,
            name,
            lane.map(cueline_events::Lane::name),
            said.map(|said| said.utterance),
            said.map(|said| said.start),
            said.map(|said| said.end),
            text.as_ref().map(|text| text.as_str()),
            cue
        ])?;
        Ok(())
    }
}

/// What the engine was told in a call, in order; nothing for a call of before such rows were kept.
pub(crate) fn observations(from: &Connection, call: Uuid) -> rusqlite::Result<Vec<Observed>> {
    let mut rows = from.prepare_cached(
        "SELECT o.clock, o.at, o.what, o.lane, o.utterance, o.starts, o.ends, coalesce(o.text, u.text, ''), o.cue
         FROM observation o
         LEFT JOIN utterance u ON o.what = 'final' AND u.call = o.call AND u.number = o.utterance
         WHERE o.call = ? ORDER BY o.number",
    )?;
    let observed = rows.query_map([call.as_bytes()], |row| {
        Ok(Observed { clock: row.get(0)?, at: row.get(1)?, what: what(row)? })
    })?;
    observed.collect()
}

/// An observation's name in the table, its words and its cue.
fn parts(what: &ObservedWhat) -> (String, Option<&ObservedWords>, Option<&str>) {
    let (name, said, cue) = match what {
        ObservedWhat::VoiceStarted { .. } => ("voice_started", None, None),
        ObservedWhat::VoiceEnded { .. } => ("voice_ended", None, None),
        ObservedWhat::Partial { said, paused: false } => ("partial", Some(said), None),
        ObservedWhat::Partial { said, paused: true } => ("partial_paused", Some(said), None),
        ObservedWhat::Final { said } => ("final", Some(said), None),
        ObservedWhat::MarkedSaid { cue } => ("marked_said", None, Some(cue.as_str())),
        ObservedWhat::Muted => ("muted", None, None),
        ObservedWhat::Unmuted => ("unmuted", None, None),
        ObservedWhat::Paused => ("paused", None, None),
        ObservedWhat::Resumed => ("resumed", None, None),
        ObservedWhat::Action { cue, action } => {
            return (format!("{ACTION}{action}"), None, Some(cue));
        }
        ObservedWhat::Ended => ("ended", None, None),
    };
    (name.to_owned(), said, cue)
}

/// Stands before the name of what the agent did with a card.
const ACTION: &str = "action:";

fn what(row: &Row) -> rusqlite::Result<ObservedWhat> {
    let lane = || crate::database::from_word(3, row.get(3)?);
    let said = || {
        Ok::<_, rusqlite::Error>(ObservedWords {
            lane: lane()?,
            utterance: row.get(4)?,
            start: row.get(5)?,
            end: row.get(6)?,
            text: row.get::<_, String>(7)?.into(),
        })
    };
    let name: String = row.get(2)?;
    Ok(match name.as_str() {
        "voice_started" => ObservedWhat::VoiceStarted { lane: lane()? },
        "voice_ended" => ObservedWhat::VoiceEnded { lane: lane()? },
        "partial" => ObservedWhat::Partial { said: said()?, paused: false },
        "partial_paused" => ObservedWhat::Partial { said: said()?, paused: true },
        "final" => ObservedWhat::Final { said: said()? },
        "marked_said" => ObservedWhat::MarkedSaid { cue: row.get(8)? },
        "muted" => ObservedWhat::Muted,
        "unmuted" => ObservedWhat::Unmuted,
        "paused" => ObservedWhat::Paused,
        "resumed" => ObservedWhat::Resumed,
        "ended" => ObservedWhat::Ended,
        other => match other.strip_prefix(ACTION) {
            Some(action) => ObservedWhat::Action { cue: row.get(8)?, action: action.to_owned() },
            None => {
                let unknown = format!("`{other}` is no observation");
                return Err(rusqlite::Error::FromSqlConversionFailure(2, Type::Text, unknown.into()));
            }
        },
    })
}
