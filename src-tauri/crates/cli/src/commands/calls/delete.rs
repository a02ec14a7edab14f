use super::confirming::confirmed;
use super::list::summary;
use crate::arguments::Delete;
use crate::exit::Ended;
use crate::printing::line;
use cueline_calls::Acting;

pub(super) fn run(acting: &Acting, options: &Delete) -> anyhow::Result<Ended> {
    let call = acting.record(&options.call)?.call;
    if !options.yes && !confirmed(&summary(&call))? {
        line("Nothing was deleted.")?;
        return Ok(Ended::Differs);
    }
    let id = acting.delete(&call.id, &options.reason.as_str().into())?;
    line(&format!("{id}  deleted"))?;
    Ok(Ended::Done)
}
