use super::hearing::Hearing;
use super::stored::{self, StoredHead};
use super::{Final, Kept, NewCall, chain_start, overview};
use crate::database::{Database, SCHEMA};
use crate::keys::random;
use crate::ledger::{Chain, is_disclosure};
use crate::redaction::{CountedText, Masking, Redactor};
use crate::retention;
use crate::{Silenced, StoreError};
use cueline_events::{CallEvent, CueEvent, Notice};
use rusqlite::Connection;
use uuid::Uuid;

/// A call's rows in the making: numbered, masked by what was said before, disclosures linked into the ledger.
pub(super) struct Rows {
    masking: Masking<Final>,
    chain: Chain,
    next_seq: i64,
    /// What must not be heard of what was masked, and was not asked for yet.
    silenced: Vec<Silenced>,
}

impl Rows {
    /// Adds the call's own row.
    ///
    /// # Errors
    /// When there is a call of this id, or the disk refuses.
    pub(super) fn begin(
        to: &Connection,
        database: &Database,
        call: Uuid,
        new: &NewCall,
    ) -> Result<Self, StoreError> {
        let fault = database.fault();
        let context = serde_json::to_string(&new.context)
            .map_err(|e| StoreError::Unfit { what: format!("a call context cannot be stored: {e}") })?;
        let head = StoredHead {
            id: call,
            started_at: new.started_at,
            source: new.source,
            model: new.model.clone(),
            playbook: new.playbook.clone(),
            agent: new.agent.clone(),
            machine: new.machine.clone(),
            schema: SCHEMA,
            app: env!("CARGO_PKG_VERSION").to_owned(),
        };
        if !stored::insert_head(to, &head, &context).map_err(&fault)? {
            return Err(StoreError::Unfit { what: format!("the call {call} has begun already") });
        }
        overview::begin(to, call).map_err(&fault)?;
        let chain = chain_start(to, call).map_err(&fault)?;
        let births = retention::newest(to).map_err(&fault)?.unwrap_or_default().mask_birth_dates;
        Ok(Self { masking: Masking::new(births), chain, next_seq: 1, silenced: Vec::new() })
    }

    /// The rows that an event adds; none for one that is not kept.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(super) fn rows_of(&mut self, event: &CallEvent) -> Result<Vec<Kept>, StoreError> {
        let seq = self.next_seq;
        let row = match event {
            CallEvent::Final { text, .. } if text.is_empty() => None,
            CallEvent::Final { lane, utterance, start, end, text, emitted_at } => {
                let (number, emitted_at) = (*utterance, *emitted_at);
                let said = Final { seq, number, lane: *lane, start: *start, end: *end, emitted_at };
                let heard = self.masking.hear(*lane, number, (*start, *end), text, said.clone());
                self.silenced.extend(heard.silenced);
                self.next_seq += 1;
                let undecided = heard.for_now.map(|text| Kept::Undecided { said, text });
                return Ok(heard.finals.into_iter().map(utterance_row).chain(undecided).collect());
            }
            CallEvent::Cue(cue) => {
                let evidence = cue.evidence.as_ref().map(|e| self.masking.redactor().quote(e));
                let event = CueEvent { evidence, ..cue.clone() };
                let row = match is_disclosure(&cue.cue) {
                    true => Some(Box::new(self.chain.link(seq, &event, random()?))),
                    false => None,
                };
                Some(Kept::Cue { seq, event: Box::new(event), row })
            }
            CallEvent::Gap { lane, start, end } => {
                Some(Kept::Gap { seq, lane: *lane, start: *start, end: *end })
            }
            CallEvent::Notice(notice) => Some(Kept::Notice { seq, notice: notice.clone() }),
            CallEvent::Paused { .. } | CallEvent::Resumed { .. } | CallEvent::RecordingEnded { .. } => {
                Hearing::of(event).map(|(what, at)| Kept::Hearing { seq, what, at })
            }
            CallEvent::CallStarted { .. }
            | CallEvent::CallEnded { .. }
            | CallEvent::Partial { .. }
            | CallEvent::Listening(_)
            | CallEvent::Board(_)
            | CallEvent::Level { .. }
            | CallEvent::Lag { .. } => None,
        };
        self.next_seq += i64::from(row.is_some());
        Ok(Vec::from_iter(row))
    }

    /// Every final up to second `until` was taken, or up to the end of the call: the rows of those whose text that decides.
    pub(super) fn decided(&mut self, until: Option<f64>) -> Vec<Kept> {
        let finals = match until {
            Some(until) => self.masking.settle(until),
            None => self.masking.end(),
        };
        finals.into_iter().map(utterance_row).collect()
    }

    /// The row of a notice of the log's own.
    pub(super) fn notice(&mut self, notice: Notice) -> Kept {
        let seq = self.next_seq;
        self.next_seq += 1;
        Kept::Notice { seq, notice }
    }

    /// The ledger's end so far.
    pub(super) fn chain(&self) -> Chain {
        self.chain
    }

    /// Takes what must not be heard of a stretch of the call that no row tells of.
    pub(super) fn silence(&mut self, silenced: Silenced) {
        self.silenced.push(silenced);
    }

    /// What must not be heard, each stretch once.
    pub(super) fn take_silenced(&mut self) -> Vec<Silenced> {
        std::mem::take(&mut self.silenced)
    }

    /// See [`Masking::waits_since`].
    pub(super) fn waits_since(&self, until: f64) -> Option<f64> {
        self.masking.waits_since(until)
    }

    /// What masks the call's texts.
    pub(super) fn redactor(&self) -> &Redactor {
        self.masking.redactor()
    }
}

fn utterance_row((said, text): (Final, CountedText)) -> Kept {
    Kept::Utterance { said, text }
}
