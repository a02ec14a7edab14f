use crate::failure::Failure;
use cueline_calls::{ReviewMark, Role};

/// Whether somebody may say this of a call. The window offers nothing else; this is for what comes past it.
///
/// # Errors
/// When that is another role's to say.
pub(crate) fn may_say(role: Role, mark: &ReviewMark) -> Result<(), Failure> {
    let may = match (role, mark) {
        (Role::TeamLead, _) | (_, ReviewMark::Note { .. }) => true,
        (Role::Agent, mark) => matches!(mark, ReviewMark::Dispute { .. } | ReviewMark::TaskDone { .. }),
        (Role::Auditor, mark) => {
            matches!(mark, ReviewMark::Reviewed { .. } | ReviewMark::Verdict { .. } | ReviewMark::Hold { .. })
        }
    };
    if may { Ok(()) } else { Err(refused()) }
}

/// Whether somebody may delete calls.
///
/// # Errors
/// When they may not.
pub(crate) fn may_delete(role: Role) -> Result<(), Failure> {
    if role == Role::TeamLead { Ok(()) } else { Err(refused()) }
}

fn refused() -> Failure {
    Failure::new(
        "role",
        "That is not for the role in which you work.",
        "Ask somebody whose role it is, or choose your role in the settings.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_disputes_and_a_lead_scores() {
        let score = ReviewMark::Score { item: "Recap".into(), points: Some(3.0), reason: "heard it".into() };
        let dispute = ReviewMark::Dispute { item: None, comment: "I said it".into() };
        let note = ReviewMark::Note { at: None, text: "calm".into(), tags: Vec::new() };
        let hold = ReviewMark::Hold { on: true, reason: "suit".into() };
        for (role, score_too, dispute_too, hold_too) in [
            (Role::Agent, false, true, false),
            (Role::TeamLead, true, true, true),
            (Role::Auditor, false, false, true),
        ] {
            let may = [&score, &dispute, &hold, &note].map(|mark| may_say(role, mark).is_ok());
            assert_eq!(may, [score_too, dispute_too, hold_too, true], "{role:?}");
            assert_eq!(may_delete(role).is_ok(), role == Role::TeamLead);
        }
    }
}
