//! Opening the session logs: with the system's key store, or with a passphrase from the environment or a prompt.

use crate::printing::{clock, complain};
use anyhow::{Context, bail};
use cueline_calls::{KeyState, KeyStore, Passphrase, Store, SystemKeyStore, Unlock, key_state};
use std::io::IsTerminal;
use std::path::Path;

const VARIABLE: &str = "CUELINE_PASSPHRASE";

pub(crate) fn open_store(data: &Path) -> anyhow::Result<Store> {
    let unlock = match std::env::var(VARIABLE) {
        Ok(passphrase) => Unlock::Passphrase(Passphrase::from(passphrase)),
        Err(_) => match key_state(data)? {
            KeyState::System => Unlock::system(),
            KeyState::Passphrase => {
                Unlock::Passphrase(Passphrase::from(ask("Passphrase of the session logs: ")?))
            }
            KeyState::New if SystemKeyStore.works().is_ok() => Unlock::system(),
            KeyState::New => Unlock::Passphrase(Passphrase::from(ask_twice()?)),
        },
    };
    let (store, repaired) = Store::open(data, &unlock)?;
    for repair in repaired {
        complain(&format!(
            "The log of call {} was repaired: its process stopped before the call ended. It is whole up to {}.",
            repair.call,
            clock(repair.lost_after)
        ));
        if let Some(fault) = repair.fault {
            complain(&format!("  {} {}", fault.message, fault.what_to_do));
        }
    }
    Ok(store)
}

fn ask_twice() -> anyhow::Result<String> {
    complain(
        "This system has no key store, so the session logs are locked with a passphrase of your own. \
         Nobody can open them without it.",
    );
    let first = ask("New passphrase: ")?;
    if ask("Once more: ")? != first {
        bail!("the two passphrases differ; nothing was written");
    }
    Ok(first)
}

fn ask(prompt: &str) -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        bail!("the session logs need a passphrase and there is no terminal to ask at; set {VARIABLE}");
    }
    rpassword::prompt_password(prompt).context("the passphrase could not be read")
}
