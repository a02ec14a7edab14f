use super::ExportedCall;
use crate::database::word;
use crate::{LedgerState, ReviewMark};
use cueline_events::{CallEvent, CueEvent, CueEventKind};

const STYLE: &str = include_str!("report.css");

/// A call as one page that needs nothing else: no script, no link, and it prints well.
pub fn html(call: &ExportedCall) -> String {
    let summary = &call.record.call;
    let who = if summary.customer_name.is_empty() { "Call" } else { &summary.customer_name };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        title = escape(&format!("{who}, {}", call.started)),
    );
    page.push_str(&facts(call));
    page.push_str(&score(call));
    page.push_str(&ledger(call));
    page.push_str(&transcript(call));
    page.push_str(&review(call));
    page.push_str("</body>\n</html>\n");
    page
}

fn facts(call: &ExportedCall) -> String {
    let summary = &call.record.call;
    let length = summary.seconds.map_or_else(|| "not ended".to_owned(), clock);
    let ledger = match &call.record.ledger_state {
        LedgerState::Intact { rows } => format!("intact, {rows} entries"),
        LedgerState::Broken { first } => format!("broken at entry {first}"),
    };
    let playbook = format!("{} {}", summary.playbook.id, summary.playbook.version);
    let rows = [
        ("Agent", summary.agent.as_str()),
        ("Length", &length),
        ("Playbook", &playbook),
        ("Ledger", &ledger),
        ("Call", &summary.id),
    ];
    let rows: String =
        rows.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escape(value))).collect();
    format!(
        "<dl>{rows}</dl>\n<p class=\"quiet\">What cues say of legal duties needs review until a person has confirmed it.</p>\n"
    )
}

fn score(call: &ExportedCall) -> String {
    let Some(score) = &call.score else { return String::new() };
    let rows: String = score
        .items
        .iter()
        .map(|item| {
            let points = item.points.map_or_else(String::new, |points| format!("{points:.1}"));
            format!(
                "<tr><td>{}</td><td class=\"number\">{points}</td><td class=\"number\">{:.0}</td><td>{}</td></tr>\n",
                escape(&item.title),
                item.weight,
                escape(&item.state)
            )
        })
        .collect();
    format!(
        "<h2>Scorecard: {:.1} of {:.0} by the call's events</h2>\n<table><thead><tr><th>Item</th><th>Points</th><th>Of</th>\
         <th>How it stands</th></tr></thead><tbody>\n{rows}</tbody></table>\n",
        score.points, score.of
    )
}

fn ledger(call: &ExportedCall) -> String {
    if call.record.ledger.is_empty() {
        return String::new();
    }
    let rows: String = call
        .record
        .ledger
        .iter()
        .map(|entry| {
            let quote = entry.evidence.as_ref().map_or("", |e| e.quote.as_str());
            let quote = if entry.by_agent { "by the agent's own word; not heard" } else { quote };
            format!(
                "<tr><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"hash\">{}</td></tr>\n",
                entry.number,
                clock(entry.at),
                escape(call.title(&entry.cue)),
                happened(entry.event),
                escape(quote),
                escape(&entry.hash.chars().take(16).collect::<String>())
            )
        })
        .collect();
    format!(
        "<h2>Disclosures</h2>\n<table><thead><tr><th>No.</th><th>At</th><th>What</th><th>State</th><th>Words</th>\
         <th>Seal</th></tr></thead><tbody>\n{rows}</tbody></table>\n"
    )
}

fn transcript(call: &ExportedCall) -> String {
    let lines: String = call.record.events.iter().filter_map(|event| line(call, event)).collect();
    format!("<h2>What was said</h2>\n<ol>\n{lines}</ol>\n")
}

fn line(call: &ExportedCall, event: &CallEvent) -> Option<String> {
    match event {
        CallEvent::Final { lane, start, text, .. } => Some(format!(
            "<li class=\"{lane}\"><time>{}</time> <b>{}</b> {}</li>\n",
            clock(*start),
            if *lane == cueline_events::Lane::Agent { "Agent" } else { "Customer" },
            escape(text.as_str()),
            lane = lane.name(),
        )),
        CallEvent::Cue(cue) => cue_line(call, cue),
        CallEvent::Paused { at } => {
            Some(format!("<li class=\"cue\"><time>{}</time> Paused</li>\n", clock(*at)))
        }
        CallEvent::Resumed { at } => {
            Some(format!("<li class=\"cue\"><time>{}</time> Goes on</li>\n", clock(*at)))
        }
        _ => None,
    }
}

fn cue_line(call: &ExportedCall, cue: &CueEvent) -> Option<String> {
    if matches!(cue.event, CueEventKind::Due | CueEventKind::Expired | CueEventKind::Dismissed) {
        return None;
    }
    let shown = match (cue.event, cue.shown, cue.withheld) {
        (CueEventKind::Fires, Some(true), _) => ", shown".to_owned(),
        (CueEventKind::Fires, _, Some(why)) => format!(", withheld: {}", word(why).replace('_', " ")),
        _ => String::new(),
    };
    Some(format!(
        "<li class=\"cue\"><time>{}</time> {}: {}{shown}</li>\n",
        clock(cue.at),
        escape(call.title(&cue.cue)),
        happened(cue.event)
    ))
}

fn review(call: &ExportedCall) -> String {
    let mut items: String = call
        .review
        .iter()
        .map(|entry| {
            let (who, what) = (escape(&entry.author), escape(&said(call, &entry.mark)));
            format!("<li><b>{who}</b> ({}) {what}</li>\n", word(entry.role).replace('_', " "))
        })
        .collect();
    if let Some(note) = &call.record.note {
        items.push_str(&format!(
            "<li><b>{}</b> noted: {}</li>\n",
            escape(&call.record.call.agent),
            escape(note.text.as_str())
        ));
    }
    if items.is_empty() { String::new() } else { format!("<h2>Review</h2>\n<ul>\n{items}</ul>\n") }
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

/// A text in which nothing means anything to a browser.
fn escape(text: &str) -> String {
    let sign = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(sign).collect()
}
