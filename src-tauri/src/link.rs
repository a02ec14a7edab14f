//! `cueline://call?mode=third_party&creditor=Harbor%20Lane`: how a dialler or a customer database fills in the form.

use crate::failure::Failure;
use cueline_events::CallContext;
use tauri::Url;

/// What links begin with.
pub(crate) const SCHEME: &str = "cueline:";

/// The call context of a link. Its keys are those of `--context`.
///
/// # Errors
/// Names the part that can't be used; then nothing of the link is.
pub(crate) fn context(link: &str) -> Result<CallContext, Failure> {
    let refused = |fault: String| {
        let message = format!("A link that was opened can't be used: {fault}.");
        Failure::new(
            "bad_link",
            message,
            "Fill in the form by hand, and have the program that made the link corrected.",
        )
    };
    let url = Url::parse(link).map_err(|error| refused(error.to_string()))?;
    let what = url.host_str().unwrap_or_default();
    if url.scheme() != "cueline" || what != "call" || !matches!(url.path(), "" | "/") {
        return Err(refused("it does not begin with cueline://call?".to_owned()));
    }
    let pairs: Vec<_> = url.query_pairs().collect();
    CallContext::from_keys(pairs.iter().map(|(key, value)| (&**key, &**value)))
        .map_err(|error| refused(format!("`{}`: {}", error.part, error.fault)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cueline_events::{Direction, Mode, Notice};

    #[test]
    fn a_link_fills_in_the_form() {
        let link =
            "cueline://call?mode=first_party&direction=inbound&creditor=Harbor%20Lane%2C+Inc.&amount=240.50";
        let Ok(context) = context(link) else { panic!("refused") };
        assert_eq!((context.mode, context.direction), (Mode::FirstParty, Direction::Inbound));
        assert_eq!((context.creditor.as_str(), context.amount), ("Harbor Lane, Inc.", Some(240.5)));
        for bare in ["cueline://call", "cueline://call/", "cueline://call?"] {
            assert!(super::context(bare).is_ok_and(|context| context == CallContext::default()), "{bare}");
        }
    }

    #[test]
    fn a_link_that_can_not_be_used_names_its_part() {
        for (link, part) in [
            ("cueline://call?colour=red", "colour"),
            ("cueline://call?mode=third_party&amount=lots", "amount=lots"),
            ("cueline://call?mode", "mode"),
            ("cueline://delete?mode=third_party", "cueline://call?"),
            ("cueline://call/me?mode=third_party", "cueline://call?"),
            ("cueline:call", "cueline://call?"),
            ("cueline://[", "can't be used"),
            ("https://call?mode=third_party", "cueline://call?"),
        ] {
            let Err(failure) = context(link) else { panic!("{link} was taken") };
            let notice = Notice::from(failure);
            assert_eq!(notice.code, "bad_link");
            assert!(notice.message.contains(part), "{link}: {}", notice.message);
        }
    }
}
