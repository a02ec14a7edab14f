use super::right::{Right, check};
use super::{AccessEntry, AccessFilter, AccessKind, Actor, Guard, NewAccess, RecoveryCode};
use crate::RecordingReader;
use crate::chain::NewDeletion;
use crate::review::NewReviewEntry;
use crate::{
    AccessError, CallFilter, CallOrder, CallRecord, CallSummary, CallToRetell, GivenScore, Passphrase,
    PlaylistMoment, PracticeTask, Proof, RecordingOutline, Retention, RetentionPreview, ReviewEntry,
    ReviewMark, Role, SearchHit, SearchQuery, Store, StoreError, StoredCall, TakenIn, Waveform,
};
use cueline_events::Spoken;
use std::path::Path;
use uuid::Uuid;

/// Somebody at work with the session logs, in a role that was checked ([`Store::act`]): what it may not do is refused, and
/// what is done goes into the access log. Once roles need passphrases, an agent sees the calls of his own name alone.
#[derive(Debug, Clone)]
pub struct Acting {
    store: Store,
    actor: Actor,
    guard: Guard,
}

/// A call as it is taken out of the store.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOut {
    /// What is kept of it, as people read it.
    pub record: CallRecord,
    /// What people said of it, the oldest first.
    pub review: Vec<ReviewEntry>,
    /// The same as it is stored.
    pub stored: StoredCall,
    /// Its interleaved samples (agent, customer) at 16 kHz and what its recording is beside them, where it is wanted and there
    /// is one.
    pub audio: Option<(Vec<i16>, RecordingOutline)>,
}

impl Acting {
    pub(crate) fn new(store: Store, actor: Actor, guard: Guard) -> Self {
        Self { store, actor, guard }
    }

    /// Who it is.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Lists calls; see [`Store::list`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(
        &self,
        filter: &CallFilter,
        order: CallOrder,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<CallSummary>, StoreError> {
        self.own_calls(filter)
            .map_or_else(|| Ok(Vec::new()), |own| self.store.list(&own, order, limit, offset))
    }

    /// How many calls pass a filter.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count(&self, filter: &CallFilter) -> Result<u32, StoreError> {
        self.own_calls(filter).map_or(Ok(0), |own| self.store.count(&own))
    }

    /// Everybody whose calls are seen, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn agents(&self) -> Result<Vec<String>, StoreError> {
        let all = self.store.agents()?;
        Ok(all.into_iter().filter(|agent| self.sees(agent)).collect())
    }

    /// Opens a call to read it, with its live transcript or with the improved one.
    ///
    /// # Errors
    /// As [`Store::show`] and [`Store::show_improved`]; [`AccessError::OthersCall`].
    pub fn open(&self, id: &str, improved: bool) -> Result<CallRecord, StoreError> {
        let call = self.permitted(id)?;
        let record = if improved { self.store.show_improved(id)? } else { self.store.show(id)? };
        self.store.note(&self.actor, AccessKind::CallOpened, Some(call))?;
        Ok(record)
    }

    /// What is kept of a call, for something that is worked out of it: that is no opening.
    ///
    /// # Errors
    /// As [`Store::show`]; [`AccessError::OthersCall`].
    pub fn record(&self, id: &str) -> Result<CallRecord, StoreError> {
        self.permitted(id)?;
        self.store.show(id)
    }

    /// What of a call is needed to tell it again; see [`Store::call_to_retell`].
    ///
    /// # Errors
    /// As [`Acting::record`].
    pub fn call_to_retell(&self, id: &str) -> Result<CallToRetell, StoreError> {
        self.permitted(id)?;
        self.store.call_to_retell(id)
    }

    /// What was said of a call, the oldest first.
    ///
    /// # Errors
    /// As [`Acting::record`].
    pub fn review(&self, id: &str) -> Result<Vec<ReviewEntry>, StoreError> {
        self.permitted(id)?;
        self.store.review(id)
    }

    /// Keeps something that is said of a call.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`] and [`AccessError::OthersCall`]; as [`Store::keep_review`].
    pub fn keep_review(&self, id: &str, mark: ReviewMark) -> Result<ReviewEntry, StoreError> {
        self.permitted(id)?;
        self.may(Right::Say(&mark))?;
        let (author, machine) = (self.actor.known_as().to_owned(), self.actor.machine.clone());
        self.store.keep_review(id, NewReviewEntry { author, role: self.actor.role, machine, mark })
    }

    /// Everybody's newest points for each item of the calls that pass a filter, for whoever compares reviewers.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; when the store cannot be read.
    pub fn compare_scores(&self, filter: &CallFilter) -> Result<Vec<GivenScore>, StoreError> {
        self.may(Right::Calibrate)?;
        let scores = self.own_calls(filter).map_or_else(|| Ok(Vec::new()), |own| self.store.scores(&own))?;
        self.store.note(&self.actor, AccessKind::ScoresCompared, None)?;
        Ok(scores)
    }

    /// The moments in playlists, of the calls that pass a filter, in the order in which they were put there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn playlist_moments(&self, filter: &CallFilter) -> Result<Vec<PlaylistMoment>, StoreError> {
        self.own_calls(filter).map_or_else(|| Ok(Vec::new()), |own| self.store.playlist_moments(&own))
    }

    /// What was given to practise on the calls that pass a filter, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn practice_tasks(&self, filter: &CallFilter) -> Result<Vec<PracticeTask>, StoreError> {
        self.own_calls(filter).map_or_else(|| Ok(Vec::new()), |own| self.store.practice_tasks(&own))
    }

    /// Keeps the agent's note of a call.
    ///
    /// # Errors
    /// As [`Store::keep_note`]; [`AccessError::OthersCall`].
    pub fn keep_note(&self, id: &str, text: &Spoken) -> Result<(), StoreError> {
        self.permitted(id)?;
        self.store.keep_note(id, text, &self.actor.machine)
    }

    /// A call's recording as it is drawn; see [`Store::waveform`].
    ///
    /// # Errors
    /// As [`Store::waveform`]; [`AccessError::OthersCall`].
    pub fn waveform(&self, id: &str, buckets: u32) -> Result<Option<Waveform>, StoreError> {
        self.permitted(id)?;
        self.store.waveform(id, buckets)
    }

    /// Some seconds of a call's recording, to be heard; see [`Store::audio`].
    ///
    /// # Errors
    /// As [`Store::audio`]; [`AccessError::OthersCall`].
    pub fn play(&self, id: &str, start: f64, end: f64) -> Result<Option<Vec<i16>>, StoreError> {
        let call = self.permitted(id)?;
        let samples = self.store.audio(id, start, end)?;
        if samples.is_some() {
            self.store.note(&self.actor, AccessKind::RecordingPlayed, Some(call))?;
        }
        Ok(samples)
    }

    /// Finds what was said; see [`Store::search`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search(&self, query: &SearchQuery, limit: u32) -> Result<Vec<SearchHit>, StoreError> {
        let own = match (self.own(), &query.agent) {
            (Some(own), Some(asked)) if own != asked => return Ok(Vec::new()),
            (Some(own), _) => SearchQuery { agent: Some(own.to_owned()), ..query.clone() },
            (None, _) => query.clone(),
        };
        let hits = self.store.search(&own, limit)?;
        self.store.note(&self.actor, AccessKind::Searched, None)?;
        Ok(hits)
    }

    /// Takes a call out of the store, to be written to a file. `as_what` says for people as what.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`] and [`AccessError::OthersCall`]; as [`Store::show`] and [`Store::recording`]; when it can't
    /// be written down that the call is taken out.
    pub fn take_out(&self, id: &str, as_what: &str, audio: bool) -> Result<TakenOut, StoreError> {
        let call = self.permitted(id)?;
        self.may(Right::Export)?;
        let (record, review, stored) =
            (self.store.show(id)?, self.store.review(id)?, self.store.stored(call)?);
        let recording = if audio { self.store.recording(id)? } else { None };
        let audio = recording.map(RecordingReader::whole).transpose()?;
        let with = if audio.is_some() { ", with its recording" } else { "" };
        let taken = NewAccess::of(&self.actor, AccessKind::Exported, Some(call));
        self.store.write_access(&taken.with(format!("{as_what}{with}")))?;
        Ok(TakenOut { record, review, stored, audio })
    }

    /// Brings a call in that was exported as JSON, with its recording where that was exported as well: all of it or nothing. A
    /// call that is here already is left as it is.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; [`StoreError::Import`] with what is wrong with the file; when the file can't be read, the call
    /// is being written, or the disk refuses.
    pub fn take_in(&self, file: &Path) -> Result<TakenIn, StoreError> {
        self.may(Right::Import)?;
        self.store.import(file, &self.actor)
    }

    /// Deletes a call for good, and gives back its full id; see [`Store::delete`].
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; as [`Store::delete`].
    pub fn delete(&self, id: &str, reason: &Spoken) -> Result<String, StoreError> {
        self.may(Right::Delete)?;
        self.store.delete(id, &NewDeletion::by(&self.actor, reason.clone()))
    }

    /// Follows every ledger, the chains across calls and the access log.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn verify_all(&self) -> Result<Proof, StoreError> {
        self.store.verify_all()
    }

    /// What would go now by retention rules.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; [`StoreError::Incomplete`] when the rules contradict themselves.
    pub fn preview_retention(&self, rules: &Retention) -> Result<RetentionPreview, StoreError> {
        self.may(Right::Retain)?;
        self.store.preview_retention(rules)
    }

    /// Puts retention rules in force in the place of those before.
    ///
    /// # Errors
    /// As [`Acting::preview_retention`]; when the disk refuses.
    pub fn set_retention(&self, rules: &Retention) -> Result<(), StoreError> {
        self.may(Right::Retain)?;
        self.store.keep_retention(rules, &self.actor)
    }

    /// Rows of the access log, the newest first.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; when the store cannot be read.
    pub fn access_log(
        &self,
        filter: &AccessFilter,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<AccessEntry>, StoreError> {
        self.may(Right::ReadLog)?;
        self.store.access_log(filter, limit, offset)
    }

    /// Sets a role's passphrase. With the team lead's first one roles begin to need passphrases; each of his comes with a
    /// recovery code, which opens the role once the passphrase is forgotten and is never shown again.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`], [`AccessError::AgentHasNone`], [`AccessError::WeakPassphrase`] and
    /// [`AccessError::LeadFirst`]; when the disk refuses.
    pub fn set_passphrase(
        &self,
        role: Role,
        passphrase: &Passphrase,
    ) -> Result<Option<RecoveryCode>, StoreError> {
        if role == Role::Agent {
            return Err(AccessError::AgentHasNone.into());
        }
        self.may(Right::SetPassphrase(role))?;
        if !passphrase.is_long_enough() {
            return Err(AccessError::WeakPassphrase.into());
        }
        if role == Role::Auditor && !self.guard.guarded {
            return Err(AccessError::LeadFirst.into());
        }
        self.store.set_role_passphrase(&self.actor, role, passphrase)
    }

    /// Takes the roles' passphrases away: a role is then again what somebody says.
    ///
    /// # Errors
    /// [`AccessError::NotForRole`]; when the disk refuses.
    pub fn remove_passphrases(&self) -> Result<(), StoreError> {
        self.may(Right::RemovePassphrases)?;
        self.store.remove_role_passphrases(&self.actor)
    }

    /// Sees that somebody may see a call, and gives back which one it is.
    fn permitted(&self, id: &str) -> Result<Uuid, StoreError> {
        let call = self.store.find(id)?;
        if self.own().is_some() && !self.sees(&self.store.agent_of(call)?) {
            return Err(AccessError::OthersCall { id: call.to_string() }.into());
        }
        Ok(call)
    }

    fn may(&self, right: Right<'_>) -> Result<(), StoreError> {
        Ok(check(self.actor.role, self.guard.guarded, right)?)
    }

    /// Whose calls alone are seen, where it is so.
    fn own(&self) -> Option<&str> {
        (self.guard.guarded && self.actor.role == Role::Agent).then_some(self.actor.name.as_str())
    }

    fn sees(&self, agent: &str) -> bool {
        self.own().is_none_or(|own| own == agent)
    }

    /// A filter that lets through what is seen alone; nothing where that is nothing.
    fn own_calls(&self, filter: &CallFilter) -> Option<CallFilter> {
        match (self.own(), &filter.agent) {
            (Some(own), Some(asked)) if own != asked => None,
            (Some(own), _) => Some(CallFilter { agent: Some(own.to_owned()), ..filter.clone() }),
            (None, _) => Some(filter.clone()),
        }
    }
}
