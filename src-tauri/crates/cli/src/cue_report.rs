use crate::printing::{json, line};
use cueline_cues::{ExpectedEvent, Rehearsal, Script};
use cueline_events::CueEventKind;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// What each cue did over several calls: fired or was satisfied, and where that is not as the calls expect.
#[derive(Default)]
pub(crate) struct CueReport {
    calls: usize,
    cues: BTreeMap<String, Tally>,
}

#[derive(Default, Serialize)]
struct Tally {
    fired: usize,
    satisfied: usize,
    as_expected: usize,
    /// `call, turn` of what should have happened.
    missed: Vec<String>,
    /// `call, turn` of what must not have happened.
    misfired: Vec<String>,
}

impl CueReport {
    /// Adds a call.
    pub(crate) fn add(&mut self, script: &Script, rehearsal: &Rehearsal) {
        self.calls += 1;
        for event in &rehearsal.events {
            let tally = self.cues.entry(event.cue.clone()).or_default();
            tally.fired += usize::from(event.event == CueEventKind::Fires);
            tally.satisfied += usize::from(event.event == CueEventKind::Satisfied);
        }
        for outcome in rehearsal.outcomes.iter().filter(|outcome| outcome.met == Some(true)) {
            self.cues.entry(outcome.expected.cue.clone()).or_default().as_expected += 1;
        }
        for difference in &rehearsal.differences {
            let tally = self.cues.entry(difference.cue.clone()).or_default();
            let place = format!("{}, turn {}", script.id, difference.turn);
            match difference.expected {
                ExpectedEvent::MustNotFire => tally.misfired.push(place),
                ExpectedEvent::Fires | ExpectedEvent::Satisfied => tally.missed.push(place),
            }
        }
    }

    /// Whether any call differs from what it expects.
    pub(crate) fn differs(&self) -> bool {
        self.cues.values().any(|tally| !(tally.missed.is_empty() && tally.misfired.is_empty()))
    }

    /// Prints it, the cues with differences first.
    pub(crate) fn print(&self, as_json: bool) -> anyhow::Result<()> {
        if as_json {
            return json(&json!({ "type": "report", "calls": self.calls, "cues": self.cues }));
        }
        line(&format!("\n{} calls. Per cue: fired, satisfied, as expected, missed, misfired", self.calls))?;
        let wrong = |tally: &Tally| tally.missed.len() + tally.misfired.len();
        let mut cues: Vec<(&String, &Tally)> = self.cues.iter().collect();
        cues.sort_by_key(|(_, tally)| std::cmp::Reverse(wrong(tally)));
        for (cue, tally) in cues {
            let (missed, misfired) = (tally.missed.len(), tally.misfired.len());
            let (fired, satisfied, met) = (tally.fired, tally.satisfied, tally.as_expected);
            line(&format!("{cue:32} {fired:4} {satisfied:4} {met:4} {missed:4} {misfired:4}"))?;
            for (what, places) in [("missed", &tally.missed), ("misfired", &tally.misfired)] {
                places.iter().try_for_each(|place| line(&format!("    {what} in {place}")))?;
            }
        }
        Ok(())
    }
}
