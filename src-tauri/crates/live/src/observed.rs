//! What the cue engine is told, as it is kept, and back.

use cueline_calls::{Observed, ObservedWhat, ObservedWords};
use cueline_cues::{CardAction, Observation, Progress};
use cueline_events::Lane;

/// An observation as it is kept, when the engine's clock stood at `clock`; nothing for those that change nothing when a
/// call is told again: the clock's own, and partials of the agent's, of which cues wait for the final.
pub(crate) fn kept(observation: &Observation, clock: f64) -> Option<Observed> {
    let (at, what) = match observation {
        Observation::Clock { .. }
        | Observation::Utterance {
            lane: Lane::Agent, progress: Progress::Speaking | Progress::Paused, ..
        } => return None,
        Observation::Utterance { at, lane, utterance, start, end, text, progress } => {
            let said = ObservedWords {
                lane: *lane,
                utterance: *utterance,
                start: *start,
                end: *end,
                text: text.clone(),
            };
            let what = match progress {
                Progress::Speaking => ObservedWhat::Partial { said, paused: false },
                Progress::Paused => ObservedWhat::Partial { said, paused: true },
                Progress::Final => ObservedWhat::Final { said },
            };
            (at, what)
        }
        Observation::VoiceStarted { lane, at } => (at, ObservedWhat::VoiceStarted { lane: *lane }),
        Observation::VoiceEnded { lane, at } => (at, ObservedWhat::VoiceEnded { lane: *lane }),
        Observation::MarkedSaid { at, cue } => (at, ObservedWhat::MarkedSaid { cue: cue.clone() }),
        Observation::Muted { at } => (at, ObservedWhat::Muted),
        Observation::Unmuted { at } => (at, ObservedWhat::Unmuted),
        Observation::Paused { at } => (at, ObservedWhat::Paused),
        Observation::Resumed { at } => (at, ObservedWhat::Resumed),
        Observation::Action { at, cue, action } => {
            (at, ObservedWhat::Action { cue: cue.clone(), action: name(*action).to_owned() })
        }
    };
    Some(Observed { clock, at: *at, what })
}

/// What the engine was told; nothing for the end of the call, and for an action that is not known here.
pub(crate) fn told(observed: &Observed) -> Option<Observation> {
    let at = observed.at;
    let utterance = |said: &ObservedWords, progress| Observation::Utterance {
        at,
        lane: said.lane,
        utterance: said.utterance,
        start: said.start,
        end: said.end,
        text: stand_in(said.text.as_str()).into(),
        progress,
    };
    match &observed.what {
        ObservedWhat::Partial { said, paused: false } => Some(utterance(said, Progress::Speaking)),
        ObservedWhat::Partial { said, paused: true } => Some(utterance(said, Progress::Paused)),
        ObservedWhat::Final { said } => Some(utterance(said, Progress::Final)),
        ObservedWhat::VoiceStarted { lane } => Some(Observation::VoiceStarted { lane: *lane, at }),
        ObservedWhat::VoiceEnded { lane } => Some(Observation::VoiceEnded { lane: *lane, at }),
        ObservedWhat::MarkedSaid { cue } => Some(Observation::MarkedSaid { at, cue: cue.clone() }),
        ObservedWhat::Muted => Some(Observation::Muted { at }),
        ObservedWhat::Unmuted => Some(Observation::Unmuted { at }),
        ObservedWhat::Paused => Some(Observation::Paused { at }),
        ObservedWhat::Resumed => Some(Observation::Resumed { at }),
        ObservedWhat::Action { cue, action } => {
            let action = ACTIONS.into_iter().find(|known| name(*known) == action)?;
            Some(Observation::Action { at, cue: cue.clone(), action })
        }
        ObservedWhat::Ended => None,
    }
}

const ACTIONS: [CardAction; 3] = [CardAction::Done, CardAction::NotNow, CardAction::Wrong];

fn name(action: CardAction) -> &'static str {
    match action {
        CardAction::Done => "done",
        CardAction::NotNow => "not_now",
        CardAction::Wrong => "wrong",
    }
}

/// A text with zeroes where figures were masked, so that the words of the mask are not taken for the speaker's.
pub(crate) fn stand_in(text: &str) -> String {
    [
        ("[card number]", "0000 0000 0000 0000"),
        ("[security code]", "000"),
        ("[social security number]", "000 00 0000"),
        ("[bank number]", "000000000"),
        ("[date of birth]", "January 1st, 1980"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (mask, figures)| text.replace(mask, figures))
}
