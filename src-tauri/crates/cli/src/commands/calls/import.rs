use crate::arguments::Import;
use crate::exit::{Ended, in_words};
use crate::printing::{complain, json, line};
use cueline_calls::{Acting, Store, StoreError, TakenIn, exports_in};
use cueline_events::Notice;
use cueline_live::{cue_events, digest, playbook_of};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What became of one file.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'a str>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<Notice>,
}

pub(super) fn run(store: &Store, acting: &Acting, options: &Import) -> anyhow::Result<Ended> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in &options.files {
        files.extend(exports_in(path)?);
    }
    let bar = ProgressBar::new(files.len() as u64);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos} of {len}")?);
    let (mut new, mut known, mut refused) = (0_u32, 0_u32, 0_u32);
    for file in &files {
        let taken = match acting.take_in(file) {
            Err(error) if !error.is_of_one_file() => return Err(error.into()),
            taken => taken,
        };
        match &taken {
            Ok(TakenIn { new: true, call }) => {
                new += 1;
                digested(store, call)?;
            }
            Ok(_) => known += 1,
            Err(_) => refused += 1,
        }
        bar.suspend(|| tell(file, &taken, options.json))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    if !options.json {
        line(&format!("{new} imported, {known} already here, {refused} refused"))?;
    }
    Ok(if refused == 0 { Ended::Done } else { Ended::Differs })
}

fn tell(file: &Path, taken: &Result<TakenIn, StoreError>, as_json: bool) -> anyhow::Result<()> {
    let (call, state, notice) = match taken {
        Ok(TakenIn { call, new: true }) => (Some(call.as_str()), "imported", None),
        Ok(TakenIn { call, new: false }) => (Some(call.as_str()), "already_here", None),
        Err(error) => (None, "refused", Some(error.notice())),
    };
    match (as_json, call, notice) {
        (true, call, notice) => json(&Told { file, call, state, notice }),
        (false, Some(call), _) => line(&format!("{call}  {}", state.replace('_', " "))),
        (false, None, notice) => {
            notice.iter().for_each(|notice| complain(&in_words(notice)));
            Ok(())
        }
    }
}

/// Works out what lists show of a call, as when one ends.
fn digested(store: &Store, call: &str) -> Result<(), StoreError> {
    let record = store.show(call)?;
    store.keep_digest(call, &digest(&playbook_of(&record), &cue_events(&record)))
}
