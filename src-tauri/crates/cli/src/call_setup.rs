//! What `live`, `replay` and `bench` need before a call: context, playbook, model, store.

use crate::arguments::{CallOptions, Common};
use crate::exit::WrongUsage;
use crate::printing::complain;
use crate::{data_folder, model_choice, playbook_choice, unlocking};
use anyhow::Context;
use cueline_events::{CallContext, ContextError};
use cueline_live::{CallSetup, Source};
use std::fs;
use std::path::Path;

/// Everything for one call.
pub(crate) fn prepare(common: &Common, options: &CallOptions, source: Source) -> anyhow::Result<CallSetup> {
    let context = options.context.as_deref().map_or_else(|| Ok(CallContext::default()), read_context)?;
    let playbook = playbook_choice::choose(common, &context)?;
    let data = data_folder::data_folder(common)?;
    let (model, file) = model_choice::choose(&data, options.model.as_deref())?;
    let decoder = cueline_live::load_model(&file, &model)?;
    if let Source::Devices { .. } = source {
        // The first live call on a machine measures it, so that the next one has the model that suits it.
        let measured = model_choice::measure_once(&mut model_choice::speeds(&data), &model, &decoder);
        if let Err(error) = measured {
            complain(&format!("This machine's speed could not be measured or kept: {error:#}"));
        }
    }
    let store = if options.no_log { None } else { Some(unlocking::open_store(&data)?) };
    let agent_name = std::env::var("USER").unwrap_or_default();
    Ok(CallSetup { source, context, playbook, decoder, store, agent_name })
}

/// A context as pairs, or from a JSON file: the context itself, or a script that has one.
pub(crate) fn read_context(given: &str) -> anyhow::Result<CallContext> {
    if given.contains('=') && !Path::new(given).exists() {
        let usage = |error: ContextError| WrongUsage(error.to_string());
        return Ok(CallContext::from_pairs(given).map_err(usage)?);
    }
    let text = fs::read_to_string(given)
        .with_context(|| format!("call context `{given}` is neither k=v,… nor a file that can be read"))?;
    let fault = || format!("call context `{given}`");
    let value: serde_json::Value = serde_json::from_str(&text).with_context(fault)?;
    let context = value.get("context").cloned().unwrap_or(value);
    serde_json::from_value(context).with_context(fault)
}
