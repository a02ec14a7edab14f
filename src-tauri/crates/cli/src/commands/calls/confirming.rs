//! Asking before something goes for good.

use crate::exit::WrongUsage;
use crate::printing::complain;
use std::io::IsTerminal;

/// Whether the person at the terminal means it.
///
/// # Errors
/// When there is nobody to ask.
pub(super) fn confirmed(question: &str) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(WrongUsage("there is no terminal to ask at; --yes deletes without asking".into()).into());
    }
    complain(&format!("{question} Type yes to delete:"));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}
