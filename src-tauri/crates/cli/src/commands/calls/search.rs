use super::dates::milliseconds;
use crate::arguments::{CallChoice, LaneName, Search};
use crate::exit::Ended;
use crate::printing::{clock, json, line};
use cueline_calls::{Acting, SearchQuery, SnippetPart};
use cueline_events::Lane;

pub(super) fn run(acting: &Acting, options: Search) -> anyhow::Result<Ended> {
    let CallChoice { agent, since, until, cue } = options.choice;
    let moment = |text: Option<String>| text.as_deref().map(milliseconds).transpose();
    let lane = options.lane.map(|lane| match lane {
        LaneName::Agent => Lane::Agent,
        LaneName::Customer => Lane::Customer,
    });
    let words = options.words.join(" ");
    let query = SearchQuery { words, cue, agent, since: moment(since)?, until: moment(until)?, lane };
    let hits = acting.search(&query, options.limit)?;
    if options.json {
        json(&hits)?;
        return Ok(Ended::Done);
    }
    for hit in hits {
        let mark = |part: &SnippetPart| {
            if part.hit { format!("*{}*", part.text.as_str()) } else { part.text.as_str().to_owned() }
        };
        let snippet: String = hit.snippet.iter().map(mark).collect();
        let found = if hit.improved { "  (improved transcript)" } else { "" };
        line(&format!("{}  {}  {:8}  {snippet}{found}", hit.call, clock(hit.start), hit.lane.name()))?;
    }
    Ok(Ended::Done)
}
