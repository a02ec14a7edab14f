//! Exit codes: 0 done, 1 failed or differs, 2 wrong usage.

use crate::printing;
use cueline_calls::StoreError;
use cueline_events::Notice;
use cueline_live::LiveError;
use std::process::ExitCode;

/// How a command ended when it did not fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Done,
    /// It ran, and found a difference or a fault.
    Differs,
}

/// What was said on the command line can't be meant.
#[derive(Debug)]
pub(crate) struct WrongUsage(pub(crate) String);

impl std::fmt::Display for WrongUsage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}

pub(crate) fn code(done: anyhow::Result<Ended>) -> ExitCode {
    match done {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Differs) => ExitCode::from(1),
        Err(error) if error.is::<printing::ReaderGone>() => ExitCode::SUCCESS,
        Err(error) => {
            printing::complain(&format!("cueline: {}", told(&error)));
            ExitCode::from(if error.is::<WrongUsage>() { 2 } else { 1 })
        }
    }
}

/// What happened and what to do. The rooms' errors that reach a window as a notice are told as one here, too.
fn told(error: &anyhow::Error) -> String {
    let notice = match (error.downcast_ref::<LiveError>(), error.downcast_ref::<StoreError>()) {
        (Some(error), _) => error.notice(),
        (_, Some(error)) => error.notice(),
        _ => return format!("{error:#}"),
    };
    in_words(&notice)
}

/// A notice as one sentence.
pub(crate) fn in_words(notice: &Notice) -> String {
    format!("{}; {}", notice.message.trim_end_matches('.'), notice.what_to_do)
}
