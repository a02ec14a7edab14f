use super::ReviewMark;
use super::across::Across;
use serde::Serialize;
use ts_rs::TS;

/// A moment of a call that somebody put into a playlist. It names no customer, as playlists are played to others.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct PlaylistMoment {
    /// The entry's id.
    pub id: String,
    /// The playlist's name.
    pub playlist: String,
    /// The call's id.
    pub call: String,
    /// When the call began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Whose call it is.
    pub agent: String,
    /// The call's length in seconds; absent until it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// The moment, in seconds of the call.
    pub at: f64,
    /// Where to begin playing, in seconds of the call.
    pub start: f64,
    /// Where to stop, in seconds of the call.
    pub end: f64,
    /// Who put it there.
    pub author: String,
    /// Whether there is a recording to be heard.
    pub recording: bool,
}

impl PlaylistMoment {
    /// The moment of an entry that is one.
    pub(crate) fn of(one: Across, recording: bool) -> Option<Self> {
        let Across { call, started_at, agent, seconds, entry, .. } = one;
        let ReviewMark::Playlist { at, start, end, name: playlist } = entry.mark else { return None };
        let (id, call, author) = (entry.id, call.to_string(), entry.author);
        Some(Self { id, playlist, call, started_at, agent, seconds, at, start, end, author, recording })
    }
}
