use crate::arguments::Common;
use anyhow::Context;
use cueline_cues::Playbook;
use cueline_events::CallContext;
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

/// Reads a playbook file.
pub(crate) fn load(file: &Path) -> anyhow::Result<Playbook> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("playbook `{name}` can't be read"))?;
    Ok(Playbook::parse(&text, &name)?)
}
