/// Words that end in `-ise` in every English.
const ISE: &[&str] = &[
    "promise",
    "otherwise",
    "surprise",
    "exercise",
    "advise",
    "likewise",
    "premise",
    "expertise",
    "enterprise",
    "franchise",
    "merchandise",
    "supervise",
    "compromise",
    "disguise",
    "revise",
    "televise",
    "improvise",
    "advertise",
    "precise",
    "concise",
    "clockwise",
];

/// Brings British and American spellings to one form. The result only serves comparison.
pub(crate) fn spelling(word: &str) -> String {
    for (british, one) in
        [("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize"), ("iser", "izer")]
    {
        if let Some(head) = word.strip_suffix(british)
            && head.len() >= 4
            && !ISE.contains(&format!("{head}ise").as_str())
        {
            return format!("{head}{one}");
        }
    }
    match word {
        "judgement" => "judgment".into(),
        "cheque" => "check".into(),
        "cheques" => "checks".into(),
        "favour" => "favor".into(),
        "behaviour" => "behavior".into(),
        "solicitors" => "solicitor".into(),
        // What sounds the same and is the rarer of the two in calls.
        "brake" => "break".into(),
        "brakes" => "breaks".into(),
        "male" => "mail".into(),
        "males" => "mails".into(),
        "maled" => "mailed".into(),
        "reck" => "wreck".into(),
        "sight" => "site".into(),
        "trusty" => "trustee".into(),
        "mum" | "mam" | "mom" => "mother".into(),
        "dad" => "father".into(),
        "cancelled" => "canceled".into(),
        "cancelling" => "canceling".into(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn one_spelling() {
        for (word, one) in [
            ("authorised", "authorized"),
            ("apologise", "apologize"),
            ("recognise", "recognize"),
            ("promise", "promise"),
            ("raised", "raised"),
            ("advise", "advise"),
        ] {
            assert_eq!(spelling(word), one);
        }
    }
}
