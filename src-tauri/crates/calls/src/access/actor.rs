use crate::Role;

/// Who does something with the session logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// By name; may be empty.
    pub name: String,
    /// As what.
    pub role: Role,
    /// On which machine.
    pub machine: String,
}

impl Actor {
    /// What somebody is called in what is kept: by name, or else by the machine.
    pub(crate) fn known_as(&self) -> &str {
        if self.name.is_empty() { &self.machine } else { &self.name }
    }
}
