use super::*;
use cueline_events::CueEventKind;
use std::sync::Mutex;

/// A call loop without a log, and what it has told.
fn call_loop() -> (CallLoop, Arc<Mutex<Vec<CallEvent>>>) {
    let told: Arc<Mutex<Vec<CallEvent>>> = Arc::default();
    let telling = Arc::clone(&told);
    let playbook = Playbook::built_in("collections-us").unwrap();
    let on_event = Box::new(move |event: &CallEvent| telling.lock().unwrap().push(event.clone()));
    (
        CallLoop::begin(
            playbook,
            CallContext::default(),
            None,
            None,
            on_event,
            CallEvent::Lag { seconds: 0.0 },
        ),
        told,
    )
}

fn reminders(told: &Mutex<Vec<CallEvent>>) -> usize {
    let still =
        |event: &&CallEvent| matches!(event, CallEvent::Notice(notice) if notice.code == "still_paused");
    told.lock().unwrap().iter().filter(still).count()
}

#[test]
fn a_pause_is_told_and_reminded_of_once_a_minute_later() {
    let (mut call_loop, told) = call_loop();
    for pause in 0..2 {
        let begin = f64::from(pause) * 500.0 + 10.0;
        call_loop.act(Act::Pause { at: begin }, begin);
        for second in 1..200 {
            call_loop.clock(begin + f64::from(second), 0.0);
            assert_eq!(reminders(&told), usize::from(second >= 60) + pause as usize);
        }
        call_loop.act(Act::Resume { at: begin + 200.0 }, begin + 200.0);
    }
    call_loop.act(Act::Pause { at: 1000.0 }, 1000.0);
    call_loop.act(Act::Resume { at: 1030.0 }, 1030.0);
    call_loop.clock(1200.0, 0.0);
    assert_eq!(reminders(&told), 2, "a short pause needs no reminder");
    let told = told.lock().unwrap();
    let pauses: Vec<f64> = told
        .iter()
        .filter_map(|event| if let CallEvent::Paused { at } = event { Some(*at) } else { None })
        .collect();
    assert_eq!(pauses, [10.0, 510.0, 1000.0]);
}

#[test]
fn the_agent_s_own_word_and_the_end_of_the_recording_are_told() {
    let (mut call_loop, told) = call_loop();
    call_loop.clock(1.0, 0.0);
    call_loop.act(Act::MarkSaid { cue: "disc.recording_notice".into() }, 2.0);
    call_loop.act(Act::EndRecording { at: 3.0 }, 3.0);
    let told = told.lock().unwrap();
    let marked = |event: &CallEvent| matches!(event, CallEvent::Cue(cue) if cue.by_agent && cue.event == CueEventKind::Satisfied && cue.at == 2.0);
    assert!(told.iter().any(marked));
    assert!(told.contains(&CallEvent::RecordingEnded { at: 3.0 }));
}
