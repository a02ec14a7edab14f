//! What the agent tells the engine beside words: that something was said, and that nothing can be heard.

mod conversation;

use conversation::{Conversation, has};
use cueline_events::CueEventKind::{Due, Fires, Missed, Satisfied};
use cueline_events::OnTheLine;

const INITIAL: &str = "disc.mini_miranda_initial";
const RECORDING: &str = "disc.recording_notice";
const RIGHT_PARTY: &str = "disc.right_party";

#[test]
fn a_disclosure_marked_as_said_is_satisfied_without_evidence_and_stays_so() {
    let mut call = Conversation::initial();
    call.agent("Good morning, is this Tomas?");
    let came = call.mark_said(RECORDING);
    let marked = came.iter().find(|event| event.cue == RECORDING).unwrap();
    assert_eq!(marked.event, Satisfied);
    assert!(marked.by_agent && marked.lane.is_none() && marked.evidence.is_none());
    assert!(call.mark_said(RECORDING).is_empty(), "once is enough");
    call.wait(60.0);
    call.end();
    assert_eq!(call.count(RECORDING, Fires) + call.count(RECORDING, Missed), 0);
}

#[test]
fn its_card_leaves() {
    let mut call = Conversation::initial();
    call.agent("Good morning, is this Tomas?");
    call.customer("Yes, it is, who is calling please?");
    let overdue = call.wait(20.0);
    assert!(overdue.iter().any(|event| event.cue == RECORDING && event.shown == Some(true)));
    call.mark_said(RECORDING);
    let after = call.act(RECORDING, cueline_cues::CardAction::Done);
    assert!(after.is_empty(), "no card of it is left to act on");
}

#[test]
fn what_is_no_duty_cannot_be_marked() {
    let mut call = Conversation::initial().verified();
    call.customer("I have an attorney, you can talk to my lawyer about this.");
    for cue in ["trig.attorney", "guard.threat_arrest", "listen.speech_rate", "no.such_cue"] {
        assert!(call.mark_said(cue).is_empty(), "{cue}");
    }
    assert_eq!(call.count("trig.attorney", Satisfied), 0);
}

#[test]
fn a_verification_by_his_word_opens_what_waits_for_it_and_is_never_a_proof() {
    let mut call = Conversation::initial();
    call.agent("Good morning, is this Tomas?");
    let came = call.mark_said(RIGHT_PARTY);
    assert!(has(&came, RIGHT_PARTY, Satisfied) && has(&came, INITIAL, Due));
    assert_eq!(call.board().map(|board| board.on_the_line), Some(OnTheLine::Unsure));
}

#[test]
fn a_pause_stops_deadlines_and_is_no_silence() {
    let mut call = Conversation::initial();
    call.agent("Good morning, is this Tomas?");
    call.customer("Yes, it is, who is calling please?");
    let paused = call.pause(90.0);
    assert!(paused.iter().all(|event| event.event != Fires), "{paused:?}");
    assert!(!has(&call.wait(5.0), RECORDING, Fires));
    assert!(has(&call.wait(20.0), RECORDING, Fires), "the deadline runs on");
}
