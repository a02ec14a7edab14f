//! Triggers, guards, stop-orders and what the customer's words do early.

mod conversation;

use conversation::{Conversation, has};
use cueline_events::CueEventKind::{Expired, Fires, Retracted, Satisfied};
use cueline_events::{Lane, Withheld};

#[test]
fn a_dispute_is_open_until_the_agent_logs_it() {
    let mut call = Conversation::subsequent().verified();
    assert!(has(&call.customer("I already paid that bill, two years ago."), "trig.dispute", Fires));
    assert!(!has(&call.agent("I see, and when was that?"), "trig.dispute", Satisfied));
    assert!(has(&call.agent("I'm marking it as disputed right now."), "trig.dispute", Satisfied));
}

#[test]
fn the_same_words_fire_once_however_they_are_cut() {
    let mut call = Conversation::subsequent().verified();
    call.customer("I already paid");
    call.customer("that bill, like I said");
    call.customer("I already paid it.");
    assert_eq!(call.count("trig.dispute", Fires), 1);
    call.agent("When exactly was that, do you remember?");
    call.customer("In March, I paid it in March.");
    assert_eq!(call.count("trig.dispute", Fires), 2, "a new turn says it anew");
}

#[test]
fn evidence_lies_inside_its_utterance_and_names_the_words() {
    let mut call = Conversation::subsequent().verified();
    let said = call.customer("Well, you see, the thing is that I'm disputing it.");
    let event = said.iter().find(|event| event.cue == "trig.dispute").unwrap();
    let evidence = event.evidence.as_ref().unwrap();
    assert_eq!(event.lane, Some(Lane::Customer));
    assert!(evidence.quote.as_str().contains("disputing"));
    assert!(evidence.start < evidence.end && event.at == evidence.end && event.at <= event.emitted_at);
}

#[test]
fn negation_reaches_over_a_cut() {
    let mut call = Conversation::subsequent().verified();
    call.agent("Nobody is going to be");
    call.agent("arrested over this, I promise.");
    assert_eq!(call.count("guard.threat_arrest", Fires), 0);
}

#[test]
fn a_guard_is_for_the_agent_alone_and_can_be_repaired() {
    let mut call = Conversation::subsequent().verified();
    call.customer("So are you going to sue me then? That's a crime what you do.");
    assert_eq!(call.count("guard.threat_legal", Fires) + call.count("guard.threat_arrest", Fires), 0);
    assert!(has(
        &call.agent("We are going to sue you and they'll garnish your wages."),
        "guard.threat_legal",
        Fires
    ));
    call.customer("You can't be serious about that.");
    let said = call.agent("I misspoke, I take that back. No legal action is being taken on this account.");
    assert!(has(&said, "guard.threat_legal", Satisfied));
    assert!(!has(&said, "guard.threat_legal", Fires));
}

#[test]
fn money_talk_after_an_attorney_fires_again() {
    for (words, again) in [
        ("Okay. How much can you pay today?", true),
        ("Okay. I won't ask you to pay anything today.", false),
        ("Could I have your attorney's name?", false),
    ] {
        let mut call = Conversation::subsequent().verified();
        call.customer("I've got an attorney for all of this.");
        assert_eq!(has(&call.agent(words), "trig.attorney", Fires), again, "{words}");
    }
}

#[test]
fn a_stop_order_silences_coaching_about_payment() {
    let mut call = Conversation::subsequent().verified();
    call.customer("I'm in chapter thirteen. And I've been in the hospital since May.");
    let said = call.agent("So how much can you put down today?");
    let event = said.iter().find(|event| event.cue == "listen.ack_before_ask").unwrap();
    assert_eq!((event.shown, event.withheld), (Some(false), Some(Withheld::StopOrder)));
}

#[test]
fn with_a_life_at_risk_nothing_else_speaks() {
    let mut call = Conversation::initial().verified();
    let said = call.customer("I don't see the point. Everyone would be better off without me.");
    assert!(has(&said, "trig.suicide_risk", Fires));
    assert!(has(&said, "disc.mini_miranda_initial", Expired));
    call.agent("There's a balance of six hundred dollars, how would you like to pay today?");
    call.customer("You people are liars, this is ridiculous, I am fed up.");
    call.agent(&"and then we would have to see about that and so on ".repeat(12));
    call.end();
    let others: Vec<_> = call
        .events
        .iter()
        .filter(|event| event.event == Fires && event.at > said[0].at && event.cue != "trig.suicide_risk")
        .collect();
    assert!(others.iter().all(|event| event.shown == Some(false)), "{others:?}");
    assert!(others.iter().all(|event| !event.cue.starts_with("disc.") && !event.cue.starts_with("listen.")));
}

#[test]
fn safety_is_met_by_asking_staying_and_a_way_to_help() {
    let mut call = Conversation::subsequent().verified();
    call.customer("I've thought about killing myself.");
    for (words, met) in [
        ("I'm so glad you told me. Are you safe right now?", false),
        ("I'm not going anywhere, I'll stay on the line with you.", false),
        ("You can call or text 988 at any time.", true),
    ] {
        assert_eq!(has(&call.agent(words), "trig.suicide_risk", Satisfied), met, "{words}");
    }
}

#[test]
fn a_partial_fires_once_its_words_are_firm_and_the_final_confirms() {
    let mut call = Conversation::subsequent().verified();
    assert!(!has(&call.partial("I've got an attorney"), "trig.attorney", Fires), "at the edge");
    let firm = call.partial("I've got an attorney handling all of this");
    assert!(has(&firm, "trig.attorney", Fires));
    assert!(!has(&call.partial("I've got an attorney handling all of this for"), "trig.attorney", Fires));
    call.customer("I've got an attorney handling all of this for me.");
    assert_eq!(call.count("trig.attorney", Fires), 1);
    assert_eq!(call.count("trig.attorney", Retracted), 0);
}

#[test]
fn the_same_words_at_the_edge_twice_are_firm() {
    let mut call = Conversation::subsequent().verified();
    assert!(!has(&call.partial("you can talk to my attorney"), "trig.attorney", Fires));
    assert!(has(&call.partial("you can talk to my attorney"), "trig.attorney", Fires));
}

#[test]
fn a_final_that_contradicts_takes_the_cue_back() {
    let mut call = Conversation::subsequent().verified();
    assert!(has(&call.partial("I've got an attorney handling all of"), "trig.attorney", Fires));
    let last = call.customer("I've got a plumber handling all of the pipes.");
    assert!(has(&last, "trig.attorney", Retracted));
    let said = call.agent("Okay. How much can you pay today?");
    assert!(!has(&said, "trig.attorney", Fires), "no stop-order is left behind");
}

#[test]
fn ordinary_triggers_wait_for_their_final() {
    let mut call = Conversation::subsequent().verified();
    assert!(!has(&call.partial("I'm disputing the whole thing because it is"), "trig.dispute", Fires));
}

#[test]
fn anger_adds_up_and_is_met_by_naming_it() {
    let mut call = Conversation::subsequent().verified();
    call.customer("This is ridiculous.");
    assert_eq!(call.count("deesc.anger", Fires), 0, "one hot word is below the threshold");
    call.agent("Let me have a look at it.");
    assert!(has(
        &call.customer("You people, this is outrageous, nobody ever listens."),
        "deesc.anger",
        Fires
    ));
    assert!(has(&call.agent("You have every right to be upset."), "deesc.anger", Satisfied));
}

#[test]
fn who_repeats_himself_has_not_been_heard() {
    let mut call = Conversation::subsequent().verified();
    call.customer("My daughter is in the hospital since Sunday.");
    call.agent("Okay, so when could you pay that?");
    assert!(has(&call.customer("I just told you, she's in the hospital."), "deesc.not_heard", Fires));
    assert!(has(&call.agent("You did. Your daughter is in the hospital."), "deesc.not_heard", Satisfied));
}

#[test]
fn asking_for_money_after_a_hardship_needs_a_kind_word_first() {
    for (answer, fires) in [
        ("Okay, how much can you put down today?", true),
        ("I'm sorry to hear that. How much could you put down today?", false),
    ] {
        let mut call = Conversation::subsequent().verified();
        call.customer("They let me go in June.");
        assert_eq!(has(&call.agent(answer), "listen.ack_before_ask", Fires), fires, "{answer}");
    }
}

#[test]
fn coaching_waits_for_the_agent_to_pause_but_not_for_ever() {
    for (pauses, shown, withheld) in
        [(true, Some(true), None), (false, Some(false), Some(Withheld::AgentSpeaking))]
    {
        let mut call = Conversation::subsequent().verified();
        call.agent("This call is from a debt collector, about your auto loan with Harbor Lane, a balance of 400 dollars.");
        call.wait(30.0);
        call.agent_voice(true);
        let said = call.customer("I'm fed up, absolutely fed up.");
        assert!(!has(&said, "deesc.anger", Fires), "it is held");
        if pauses {
            call.agent_voice(false);
        }
        let later = call.wait(6.0);
        let event = later.iter().find(|event| event.cue == "deesc.anger" && event.event == Fires).unwrap();
        assert_eq!((event.shown, event.withheld), (shown, withheld), "pauses: {pauses}");
    }
}
