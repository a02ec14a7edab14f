use crate::arguments::{RoleName, RolePassphrase};
use crate::exit::Ended;
use crate::printing::{complain, line};
use crate::role_choice::{new_passphrase, role};
use cueline_calls::Acting;

pub(super) fn run(acting: &Acting, what: RolePassphrase) -> anyhow::Result<Ended> {
    match what {
        RolePassphrase::Set { of, new_passphrase_file } => {
            set(acting, of, &new_passphrase(new_passphrase_file.as_deref())?)
        }
        RolePassphrase::Remove => {
            acting.remove_passphrases()?;
            line("Roles need no passphrase any more: whoever opens the session logs may act in any.")?;
            Ok(Ended::Done)
        }
    }
}

fn set(acting: &Acting, of: RoleName, new: &cueline_calls::Passphrase) -> anyhow::Result<Ended> {
    let role = role(of);
    let code = acting.set_passphrase(role, new)?;
    line(&format!("The {}'s passphrase is set.", role.title()))?;
    if let Some(code) = code {
        complain(
            "This recovery code opens the team lead's role once the passphrase is forgotten. It is not shown again: \
             write it down and keep it away from this computer. Without both nobody can act as team lead here any more; \
             agents still read their own calls.",
        );
        line(code.as_str())?;
    }
    Ok(Ended::Done)
}
