//! Days and times as people write them, in this computer's time zone.

use crate::exit::WrongUsage;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Milliseconds since 1970-01-01 UTC as a day and a time.
pub(super) fn date(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// A day, or a day and a time, as milliseconds since 1970-01-01 UTC.
pub(super) fn milliseconds(text: &str) -> anyhow::Result<i64> {
    let usage = || WrongUsage(format!("`{text}` is no day: write 2026-11-22, or 2026-11-22T09:30"));
    let day = text.parse::<Date>().map(|day| day.at(0, 0, 0, 0));
    let moment = day.or_else(|_| text.parse::<DateTime>()).map_err(|_| usage())?;
    Ok(moment.to_zoned(TimeZone::system()).map_err(|_| usage())?.timestamp().as_millisecond())
}
