//! Recordings with what was really said in them.

use super::words::words;
use crate::scripts;
use anyhow::{Context, ensure};
use cueline_cues::{Expected, Turn};
use cueline_events::Lane;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The list of human transcripts that a folder may hold: tab-separated, with a line of column names.
const LIST: &str = "transcripts_human.tsv";

/// A recording and what a person wrote down of it, or what it was made from.
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    /// The lane of a recording of one side.
    pub(crate) lane: Option<Lane>,
    /// What was said, in order.
    pub(crate) segments: Vec<Segment>,
    /// Where a rendered call's context stands.
    pub(crate) context: Option<PathBuf>,
    /// What a rendered call's cues should do, and its turns.
    pub(crate) expected: Vec<Expected>,
    pub(crate) turns: Vec<Turn>,
}

/// What one lane said without a break that the reference knows of.
pub(crate) struct Segment {
    pub(crate) lane: Lane,
    /// Seconds in the recording; `None` when only the words are known.
    pub(crate) span: Option<(f64, f64)>,
    pub(crate) words: Vec<String>,
}

impl Reference {
    /// The lanes that the recording has.
    pub(crate) fn lanes(&self) -> Vec<Lane> {
        self.lane.map_or_else(|| Lane::BOTH.to_vec(), |lane| vec![lane])
    }

    /// All words of a lane.
    pub(crate) fn words(&self, lane: Lane) -> Vec<String> {
        self.segments.iter().filter(|segment| segment.lane == lane).flat_map(|s| s.words.clone()).collect()
    }

    /// Whether the reference says when things were said.
    pub(crate) fn is_timed(&self) -> bool {
        self.segments.iter().all(|segment| segment.span.is_some())
    }
}

/// Every recording of a folder that has a reference. FLAC files of a list are passed over: Cueline reads WAV.
pub(crate) fn in_folder(folder: &Path, scripts: Option<&Path>) -> anyhow::Result<Vec<Reference>> {
    let list = folder.join(LIST);
    let found = if list.is_file() { listed(&list)? } else { rendered(folder, scripts)? };
    ensure!(
        !found.is_empty(),
        "{} holds no WAV file with a reference: a NAME.json beside NAME.wav, or a {LIST}",
        folder.display()
    );
    Ok(found)
}

fn rendered(folder: &Path, contexts: Option<&Path>) -> anyhow::Result<Vec<Reference>> {
    let reference = |file: PathBuf| {
        let timing = file.with_extension("json");
        let script = scripts::read(&timing)?;
        let context = scripts::context_of(&file, contexts);
        let segment = |turn: &Turn| Segment {
            lane: turn.speaker,
            span: Some((turn.t0, turn.t1)),
            words: words(turn.text.as_str()),
        };
        let segments = script.turns.iter().map(segment).filter(|segment| !segment.words.is_empty()).collect();
        Ok(Reference {
            name: script.id,
            file,
            lane: None,
            segments,
            context: Some(context),
            expected: script.expected,
            turns: script.turns,
        })
    };
    scripts::rendered_in(folder)?.into_iter().map(reference).collect()
}

fn listed(list: &Path) -> anyhow::Result<Vec<Reference>> {
    let text = fs::read_to_string(list).with_context(|| format!("{} can't be read", list.display()))?;
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let file_column = column("file").or_else(|| column("audio_file_present"));
    let text_column = column("transcript").or_else(|| column("human_transcript"));
    let (Some(file_column), Some(text_column)) = (file_column, text_column) else {
        anyhow::bail!("{}: line 1: no column for the file and none for the transcript", list.display());
    };
    let (role, start, length) = (column("role"), column("start_ms_in_own_file"), column("duration_ms"));
    let mut found: BTreeMap<&str, Reference> = BTreeMap::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied();
        let (Some(name), Some(text)) = (cell(Some(file_column)), cell(Some(text_column))) else {
            anyhow::bail!("{}: line {}: too few columns", list.display(), number + 2);
        };
        let file = list.with_file_name(name);
        if !file.is_file() || file.extension().is_none_or(|e| e != "wav") {
            continue;
        }
        let lane = if cell(role) == Some("caller") { Lane::Customer } else { Lane::Agent };
        let ms = |at| cell(at).and_then(|ms| ms.parse::<f64>().ok()).map(|ms| ms / 1000.0);
        let span = ms(start).zip(ms(length)).map(|(start, length)| (start, start + length));
        let reference = found.entry(name).or_insert_with(|| Reference {
            name: name.trim_end_matches(".wav").to_owned(),
            file,
            lane: Some(lane),
            segments: Vec::new(),
            context: None,
            expected: Vec::new(),
            turns: Vec::new(),
        });
        reference.segments.push(Segment { lane, span, words: words(text) });
    }
    Ok(found.into_values().collect())
}
