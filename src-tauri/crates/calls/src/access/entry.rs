use super::{AccessKind, Actor};
use crate::Role;
use crate::call::now_ms;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One row of the access log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct AccessEntry {
    /// On which machine.
    pub machine: String,
    /// Its place in the machine's log, counted from 1.
    pub place: u32,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// Who.
    pub name: String,
    /// As what; absent for what Cueline did by itself, as a retention rule says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What.
    pub what: AccessKind,
    /// With which call, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// More of it, for people: a file's format, a rule. May be empty; no word of a call is in it.
    pub detail: String,
}

/// Which rows of the access log; what is absent does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct AccessFilter {
    /// Of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<AccessKind>,
    /// By somebody of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// With this call, by its full id: it may be gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// At this or after it, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Before this, in milliseconds since 1970-01-01 UTC.
    #[ts(optional, type = "number")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

/// A row before it has its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewAccess {
    pub(super) machine: String,
    pub(super) at: i64,
    pub(super) name: String,
    pub(super) role: Option<Role>,
    pub(super) what: AccessKind,
    pub(super) call: Option<Uuid>,
    pub(super) detail: String,
}

impl NewAccess {
    /// What somebody does now.
    pub(crate) fn of(actor: &Actor, what: AccessKind, call: Option<Uuid>) -> Self {
        Self::new(actor.known_as(), Some(actor.role), &actor.machine, what, call)
    }

    /// The same of somebody who may be Cueline itself, which has no role.
    pub(crate) fn new(
        name: &str,
        role: Option<Role>,
        machine: &str,
        what: AccessKind,
        call: Option<Uuid>,
    ) -> Self {
        let (machine, name, detail) = (machine.to_owned(), name.to_owned(), String::new());
        Self { machine, at: now_ms(), name, role, what, call, detail }
    }

    /// The same with more for people.
    pub(crate) fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }
}
