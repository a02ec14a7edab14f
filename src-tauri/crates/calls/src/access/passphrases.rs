//! The roles' passphrases: whether there are any, what tells a right one, how they are set.

use super::RecoveryCode;
use super::patience::Tries;
use super::verifier::Verifier;
use crate::call::now_ms;
use crate::database::word;
use crate::{Passphrase, Role, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;

/// Whether roles need a passphrase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Guard {
    /// The team lead has set one: to act as team lead or auditor needs it.
    pub guarded: bool,
    /// The auditor has one of his own, and the team lead's does not open that role.
    pub auditor: bool,
}

/// The name under which the recovery code's verifier is stored.
const RECOVERY: &str = "recovery";

pub(crate) fn guard(from: &Connection) -> rusqlite::Result<Guard> {
    let mut row = from.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM role_passphrase WHERE role = 'team_lead'),
                EXISTS (SELECT 1 FROM role_passphrase WHERE role = 'auditor')",
    )?;
    row.query_row([], |row| Ok(Guard { guarded: row.get(0)?, auditor: row.get(1)? }))
}

/// Seconds until another passphrase is looked at on a machine; 0 for at once.
pub(crate) fn wait(from: &Connection, machine: &str, now: i64) -> rusqlite::Result<u64> {
    Ok(Tries::read(from, machine)?.wait(now))
}

/// What opens a role.
pub(crate) struct Openers {
    passphrase: Option<Verifier>,
    recovery: Option<Verifier>,
}

impl Openers {
    /// Whether it is the role's passphrase, or the recovery code in its place.
    pub(crate) fn is(&self, given: &Passphrase) -> bool {
        let fits = |verifier: &Option<Verifier>, given: &Passphrase| {
            verifier.as_ref().is_some_and(|verifier| verifier.fits(given))
        };
        fits(&self.passphrase, given)
            || RecoveryCode::read(given).is_some_and(|code| fits(&self.recovery, &code))
    }
}

/// What opens a role: its own passphrase, or the team lead's where it has none; the recovery code opens the team lead's.
pub(crate) fn of_role(from: &Connection, role: Role) -> rusqlite::Result<Openers> {
    let lead = || verifier(from, &word(Role::TeamLead));
    let recovery = || verifier(from, RECOVERY);
    Ok(match (role, verifier(from, &word(role))?) {
        (Role::TeamLead, passphrase) => Openers { passphrase, recovery: recovery()? },
        (_, Some(own)) => Openers { passphrase: Some(own), recovery: None },
        (_, None) => Openers { passphrase: lead()?, recovery: recovery()? },
    })
}

fn verifier(from: &Connection, name: &str) -> rusqlite::Result<Option<Verifier>> {
    let mut row = from.prepare_cached(
        "SELECT memory_kib, passes, lanes, salt, verifier FROM role_passphrase WHERE role = ?",
    )?;
    let verifier = row.query_row([name], |row| {
        Ok(Verifier {
            cost: (row.get(0)?, row.get(1)?, row.get(2)?),
            salt: row.get(3)?,
            verifier: row.get(4)?,
        })
    });
    verifier.optional()
}

/// Passphrases that are worked out and not yet set: that takes a moment, in which nothing else has to wait to be written.
pub(crate) struct New(Vec<(String, Verifier)>);

impl New {
    /// A role's; the team lead's with a recovery code.
    pub(crate) fn of_role(
        role: Role,
        passphrase: &Passphrase,
    ) -> Result<(Self, Option<RecoveryCode>), StoreError> {
        let mut new = vec![(word(role), Verifier::new(passphrase)?)];
        let code = (role == Role::TeamLead).then(RecoveryCode::new).transpose()?;
        if let Some(code) = &code {
            new.push((RECOVERY.to_owned(), Verifier::new(&code.plain())?));
        }
        Ok((Self(new), code))
    }

    /// Sets them in the place of those before.
    pub(crate) fn set(&self, to: &Connection) -> rusqlite::Result<()> {
        for (name, Verifier { cost: (memory_kib, passes, lanes), salt, verifier }) in &self.0 {
            to.execute(
                "INSERT OR REPLACE INTO role_passphrase
                 (role, memory_kib, passes, lanes, salt, verifier, written_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![name, memory_kib, passes, lanes, salt, verifier, now_ms()],
            )?;
        }
        Ok(())
    }
}

/// Takes all of them away.
pub(crate) fn remove_all(to: &Connection) -> rusqlite::Result<()> {
    to.execute("DELETE FROM role_passphrase", [])?;
    Ok(())
}
