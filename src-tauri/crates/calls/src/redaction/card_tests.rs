//! Card numbers, codes and social security numbers as people say them, and what is said beside them and must stay.
//!
//! The six numbers are published test numbers, each as it is read out in a recording and as a model may write it.

use super::*;

/// What was said, one utterance after the other, and the words of it that must stay; no other figure may.
type Case = (&'static [&'static str], &'static [&'static str]);

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

/// One utterance each.
const ALONE: &[Case] = &[
    (&["4111 1111 1111 1111"], &[]),
    (&["4111-1111-1111-1111, expires in June"], &["expires in June"]),
    (&["4111.1111.1111.1111"], &[]),
    (&["4,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"], &[]),
    (&["4012 8888 8888 1881 is my visa"], &["is my visa"]),
    (&["it's 40128888 88881881"], &[]),
    (&["4012888888881881 thank you"], &["thank you"]),
    (&["three seven eight two, eight two two four six three, one zero zero zero five"], &[]),
    (&["3782 822463 10005, that's the amex"], &["that's the amex"]),
    (&["thirty seven eighty two, eight two two four six three, one triple zero five"], &[]),
    (&["sixty eleven, eleven eleven, eleven eleven, eleven seventeen"], &[]),
    (&["six oh double one, double one double one, double one double one, double one one seven"], &[]),
    (&["forty twelve eighty eight eighty eight eighty eight eighty eight eighteen eighty one"], &[]),
    (&["triple five five, triple five five, triple five five, triple four four"], &[]),
    (
        &["double five double five double five double five double five double five double four double four"],
        &[],
    ),
    (&["fifty one oh five, ten fifty one, oh five one oh, five one double zero"], &[]),
    (&["four, one, one, one... one one one one... one one one one... one one one one"], &[]),
    (&["four one one one um one one one one uh one one one one er one one one one"], &[]),
    (&["four one one one dash one one one one dash one one one one dash one one one one"], &[]),
    (&["four one one one then one one one one then one one one one then one one one one"], &[]),
    (&["for one one one one one one one one one one one one one one one"], &[]),
    (&["six oh one one one one one one one to one one one one one seven"], &[]),
    (&["o. k. six zero one one, one one one one, one one one one, one one one seven, got it"], &["got it"]),
    (
        &[
            "the number is five five five five five five five five five five five five four four four four okay",
        ],
        &["okay"],
    ),
    (&["I want to pay 40 dollars with 4111 1111 1111 1111"], &["40 dollars"]),
    (&["$612.50 on the card 5105 1051 0510 5100 please"], &["$612.50"]),
    (&["take one hundred and fifty dollars from 6011 1111 1111 1117"], &["one hundred and fifty dollars"]),
    (
        &["on the third of May use four one one one one one one one one one one one one one one one"],
        &["third of May"],
    ),
    // Read wrong, and put right in the same breath.
    (&["four one one one no sorry four one one one one one one one one one one one one one one one"], &[]),
    (&["four one one two, no, one, one one one one, one one one one, one one one one"], &[]),
    (&["four one one one, wait, one one one one, one one one one, one one one one"], &[]),
    (
        &["five one zero five one zero five I mean one zero five one zero five one zero five one zero zero"],
        &[],
    ),
    (&["4012 8888 sorry 8888 8888 1881"], &[]),
    (&["4111 1111 1111 hang on 1111"], &[]),
    (&["five five five five five five five five correction five five five five four four four four"], &[]),
    (&["three seven eight two eight two let me see two four six three one zero zero zero five"], &[]),
    (
        &[
            "four one one one let me start again four one one one one one one one one one one one one one one one",
        ],
        &[],
    ),
    (&["six zero one one you ready one one one one one one one one one one one seven"], &[]),
    (&["six zero one one okay one one one one yeah one one one one and then one one one seven"], &[]),
    // One figure too few, or too many, and one misheard.
    (&["4111 1111 1111 111"], &[]),
    (&["4111 1111 1111 11111"], &[]),
    (&["four one one one one one one one one one one one one one one nine"], &[]),
];

/// Over several utterances, by both sides.
const IN_PIECES: &[Case] = &[
    (
        &[
            "Can I have the card number?",
            "four one one one",
            "one one one one",
            "one one one one",
            "one one one one",
        ],
        &[],
    ),
    (
        &[
            "What's the long number on the front?",
            "It's 5105",
            "Uh huh",
            "1051",
            "go on",
            "0510",
            "okay",
            "5100",
        ],
        &[],
    ),
    (
        &[
            "Read me the card, please.",
            "sixty eleven",
            "eleven eleven",
            "mm",
            "eleven eleven",
            "eleven seventeen",
        ],
        &[],
    ),
    (&["And the card number?", "4012 8888", "8888 1881", "and the balance is 612 dollars"], &["612 dollars"]),
    (
        &[
            "Card number?",
            "five five five five",
            "sorry, say that again?",
            "five five five five",
            "five five five five",
        ],
        &[],
    ),
    (
        &[
            "card details please",
            "three seven eight two",
            "no wait",
            "three seven eight two eight two",
            "two four six three one",
            "zero zero zero five",
        ],
        &[],
    ),
    (
        &["the sixteen digits?", "4111 1111", "I can pay 80 dollars on the 5th of June", "1111 1111"],
        &["80 dollars", "5th of June"],
    ),
    (
        &["Let me have your card number.", "It is 4111 1111 1111 1111", "and my phone is 555 123 4567"],
        &["555 123 4567"],
    ),
    (
        &[
            "I'll use my debit card.",
            "okay go ahead",
            "six zero one one",
            "one one one one",
            "one one one one",
            "one one one seven",
        ],
        &[],
    ),
    (&["I'd like to pay by credit card", "sure", "5555", "5555", "5555", "4444"], &[]),
    (&["it's a visa", "go ahead", "4012", "8888", "8888", "1881"], &[]),
    (&["what is the expiration and the security code", "oh four twenty eight", "nine eight seven"], &[]),
];

/// Codes and social security numbers.
const OTHERS: &[Case] = &[
    (&["the three digits on the back are 987"], &["the three digits on the back are"]),
    (&["CVV is nine eight seven"], &[]),
    (&["the c v v is 9 8 7"], &[]),
    (&["security code?", "uh nine eight seven"], &[]),
    (&["my pin is four five six one"], &[]),
    (&["the code we texted you?", "it's 482 913"], &[]),
    (&["my social is 123 45 6789"], &[]),
    (&["What is your social security number?", "one two three", "four five", "six seven eight nine"], &[]),
    (&["ssn one twenty three forty five sixty seven eighty nine"], &[]),
    (&["the last four of my social is 6789"], &[]),
    (&["123-45-6789"], &[]),
    (&["my social is one two three no sorry one two four four five six seven eight nine"], &[]),
];

/// Nothing of this is any of it.
const STAYS: &[&str] = &[
    "my number is 555 123 4567",
    "call me back at five five five, one two three, four five six seven",
    "you can reach me at 1 800 555 0199 after 5",
    "call back at 555 0142 or 555 0143",
    "the balance is $1,840.50 as of 12/05/2024",
    "six hundred and twelve dollars and forty cents",
    "I can do 40 dollars on the 3rd and 40 on the 17th",
    "two payments of 306 dollars, the first on May 3rd",
    "I was born March 4th 1980",
    "it's from 2019, 2020 or 2021",
    "the account ends in 0034",
    "the card ending in one one one one",
    "reference number 88213",
    "1,200 a month and 650 for rent",
    "at 10:30 on the 24th of November 2026",
    "12 Oak Street, apartment 305, Dayton, Ohio 45402",
    "three one two, no, three one three Elm Street",
    "between 8 and 9, no later than 9:30",
    "invoice 2024 0117, please",
    "eighty nine dollars and forty cents, today the third",
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

/// As a small model wrote the six recordings, in pieces and with nobody having spoken of anything: how many figures of each
/// stay, which are the first of it.
const UNASKED: &[(&[&str], usize)] = &[
    (&["4, 1, 1, 1", "One, one, one, one, one.", "one one one one one", "one one one one one"], 0),
    (&["4, 0, 1, 2", "8", "8 8 8 8", "1, 8, 8, 1"], 0),
    (&["5", "5", "5", "5", "5", "5, 5", "5", "5", "5"], 3),
    (&["5105", "One, you tie one.", "0510", "5100"], 2),
    (&["3, 7, 8, 2", "822463", "1 0 0 0 5"], 0),
    (&["6 0 1 1", "One, one, one, one, one.", "One one one one one one", "1 1 1 7"], 0),
    (&["4, 1, 1, 1, 1", "1 1 1", "1 1 1 1"], 8),
];

/// The same after words that may be followed by another number.
const AFTER_OTHERS: &[(&[&str], usize)] = &[
    (&["So how can you pay?", "4, 1, 1, 1", "One, one, one, one, one.", "one one one one one"], 4),
    (&["How much can you manage?", "I would pay it by card.", "4, 1, 1, 1", "one one one one one"], 0),
];

/// Read out in pieces, and no card's.
const PIECES_THAT_STAY: &[&[&str]] = &[
    &["206", "555", "0142"],
    &["two oh six", "five five five", "oh one four two"],
    &["1 800", "555 0199"],
    &["206 555", "0142", "206 555", "0142"],
    &["60614", "1234"],
    &["60614"],
    &["9, 11, 61", "60614"],
    &["1,200"],
    &["150.50"],
    &["10:30"],
    &["2019, 2020"],
    &["And what is your case?", "4471 2208"],
    &["What is your best number to reach you?", "5550", "1427"],
    &["07 14 1980", "and your ZIP code", "60614"],
    &["one fifty", "okay", "two hundred"],
];

#[test]
fn a_number_that_nobody_asked_for_is_masked_as_soon_as_it_can_be_nothing_else() {
    for (said, most) in UNASKED.iter().chain(AFTER_OTHERS) {
        let mut redactor = Redactor::default();
        let mut left = 0;
        for (n, one) in said.iter().enumerate() {
            let masked = redactor.utterance(Lane::Customer, n as u32, 3.0 * n as f64, &(*one).into());
            let words = words(masked.text.as_str());
            left += numbers(masked.text.as_str(), &words)
                .iter()
                .map(|number| number.figures.len())
                .sum::<usize>();
        }
        assert_eq!(left, *most, "{said:?}");
    }
}

#[test]
fn other_numbers_in_pieces_stay() {
    for said in PIECES_THAT_STAY {
        let mut redactor = Redactor::default();
        for (n, one) in said.iter().enumerate() {
            let lane = if one.contains("your") || *one == "okay" { Lane::Agent } else { Lane::Customer };
            let masked = redactor.utterance(lane, n as u32, 3.0 * n as f64, &(*one).into());
            assert_eq!((masked.text.as_str(), masked.shares.len()), (*one, 0), "{said:?}");
        }
    }
}

#[test]
fn a_few_words_in_the_middle_of_a_number_may_be_misheard_figures() {
    let mut redactor = Redactor::default();
    let mut say = |lane, at: f64, text: &str| redactor.utterance(lane, at as u32, at, &text.into());
    say(Lane::Agent, 2.0, "go ahead with the card number");
    assert_eq!(say(Lane::Customer, 6.0, "5105").count, 1);
    for (lane, at, text, doubted) in [
        (Lane::Customer, 9.0, "One, you, I, one.", true),
        (Lane::Customer, 12.0, "Villoo, tie, tie, Villoo", true),
        (Lane::Agent, 13.0, "go on please", false),
        (Lane::Customer, 15.0, "well hang on I have to find my glasses first", false),
        (Lane::Customer, 40.0, "thank you", false),
    ] {
        let masked = say(lane, at, text);
        let doubts = masked.shares == [Share::WHOLE] && masked.count == 0;
        assert_eq!(doubts, doubted, "{text}: {masked:?}");
    }
}

#[test]
fn there_are_at_least_sixty_ways() {
    assert!(ALONE.len() + IN_PIECES.len() + OTHERS.len() >= 60);
}

/// Says it, four seconds apart, and looks for figures.
fn check((said, stays): &(&[&str], &[&str])) {
    let mut redactor = Redactor::default();
    let mut text = String::new();
    for (n, one) in said.iter().enumerate() {
        let masked = redactor.utterance(Lane::Customer, n as u32, 10.0 + 4.0 * n as f64, &(*one).into());
        text.push_str(masked.text.as_str());
        text.push_str(" / ");
    }
    let mut rest = text.clone();
    for stay in *stays {
        assert!(rest.contains(stay), "`{stay}` is gone from {said:?}: {text}");
        rest = rest.replacen(stay, "", 1);
    }
    // What asks for the figures may speak of how many there are.
    let asks = ["three digits", "sixteen digits", "last four"]
        .iter()
        .fold(rest, |rest, asked| rest.replace(asked, ""));
    let left: Vec<String> = words(&asks).into_iter().filter(Word::is_number).map(|word| word.text).collect();
    assert!(left.is_empty(), "{left:?} of {said:?} is left: {text}");
}
