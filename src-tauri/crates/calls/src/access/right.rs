use super::AccessError;
use crate::{ReviewMark, Role};

/// Something that not every role may do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Right<'a> {
    /// Say this of a call.
    Say(&'a ReviewMark),
    /// Compare what reviewers gave.
    Calibrate,
    /// Delete calls.
    Delete,
    /// Write calls to files.
    Export,
    /// Bring calls in that were exported elsewhere.
    Import,
    /// Say how long what is kept.
    Retain,
    /// Read the access log.
    ReadLog,
    /// Set this role's passphrase.
    SetPassphrase(Role),
    /// Take all passphrases away.
    RemovePassphrases,
}

/// Whether somebody may do it. The window offers nothing else (`ui/review/rights.ts` has the same table); this is for what
/// comes past it.
///
/// # Errors
/// [`AccessError::NotForRole`].
pub(super) fn check(role: Role, guarded: bool, right: Right<'_>) -> Result<(), AccessError> {
    let may = match (role, right) {
        (Role::TeamLead, _) | (_, Right::Say(ReviewMark::Note { .. })) => true,
        (Role::Agent, Right::Say(mark)) => {
            matches!(mark, ReviewMark::Dispute { .. } | ReviewMark::TaskDone { .. })
        }
        (Role::Auditor, Right::Say(mark)) => {
            matches!(mark, ReviewMark::Reviewed { .. } | ReviewMark::Verdict { .. } | ReviewMark::Hold { .. })
        }
        (Role::Auditor, Right::Export | Right::ReadLog) => true,
        (Role::Auditor, Right::SetPassphrase(of)) => of == Role::Auditor,
        (Role::Agent, Right::Export) | (_, Right::Import) => !guarded,
        _ => false,
    };
    if may { Ok(()) } else { Err(AccessError::NotForRole { role }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_own_rights() {
        let score = ReviewMark::Score { item: "Recap".into(), points: Some(3.0), reason: "heard it".into() };
        let dispute = ReviewMark::Dispute { item: None, comment: "I said it".into() };
        let note = ReviewMark::Note { at: None, text: "calm".into(), tags: Vec::new() };
        let hold = ReviewMark::Hold { on: true, reason: "suit".into() };
        for (right, agent, lead, auditor) in [
            (Right::Say(&score), false, true, false),
            (Right::Say(&dispute), true, true, false),
            (Right::Say(&note), true, true, true),
            (Right::Say(&hold), false, true, true),
            (Right::Calibrate, false, true, false),
            (Right::Delete, false, true, false),
            (Right::Export, false, true, true),
            (Right::Import, false, true, false),
            (Right::Retain, false, true, false),
            (Right::ReadLog, false, true, true),
            (Right::SetPassphrase(Role::TeamLead), false, true, false),
            (Right::SetPassphrase(Role::Auditor), false, true, true),
            (Right::RemovePassphrases, false, true, false),
        ] {
            let may =
                [Role::Agent, Role::TeamLead, Role::Auditor].map(|role| check(role, true, right).is_ok());
            assert_eq!(may, [agent, lead, auditor], "{right:?}");
        }
        for (role, right) in
            [(Role::Agent, Right::Export), (Role::Agent, Right::Import), (Role::Auditor, Right::Import)]
        {
            assert!(check(role, false, right).is_ok(), "as it was before there were passphrases");
        }
    }
}
