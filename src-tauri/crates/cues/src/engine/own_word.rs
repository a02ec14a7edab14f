use super::Engine;
use cueline_events::{CueEvent, CueEventKind, Lane};

impl Engine {
    /// The agent says that a disclosure was said: it counts as satisfied, by his word and without evidence.
    ///
    /// Only a duty that is open, or still to come, can be marked. What a trigger or a guard asks for is not met by
    /// it, as nobody heard it; a new occasion makes the duty due again, as it does after words.
    pub(super) fn mark_said(&mut self, cue: &str) {
        let Some(id) = self.playbook.cue(cue).filter(|id| self.active.contains(id)) else { return };
        if self.playbook.cues[id].duty.is_none() || !self.duties[id].may_be_marked() {
            return;
        }
        self.duties[id].satisfy(self.turns.of(Lane::Agent).number);
        self.release(|held| held.raised.cue == id);
        self.cards.take_down(id);
        self.handling[id].close();
        self.events.push(CueEvent {
            cue: cue.to_owned(),
            event: CueEventKind::Satisfied,
            at: self.now,
            emitted_at: self.now,
            lane: None,
            evidence: None,
            shown: None,
            withheld: None,
            measure: None,
            by_agent: true,
        });
        if self.playbook.cues[id].closes {
            self.board.closing = true;
            self.board.news = true;
        }
        if self.playbook.cues[id].verification {
            self.verified_by_own_word();
        }
    }

    /// Nobody heard the verification, so the customer counts as one whose answers could not be read: what waits for
    /// the right person becomes due, and what he may not be told yet raises no alarm.
    fn verified_by_own_word(&mut self) {
        if self.party.take_word() {
            self.board.news = true;
            let playbook = std::sync::Arc::clone(&self.playbook);
            self.make_verified_due(&playbook, self.now);
        }
    }
}
