//! Counts of speaking and listening, each with its number and its threshold.

mod conversation;

use conversation::{Conversation, has};
use cueline_events::CueEventKind::{Fires, Satisfied};
use cueline_events::Lane;

#[test]
fn a_microphone_that_is_switched_off_without_a_word_is_a_hold() {
    for (before, fires) in [
        ("Your balance is two hundred and forty dollars today.", true),
        ("One moment please, I'm putting you on a brief hold.", false),
    ] {
        let mut call = Conversation::subsequent().verified();
        call.wait(7.0);
        call.customer("I was wondering what is left to pay on it.");
        call.agent(before);
        call.mute(true);
        assert!(!has(&call.wait(4.5), "listen.hold", Fires), "{before}");
        let came = call.wait(2.0);
        assert_eq!(has(&came, "listen.hold", Fires), fires, "{before}");
        let measured = came.iter().find(|event| event.cue == "listen.hold").and_then(|e| e.measure.clone());
        assert_eq!(
            measured.map(|measure| (measure.threshold, measure.unit)),
            fires.then(|| (5.0, "s".into()))
        );
        call.wait(4.0);
        assert_eq!(call.count("listen.dead_air", Fires), 0, "a hold is no silence: {before}");
        call.mute(false);
    }
}

#[test]
fn silence_with_an_open_microphone_is_no_hold() {
    let mut call = Conversation::subsequent().verified();
    call.wait(7.0);
    call.agent("Your balance is two hundred and forty dollars today.");
    call.mute(true);
    call.mute(false);
    call.wait(9.0);
    assert_eq!(call.count("listen.hold", Fires), 0);
    assert_eq!(call.count("listen.dead_air", Fires), 1);
}

#[test]
fn an_agent_who_is_much_faster_than_the_customer_is_told_unless_the_customer_is_angry() {
    let slow =
        "well I think it was sometime in the spring or maybe it was a little later than that I can't say";
    let fast = "so what I have in front of me here is the account as it was handed over to us and it says that there \
                is a balance which has been open since the spring and that nothing was changed about it since then";
    for (angry, fires) in [(false, true), (true, false)] {
        let mut call = Conversation::subsequent().verified();
        call.say_within(Lane::Customer, slow, 14.0);
        if angry {
            call.customer("This is ridiculous, I am so sick of you people, stop jerking me around!");
        }
        call.say_within(Lane::Agent, fast, 13.0);
        assert_eq!(call.count("listen.mirror_tone", Fires) > 0, fires, "angry: {angry}");
        call.say_within(Lane::Agent, "is that how you remember it", 5.0);
        assert_eq!(call.count("listen.mirror_tone", Satisfied) > 0, fires, "angry: {angry}");
    }
}
