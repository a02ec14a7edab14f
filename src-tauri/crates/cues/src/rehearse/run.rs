use super::compare::{Comparison, Difference, Outcome, compare};
use super::script::Script;
use crate::engine::{Engine, Observation, Progress};
use crate::playbook::Playbook;
use cueline_events::CueEvent;
use std::sync::Arc;

/// What a scripted call did.
#[derive(Debug, Clone, PartialEq)]
pub struct Rehearsal {
    /// Every cue event in order.
    pub events: Vec<CueEvent>,
    /// Where the call differs from what it expects.
    pub differences: Vec<Difference>,
    /// Every expectation with what became of it.
    pub outcomes: Vec<Outcome>,
}

impl Rehearsal {
    /// Expectations about cues that the playbook does not have: not compared.
    pub fn not_in_playbook(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.met.is_none()).count()
    }
}

/// Runs a scripted call through the engine.
pub fn rehearse(script: &Script, playbook: Arc<Playbook>) -> Rehearsal {
    let mut engine = Engine::new(Arc::clone(&playbook), script.context.clone());
    let mut events = Vec::new();
    for observation in script.observations() {
        events.extend(engine.observe(&observation));
    }
    events.extend(engine.finish(script.end()));
    let Comparison { outcomes, differences } =
        compare(&events, &script.turns, &script.expected, &playbook, 0.0);
    Rehearsal { events, differences, outcomes }
}

impl Script {
    /// What an engine is told in this call, in order: each turn is voiced from `t0` to `t1` and becomes a final at its
    /// `t1`.
    pub fn observations(&self) -> Vec<Observation> {
        let mut timed: Vec<(f64, u8, Observation)> = Vec::new();
        for (i, turn) in self.turns.iter().enumerate() {
            let (lane, utterance) = (turn.speaker, u32::try_from(i + 1).unwrap_or(u32::MAX));
            let text = turn.text.clone();
            timed.push((turn.t0, 2, Observation::VoiceStarted { lane, at: turn.t0 }));
            timed.push((turn.t1, 0, Observation::VoiceEnded { lane, at: turn.t1 }));
            let said = Observation::Utterance {
                at: turn.t1,
                lane,
                utterance,
                start: turn.t0,
                end: turn.t1,
                text,
                progress: Progress::Final,
            };
            timed.push((turn.t1, 1, said));
        }
        timed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        timed.into_iter().map(|(_, _, observation)| observation).collect()
    }
}
