use crate::{Passphrase, Role};

/// Why somebody may not do something with the session logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// The role needs its passphrase, and none was given.
    #[error("to act as {} needs a passphrase", role.title())]
    PassphraseNeeded {
        /// The role.
        role: Role,
    },
    /// It is not the role's passphrase.
    #[error("that is not the passphrase of the {}", role.title())]
    WrongPassphrase {
        /// The role.
        role: Role,
    },
    /// Too many wrong passphrases were given one after another.
    #[error("too many wrong passphrases: the next is looked at in {seconds} s")]
    Wait {
        /// Until another is looked at.
        seconds: u64,
    },
    /// A new passphrase is too short.
    #[error("the new passphrase has fewer than {} characters", Passphrase::LEAST)]
    WeakPassphrase,
    /// The auditor's passphrase can only be set once there is the team lead's.
    #[error("the team lead has no passphrase yet, so the auditor's would guard nothing")]
    LeadFirst,
    /// An agent needs no passphrase.
    #[error("the agent's role has no passphrase: whoever opens the session logs is an agent")]
    AgentHasNone,
    /// Another role's to do.
    #[error("that is not for the role {}", role.title())]
    NotForRole {
        /// The role in which it was tried.
        role: Role,
    },
    /// The call is another agent's.
    #[error("the call {id} is another agent's")]
    OthersCall {
        /// The call.
        id: String,
    },
}

impl AccessError {
    /// A stable name for scripts, notices and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PassphraseNeeded { .. } => "role_passphrase_needed",
            Self::WrongPassphrase { .. } => "role_passphrase_wrong",
            Self::Wait { .. } => "role_passphrase_wait",
            Self::WeakPassphrase => "weak_passphrase",
            Self::LeadFirst => "lead_passphrase_first",
            Self::AgentHasNone => "agent_passphrase",
            Self::NotForRole { .. } => "role",
            Self::OthersCall { .. } => "others_call",
        }
    }

    /// The remedy, in one sentence.
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::PassphraseNeeded { .. } => "Enter the role's passphrase.",
            Self::WrongPassphrase { role: Role::TeamLead } => {
                "Try again; when it is forgotten, enter the recovery code that was shown when it was set."
            }
            Self::WrongPassphrase { .. } => "Try again; when it is forgotten, the team lead can set another.",
            Self::Wait { .. } => "Wait so long, then try again; each further one doubles the wait.",
            Self::WeakPassphrase => "Choose a longer one, for example five random words.",
            Self::LeadFirst => "Set the team lead's first.",
            Self::AgentHasNone => "Set the team lead's or the auditor's.",
            Self::NotForRole { .. } => "Ask somebody whose role it is, or act in another role.",
            Self::OthersCall { .. } => "Ask the team lead.",
        }
    }
}
