//! Card numbers, codes and social security numbers as people say them, and what is said beside them and must stay.
//!
//! The six numbers are published test numbers, each as it is read out in a recording and as a model may write it.

use super::variants::{AFTER_OTHERS, ALONE, IN_PIECES, OTHERS, PIECES_THAT_STAY, STAYS, UNASKED};
use super::*;

const CARDS: [(&str, &str); 6] = [
    ("4111111111111111", "four one one one one one one one one one one one one one one one"),
    (
        "4012888888881881",
        "four zero one two eight eight eight eight eight eight eight eight one eight eight one",
    ),
    ("5555555555554444", "five five five five five five five five five five five five four four four four"),
    ("5105105105105100", "five one zero five one zero five one zero five one zero five one zero zero"),
    ("378282246310005", "three seven eight two eight two two four six three one zero zero zero five"),
    ("6011111111111117", "six zero one one one one one one one one one one one one one seven"),
];

#[test]
fn every_card_is_masked_as_it_is_read_out() {
    for (figures, spoken) in CARDS {
        let groups: Vec<&str> = spoken.split(' ').collect();
        let fours = groups.chunks(4).map(|four| four.join(" ")).collect::<Vec<_>>().join(", ");
        let written = figures.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>();
        for text in [figures.to_owned(), spoken.to_owned(), fours, written.join(" "), written.join("-")] {
            check(&(&[text.as_str()], &[]));
            check(&(&["the card number is", text.as_str(), "and I pay 40 dollars"], &["40 dollars"]));
        }
        // Cut anywhere by the other side.
        for cut in 1..groups.len() {
            let (first, second) = (groups[..cut].join(" "), groups[cut..].join(" "));
            check(&(&["Go ahead with the card number.", first.as_str(), "mm-hm", second.as_str()], &[]));
        }
    }
}

#[test]
fn what_is_said_of_cards_in_one_breath_is_masked() {
    ALONE.iter().for_each(check);
}

#[test]
fn what_is_read_out_in_pieces_is_masked() {
    IN_PIECES.iter().for_each(check);
}

#[test]
fn codes_and_social_security_numbers_are_masked() {
    OTHERS.iter().for_each(check);
}

#[test]
fn amounts_dates_and_call_back_numbers_stay() {
    for text in STAYS {
        let masked = Redactor::default().utterance(Lane::Customer, 1, 1.0, &(*text).into());
        assert_eq!(masked.text.as_str(), *text);
    }
}

#[test]
fn a_number_that_nobody_asked_for_is_masked_from_its_first_piece_on() {
    for said in UNASKED.iter().chain(AFTER_OTHERS) {
        let stored = stored(said, 3.0);
        for (text, stored) in said.iter().zip(&stored) {
            let asked = text.ends_with('?') || text.contains("card");
            assert!(asked || figures_in(stored).is_empty(), "{said:?}: {stored:?}");
        }
    }
}

#[test]
fn other_numbers_in_pieces_stay() {
    for said in PIECES_THAT_STAY {
        assert_eq!(stored(said, 3.0), *said);
    }
}

#[test]
fn a_few_words_in_the_middle_of_a_number_may_be_misheard_figures() {
    let mut redactor = Redactor::default();
    let mut say = |lane, at: f64, text: &str| redactor.utterance(lane, at as u32, at, &text.into());
    say(Lane::Agent, 2.0, "go ahead with the card number");
    assert_eq!(say(Lane::Customer, 6.0, "5105").count, 1);
    for (lane, at, text, doubted) in [
        (Lane::Customer, 9.0, "One, you, I, one.", Some("[card number], you, I, [card number].")),
        (Lane::Customer, 12.0, "Villoo, tie, tie, Villoo", Some("Villoo, tie, tie, Villoo")),
        (Lane::Agent, 13.0, "go on please", None),
        (Lane::Customer, 15.0, "well hang on I have to find my glasses first", None),
        (Lane::Customer, 40.0, "thank you", None),
    ] {
        let masked = say(lane, at, text);
        assert_eq!(masked.shares.contains(&Share::WHOLE), doubted.is_some(), "{text}: {masked:?}");
        assert_eq!(masked.text.as_str(), doubted.unwrap_or(text));
    }
}

#[test]
fn there_are_at_least_sixty_ways() {
    assert!(ALONE.len() + IN_PIECES.len() + OTHERS.len() >= 60);
}

/// Says it, four seconds apart, and looks for figures.
fn check((said, stays): &(&[&str], &[&str])) {
    let text = stored(said, 4.0).join(" / ");
    let mut rest = text.clone();
    for stay in *stays {
        assert!(rest.contains(stay), "`{stay}` is gone from {said:?}: {text}");
        rest = rest.replacen(stay, "", 1);
    }
    // What asks for the figures may speak of how many there are.
    let asks = ["three digits", "sixteen digits", "last four"]
        .iter()
        .fold(rest, |rest, asked| rest.replace(asked, ""));
    let left = figures_in(&asks);
    assert!(left.is_empty(), "{left:?} of {said:?} is left: {text}");
}

/// What is stored of a call in which this is said, so many seconds apart; what asks for something is the agent's.
fn stored(said: &[&str], apart: f64) -> Vec<String> {
    let spoken: Vec<Spoken> = said.iter().map(|one| (*one).into()).collect();
    let said = spoken.iter().zip(said).enumerate().map(|(n, (text, one))| {
        let lane = if one.contains("your") || *one == "okay" { Lane::Agent } else { Lane::Customer };
        let end = 10.0 + apart * n as f64;
        (lane, n as u32, end - 1.0, end, text)
    });
    let (texts, _) = Masking::new(false).hear_all(said);
    texts.into_iter().map(|text| text.text.as_str().to_owned()).collect()
}

fn figures_in(text: &str) -> Vec<String> {
    words(text).into_iter().filter(Word::is_number).map(|word| word.text).collect()
}
