//! The replay lab: past calls told again to a playbook, so that one sees what a change of it would have done.

use super::aside;
use crate::failure::Failure;
use crate::state::AppState;
use cueline_calls::{CallFilter, CallOrder, CallToRetell};
use cueline_cues::Playbook;
use cueline_events::PlaybookId;
use cueline_live::{LabProgress, LabTotals, ToldCall, lab_threads, playbook_that_ran, tell_all};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tauri::State;
use tauri::ipc::Channel;
use ts_rs::TS;

/// Calls that are told again at once: the newest of a list.
const MOST: u32 = 1_000;

/// What the lab found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub(crate) struct LabResult {
    /// The playbook; nothing where each call was told to the one that it ran with.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    playbook: Option<PlaybookId>,
    /// Calls that were to be told; fewer were when somebody stopped it.
    asked: u32,
    /// All of them together.
    totals: LabTotals,
    /// The calls in which something would have been different, the newest first.
    differing: Vec<ToldCall>,
    /// The titles of the playbook's cues, by their ids.
    titles: BTreeMap<String, String>,
}

/// Which run of the lab is the one that counts; a later start or a stop ends the runs before it.
#[derive(Default)]
pub(crate) struct LabRuns(AtomicU64);

impl LabRuns {
    fn begin(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn goes_on(&self, run: u64) -> bool {
        self.0.load(Ordering::Relaxed) == run
    }
}

/// Tells the newest past calls that a filter lets through again, to a playbook file or, where none is named, each to the
/// playbook that it ran with. Progress arrives about a hundred times. It stops for a call that begins.
#[tauri::command]
pub(crate) async fn run_lab(
    state: State<'_, Arc<AppState>>,
    filter: CallFilter,
    playbook: String,
    channel: Channel<LabProgress>,
) -> Result<LabResult, Failure> {
    aside(state, move |state| {
        let run = state.lab.begin();
        let asked = if playbook.is_empty() { None } else { Some(Arc::new(read(Path::new(&playbook))?)) };
        let acting = state.acting()?;
        let calls = acting.list(&filter, CallOrder::Newest, MOST, 0)?;
        let calls: Vec<String> =
            calls.into_iter().filter(|call| call.seconds.is_some()).map(|call| call.id).collect();
        let playbook_of = |call: &CallToRetell| match &asked {
            Some(asked) => Arc::clone(asked),
            None => playbook_that_ran(&call.playbook, &call.context),
        };
        let mut result = LabResult {
            playbook: asked.as_ref().map(|playbook| playbook.id()),
            asked: u32::try_from(calls.len()).unwrap_or(u32::MAX),
            totals: LabTotals::default(),
            differing: Vec::new(),
            titles: titles(asked.as_deref()),
        };
        tell_all(&acting, &calls, lab_threads(), &playbook_of, &mut |told, come| {
            result.totals.add(&told);
            if told.differs() {
                result.differing.push(told);
            }
            if come.done == come.total || come.done.is_multiple_of((come.total / 100).max(1)) {
                // A window that is gone needs to know nothing.
                let _ = channel.send(come);
            }
            match state.lab.goes_on(run) && !state.call.is_busy() {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        })?;
        Ok(result)
    })
    .await
}

/// Ends the run of the lab, if one goes on; it answers with what it has.
#[tauri::command]
pub(crate) async fn stop_lab(state: State<'_, Arc<AppState>>) -> Result<(), Failure> {
    state.lab.begin();
    Ok(())
}

fn read(file: &Path) -> Result<Playbook, Failure> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::new(
            "playbook_file",
            format!("The playbook {name} can't be read: {error}."),
            "Give the whole path of a playbook file.",
        )
    })?;
    Playbook::parse(&text, &name).map_err(|error| {
        Failure::new(
            "playbook_faults",
            error.to_string(),
            "Correct these places of the file and run it again.",
        )
    })
}

/// What a playbook's cues are called; of the built-in ones where each call has its own.
fn titles(playbook: Option<&Playbook>) -> BTreeMap<String, String> {
    let built_in: Vec<Arc<Playbook>> = match playbook {
        Some(_) => Vec::new(),
        None => Playbook::built_in_ids().filter_map(Playbook::built_in).collect(),
    };
    let all = playbook.into_iter().chain(built_in.iter().map(Arc::as_ref));
    all.flat_map(|playbook| playbook.view().cues).map(|cue| (cue.id, cue.title)).collect()
}
