//! The words every room shares.
//!
//! `audio`, `speech`, `cues`, `calls` and `live` do not know each other's types; what passes between them is
//! said in these. The crate holds data only: no I/O, no clock, no behaviour beyond naming and (de)serialising.
//!
//! Times are seconds from the start of the call on the capture clock, as `f64`.

mod board;
mod call_context;
mod call_event;
mod cue_event;
mod evidence;
mod lane;
mod listening;
mod notice;
mod spoken;

pub use board::{Board, BoardClue, CallStage, Commitment, Fact, FactKind, OnTheLine};
pub use call_context::{CallContext, ClockTime, Communication, ContextError, Direction, Level, Mode};
pub use call_event::{CallEvent, CallSource, PlaybookId};
pub use cue_event::{CueEvent, CueEventKind, Measure, Withheld};
pub use evidence::Evidence;
pub use lane::Lane;
pub use listening::Listening;
pub use notice::Notice;
pub use spoken::Spoken;
