//! Words as they are compared: what somebody said, and what a pattern asks for, brought to one form.
//!
//! `tokens` cuts text into tokens (contractions, numerals, restarts, fillers), `inflections` lists the forms of a
//! pattern's word, `sounds` says which misheard word may stand for it, `compounds` what is written apart and is one
//! word, `unapostrophed` which word was a contraction, `stem` gives the root by which two turns are compared for a repeated content word.

mod common;
mod compounds;
mod contractions;
mod inflections;
mod numerals;
mod restarts;
mod sounds;
mod spelling;
mod stem;
mod token;
mod tokens;
mod unapostrophed;

pub(crate) use common::is_common;
pub(crate) use inflections::forms;
pub(crate) use numerals::{NumberKind, Numeral, is_month, numeral};
pub(crate) use sounds::{deletions, sound_key, within_edits};
pub(crate) use spelling::spelling;
pub(crate) use stem::{is_content, stem};
pub(crate) use token::{Pause, Token};
pub(crate) use tokens::tokens;
