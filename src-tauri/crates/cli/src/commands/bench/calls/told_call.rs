//! A call with all that the engine was told in it, for the replay lab.

use cueline_calls::{CallToRetell, EndedCall, NewCall, Observed, ObservedWhat, ObservedWords};
use cueline_cues::{Playbook, Script, Turn};
use cueline_events::{CallEvent, CallSource, Lane, Spoken};
use cueline_live::retell;
use std::sync::Arc;

/// The sample call, as it is played in the window.
const SAMPLE: &str = include_str!("../../../../../../sample/sample-call.json");
/// How often it is said in one call: four minutes and more, which is a call of ordinary length.
const TIMES: usize = 4;
/// Seconds from the words to their final.
const LATENCY: f64 = 0.4;
/// Seconds of speech before the first look at its words, and between two looks.
const LOOKS: (f64, f64) = (0.7, 0.5);

/// The sample call so many times in a row, with the partials of a live call.
pub(super) struct ToldScript {
    playbook: Arc<Playbook>,
    call: EndedCall,
}

impl ToldScript {
    pub(super) fn new() -> anyhow::Result<Self> {
        let sample = Script::parse(SAMPLE, "sample-call.json")?;
        let mut turns: Vec<Turn> = Vec::new();
        for _ in 0..TIMES {
            let begin = turns.last().map_or(0.0, |last| last.t1 + 1.0);
            let later = |turn: &Turn| Turn { t0: turn.t0 + begin, t1: turn.t1 + begin, ..turn.clone() };
            turns.extend(sample.turns.iter().map(later));
        }
        let playbook = Playbook::for_context(&sample.context);
        let seconds = turns.last().map_or(0.0, |last| last.t1 + 1.0);
        let new = NewCall {
            id: None,
            source: CallSource::Script,
            model: "base-q8_0".into(),
            playbook: playbook.id(),
            context: sample.context.clone(),
            agent: "agent".into(),
            machine: "desk".into(),
            started_at: 0,
        };
        let observed = observed(&turns, seconds);
        let told = CallToRetell {
            id: String::new(),
            agent: new.agent.clone(),
            started_at: 0,
            playbook: new.playbook.clone(),
            context: sample.context,
            seconds: Some(seconds),
            cues: Vec::new(),
            observed: observed.clone(),
            transcript: Vec::new(),
            verdicts: Vec::new(),
        };
        let (_, cues) = retell(&told, Arc::clone(&playbook));
        let mut events: Vec<CallEvent> =
            turns.iter().enumerate().map(|(n, turn)| final_of(n, turn)).collect();
        events.extend(cues.into_iter().map(CallEvent::Cue));
        Ok(Self { playbook, call: EndedCall { new, events, seconds, digest: None, observed } })
    }

    pub(super) fn playbook(&self) -> Arc<Playbook> {
        Arc::clone(&self.playbook)
    }

    pub(super) fn seconds(&self) -> f64 {
        self.call.seconds
    }

    /// A call of this kind; each gets an id of its own when it is kept.
    pub(super) fn call(&self) -> &EndedCall {
        &self.call
    }
}

fn final_of(n: usize, turn: &Turn) -> CallEvent {
    CallEvent::Final {
        lane: turn.speaker,
        utterance: n as u32 + 1,
        start: turn.t0,
        end: turn.t1,
        text: turn.text.clone(),
        emitted_at: turn.t1 + LATENCY,
    }
}

/// What the engine of a live call would have been told.
fn observed(turns: &[Turn], seconds: f64) -> Vec<Observed> {
    let mut told: Vec<(f64, ObservedWhat)> = Vec::new();
    for (n, turn) in turns.iter().enumerate() {
        let Turn { speaker: lane, t0, t1, .. } = *turn;
        let said = |text: Spoken, end| ObservedWords { lane, utterance: n as u32 + 1, start: t0, end, text };
        told.push((t0, ObservedWhat::VoiceStarted { lane }));
        told.push((t1, ObservedWhat::VoiceEnded { lane }));
        let mut look = t0 + LOOKS.0;
        // Of the agent's utterances finals alone are kept.
        while lane == Lane::Customer && look < t1 {
            let words: Vec<&str> = turn.text.as_str().split(' ').collect();
            let known = (words.len() as f64 * (look - t0) / (t1 - t0)) as usize;
            let text = Spoken::from(words[..known.min(words.len())].join(" "));
            told.push((look + LATENCY, ObservedWhat::Partial { said: said(text, look), paused: false }));
            look += LOOKS.1;
        }
        told.push((t1 + LATENCY, ObservedWhat::Final { said: said(turn.text.clone(), t1) }));
    }
    told.push((seconds, ObservedWhat::Ended));
    told.sort_by(|a, b| a.0.total_cmp(&b.0));
    told.into_iter().map(|(at, what)| Observed { clock: at, at, what }).collect()
}
