use super::{Pause, Token};

/// Contractions that are words of their own once their apostrophe is lost, what they stand for, and what follows them then.
const LOST: &[(&str, [&str; 2], &[&str])] = &[
    ("ill", ["i", "will"], VERBS),
    ("well", ["we", "will"], VERBS),
    (
        "id",
        ["i", "would"],
        &["like", "love", "rather", "prefer", "appreciate", "want", "need", "have", "say", "be", "pay"],
    ),
    ("your", ["you", "are"], DOING),
];

/// What people say that others are doing.
const DOING: &[&str] = &[
    "asking",
    "calling",
    "coming",
    "doing",
    "getting",
    "giving",
    "going",
    "having",
    "listening",
    "looking",
    "making",
    "not",
    "refusing",
    "saying",
    "sending",
    "speaking",
    "talking",
    "telling",
    "trying",
    "working",
];

/// What people say they will do.
const VERBS: &[&str] = &[
    "ask",
    "be",
    "bring",
    "call",
    "check",
    "come",
    "do",
    "drop",
    "get",
    "give",
    "go",
    "have",
    "keep",
    "let",
    "look",
    "mail",
    "make",
    "need",
    "note",
    "pass",
    "pay",
    "post",
    "put",
    "ring",
    "see",
    "send",
    "set",
    "sort",
    "speak",
    "start",
    "stop",
    "sue",
    "take",
    "talk",
    "tell",
    "transfer",
    "transferring",
    "try",
    "write",
];

/// Gives contractions back that lost their apostrophe: `ill pay friday`, but not `my wife is ill`.
pub(super) fn restore(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek().map(|next| next.form.as_str()).unwrap_or_default();
        let compared = out.last().is_some_and(|before| before.form == "as");
        let lost =
            LOST.iter().find(|(form, _, then)| *form == token.form && then.contains(&next) && !compared);
        match lost {
            Some((_, [subject, verb], _)) if token.pause == Pause::None => {
                out.push(Token { capital: false, ..Token::new((*subject).to_owned(), token.from, token.to) });
                out.push(Token {
                    pause: token.pause,
                    ..Token::new((*verb).to_owned(), token.from, token.to)
                });
            }
            _ => out.push(token),
        }
    }
    out
}
