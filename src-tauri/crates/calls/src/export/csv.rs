use super::ExportedCall;
use crate::database::word;
use cueline_events::{CallEvent, CueEvent, Lane};

/// The first line of a table.
pub const CSV_HEADER: &str =
    "call,started,agent,customer,kind,start_s,end_s,lane,text,cue,title,event,shown,withheld,by_agent\r\n";

/// A call's lines of a table (RFC 4180, UTF-8): one for each utterance and each cue event.
pub fn csv_rows(call: &ExportedCall) -> String {
    let summary = &call.record.call;
    let known = [&summary.id, &call.started, &summary.agent, &summary.customer_name];
    let mut rows = String::new();
    for cells in call.record.events.iter().filter_map(|event| cells(call, event)) {
        let row = known.iter().map(|cell| cell.as_str()).chain(cells.iter().map(String::as_str));
        rows.push_str(&row.map(cell).collect::<Vec<_>>().join(","));
        rows.push_str("\r\n");
    }
    rows
}

/// What follows the call's own cells; nothing for events that have no row.
fn cells(call: &ExportedCall, event: &CallEvent) -> Option<[String; 11]> {
    let none = String::new;
    let lane_name = |lane: Option<Lane>| lane.map_or("", Lane::name).to_owned();
    match event {
        CallEvent::Final { lane, start, end, text, .. } => Some([
            "utterance".to_owned(),
            format!("{start:.2}"),
            format!("{end:.2}"),
            lane_name(Some(*lane)),
            text.as_str().to_owned(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
        ]),
        CallEvent::Cue(CueEvent { cue, event, at, lane, evidence, shown, withheld, by_agent, .. }) => Some([
            "cue".to_owned(),
            format!("{:.2}", evidence.as_ref().map_or(*at, |e| e.start)),
            format!("{at:.2}"),
            lane_name(*lane),
            evidence.as_ref().map_or_else(none, |e| e.quote.as_str().to_owned()),
            cue.clone(),
            call.title(cue).to_owned(),
            word(event),
            shown.map_or_else(none, |shown| shown.to_string()),
            withheld.map_or_else(none, word),
            if *by_agent { "true".to_owned() } else { none() },
        ]),
        _ => None,
    }
}

/// A cell: in quotation marks where it has to be, and never a formula to a program that opens the table.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
