use crate::playbook::{Cue, CueId};

/// The stop-orders in force: an attorney, a bankruptcy, a request to stop, a risk to life.
///
/// Once given they hold to the end of the call; a partial that was wrong takes its own back.
#[derive(Debug, Default)]
pub(super) struct Orders {
    given: Vec<(CueId, bool)>,
}

impl Orders {
    /// The cue fired: if it is a stop-order, it holds from now on.
    pub(super) fn give(&mut self, id: CueId, cue: &Cue) {
        if (cue.stop_order || cue.safety) && !self.holds(id) {
            self.given.push((id, cue.safety));
        }
    }

    /// The cue's words were taken back.
    pub(super) fn take_back(&mut self, id: CueId) {
        self.given.retain(|(given, _)| *given != id);
    }

    /// Whether this cue's order holds.
    pub(super) fn holds(&self, id: CueId) -> bool {
        self.given.iter().any(|(given, _)| *given == id)
    }

    /// Whether any order silences payment.
    pub(super) fn any(&self) -> bool {
        !self.given.is_empty()
    }

    /// Whether only safety matters now.
    pub(super) fn safety(&self) -> bool {
        self.given.iter().any(|(_, safety)| *safety)
    }
}
