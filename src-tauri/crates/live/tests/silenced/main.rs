//! Figures that must not be stored, through the pipeline of a call: the sample call's voices with words of our own.
//!
//! Each test runs the call twice, once with harmless words and once with figures, so that the first recording says sample by
//! sample what the second must be outside of what was silenced.

#![expect(clippy::unwrap_used, reason = "what a test builds on works, or the test fails")]

mod kept;
mod variants;

use cueline_calls::Silenced;
use cueline_events::{CallEvent, Lane};
use cueline_live::{Leave, OwnedDecoder, Pace, improve};
use kept::{
    Kept, Scripted, Words, assert_only_silenced, beginning, is_silent, keep, read, said, sample_call,
    scripted,
};
use std::sync::LazyLock;

/// The call with nothing in it that is to be silenced. Made once.
static UNTOUCHED: LazyLock<Kept> = LazyLock::new(|| keep(&sample_call(), Pace::Max, scripted(&[])));

use Lane::{Agent, Customer};

/// A card read out in pieces, interrupted and put right, said again by the agent; beside it what must stay.
const CARD: Words<'static> = &[
    (Agent, 0, "go ahead with the card number please"),
    (Customer, 0, "four one one one"),
    (Agent, 1, "okay"),
    (Customer, 1, "one one one one no sorry one one two one"),
    (Agent, 2, "so that is one one two one right"),
    (Customer, 2, "1111 1111 and call me back at 555 123 4567"),
    (Agent, 3, "I take 150 dollars on May third"),
    (Customer, 3, "the security code is 737"),
];

#[test]
fn what_is_masked_in_the_text_is_silent_in_both_lanes_and_nothing_else_is() {
    let untouched = &*UNTOUCHED;
    assert_eq!(untouched.silenced, []);
    assert!(!is_silent(untouched, 0.0, untouched.state.seconds));
    let kept = keep(&sample_call(), Pace::Max, scripted(CARD));
    assert_only_silenced(&kept, untouched);
    let mut masked = 0;
    for (lane, start, end, text) in &kept.finals {
        if text.starts_with('[') && text.ends_with(']') {
            assert!(is_silent(&kept, *start, *end), "{lane}, {start} to {end}: {text}");
            masked += 1;
        }
        if !text.contains('[') {
            let margin = Silenced::MARGIN;
            let neighbour = |one: &&Silenced| one.start < end - margin && one.end > start + margin;
            assert!(!kept.silenced.iter().any(|one| neighbour(&one)), "{lane}, {start} to {end}: {text}");
        }
    }
    assert!(masked >= 2, "{:?}", kept.finals);
    // The number of the end of a longer utterance is silent, its beginning is heard, and the other way round.
    let (_, start, end, _) = said(&kept, "call me back at 555 123 4567");
    assert!(is_silent(&kept, *start, start + 0.3 * (end - start)));
    assert!(!is_silent(&kept, end - 0.5, *end));
    let (_, start, end, _) = said(&kept, "the security code is [");
    assert!(!is_silent(&kept, *start, start + 0.2 * (end - start)));
    assert!(is_silent(&kept, end - 0.5, *end));
    said(&kept, "150 dollars on May third");
}

#[test]
fn a_transcript_that_is_far_behind_holds_the_recording_back_and_loses_nothing() {
    let slow = Scripted { work: 6.0, ..scripted(CARD) };
    let kept = keep(&sample_call(), Pace::Max, slow);
    assert!(!kept.silenced.is_empty());
    assert_only_silenced(&kept, &UNTOUCHED);
}

#[test]
fn what_could_not_be_decoded_is_silent_as_nobody_knows_what_it_was() {
    let kept = keep(&sample_call(), Pace::Max, Scripted { fails: Some((Customer, 1)), ..scripted(&[]) });
    assert_eq!(kept.silenced.len(), 1);
    assert_only_silenced(&kept, &UNTOUCHED);
}

#[test]
fn figures_that_only_the_better_model_hears_are_silenced_in_the_stored_recording() {
    let live = keep(&sample_call(), Pace::Max, scripted(&[(Agent, 0, "go ahead with the card number")]));
    assert_eq!(live.silenced, []);
    let load = || Ok(Box::new(scripted(CARD)) as OwnedDecoder);
    assert!(improve(&live.store, &live.id, &load, &mut |_| Leave::GoOn).unwrap());
    let improved = live.store.show_improved(&live.id).unwrap();
    let masked = improved.events.iter().filter(
        |event| matches!(event, CallEvent::Final { text, .. } if text.as_str().contains("[card number]")),
    );
    assert!(masked.count() >= 3);
    let Kept { dir, store, id, .. } = live;
    let after = read(dir, store, id);
    assert!(!after.silenced.is_empty());
    assert_only_silenced(&after, &UNTOUCHED);
}

/// A number where an amount was spoken of: its first piece stays in the text, as it was written when nobody knew what it would
/// become.
const UNASKED: Words<'static> = &[
    (Agent, 0, "so how much can you pay"),
    (Customer, 0, "3, 7, 8, 2"),
    (Agent, 1, "okay"),
    (Customer, 1, "822463"),
];

#[test]
fn a_number_s_first_pieces_are_masked_and_silent_too_though_nobody_knew_yet_what_they_would_become() {
    let kept = keep(&sample_call(), Pace::Max, scripted(UNASKED));
    assert_only_silenced(&kept, &UNTOUCHED);
    let masked: Vec<_> = kept.finals.iter().filter(|(_, _, _, text)| text == "[card number]").collect();
    assert_eq!(masked.len(), 2, "{:?}", kept.finals);
    assert!(masked.iter().all(|(_, start, end, _)| is_silent(&kept, *start, *end)));
}

#[test]
fn a_call_with_threads_is_silenced_as_a_replay_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = beginning(&dir, 12);
    let words: Words<'_> = &[(Agent, 0, "my card number"), (Customer, 0, "4111 1111 1111 1111")];
    let untouched = keep(&file, Pace::Max, scripted(&[]));
    let replayed = keep(&file, Pace::Max, scripted(words));
    assert!(!replayed.silenced.is_empty());
    assert_only_silenced(&replayed, &untouched);
    let live = keep(&file, Pace::Realtime, scripted(words));
    assert!(!live.silenced.is_empty());
    assert_only_silenced(&live, &untouched);
    let (_, start, end, _) = said(&live, "[card number]");
    assert!(is_silent(&live, *start, *end));
}
