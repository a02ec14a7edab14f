//! Scripted calls: read, run through the engine, compared with what they expect.

mod compare;
mod run;
mod scenario;
mod script;

pub use compare::{Comparison, Difference, Outcome, compare};
pub use run::{Rehearsal, rehearse};
pub use script::{Expected, ExpectedEvent, Scope, Script, ScriptError, Turn};
