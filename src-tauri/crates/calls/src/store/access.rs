//! Who acts in which role, the access log, and the roles' passphrases.

use super::Store;
use crate::access::{
    self, AccessEntry, AccessFilter, AccessKind, Acting, Actor, Guard, NewAccess, RecoveryCode, passphrases,
};
use crate::{AccessError, Passphrase, Role, StoreError, call, files};
use std::sync::PoisonError;
use uuid::Uuid;

impl Store {
    /// Whether roles need a passphrase.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn guard(&self) -> Result<Guard, StoreError> {
        self.read(passphrases::guard)
    }

    /// Lets somebody act in a role: with its passphrase, where roles need one. Wrong passphrases are written down, and after
    /// three of them the next is looked at only after a while.
    ///
    /// # Errors
    /// [`AccessError::PassphraseNeeded`], [`AccessError::WrongPassphrase`] and [`AccessError::Wait`]; when it can't be
    /// written down who takes up the role.
    pub fn act(&self, actor: Actor, passphrase: Option<&Passphrase>) -> Result<Acting, StoreError> {
        let guard = self.guard()?;
        if guard.guarded && actor.role != Role::Agent {
            let passphrase = passphrase.ok_or(AccessError::PassphraseNeeded { role: actor.role })?;
            self.sign_in(&actor, passphrase)?;
        }
        Ok(Acting::new(self.clone(), actor, guard))
    }

    fn sign_in(&self, actor: &Actor, passphrase: &Passphrase) -> Result<(), StoreError> {
        // One passphrase at a time, whatever process tries it: otherwise many at once would wait once.
        let gate = self.0.data_dir.join("role.lock");
        let fail = |e| StoreError::file(&gate, e);
        let lock = files::private().write(true).create(true).truncate(false).open(&gate).map_err(fail)?;
        lock.lock().map_err(fail)?;

        let wait = self.read(|from| passphrases::wait(from, &actor.machine, call::now_ms()))?;
        if wait > 0 {
            return Err(AccessError::Wait { seconds: wait }.into());
        }
        let right = self.read(|from| passphrases::of_role(from, actor.role))?.is(passphrase);
        let what = if right { AccessKind::SignedIn } else { AccessKind::WrongPassphrase };
        // It counts only once it is written down: where that fails, nobody learns whether it was right.
        self.write_access(&NewAccess::of(actor, what, None))?;
        if right { Ok(()) } else { Err(AccessError::WrongPassphrase { role: actor.role }.into()) }
    }

    /// Writes down what somebody reads, without making them wait for the disk.
    pub(crate) fn note(&self, actor: &Actor, what: AccessKind, call: Option<Uuid>) -> Result<(), StoreError> {
        let mut writer = self.0.access.lock().unwrap_or_else(PoisonError::into_inner);
        writer.note(&self.0.database, actor, what, call)
    }

    /// Writes down what somebody did; it is on the disk on return.
    pub(crate) fn write_access(&self, new: &NewAccess) -> Result<(), StoreError> {
        let fault = self.0.database.fault();
        self.write(|to| access::insert(to, new).map_err(&fault))
    }

    pub(crate) fn access_log(
        &self,
        filter: &AccessFilter,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<AccessEntry>, StoreError> {
        self.read(|from| access::read(from, filter, limit, offset))
    }

    pub(crate) fn agent_of(&self, call: Uuid) -> Result<String, StoreError> {
        self.read(|from| call::agent_of(from, call))
    }

    pub(crate) fn set_role_passphrase(
        &self,
        actor: &Actor,
        role: Role,
        passphrase: &Passphrase,
    ) -> Result<Option<RecoveryCode>, StoreError> {
        let (new, code) = passphrases::New::of_role(role, passphrase)?;
        let set = NewAccess::of(actor, AccessKind::PassphraseSet, None).with(role.title());
        let fault = self.0.database.fault();
        self.write(|to| {
            new.set(to).map_err(&fault)?;
            access::insert(to, &set).map_err(&fault)
        })?;
        Ok(code)
    }

    pub(crate) fn remove_role_passphrases(&self, actor: &Actor) -> Result<(), StoreError> {
        let removed = NewAccess::of(actor, AccessKind::PassphrasesRemoved, None);
        let fault = self.0.database.fault();
        self.write(|to| {
            passphrases::remove_all(to).map_err(&fault)?;
            access::insert(to, &removed).map_err(&fault)
        })
    }
}
