use super::{Pause, Token};

/// Words that small models write apart, though both halves are ordinary words.
const APART: &[(&str, &str, &str)] = &[
    ("all", "ready", "already"),
    ("any", "body", "anybody"),
    ("any", "one", "anyone"),
    ("any", "thing", "anything"),
    ("e", "mail", "email"),
    ("e", "mails", "emails"),
    ("e", "mailed", "emailed"),
    ("e", "mailing", "emailing"),
    ("every", "body", "everybody"),
    ("every", "one", "everyone"),
    ("every", "thing", "everything"),
    ("land", "lord", "landlord"),
    ("law", "suit", "lawsuit"),
    ("law", "yer", "lawyer"),
    ("mail", "box", "mailbox"),
    ("some", "body", "somebody"),
    ("some", "one", "someone"),
    ("some", "thing", "something"),
    ("thanks", "giving", "thanksgiving"),
    ("up", "set", "upset"),
    ("valid", "date", "validate"),
    ("web", "site", "website"),
    ("what", "ever", "whatever"),
];

/// Writes such words as one.
pub(super) fn join_compounds(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match out.last_mut().and_then(|before| Some((compound(before, &token)?, before))) {
            Some((whole, before)) => {
                let Token { to, pause, question, .. } = token;
                let capital = before.capital;
                *before = Token { capital, pause, question, ..Token::new(whole.into(), before.from, to) };
            }
            None => out.push(token),
        }
    }
    out
}

fn compound(first: &Token, second: &Token) -> Option<&'static str> {
    if first.pause > Pause::None {
        return None;
    }
    APART.iter().find(|(a, b, _)| *a == first.form && *b == second.form).map(|(_, _, whole)| *whole)
}
