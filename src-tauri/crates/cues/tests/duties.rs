//! Disclosures: when they are due, overdue, satisfied, unsure and missed.

mod conversation;

use conversation::{Conversation, has};
use cueline_cues::CardAction;
use cueline_events::CueEventKind::{Due, Expired, Fires, Missed, Satisfied, Unsure};
use cueline_events::{CallContext, Mode};

const INITIAL: &str = "disc.mini_miranda_initial";
const RECORDING: &str = "disc.recording_notice";

#[test]
fn the_opening_is_due_with_the_call_and_overdue_after_its_time() {
    let mut call = Conversation::initial();
    let opening = call.wait(0.1);
    for cue in [RECORDING, "disc.identify_caller", "disc.right_party"] {
        assert!(has(&opening, cue, Due), "{cue}");
    }
    call.agent("Good morning, is this Tomas?");
    call.customer("Yes, it is, who is calling please?");
    assert!(has(&call.wait(20.0), RECORDING, Fires));
    assert_eq!(call.count(RECORDING, Fires), 1);
    assert!(has(&call.agent("This call is recorded, sorry."), RECORDING, Satisfied));
}

#[test]
fn the_third_turn_without_the_recording_notice_is_overdue() {
    let mut call = Conversation::initial();
    call.agent("Hello, is this Tomas?");
    call.customer("Yes, that is me.");
    call.agent("Great, Tomas.");
    call.customer("What is this about?");
    assert_eq!(call.count(RECORDING, Fires), 0);
    assert!(has(&call.agent("One moment please."), RECORDING, Fires));
}

#[test]
fn what_was_never_said_is_missed_at_the_end() {
    let mut call = Conversation::initial();
    call.agent("Hello, is this Tomas?");
    let end = call.end();
    assert!(has(&end, RECORDING, Missed) && has(&end, "disc.right_party", Missed));
    assert!(!has(&end, INITIAL, Missed), "it never became due");
}

#[test]
fn both_halves_are_needed_and_may_come_in_two_turns() {
    let mut call = Conversation::initial().verified();
    assert_eq!(call.last(INITIAL), Some(Due));
    assert!(!has(&call.agent("This is an attempt to collect a debt."), INITIAL, Satisfied));
    assert!(has(&call.customer("Okay, what debt is that about?"), INITIAL, Unsure));
    let said = call.agent("Any information you give me will be used for that purpose.");
    assert!(has(&said, INITIAL, Satisfied));
}

#[test]
fn one_half_never_ticks() {
    let mut call = Conversation::initial().verified();
    call.agent("This is an attempt to collect a debt.");
    call.customer("I see, go on then.");
    call.agent("Thank you for your patience with me.");
    call.customer("Sure, no problem at all.");
    call.agent("So let us look at it together.");
    call.end();
    assert_eq!(call.count(INITIAL, Satisfied), 0);
    assert_eq!(call.count(INITIAL, Unsure), 1);
}

#[test]
fn money_before_the_disclosure_makes_it_overdue() {
    let mut call = Conversation::initial().verified();
    let said = call.agent("Thank you. So there is an outstanding balance of six hundred and twelve dollars.");
    let overdue = said.iter().find(|event| event.cue == INITIAL && event.event == Fires).unwrap();
    assert_eq!(overdue.shown, Some(true));
    assert!(overdue.evidence.is_some());
    let said =
        call.agent("Sorry, this is an attempt to collect a debt and any information will be used for that.");
    assert!(has(&said, INITIAL, Satisfied));
}

#[test]
fn the_disclosure_before_money_is_in_time() {
    let mut call = Conversation::initial().verified();
    call.agent(
        "This is an attempt to collect a debt and any information obtained will be used for that purpose. \
         There is a balance of six hundred dollars.",
    );
    assert_eq!((call.count(INITIAL, Fires), call.count(INITIAL, Satisfied)), (0, 1));
}

#[test]
fn nothing_counts_before_the_customer_is_verified() {
    let mut call = Conversation::initial();
    call.agent("My name is Theo, this call is recorded.");
    let said =
        call.agent("This is an attempt to collect a debt, any information will be used for that purpose.");
    assert!(!has(&said, INITIAL, Satisfied));
    assert!(has(&said, "guard.pre_verify_disclosure", Fires));
}

#[test]
fn a_first_party_call_owes_no_mini_miranda() {
    let mut call =
        Conversation::new(CallContext { mode: Mode::FirstParty, ..CallContext::default() }).verified();
    call.agent("It is about your loan, there are two payments outstanding, one hundred and forty pounds.");
    call.end();
    assert!(call.events.iter().all(|event| !event.cue.starts_with("disc.mini_miranda")));
}

#[test]
fn what_only_american_law_asks_for_is_owed_in_the_united_states_alone() {
    for (jurisdiction, owed) in [("UK", false), ("US-CA", true), ("US", true), ("", true)] {
        let context = CallContext {
            creditor: "Harbor Lane".into(),
            jurisdiction: jurisdiction.into(),
            ..CallContext::default()
        };
        let mut call = Conversation::new(context).verified();
        call.agent(
            "It is about your loan, there are two payments outstanding, one hundred and forty pounds.",
        );
        call.end();
        for cue in [INITIAL, "disc.validation_info"] {
            assert_eq!(call.count(cue, Missed) > 0, owed, "{cue} in {jurisdiction:?}");
        }
        assert_eq!(call.count("disc.right_party", Satisfied), 1, "verification is owed everywhere");
    }
}

#[test]
fn a_name_and_one_detail_do_not_verify() {
    for (question, answer) in [
        ("Am I speaking with Tomas?", "Speaking."),
        ("What is your date of birth?", "July ninth, nineteen eighty-four."),
        ("Is your birthday the fourth of June 1988?", "Yes it is."),
    ] {
        let mut call = Conversation::initial();
        call.agent(question);
        call.customer(answer);
        assert_eq!(call.count("disc.right_party", Satisfied), 0, "{question}");
        let said = call.agent("You owe Harbor Lane six hundred dollars.");
        assert!(has(&said, "guard.pre_verify_disclosure", Fires), "{question}");
    }
}

#[test]
fn two_details_verify_however_they_are_written_and_cut() {
    for answer in [
        &["July ninth, eighty-four, seven eight seven four one."][..],
        &["7/9/84 and 78741"],
        &["It's the 9th of July", "84", "and the zip is seven eight", "seven four one."],
        &["Sure, twelve, fourteen, seventy-two.", "Three two two one oh."],
    ] {
        let mut call = Conversation::initial();
        call.agent("For security, your date of birth and the zip code please?");
        for part in answer {
            call.customer(part);
        }
        assert_eq!(call.count("disc.right_party", Satisfied), 1, "{answer:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_unsure_and_no_alarm() {
    let mut call = Conversation::initial();
    call.agent("For security, your date of birth and the zip code please?");
    call.customer("July the nights of eighty four at seventy.");
    call.agent(
        "Perfect, thank you. This is an attempt to collect a debt, any information is used for that purpose.",
    );
    assert_eq!(call.count("disc.right_party", Satisfied), 0);
    assert_eq!(call.last("disc.right_party"), Some(Unsure));
    assert_eq!(call.count("guard.pre_verify_disclosure", Fires), 0);
    assert_eq!(call.last(INITIAL), Some(Satisfied));
}

/// A small model made "date of birth" into "data first", and only one of two questions was left.
#[test]
fn a_question_that_the_transcript_lost_shows_in_its_answer() {
    for ask in
        ["could I get your data first and your zip code?", "could I get your data birth and your zip code?"]
    {
        let mut call = Conversation::initial();
        call.agent(ask);
        call.customer("Main 1990, the 566614.");
        call.agent(
            "Thank you. This is an attempt to collect a debt and any information will be used for that.",
        );
        assert_ne!(call.last("disc.right_party"), Some(Missed), "{ask}");
        assert_eq!(call.count("guard.pre_verify_disclosure", Fires), 0, "{ask}");
        assert_eq!(call.last(INITIAL), Some(Satisfied), "{ask}");
    }
}

/// A small model may leave nothing of "date of birth and the zip".
#[test]
fn an_answer_to_nothing_at_all_is_unsure_and_other_numbers_are_no_answer() {
    for (answer, unsure, alarms) in [
        ("9-11-61-303-11", 1, 0),
        ("September 11th 1961, 30311.", 1, 0),
        ("I got a letter in May about 915 dollars.", 0, 1),
        ("I was there at 8 30.", 0, 1),
    ] {
        let mut call = Conversation::initial();
        call.agent("Can I get you day to bear than the real quick?");
        call.customer(answer);
        call.agent("Okay great, so this call is from a debt collector, it's about a loan.");
        assert_eq!(call.count("disc.right_party", Satisfied), 0, "{answer}");
        assert_eq!(call.count("disc.right_party", Unsure), unsure, "{answer}");
        assert_eq!(call.count("guard.pre_verify_disclosure", Fires), alarms, "{answer}");
    }
}

#[test]
fn a_refusal_is_no_answer() {
    let mut call = Conversation::initial();
    call.agent("Can you verify your date of birth and your zip?");
    call.customer("Why should I tell you that? You called me at 8 30.");
    call.agent("I understand, I can only go on once I know.");
    assert_eq!(call.count("disc.right_party", Satisfied) + call.count("disc.right_party", Unsure), 0);
}

#[test]
fn a_new_person_has_to_be_told_and_verified_again() {
    let mut call = Conversation::initial().verified();
    let handed = call.customer("Wait, my husband is back, I'll give him the phone.");
    assert!(has(&handed, RECORDING, Due) && has(&handed, "disc.right_party", Due));
    let said = call.agent("Hello, this call is recorded. There is a debt to talk about.");
    assert!(has(&said, RECORDING, Satisfied));
    assert!(has(&said, "guard.pre_verify_disclosure", Fires));
}

#[test]
fn a_wrong_number_ends_every_duty() {
    let mut call = Conversation::initial();
    call.agent("Hi, my name is Theo, is this Tomas?");
    let said = call.customer("There's no Tomas here, you've got the wrong number.");
    assert!(has(&said, "trig.wrong_number", Fires) && has(&said, "disc.right_party", Expired));
    call.agent("Sorry to bother you, I'll take this number off.");
    assert_eq!(call.last("trig.wrong_number"), Some(Satisfied));
    assert!(!call.end().iter().any(|event| event.event == Missed));
}

#[test]
fn goodbye_without_a_recap_of_what_was_agreed_is_overdue() {
    for (recap, fires) in [("", 1), ("So to recap, forty dollars on the fifteenth by card. ", 0)] {
        let mut call = Conversation::subsequent().verified();
        call.agent("This call is from a debt collector.");
        call.customer("I know. I can do forty dollars on the fifteenth.");
        call.agent(&format!("Thank you. {recap}Take care, have a good day."));
        assert_eq!(call.count("disc.recap", Fires), fires, "{recap}");
    }
}

#[test]
fn two_dismissals_mute_a_cue() {
    let mut call = Conversation::subsequent().verified();
    for _ in 0..3 {
        call.agent("You could be arrested for this.");
        call.act("guard.threat_arrest", CardAction::Wrong);
        call.wait(90.0);
        call.customer("What did you just say to me there?");
    }
    let shown: Vec<_> = call
        .events
        .iter()
        .filter(|e| e.cue == "guard.threat_arrest" && e.event == Fires)
        .map(|e| e.shown)
        .collect();
    assert_eq!(shown, [Some(true), Some(true), Some(false)]);
}

/// "Thank you for calling" at the beginning was once taken for a goodbye.
#[test]
fn a_goodbye_asks_for_a_courteous_close_and_a_greeting_does_not() {
    let mut call = Conversation::initial();
    let greeting = call.agent("Thank you for calling Calder Ridge, this is Renee on a recorded line.");
    assert!(!has(&greeting, "disc.closing", Due));
    call.customer("I got a letter with your name on it.");
    assert!(has(&call.agent("We wait for your letter. Talk soon."), "disc.closing", Due));
}
