use super::improve;
use crate::arguments::{Calls, Common};
use crate::call_report::CallReport;
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::playbook_choice;
use crate::printing::{clock, complain, json, line};
use crate::unlocking::open_store;
use cueline_calls::{
    CallFilter, CallOrder, CallRecord, CallSummary, LedgerState, SearchQuery, Store, TranscriptVersion,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(crate) fn run(common: &Common, command: Calls) -> anyhow::Result<Ended> {
    let data = data_folder(common)?;
    let store = open_store(&data)?;
    match command {
        Calls::List { limit, json } => list(&store, limit, json),
        Calls::Show { call, improved, json } => show(common, &store, &call, improved, json),
        Calls::Improve { call, model } => improve::run(&data, &store, call, model.as_deref()),
        Calls::Search { words, limit, json } => search(&store, &words.join(" "), limit, json),
        Calls::Verify { call } => verify(&store, call),
    }
}

fn list(store: &Store, limit: u32, as_json: bool) -> anyhow::Result<Ended> {
    let calls = store.list(&CallFilter::default(), CallOrder::Newest, limit, 0)?;
    if as_json {
        json(&calls)?;
    } else {
        calls.iter().try_for_each(|call| line(&summary(call)))?;
    }
    Ok(Ended::Done)
}

fn summary(call: &CallSummary) -> String {
    let length = call.seconds.map_or_else(|| "running".to_owned(), clock);
    let disclosures = &call.disclosures;
    let mut text = format!("{}  {}  {length}  {}", &call.id, date(call.started_at), call.playbook.id);
    for (count, what) in [
        (disclosures.said, "said"),
        (disclosures.unsure, "unsure"),
        (disclosures.missed, "missed"),
        (call.cards, "cards"),
    ] {
        if count > 0 {
            text.push_str(&format!("  {count} {what}"));
        }
    }
    if call.repaired {
        text.push_str("  (was cut off)");
    }
    text
}

fn show(common: &Common, store: &Store, id: &str, improved: bool, as_json: bool) -> anyhow::Result<Ended> {
    let record = if improved { store.show_improved(id)? } else { store.show(id)? };
    if as_json {
        json(&record)?;
        return Ok(Ended::Done);
    }
    line(&summary(&record.call))?;
    line(&version(&record))?;
    let playbook = playbook_choice::choose(common, &record.context)?;
    let mut report = CallReport::new(false, &playbook);
    record.events.iter().for_each(|event| report.tell(event));
    if let Some(note) = &record.note {
        line(&format!("Note of {}: {}", date(note.at), note.text.as_str()))?;
    }
    line(&ledger(&record.ledger_state))?;
    Ok(Ended::Done)
}

/// Which transcript follows, and whether there is another.
fn version(record: &CallRecord) -> String {
    match &record.transcript {
        TranscriptVersion::Live { model } => {
            let other =
                if record.call.improved_with.is_some() { "; --improved prints the improved one" } else { "" };
            format!("Live transcript by {model}{other}")
        }
        TranscriptVersion::Improved { model, made_at } => {
            format!("Improved transcript by {model}, made of the recording on {}", date(*made_at))
        }
    }
}

fn search(store: &Store, words: &str, limit: u32, as_json: bool) -> anyhow::Result<Ended> {
    let hits = store.search(&SearchQuery::words(words), limit)?;
    if as_json {
        json(&hits)?;
        return Ok(Ended::Done);
    }
    for hit in hits {
        let mark = |part: &cueline_calls::SnippetPart| {
            if part.hit { format!("*{}*", part.text.as_str()) } else { part.text.as_str().to_owned() }
        };
        let snippet: String = hit.snippet.iter().map(mark).collect();
        let found = if hit.improved { "  (improved transcript)" } else { "" };
        line(&format!("{}  {}  {:8}  {snippet}{found}", hit.call, clock(hit.start), hit.lane.name()))?;
    }
    Ok(Ended::Done)
}

fn verify(store: &Store, call: Option<String>) -> anyhow::Result<Ended> {
    let calls = match call {
        Some(id) => vec![id],
        None => store
            .list(&CallFilter::default(), CallOrder::Newest, u32::MAX, 0)?
            .into_iter()
            .map(|call| call.id)
            .collect(),
    };
    let mut ended = Ended::Done;
    for id in calls {
        let state = store.verify(&id)?;
        if matches!(state, LedgerState::Broken { .. }) {
            complain(&format!("{id}  {}", ledger(&state)));
            ended = Ended::Differs;
        } else {
            line(&format!("{id}  {}", ledger(&state)))?;
        }
    }
    Ok(ended)
}

fn ledger(state: &LedgerState) -> String {
    match state {
        LedgerState::Intact { rows } => format!("the ledger is intact ({rows} entries)"),
        LedgerState::Broken { first } => {
            format!("the ledger is broken: entry {first} is not as it was written")
        }
    }
}

fn date(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
