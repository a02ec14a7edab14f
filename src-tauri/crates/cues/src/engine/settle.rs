use super::Engine;
use super::cards::{Moment, Rank};
use crate::playbook::{Cue, CueId, CueKind, Playbook, Severity};
use cueline_events::{CueEvent, CueEventKind, Evidence, Lane, Measure, Withheld};
use std::sync::Arc;

/// A cue that fired, before it is decided whether it is shown.
#[derive(Debug, Clone)]
pub(super) struct Raised {
    pub cue: CueId,
    pub at: f64,
    pub lane: Option<Lane>,
    pub evidence: Option<Evidence>,
    pub measure: Option<Measure>,
}

/// A coaching cue that waits for the agent to pause.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub raised: Raised,
    pub until: f64,
}

/// Of cues that one score raises at once only the hottest fires: who is angry is not also a little annoyed.
fn hottest_only(playbook: &Playbook, raised: &mut Vec<Raised>) {
    let heat = |raised: &Raised| {
        let cue = &playbook.cues[raised.cue];
        (cue.score, cue.threshold)
    };
    let hot: Vec<(usize, f64)> =
        raised.iter().filter(|r| !playbook.cues[r.cue].signals.is_empty()).map(heat).collect();
    raised.retain(|r| {
        let (score, threshold) = heat(r);
        playbook.cues[r.cue].signals.is_empty() || !hot.iter().any(|(s, t)| *s == score && *t > threshold)
    });
}

/// With a life at risk these do not even fire.
pub(super) fn silent_in_safety(kind: CueKind) -> bool {
    matches!(kind, CueKind::Disclosure | CueKind::Listening | CueKind::Deescalation)
}

/// A hardship the customer has just told: coaching keeps quiet for a moment.
pub(super) fn is_hard_disclosure(cue: &Cue) -> bool {
    cue.kind == CueKind::Clue && cue.severity <= Severity::High
}

impl Engine {
    /// Records an event that needs no card.
    pub(super) fn push(
        &mut self,
        id: CueId,
        event: CueEventKind,
        at: f64,
        lane: Option<Lane>,
        evidence: Option<Evidence>,
    ) {
        self.events.push(CueEvent {
            cue: self.playbook.cues[id].id.clone(),
            event,
            at,
            emitted_at: self.now,
            lane,
            evidence,
            shown: None,
            withheld: None,
            measure: None,
            by_agent: false,
        });
    }

    /// The agent did what a cue asked for.
    pub(super) fn satisfy(&mut self, id: CueId, at: f64, lane: Option<Lane>, evidence: Option<Evidence>) {
        self.release(|held| held.raised.cue == id);
        self.cards.take_down(id);
        self.handling[id].close();
        self.push(id, CueEventKind::Satisfied, at, lane, evidence.clone());
        let playbook = Arc::clone(&self.playbook);
        for other in self.active.clone() {
            if playbook.cues[other].handled_after.contains(&id) && self.handling[other].is_open() {
                self.satisfy(other, at, lane, evidence.clone());
            }
        }
    }

    /// Decides about everything raised since the last time, the most important first, and puts the events in order.
    pub(super) fn settle(&mut self) {
        let playbook = Arc::clone(&self.playbook);
        let mut raised = std::mem::take(&mut self.raised);
        hottest_only(&playbook, &mut raised);
        raised
            .sort_by_key(|raised| (Rank::of(&playbook.cues[raised.cue]), playbook.cues[raised.cue].severity));
        for raised in raised {
            let cue = &playbook.cues[raised.cue];
            let over =
                self.events.iter().any(|event| event.event == CueEventKind::Satisfied && event.cue == cue.id);
            let withheld = if over {
                Some(Withheld::Stale)
            } else {
                self.cards.withheld(&playbook, raised.cue, &self.moment(&raised))
            };
            match withheld {
                _ if !cue.card => self.emit(raised, false, None),
                Some(Withheld::AgentSpeaking) if playbook.budget.hold_s > 0.0 => {
                    self.held.push(Held { raised, until: self.now + playbook.budget.hold_s });
                }
                Some(reason) => self.emit(raised, false, Some(reason)),
                None => {
                    self.cards.show(&playbook, raised.cue, self.now);
                    self.emit(raised, true, None);
                }
            }
        }
        self.events.sort_by(|a, b| a.emitted_at.total_cmp(&b.emitted_at).then(a.at.total_cmp(&b.at)));
    }

    pub(super) fn moment(&self, raised: &Raised) -> Moment {
        let about_disclosure = self.playbook.cues[raised.cue].after.is_some();
        Moment {
            now: self.now,
            at: raised.at,
            call_start: self.voices.first().unwrap_or(0.0),
            agent_since: self.voices.speaking_since(Lane::Agent),
            stopped: self.orders.any(),
            safety: self.orders.safety(),
            level: self.level,
            disclosed: self.disclosed.filter(|_| !about_disclosure),
        }
    }

    pub(super) fn emit(&mut self, raised: Raised, shown: bool, withheld: Option<Withheld>) {
        self.events.push(CueEvent {
            cue: self.playbook.cues[raised.cue].id.clone(),
            event: CueEventKind::Fires,
            at: raised.at,
            emitted_at: self.now,
            lane: raised.lane,
            evidence: raised.evidence,
            shown: Some(shown),
            withheld,
            measure: raised.measure,
            by_agent: false,
        });
    }

    /// Held cues that are chosen will not be shown any more.
    pub(super) fn release(&mut self, chosen: impl Fn(&Held) -> bool) {
        let (released, waiting) = std::mem::take(&mut self.held).into_iter().partition(chosen);
        self.held = waiting;
        let released: Vec<Held> = released;
        for held in released {
            self.emit(held.raised, false, Some(Withheld::AgentSpeaking));
        }
    }

    /// No held cue will be shown any more.
    pub(super) fn release_held(&mut self) {
        self.release(|_| true);
    }
}
