//! Card numbers, codes and social security numbers as people say them, and what is said beside them and must stay: one list for
//! the text, which is masked here, and for the sound, which is silenced in a call (`live/tests/silenced`).

/// What was said, one utterance after the other, and the words of it that must stay; no other figure may.
pub(crate) type Case = (&'static [&'static str], &'static [&'static str]);

/// One utterance each.
pub(crate) const ALONE: &[Case] = &[
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
pub(crate) const IN_PIECES: &[Case] = &[
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
pub(crate) const OTHERS: &[Case] = &[
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
pub(crate) const STAYS: &[&str] = &[
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

/// As small models wrote the six recordings, in pieces and with nobody having spoken of anything.
pub(crate) const UNASKED: &[&[&str]] = &[
    &["4, 1, 1, 1", "One, one, one, one, one.", "one one one one one", "one one one one one"],
    &["4, 1, 1, 1", "1, 1, 1, 1.", "1, 1, 1, 1, 1.", "1, 1, 1.", "1, 1, 1."],
    &["4, 0, 1, 2", "8", "8 8 8 8", "1, 8, 8, 1"],
    &["5", "5", "5", "5", "5", "5, 5", "5", "5", "5"],
    &["5 price", "5", "5.", "5.", "5.", "5. 5.", "5.", "5.", "5.", "5.", "4. 4. 4. 4."],
    &["5105", "One, you tie one.", "0510", "5100"],
    &["3, 7, 8, 2", "822463", "1 0 0 0 5"],
    &["6 0 1 1", "One, one, one, one, one.", "One one one one one one", "1 1 1 7"],
    &["4, 1, 1, 1, 1", "1 1 1", "1 1 1 1"],
];

/// The same after words that may be followed by another number.
pub(crate) const AFTER_OTHERS: &[&[&str]] = &[
    &["So how can you pay?", "4, 1, 1, 1", "One, one, one, one, one.", "one one one one one"],
    &["How much can you manage?", "I would pay it by card.", "4, 1, 1, 1", "one one one one one"],
];

/// Read out in pieces, and no card's.
pub(crate) const PIECES_THAT_STAY: &[&[&str]] = &[
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
