//! What a report shows of a call, in its order, whatever it is written as.

use super::ExportedCall;
use crate::database::word;
use crate::{LedgerState, ReviewMark};
use cueline_events::{CallEvent, CueEvent, CueEventKind, Lane};

/// A call as a report.
pub(super) struct Report {
    pub(super) title: String,
    /// What is known of it: a name and a value each.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) score: Option<Table>,
    pub(super) ledger: Option<Table>,
    pub(super) said: Vec<SaidLine>,
    /// Who said something of the call, and what.
    pub(super) review: Vec<(String, String)>,
}

/// What every report says of its legal items.
pub(super) const NEEDS_REVIEW: &str =
    "What cues say of legal duties needs review until a person has confirmed it.";

/// A table under a heading.
pub(super) struct Table {
    pub(super) heading: String,
    pub(super) columns: &'static [Column],
    pub(super) rows: Vec<Vec<String>>,
}

/// A column of a table.
pub(super) struct Column {
    pub(super) title: &'static str,
    /// How a page sets it: `number`, `hash` or nothing.
    pub(super) class: &'static str,
    /// Its share of the width, in hundredths.
    pub(super) share: u8,
}

/// One line of what was said and noticed.
pub(super) struct SaidLine {
    pub(super) at: String,
    /// Who said it; nothing for what was noticed.
    pub(super) lane: Option<Lane>,
    pub(super) text: String,
}

impl SaidLine {
    /// Who said it, for people.
    pub(super) fn who(&self) -> Option<&'static str> {
        self.lane.map(|lane| if lane == Lane::Agent { "Agent" } else { "Customer" })
    }
}

const SCORE: &[Column] = &[
    Column { title: "Item", class: "", share: 46 },
    Column { title: "Points", class: "number", share: 12 },
    Column { title: "Of", class: "number", share: 12 },
    Column { title: "How it stands", class: "", share: 30 },
];

const LEDGER: &[Column] = &[
    Column { title: "No.", class: "number", share: 7 },
    Column { title: "At", class: "", share: 9 },
    Column { title: "What", class: "", share: 22 },
    Column { title: "State", class: "", share: 16 },
    Column { title: "Words", class: "", share: 26 },
    Column { title: "Seal", class: "hash", share: 20 },
];

impl Report {
    pub(super) fn of(call: &ExportedCall) -> Self {
        let summary = &call.record.call;
        let who = if summary.customer_name.is_empty() { "Call" } else { &summary.customer_name };
        let length = summary.seconds.map_or_else(|| "not ended".to_owned(), clock);
        let ledger = match &call.record.ledger_state {
            LedgerState::Intact { rows } => format!("intact, {rows} entries"),
            LedgerState::Broken { first } => format!("broken at entry {first}"),
        };
        Self {
            title: format!("{who}, {}", call.started),
            facts: vec![
                ("Agent", summary.agent.clone()),
                ("Length", length),
                ("Playbook", format!("{} {}", summary.playbook.id, summary.playbook.version)),
                ("Ledger", ledger),
                ("Call", summary.id.clone()),
            ],
            score: score(call),
            ledger: ledger_table(call),
            said: call.record.events.iter().filter_map(|event| line(call, event)).collect(),
            review: review(call),
        }
    }
}

fn score(call: &ExportedCall) -> Option<Table> {
    let score = call.score.as_ref()?;
    let row = |item: &super::ScoreLine| {
        let points = item.points.map_or_else(String::new, |points| format!("{points:.1}"));
        vec![item.title.clone(), points, format!("{:.0}", item.weight), item.state.clone()]
    };
    Some(Table {
        heading: format!("Scorecard: {:.1} of {:.0} by the call's events", score.points, score.of),
        columns: SCORE,
        rows: score.items.iter().map(row).collect(),
    })
}

fn ledger_table(call: &ExportedCall) -> Option<Table> {
    let row = |entry: &crate::LedgerEntry| {
        let quote = entry.evidence.as_ref().map_or("", |e| e.quote.as_str());
        let quote = if entry.by_agent { "by the agent's own word; not heard" } else { quote };
        vec![
            entry.number.to_string(),
            clock(entry.at),
            call.title(&entry.cue).to_owned(),
            happened(entry.event).to_owned(),
            quote.to_owned(),
            entry.hash.chars().take(16).collect(),
        ]
    };
    let rows: Vec<_> = call.record.ledger.iter().map(row).collect();
    (!rows.is_empty()).then(|| Table { heading: "Disclosures".to_owned(), columns: LEDGER, rows })
}

fn line(call: &ExportedCall, event: &CallEvent) -> Option<SaidLine> {
    let (at, lane, text) = match event {
        CallEvent::Final { lane, start, text, .. } => (*start, Some(*lane), text.as_str().to_owned()),
        CallEvent::Cue(cue) => (cue.at, None, noticed(call, cue)?),
        CallEvent::Paused { at } => (*at, None, "Paused".to_owned()),
        CallEvent::Resumed { at } => (*at, None, "Goes on".to_owned()),
        _ => return None,
    };
    Some(SaidLine { at: clock(at), lane, text })
}

fn noticed(call: &ExportedCall, cue: &CueEvent) -> Option<String> {
    if matches!(cue.event, CueEventKind::Due | CueEventKind::Expired | CueEventKind::Dismissed) {
        return None;
    }
    let shown = match (cue.event, cue.shown, cue.withheld) {
        (CueEventKind::Fires, Some(true), _) => ", shown".to_owned(),
        (CueEventKind::Fires, _, Some(why)) => format!(", withheld: {}", word(why).replace('_', " ")),
        _ => String::new(),
    };
    Some(format!("{}: {}{shown}", call.title(&cue.cue), happened(cue.event)))
}

fn review(call: &ExportedCall) -> Vec<(String, String)> {
    let said_of = |entry: &crate::ReviewEntry| {
        let role = word(entry.role).replace('_', " ");
        (entry.author.clone(), format!("({role}) {}", said(call, &entry.mark)))
    };
    let mut entries: Vec<_> = call.review.iter().map(said_of).collect();
    if let Some(note) = &call.record.note {
        entries.push((call.record.call.agent.clone(), format!("noted: {}", note.text.as_str())));
    }
    entries
}

fn said(call: &ExportedCall, mark: &ReviewMark) -> String {
    match mark {
        ReviewMark::Reviewed { done: true } => "reviewed the call".to_owned(),
        ReviewMark::Reviewed { done: false } => "took the review back".to_owned(),
        ReviewMark::Verdict { cue, at, verdict } => {
            format!("says of {} at {}: {}", call.title(cue), clock(*at), word(verdict))
        }
        ReviewMark::Score { item, points: Some(points), reason } => {
            format!("gives {points} points for {item}: {}", reason.as_str())
        }
        ReviewMark::Score { item, points: None, reason } => {
            format!("takes back the points for {item}: {}", reason.as_str())
        }
        ReviewMark::Dispute { item: Some(item), comment } => format!("disputes {item}: {}", comment.as_str()),
        ReviewMark::Dispute { item: None, comment } => format!("disputes: {}", comment.as_str()),
        ReviewMark::Note { at: Some(at), text, .. } => format!("at {}: {}", clock(*at), text.as_str()),
        ReviewMark::Note { at: None, text, .. } => format!("noted: {}", text.as_str()),
        ReviewMark::Task { text } => format!("gave a task: {}", text.as_str()),
        ReviewMark::TaskDone { .. } => "did a task".to_owned(),
        ReviewMark::Playlist { at, name, .. } => format!("added {} to the playlist {name}", clock(*at)),
        ReviewMark::Hold { on: true, reason } => format!("placed a legal hold: {}", reason.as_str()),
        ReviewMark::Hold { on: false, reason } => format!("lifted the legal hold: {}", reason.as_str()),
    }
}

/// A cue event in words.
fn happened(event: CueEventKind) -> &'static str {
    match event {
        CueEventKind::Due => "due",
        CueEventKind::Fires => "heard, needs review",
        CueEventKind::Satisfied => "said",
        CueEventKind::Unsure => "unsure",
        CueEventKind::Expired => "no longer applies",
        CueEventKind::Missed => "not heard, needs review",
        CueEventKind::Retracted => "taken back",
        CueEventKind::Dismissed => "put aside by the agent",
    }
}

/// Seconds as minutes and seconds: `04:12`.
fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}
