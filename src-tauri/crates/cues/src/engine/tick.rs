use super::settle::Raised;
use super::{Engine, LONGEST_CALL, duties};
use crate::playbook::{Count, CueId, CueKind, Measured, Playbook};
use cueline_events::{CueEventKind, Lane, Measure};
use std::sync::Arc;

/// Seconds between two looks at the rules of time.
const GRID: f64 = 0.25;
/// A voice's end and its transcript's end may differ by this.
const TRANSCRIBED: f64 = 0.6;
/// So many seconds after the customer told something hard a silence may be longer.
const DISCLOSED: f64 = 60.0;
/// A deadline waits at most so long for the agent's words to be transcribed.
const PATIENCE: f64 = 15.0;
/// The share of talking changes slowly: it is looked at so many steps apart.
const SHARE_STEPS: u64 = 8;

impl Engine {
    /// Lets time pass up to `to`, one step of the grid after the other.
    pub(super) fn advance(&mut self, to: f64) {
        let to = to.clamp(0.0, LONGEST_CALL);
        let playbook = Arc::clone(&self.playbook);
        while self.step as f64 * GRID <= to {
            let time = self.step as f64 * GRID;
            if time >= self.now {
                self.now = time;
                self.tick(&playbook);
                self.settle();
            }
            self.step += 1;
        }
        self.now = self.now.max(to);
    }

    fn tick(&mut self, playbook: &Playbook) {
        if self.step == 0 {
            for id in self.active.clone() {
                if playbook.cues[id].duty.as_ref().is_some_and(duties::due_at_start) {
                    self.make_due(id, 0.0, false);
                }
                if playbook.cues[id].kind == CueKind::Context {
                    let raised = Raised { cue: id, at: 0.0, lane: None, evidence: None, measure: None };
                    self.raise(playbook, raised, 0);
                }
            }
        }
        if let Some(id) = self.cards.lapse(self.now) {
            self.push(id, CueEventKind::Expired, self.now, None, None);
        }
        self.tick_held();
        if !self.pauses.running() {
            self.tick_deadlines(playbook);
            self.tick_counts(playbook);
        }
    }

    fn tick_held(&mut self) {
        let now = self.now;
        if self.held.is_empty() {
            return;
        }
        if self.voices.speaking_since(Lane::Agent).is_none() {
            let waiting = std::mem::take(&mut self.held);
            self.raised.extend(waiting.into_iter().map(|held| held.raised));
        }
        self.release(|held| now >= held.until);
    }

    fn tick_deadlines(&mut self, playbook: &Playbook) {
        let Some(first) = self.voices.first().or((self.heard_until != [0.0; 2]).then_some(0.0)) else {
            return;
        };
        for id in self.active.clone() {
            let Some(duty) = &playbook.cues[id].duty else { continue };
            let Some(seconds) = duty.seconds else { continue };
            let Some(since) = self.duties[id].since() else { continue };
            let from = since.max(first);
            let deadline = from + seconds + self.pauses.within(from, self.now);
            let patient = self.now < deadline + PATIENCE && self.agent_is_untranscribed();
            if self.now >= deadline && !patient && self.duties[id].mark_overdue() {
                self.raise_overdue(playbook, id);
            }
        }
    }

    fn raise_overdue(&mut self, playbook: &Playbook, id: CueId) {
        let raised = Raised { cue: id, at: self.now, lane: None, evidence: None, measure: None };
        self.raise(playbook, raised, 0);
    }

    /// The agent is saying something, or has just said something, that no final covers yet.
    fn agent_is_untranscribed(&self) -> bool {
        let heard = self.heard_until[Lane::Agent.index()];
        self.voices.speaking_since(Lane::Agent).is_some()
            || self.voices.ended(Lane::Agent).is_some_and(|ended| ended > heard + TRANSCRIBED)
    }

    fn tick_counts(&mut self, playbook: &Playbook) {
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            let Some(count) = cue.count.as_ref().filter(|_| cue.kind == CueKind::Listening) else { continue };
            let looks = match count.measure {
                Measured::Overtalk => true,
                Measured::TalkShare => {
                    self.step.is_multiple_of(SHARE_STEPS) && !self.agent_is_untranscribed()
                }
                Measured::DeadAir => {
                    self.tick_dead_air(playbook, id, count);
                    false
                }
                Measured::Muted => {
                    self.tick_muted(playbook, id, count);
                    false
                }
                Measured::Unsaid => {
                    self.tick_unsaid(playbook, id, count);
                    false
                }
                Measured::Unrecapped => {
                    self.tick_unrecapped(playbook, id, count);
                    false
                }
                _ => false,
            };
            if looks && let Some(passed) = self.counters.passed(count, &self.voices, self.now) {
                self.raise_count(playbook, id, passed.at, passed.measure);
            }
        }
    }

    /// Nobody speaks, and nobody said why.
    fn tick_dead_air(&mut self, playbook: &Playbook, id: CueId, count: &Count) {
        let untranscribed = [Lane::Agent, Lane::Customer].into_iter().any(|lane| {
            self.voices.ended(lane).is_some_and(|ended| ended > self.heard_until[lane.index()] + TRANSCRIBED)
        });
        let Some(began) = self.voices.first().filter(|_| !untranscribed) else { return };
        let silence = self.silence();
        if !self.holding && self.mutes.since(&self.voices).is_some() {
            // That is a hold, which has a cue of its own.
            return;
        }
        let told = self.disclosed.is_some_and(|at| self.now - silence - at < DISCLOSED);
        let limit = if self.holding {
            count.announced.max(count.over)
        } else if told {
            count.after_disclosure.max(count.over)
        } else {
            count.over
        };
        if silence >= limit && self.now - began > silence {
            let measure = Measure { value: silence, threshold: limit, unit: "s".into() };
            self.raise_count(playbook, id, self.now, measure);
        }
    }

    /// The microphone was switched off, nobody speaks, and nobody was told why.
    fn tick_muted(&mut self, playbook: &Playbook, id: CueId, count: &Count) {
        let Some(since) = self.mutes.since(&self.voices).filter(|_| !self.holding) else { return };
        let seconds = self.silence().min(self.now - since);
        if seconds >= count.over && !self.agent_is_untranscribed() {
            let measure = Measure { value: seconds, threshold: count.over, unit: "s".into() };
            self.raise_count(playbook, id, self.now, measure);
        }
    }

    /// Words that the agent has not said for so long.
    fn tick_unsaid(&mut self, playbook: &Playbook, id: CueId, count: &Count) {
        let Some(first) = self.voices.first().filter(|_| !self.said[id]) else { return };
        let seconds = self.now - first;
        if seconds >= count.over && !self.agent_is_untranscribed() {
            self.said[id] = true;
            let measure = Measure { value: seconds.round(), threshold: count.over, unit: "s".into() };
            self.raise_count(playbook, id, self.now, measure);
        }
    }

    /// Much has come up since the agent summed up.
    fn tick_unrecapped(&mut self, playbook: &Playbook, id: CueId, count: &Count) {
        let (seconds, things) = self.clues.since_recap(self.now);
        if seconds >= count.over && things >= count.times && !self.agent_is_untranscribed() {
            self.clues.recap(self.now);
            let measure = Measure { value: seconds.round(), threshold: count.over, unit: "s".into() };
            self.raise_count(playbook, id, self.now, measure);
        }
    }
}
