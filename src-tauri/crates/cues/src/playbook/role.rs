use super::{CueKind, Playbook};

/// What a cue means for the call that it fires in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueRole {
    /// What it is about.
    pub kind: CueKind,
    /// It forbids to ask for payment.
    pub stop_order: bool,
    /// The customer commits himself to a sum or a day.
    pub commits: bool,
    /// The customer disputes what he is asked for.
    pub disputes: bool,
    /// Somebody else than the customer is on the line.
    pub third_party: bool,
}

impl Playbook {
    /// What a cue means for a call; nothing when there is no such cue here.
    pub fn role(&self, cue: &str) -> Option<CueRole> {
        let cue = &self.cues[self.cue(cue)?];
        Some(CueRole {
            kind: cue.kind,
            stop_order: cue.stop_order,
            commits: cue.commits,
            disputes: cue.disputes,
            third_party: cue.third_party || cue.wrong_number,
        })
    }
}
