use super::choice::chosen;
use super::dates::date;
use crate::arguments::Gather;
use crate::exit::Ended;
use crate::printing::{json, line};
use cueline_calls::{Acting, PracticeTask};

pub(super) fn run(acting: &Acting, options: Gather) -> anyhow::Result<Ended> {
    let tasks = acting.practice_tasks(&chosen(options.choice)?)?;
    if options.json {
        json(&tasks)?;
    } else {
        tasks.iter().try_for_each(|task| line(&told(task)))?;
    }
    Ok(Ended::Done)
}

fn told(task: &PracticeTask) -> String {
    let (call, agent, given, author) = (&task.call, &task.agent, date(task.at), &task.author);
    let done = if task.done { "done" } else { "open" };
    format!("{call}  {given}  {done}  {agent}: {}, from {author}", task.text.as_str())
}
