//! Many stored calls told again, on as many threads as there are processor cores.

use super::ToldCall;
use crate::LiveError;
use crossbeam_channel::bounded;
use cueline_calls::{Acting, CallToRetell};
use cueline_cues::Playbook;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use ts_rs::TS;

/// Told calls that wait to be taken for each thread: then it waits, too.
const WAITING: usize = 8;

/// How far the lab has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LabProgress {
    /// Calls that were told and taken.
    pub done: u32,
    /// All of them.
    pub total: u32,
}

/// Threads that the lab takes: one for each core that the system gives.
pub fn lab_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Tells calls that somebody may see, each named by its id or the beginning of it, to the playbook that `playbook` gives for each, and hands them to
/// `take` in their order, whatever was finished first. What it gets does not depend on how many threads there are. Between
/// two calls `take` may break off; true when it did not.
///
/// # Errors
/// At the first call, in their order, that cannot be read; those before it were handed over.
pub fn tell_all(
    acting: &Acting,
    calls: &[String],
    threads: usize,
    playbook: &(dyn Fn(&CallToRetell) -> Arc<Playbook> + Sync),
    take: &mut dyn FnMut(ToldCall, LabProgress) -> ControlFlow<()>,
) -> Result<bool, LiveError> {
    let (next, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let threads = threads.clamp(1, calls.len().max(1));
    let (out, told) = bounded(WAITING * threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (out, next, over) = (out.clone(), &next, &over);
            let work = move || {
                while !over.load(Ordering::Relaxed) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(id) = calls.get(place) else { return };
                    let one = acting.call_to_retell(id).map(|call| ToldCall::tell(&call, playbook(&call)));
                    if out.send((place, one)).is_err() {
                        return;
                    }
                }
            };
            thread::Builder::new().name("lab".into()).spawn_scoped(scope, work)?;
        }
        drop(out);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let total = count(calls.len());
        let (mut early, mut done) = (BTreeMap::new(), 0);
        let result = 'taking: {
            for (place, one) in &told {
                early.insert(place, one);
                while let Some(one) = early.remove(&done) {
                    done += 1;
                    let one = match one {
                        Ok(one) => one,
                        Err(error) => break 'taking Err(error.into()),
                    };
                    if take(one, LabProgress { done: count(done), total }).is_break() {
                        break 'taking Ok(done == calls.len());
                    }
                }
            }
            if done == calls.len() { Ok(true) } else { Err(LiveError::Fault) }
        };
        over.store(true, Ordering::Relaxed);
        // Threads that wait with what nobody takes any more go on to their end.
        drop(told);
        result
    })
}
