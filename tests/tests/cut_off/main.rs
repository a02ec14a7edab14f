//! Killed, out of disk or out of power at every step of what a program writes: exports, migrations and reviews.
//!
//! A call that is killed is in `durability.rs`; power cuts of calls, reviews, imports and migrations are in the tests of `calls`,
//! journal frame by journal frame.
#![cfg(target_os = "linux")]

mod disk;
mod exports;
mod folder;
mod migration;
