//! In which role the window works, the roles' passphrases, and who did what.

use super::aside;
use crate::failure::Failure;
use crate::role_state::RoleState;
use crate::state::AppState;
use cueline_calls::{AccessEntry, AccessFilter, Passphrase, Role};
use std::sync::Arc;
use tauri::State;

/// In which role the window works now. With `busy` somebody has just done something in it.
#[tauri::command]
pub(crate) async fn role_state(state: State<'_, Arc<AppState>>, busy: bool) -> Result<RoleState, Failure> {
    aside(state, move |state| now(state, busy)).await
}

/// Takes up a role with its passphrase, until it is left, nobody does anything for a while or the app ends.
#[tauri::command]
pub(crate) async fn take_role(
    state: State<'_, Arc<AppState>>,
    role: Role,
    passphrase: String,
) -> Result<RoleState, Failure> {
    aside(state, move |state| {
        let passphrase = Passphrase::from(passphrase);
        state.seat.take(state.logs.store()?.act(state.actor(role), Some(&passphrase))?);
        now(state, true)
    })
    .await
}

/// Goes back to the agent's role.
#[tauri::command]
pub(crate) async fn leave_role(state: State<'_, Arc<AppState>>) -> Result<RoleState, Failure> {
    aside(state, |state| {
        state.seat.leave();
        now(state, false)
    })
    .await
}

/// Sets a role's passphrase. The team lead's comes with a recovery code, which is shown this once.
#[tauri::command]
pub(crate) async fn set_role_passphrase(
    state: State<'_, Arc<AppState>>,
    role: Role,
    passphrase: String,
) -> Result<Option<String>, Failure> {
    aside(state, move |state| {
        let passphrase = Passphrase::from(passphrase);
        let code = state.acting()?.set_passphrase(role, &passphrase)?;
        Ok(code.map(|code| code.as_str().to_owned()))
    })
    .await
}

/// Takes the roles' passphrases away.
#[tauri::command]
pub(crate) async fn remove_role_passphrases(state: State<'_, Arc<AppState>>) -> Result<RoleState, Failure> {
    aside(state, |state| {
        state.acting()?.remove_passphrases()?;
        now(state, false)
    })
    .await
}

/// Rows of the access log, the newest first.
#[tauri::command]
pub(crate) async fn access_log(
    state: State<'_, Arc<AppState>>,
    filter: AccessFilter,
    limit: u32,
    offset: u32,
) -> Result<Vec<AccessEntry>, Failure> {
    aside(state, move |state| Ok(state.acting()?.access_log(&filter, limit, offset)?)).await
}

fn now(state: &AppState, busy: bool) -> Result<RoleState, Failure> {
    let guard = state.logs.store()?.guard()?;
    if !guard.guarded {
        return Ok(RoleState { role: state.settings().role(), guard, seconds_left: None });
    }
    Ok(match state.seat.taken(state.settings().role_rest(), busy) {
        Some((acting, left)) => {
            let left = u32::try_from(left.as_secs()).unwrap_or(u32::MAX);
            RoleState { role: acting.actor().role, guard, seconds_left: Some(left) }
        }
        None => RoleState { role: Role::Agent, guard, seconds_left: None },
    })
}
