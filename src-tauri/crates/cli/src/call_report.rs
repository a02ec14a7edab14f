//! A call as it happens, for a person at a terminal or a program behind a pipe.

use crate::printing::{clock, json, line};
use cueline_cues::{Playbook, PlaybookView};
use cueline_events::{CallEvent, CueEvent, CueEventKind};
use std::sync::Arc;

/// Prints a call's events.
pub(crate) struct CallReport {
    json: bool,
    playbook: PlaybookView,
}

impl CallReport {
    pub(crate) fn new(json: bool, playbook: &Arc<Playbook>) -> Self {
        Self { json, playbook: playbook.view() }
    }

    /// Prints one event. Levels are for meters only. A reader that went away does not end the call.
    pub(crate) fn tell(&mut self, event: &CallEvent) {
        if matches!(event, CallEvent::Level { .. }) {
            return;
        }
        let _ = if self.json { json(event) } else { self.text(event).map_or(Ok(()), |text| line(&text)) };
    }

    fn text(&self, event: &CallEvent) -> Option<String> {
        match event {
            CallEvent::CallStarted { model, playbook, .. } => {
                Some(format!("Call with {} {} and {model}", playbook.id, playbook.version))
            }
            CallEvent::Final { lane, start, text, .. } if !text.is_empty() => {
                Some(format!("{}  {:8}  {}", clock(*start), lane.name(), text.as_str()))
            }
            CallEvent::Cue(cue) => self.cue(cue),
            CallEvent::Lag { seconds } if *seconds >= 2.0 => {
                Some(format!("       (the transcript is {seconds:.1} s behind)"))
            }
            CallEvent::Gap { lane, start, end } => {
                Some(format!("{}  (no sound from the {lane} for {:.1} s)", clock(*start), end - start))
            }
            CallEvent::Paused { at } => {
                Some(format!("{}  (paused: nothing is heard or recorded)", clock(*at)))
            }
            CallEvent::Resumed { at } => Some(format!("{}  (goes on)", clock(*at))),
            CallEvent::RecordingEnded { at } => {
                Some(format!("{}  (the recording was ended; the call goes on)", clock(*at)))
            }
            CallEvent::Notice(notice) => Some(format!("       ! {} {}", notice.message, notice.what_to_do)),
            CallEvent::CallEnded { at } => Some(format!("{}  The call has ended.", clock(*at))),
            _ => None,
        }
    }

    fn cue(&self, cue: &CueEvent) -> Option<String> {
        let known = self.playbook.cues.iter().find(|known| known.id == cue.cue)?;
        let at = clock(cue.at);
        let text = match cue.event {
            CueEventKind::Fires if cue.shown == Some(true) => {
                format!("{at}  >>> {}  ({})", known.headline, known.title)
            }
            CueEventKind::Satisfied if cue.by_agent => {
                format!("{at}  [x] {} (by the agent's own word; not heard)", known.title)
            }
            CueEventKind::Satisfied => format!("{at}  [x] {}", known.title),
            CueEventKind::Unsure => format!("{at}  [?] {}", known.title),
            CueEventKind::Missed => format!("{at}  [ ] {} was not heard", known.title),
            CueEventKind::Retracted => format!("{at}  (taken back: {})", known.title),
            _ => return None,
        };
        Some(text)
    }
}
