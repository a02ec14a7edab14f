//! A call told line by line, for tests.

use cueline_cues::{CardAction, Engine, Observation, Playbook, Progress};
use cueline_events::{Board, CallContext, Communication, CueEvent, CueEventKind, Lane};
use std::sync::Arc;

/// Seconds that one word takes.
const WORD: f64 = 0.4;

/// A call in which one side speaks after the other.
pub(crate) struct Conversation {
    engine: Engine,
    now: f64,
    utterance: u32,
    /// Everything that happened.
    pub(crate) events: Vec<CueEvent>,
}

#[allow(dead_code, reason = "each test file uses its own part")]
impl Conversation {
    /// A call of this context, with the built-in playbook.
    pub(crate) fn new(context: CallContext) -> Self {
        let playbook: Arc<Playbook> = Playbook::for_context(&context);
        Self { engine: Engine::new(playbook, context), now: 0.5, utterance: 0, events: Vec::new() }
    }

    /// A third-party collector's first call.
    pub(crate) fn initial() -> Self {
        Self::new(CallContext { creditor: "Harbor Lane".into(), ..CallContext::default() })
    }

    /// A later one.
    pub(crate) fn subsequent() -> Self {
        Self::new(CallContext { communication: Communication::Subsequent, ..CallContext::default() })
    }

    /// A call in which name, recording and verification are done.
    pub(crate) fn verified(mut self) -> Self {
        self.agent(
            "Hi, my name is Priya, you're on a recorded line. Could I take your date of birth and your zip?",
        );
        self.customer("March second, eighty-one, and seven eight seven four one.");
        assert_eq!(self.last("disc.right_party"), Some(CueEventKind::Satisfied));
        self
    }

    /// The agent says this; returns what came of it.
    pub(crate) fn agent(&mut self, text: &str) -> Vec<CueEvent> {
        self.say(Lane::Agent, text)
    }

    /// The customer says this.
    pub(crate) fn customer(&mut self, text: &str) -> Vec<CueEvent> {
        self.say(Lane::Customer, text)
    }

    /// One utterance with its voice at an ordinary pace, final shortly after its end.
    pub(crate) fn say(&mut self, lane: Lane, text: &str) -> Vec<CueEvent> {
        self.say_within(lane, text, WORD * text.split_whitespace().count() as f64)
    }

    /// The same at the pace that so many seconds give.
    pub(crate) fn say_within(&mut self, lane: Lane, text: &str, seconds: f64) -> Vec<CueEvent> {
        let start = self.now + 0.3;
        let end = start + seconds;
        self.utterance += 1;
        let mut came = self.observe(&Observation::VoiceStarted { lane, at: start });
        came.extend(self.observe(&Observation::VoiceEnded { lane, at: end }));
        let utterance = self.utterance;
        let said = Observation::Utterance {
            at: end + 0.1,
            lane,
            utterance,
            start,
            end,
            text: text.into(),
            progress: Progress::Final,
        };
        came.extend(self.observe(&said));
        came
    }

    /// What the customer has said so far of the utterance that comes next.
    pub(crate) fn partial(&mut self, text: &str) -> Vec<CueEvent> {
        let (start, at) = (self.now, self.now + 0.4);
        let (lane, utterance) = (Lane::Customer, self.utterance + 1);
        self.observe(&Observation::Utterance {
            at,
            lane,
            utterance,
            start,
            end: at,
            text: text.into(),
            progress: Progress::Speaking,
        })
    }

    /// The agent begins to speak, or stops.
    pub(crate) fn agent_voice(&mut self, on: bool) -> Vec<CueEvent> {
        let (lane, at) = (Lane::Agent, self.now + 0.1);
        self.observe(&if on {
            Observation::VoiceStarted { lane, at }
        } else {
            Observation::VoiceEnded { lane, at }
        })
    }

    /// The agent switches the microphone off, or on again.
    pub(crate) fn mute(&mut self, off: bool) -> Vec<CueEvent> {
        let at = self.now;
        self.observe(&if off { Observation::Muted { at } } else { Observation::Unmuted { at } })
    }

    /// Time passes.
    pub(crate) fn wait(&mut self, seconds: f64) -> Vec<CueEvent> {
        let at = self.now + seconds;
        self.observe(&Observation::Clock { at })
    }

    /// The agent acts on a card.
    pub(crate) fn act(&mut self, cue: &str, action: CardAction) -> Vec<CueEvent> {
        let at = self.now;
        self.observe(&Observation::Action { at, cue: cue.into(), action })
    }

    /// The agent says that a disclosure was said.
    pub(crate) fn mark_said(&mut self, cue: &str) -> Vec<CueEvent> {
        let at = self.now;
        self.observe(&Observation::MarkedSaid { at, cue: cue.into() })
    }

    /// The agent pauses the call and goes on so many seconds later; what came of it.
    pub(crate) fn pause(&mut self, seconds: f64) -> Vec<CueEvent> {
        let at = self.now;
        let mut came = self.observe(&Observation::Paused { at });
        came.extend(self.wait(seconds));
        came.extend(self.observe(&Observation::Resumed { at: at + seconds }));
        came
    }

    /// The call ends.
    pub(crate) fn end(&mut self) -> Vec<CueEvent> {
        let came = self.engine.finish(self.now + 1.0);
        self.events.extend(came.clone());
        came
    }

    /// The call as it stands.
    pub(crate) fn board(&mut self) -> Option<Board> {
        self.engine.board()
    }

    /// What happened to a cue last.
    pub(crate) fn last(&self, cue: &str) -> Option<CueEventKind> {
        self.events.iter().rev().find(|event| event.cue == cue).map(|event| event.event)
    }

    /// How often something happened to a cue.
    pub(crate) fn count(&self, cue: &str, kind: CueEventKind) -> usize {
        self.events.iter().filter(|event| event.cue == cue && event.event == kind).count()
    }

    fn observe(&mut self, observation: &Observation) -> Vec<CueEvent> {
        let (Observation::Utterance { at, .. }
        | Observation::VoiceStarted { at, .. }
        | Observation::VoiceEnded { at, .. }
        | Observation::Clock { at }
        | Observation::MarkedSaid { at, .. }
        | Observation::Muted { at }
        | Observation::Unmuted { at }
        | Observation::Paused { at }
        | Observation::Resumed { at }
        | Observation::Action { at, .. }) = observation;
        self.now = self.now.max(*at);
        let came = self.engine.observe(observation);
        self.events.extend(came.clone());
        came
    }
}

/// Whether these events say that something happened to a cue.
#[allow(dead_code, reason = "each test file uses its own part")]
pub(crate) fn has(events: &[CueEvent], cue: &str, kind: CueEventKind) -> bool {
    events.iter().any(|event| event.cue == cue && event.event == kind)
}
