use super::*;
use proptest::prelude::*;

fn mask(text: &str) -> String {
    Redactor::default().utterance(Lane::Customer, 1, 1.0, &text.into()).text.as_str().to_owned()
}

#[test]
fn what_must_not_be_stored_is_masked() {
    for (text, masked) in [
        ("It's 4111 1111 1111 1111, okay?", "It's [card number], okay?"),
        ("It's 4111-1111-1111-1111.", "It's [card number]."),
        ("4111111111111111", "[card number]"),
        ("four one one one, one one one one, one one one one, one one one one", "[card number]"),
        ("forty-one eleven, eleven eleven, um, double one double one, eleven eleven", "[card number]"),
        ("it is 4111 one one one one eleven eleven 1111 thanks", "it is [card number] thanks"),
        ("3782 822463 10005", "[card number]"),
        // One figure misheard: the check fails, the number goes all the same.
        ("4111 1111 1111 1117", "[card number]"),
        // Read on into the expiry date and the code.
        ("4111 1111 1111 1111 04 28 123", "[card number]"),
        ("the card number is 4111 1111", "the card number is [card number]"),
        ("The security code is 123.", "The security code is [security code]."),
        ("CVV: one two three", "CVV: [security code]"),
        ("it's 987, the three digits on the back", "it's [security code], the three digits on the back"),
        ("the code I texted you was 482913", "the code I texted you was [security code]"),
        ("my social is 123 45 6789", "my social is [social security number]"),
        (
            "my social is one two three, four five, six seven eight nine",
            "my social is [social security number]",
        ),
        ("123-45-6789", "[social security number]"),
        ("last four of my social, 6789", "last four of my social, [social security number]"),
        ("The routing number is 021000021.", "The routing number is [bank number]."),
        (
            "routing is oh two one, triple zero, oh two one, and the account number is 4455 0912 38",
            "routing is [bank number], and the account number is [bank number]",
        ),
        ("sort code 40-47-84", "sort code [bank number]"),
    ] {
        assert_eq!(mask(text), masked, "{text}");
    }
}

#[test]
fn amounts_dates_and_telephone_numbers_stay() {
    for text in [
        "I can do one hundred and fifty dollars on the third.",
        "The balance is $1,840.50 as of 12/05/2024.",
        "nine hundred fifteen, and a hundred today, one fifty on the third",
        "call me at 555 123 4567 or 555-987-6543",
        "call me at 555 123 4567, 555 987 6543",
        "five five five, oh one four two",
        "+44 20 7946 0958 1234",
        "my number is 07700 900123",
        "The last four of the card ending 0034?",
        "the debit card ending seven seven one oh",
        "Nine, eleven, sixty-one, and three oh three one one.",
        "it was 2018, 2019, 2020, 2021",
        "I only get social security, 1200 a month",
        "one million two hundred thousand five hundred and twelve pounds",
        "account ending 2231, born March 4th 1980",
        "What's the social security number for?",
        "Three digits of your account is fine.",
        "Two hundred dollars from the checking account on the 15th, then 1250 in June.",
        "Is the bank account still the one ending 2231?",
        "About the bank account, call me back at 555 123 4567.",
        "I pay 40 dollars, 50 dollars, 60 dollars, 70 dollars, 80 dollars and 90 dollars",
    ] {
        assert_eq!(mask(text), text);
    }
}

#[test]
fn figures_read_out_in_pieces_are_masked_while_they_are_asked_for() {
    let mut redactor = Redactor::default();
    let mut say = |n: u32, at: f64, text: &str| {
        redactor.utterance(Lane::Customer, n, at, &text.into()).text.as_str().to_owned()
    };
    assert_eq!(say(1, 10.0, "Go ahead with the long number."), "Go ahead with the long number.");
    assert_eq!(say(2, 14.0, "Okay it's 4111"), "Okay it's [card number]");
    assert_eq!(say(3, 17.0, "one one one one"), "[card number]");
    assert_eq!(say(4, 20.0, "I can pay 1500 on the fifth"), "I can pay 1500 on the fifth");
    assert_eq!(say(5, 25.0, "And the three digits on the back?"), "And the three digits on the back?");
    assert_eq!(say(6, 28.0, "nine eight seven"), "[security code]");
    assert_eq!(say(7, 300.0, "And how much was it?"), "And how much was it?");
    assert_eq!(say(8, 303.0, "4111"), "4111");
    assert_eq!(say(9, 400.0, "4111"), "[card number]", "nobody asked for any other number");
}

#[test]
fn a_bank_number_that_was_asked_for_is_masked_in_its_answer_and_what_follows_stays() {
    let mut redactor = Redactor::default();
    let mut say = |lane, n: u32, at: f64, text: &str| {
        redactor.utterance(lane, n, at, &text.into()).text.as_str().to_owned()
    };
    let question = "And what is the routing number at the bottom of the check?";
    assert_eq!(say(Lane::Agent, 1, 10.0, question), question);
    assert_eq!(say(Lane::Customer, 2, 14.0, "Okay, it's 021 000 021."), "Okay, it's [bank number].");
    assert_eq!(say(Lane::Agent, 3, 18.0, "So one fifty on the third."), "So one fifty on the third.");
    assert_eq!(say(Lane::Customer, 4, 22.0, "1250 then."), "1250 then.");
    assert_eq!(say(Lane::Customer, 5, 300.0, "021 000"), "021 000");
}

#[test]
fn a_quote_is_masked_like_the_utterance_it_comes_from() {
    let mut redactor = Redactor::default();
    let evidence =
        |utterance, quote: &str| Evidence { utterance, start: 400.0, end: 401.0, quote: quote.into() };
    redactor.utterance(Lane::Customer, 7, 20.0, &"my social is 123 45 6789 and my name is Ann".into());
    assert_eq!(redactor.quote(&evidence(7, "45 6789 and")).quote.as_str(), "[social security number] and");
    assert_eq!(redactor.quote(&evidence(8, "45 6789 and")).quote.as_str(), "45 6789 and");
    assert_eq!(redactor.quote(&evidence(9, "4111 1111 1111 1111")).quote.as_str(), "[card number]");
}

proptest! {
    #[test]
    fn a_text_without_figures_or_number_words_never_changes(text in "[^0-9]{0,80}") {
        prop_assume!(!words(&text).iter().any(Word::is_number));
        prop_assert_eq!(mask(&text), text);
    }

    #[test]
    fn every_card_number_goes_however_it_is_said(
        figures in "[1-9][0-9]{11,17}",
        ways in proptest::collection::vec(0u8..4, 19),
    ) {
        let sum = (0..10).find(|d| luhn(&format!("{figures}{d}"))).unwrap();
        let card = format!("{figures}{sum}");
        let names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let mut said = String::new();
        for (figure, way) in card.bytes().zip(ways) {
            match way {
                0 => said.push_str(names[usize::from(figure - b'0')]),
                _ => said.push(char::from(figure)),
            }
            said.push_str(["  ", " ", ", ", "-"][usize::from(way)]);
        }
        prop_assert_eq!(mask(&format!("so it is {said} thanks")).replace([' ', ',', '-'], ""), "soitis[cardnumber]thanks");
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,120}") {
        mask(&text);
    }

    #[test]
    fn masking_what_was_masked_changes_nothing(
        call in proptest::collection::vec((any::<bool>(), proptest::collection::vec(0..SAID.len(), 1..9), 0.5_f64..20.0), 1..14),
    ) {
        let (mut once, mut at) = (Masking::new(false), 0.0);
        let (mut said, mut decided, mut quotes) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (agent, words, seconds)) in (0_u32..).zip(call) {
            let lane = if agent { Lane::Agent } else { Lane::Customer };
            at += seconds;
            let text = words.iter().map(|word| SAID[*word]).collect::<Vec<_>>().join(" ");
            decided.extend(once.hear(lane, number, (at - 0.4, at), &text.as_str().into(), number).finals);
            let quote = Evidence { utterance: number, start: at - 0.4, end: at, quote: text.as_str().into() };
            quotes.push(once.redactor().quote(&quote));
            said.push((lane, at, text));
        }
        decided.extend(once.end());
        decided.sort_by_key(|(number, _)| *number);
        let mut again = Masking::new(false);
        let mut same = Vec::new();
        for (((lane, at, text), (number, stored)), quote) in said.iter().zip(&decided).zip(&quotes) {
            let heard = again.hear(*lane, *number, (at - 0.4, *at), &stored.text, *number);
            prop_assert_eq!(heard.silenced, vec![], "{}", text);
            same.extend(heard.finals);
            prop_assert_eq!(&again.redactor().quote(quote), quote);
            let partial = once.redactor().partial(*number, *at, &text.as_str().into(), stored.count > 0);
            prop_assert_eq!(again.redactor().partial(*number, *at, &partial, false), partial);
        }
        same.extend(again.end());
        same.sort_by_key(|(number, _)| *number);
        for ((_, first), (_, second)) in decided.iter().zip(&same) {
            prop_assert_eq!((&second.text, second.count), (&first.text, 0));
        }
        let masked: Vec<String> = said.into_iter().map(|(_, _, text)| text).collect();
        let note = written(&masked.join("\n").as_str().into()).text;
        prop_assert_eq!(written(&note), Masked { text: note.clone(), count: 0, shares: vec![], piece: Piece::None, as_first_piece: None });
    }
}

/// What a call in which numbers are read out is made of.
const SAID: [&str; 35] = [
    "born",
    "March 4th 1980",
    "9, 11, 61",
    "the third of June",
    "1980",
    "card number",
    "security code",
    "cvv",
    "my social",
    "routing number",
    "account number",
    "last four",
    "ending in",
    "4111",
    "4111 1111 1111 1111",
    "737",
    "60614",
    "123 45 6789",
    "021000021",
    "5",
    "one",
    "forty",
    "to",
    "oh",
    "um",
    "wait no sorry I",
    "okay",
    "May",
    "555 123 4567",
    "40 dollars",
    "[card number]",
    "and then",
    "I lost my job",
    "378222463",
    "hundred",
];
