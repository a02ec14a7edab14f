use super::ReviewMark;
use super::across::Across;
use cueline_events::Spoken;
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// Something that an agent was given to practise.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct PracticeTask {
    /// The id of the entry that gave it.
    pub id: String,
    /// The call that it was given on, by its id.
    pub call: String,
    /// When that call began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Whose call it is, and so who practises.
    pub agent: String,
    /// Who gave it.
    pub author: String,
    /// When it was given, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// What.
    pub text: Spoken,
    /// Whether somebody said that it is done.
    pub done: bool,
}

/// The tasks among entries on tasks, the oldest first.
pub(crate) fn practice_tasks(entries: Vec<Across>) -> Vec<PracticeTask> {
    let done_by = |one: &Across| match &one.entry.mark {
        ReviewMark::TaskDone { task } => Some((one.call, task.clone())),
        _ => None,
    };
    let done: BTreeSet<_> = entries.iter().filter_map(done_by).collect();
    let task = |one: Across| {
        let ReviewMark::Task { text } = one.entry.mark else { return None };
        let Across { call, started_at, agent, .. } = one;
        let (id, author, at) = (one.entry.id, one.entry.author, one.entry.at);
        let done = done.contains(&(call, id.clone()));
        Some(PracticeTask { id, call: call.to_string(), started_at, agent, author, at, text, done })
    };
    entries.into_iter().filter_map(task).collect()
}
