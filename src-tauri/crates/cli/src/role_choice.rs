//! In which role somebody works with the session logs, and with which passphrase.

use crate::arguments::{RoleChoice, RoleName};
use crate::exit::WrongUsage;
use crate::printing::complain;
use anyhow::{Context, bail};
use cueline_calls::{Acting, Actor, Passphrase, Role, Store};
use std::io::IsTerminal;
use std::path::Path;

const VARIABLE: &str = "CUELINE_ROLE_PASSPHRASE";

/// Takes up the role that was asked for; without passphrases the team lead's, unless another is named.
pub(crate) fn act(store: &Store, choice: &RoleChoice) -> anyhow::Result<Acting> {
    let guarded = store.guard()?.guarded;
    let named = choice.role.map(role);
    if guarded && named.is_none_or(|role| role == Role::Agent) {
        let usage = "roles have passphrases in these session logs: say --role team-lead or --role auditor; \
                     agents read their own calls in the window";
        return Err(WrongUsage(usage.into()).into());
    }
    let actor = Actor {
        name: std::env::var("USER").unwrap_or_default(),
        role: named.unwrap_or(Role::TeamLead),
        machine: cueline_live::machine(),
    };
    let passphrase = if guarded { Some(passphrase(choice, actor.role)?) } else { None };
    Ok(store.act(actor, passphrase.as_ref())?)
}

pub(crate) fn role(name: RoleName) -> Role {
    match name {
        RoleName::Agent => Role::Agent,
        RoleName::TeamLead => Role::TeamLead,
        RoleName::Auditor => Role::Auditor,
    }
}

/// A new passphrase: from a file, or typed twice.
pub(crate) fn new_passphrase(file: Option<&Path>) -> anyhow::Result<Passphrase> {
    if let Some(file) = file {
        return first_line(file);
    }
    let first = ask("New passphrase: ", "--new-passphrase-file")?;
    if ask("Once more: ", "--new-passphrase-file")? != first {
        bail!("the two passphrases differ; nothing was set");
    }
    Ok(Passphrase::from(first))
}

fn passphrase(choice: &RoleChoice, role: Role) -> anyhow::Result<Passphrase> {
    match (&choice.role_passphrase_file, std::env::var(VARIABLE)) {
        (Some(file), _) => first_line(file),
        (None, Ok(given)) => Ok(Passphrase::from(given)),
        (None, Err(_)) => {
            let prompt = format!("Passphrase of the {}: ", role.title());
            Ok(Passphrase::from(ask(&prompt, &format!("{VARIABLE} or --role-passphrase-file"))?))
        }
    }
}

/// The first line of a file, which may be a descriptor that the shell opened (`/dev/fd/3`).
fn first_line(file: &Path) -> anyhow::Result<Passphrase> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the passphrase can't be read from {}", file.display()))?;
    Ok(Passphrase::from(text.lines().next().unwrap_or_default().to_owned()))
}

fn ask(prompt: &str, otherwise: &str) -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        complain(prompt.trim_end());
        bail!("a passphrase is needed and there is no terminal to ask at; give it with {otherwise}");
    }
    rpassword::prompt_password(prompt).context("the passphrase could not be read")
}
