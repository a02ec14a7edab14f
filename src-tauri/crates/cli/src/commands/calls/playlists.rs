use super::choice::chosen;
use super::dates::date;
use crate::arguments::Gather;
use crate::exit::Ended;
use crate::printing::{clock, json, line};
use cueline_calls::{Acting, PlaylistMoment};
use std::collections::BTreeMap;

pub(super) fn run(acting: &Acting, options: Gather) -> anyhow::Result<Ended> {
    let moments = acting.playlist_moments(&chosen(options.choice)?)?;
    if options.json {
        json(&moments)?;
        return Ok(Ended::Done);
    }
    let mut playlists: BTreeMap<&str, Vec<&PlaylistMoment>> = BTreeMap::new();
    for moment in &moments {
        playlists.entry(&moment.playlist).or_default().push(moment);
    }
    for (name, moments) in playlists {
        line(name)?;
        moments.into_iter().try_for_each(|moment| line(&told(moment)))?;
    }
    Ok(Ended::Done)
}

fn told(moment: &PlaylistMoment) -> String {
    let (call, agent, begun) = (&moment.call, &moment.agent, date(moment.started_at));
    let unheard = if moment.recording { "" } else { "  (no recording)" };
    let (start, end) = (clock(moment.start), clock(moment.end));
    format!("    {call}  {begun}  {agent}  {start} to {end}, by {}{unheard}", moment.author)
}
