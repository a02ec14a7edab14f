use super::confirming::confirmed;
use super::list::summary;
use crate::arguments::Delete;
use crate::exit::Ended;
use crate::printing::line;
use cueline_calls::{NewDeletion, Store};

pub(super) fn run(store: &Store, options: &Delete) -> anyhow::Result<Ended> {
    let call = store.show(&options.call)?.call;
    if !options.yes && !confirmed(&summary(&call))? {
        line("Nothing was deleted.")?;
        return Ok(Ended::Differs);
    }
    let id = store.delete(&call.id, &deletion(&options.reason))?;
    line(&format!("{id}  deleted"))?;
    Ok(Ended::Done)
}

/// A deletion by whoever is at this computer.
pub(super) fn deletion(reason: &str) -> NewDeletion {
    NewDeletion {
        by: std::env::var("USER").unwrap_or_default(),
        reason: reason.into(),
        machine: cueline_live::machine(),
    }
}
