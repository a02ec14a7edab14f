use crate::arguments::Common;
use anyhow::Context;
use cueline_calls::CallRecord;
use cueline_cues::Playbook;
use cueline_events::CallContext;
use cueline_live::playbook_of;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The playbook that was asked for, a built-in one's id or a file, or else the built-in one for the call.
pub(crate) fn choose(common: &Common, context: &CallContext) -> anyhow::Result<Arc<Playbook>> {
    match &common.playbook {
        None => Ok(Playbook::for_context(context)),
        Some(chosen) => match Playbook::built_in(chosen) {
            Some(playbook) => Ok(playbook),
            None => Ok(Arc::new(load(Path::new(chosen))?)),
        },
    }
}

/// The playbook that was asked for, or else a stored call's own.
pub(crate) fn of_call(common: &Common, record: &CallRecord) -> anyhow::Result<Arc<Playbook>> {
    match &common.playbook {
        None => Ok(playbook_of(record)),
        Some(_) => choose(common, &record.context),
    }
}

/// The playbook that was asked for, if one was: for what is done with many calls, each of which has its own.
pub(crate) fn asked(common: &Common) -> anyhow::Result<Option<Arc<Playbook>>> {
    common.playbook.as_ref().map(|_| choose(common, &CallContext::default())).transpose()
}

/// Reads a playbook file.
pub(crate) fn load(file: &Path) -> anyhow::Result<Playbook> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("playbook `{name}` can't be read"))?;
    Ok(Playbook::parse(&text, &name)?)
}
