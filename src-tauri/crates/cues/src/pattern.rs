//! The pattern language: how a playbook writes what is to be heard, and how it is found among tokens.
//!
//! `syntax` turns a pattern's text into a `Node` (the language is described there), `vocabulary` holds every word that
//! any pattern asks for together with its forms and what may be misheard for it, `window` is a lane's words with the
//! vocabulary's words found in each, `matcher` finds nodes in a window, `slots` are the built-in kinds of words
//! (`AMOUNT`, `DATE`, `PERSON`), `index` which patterns a word makes
//! worth a look, `places` where the words of a list stand, `scope` is what changes the meaning of words that follow (negation, quotation).

mod index;
mod matcher;
mod node;
mod places;
mod scope;
mod slots;
mod syntax;
mod vocabulary;
mod window;
mod word_list;
mod word_set;

pub(crate) use index::{Candidates, PatternId, PatternIndex};
pub(crate) use matcher::{Hit, Matcher};
pub(crate) use node::{GroupId, Needs, Node, Starts, WordId, lightest_first};
pub(crate) use scope::{Reach, Scope};
pub(crate) use slots::{Names, Slot};
pub(crate) use syntax::parse;
pub(crate) use vocabulary::Vocabulary;
pub(crate) use window::Window;
pub(crate) use word_list::{WordList, WordLists};
