use cueline_calls::{CueVerdict, Verdict};
use cueline_events::{CueEvent, CueEventKind};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// What became of one cue in a call that was told again. Times are seconds of the call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CueChange {
    /// How often it fired as it did before.
    pub same: u32,
    /// When it would have fired and did not.
    pub fired: Vec<f64>,
    /// When it fired and would not have.
    pub missed: Vec<f64>,
    /// When it fired, and when it would have instead.
    pub moved: Vec<(f64, f64)>,
    /// What else would have become of it: satisfied, unsure or missed, other than before.
    pub ends_otherwise: bool,
    /// Of the times that it fired, how many people called right.
    pub before: Precision,
    /// The same of those that are left, moved ones included. Nobody has judged the new ones.
    pub after: Precision,
}

/// What people said of a cue's events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Precision {
    /// Called right.
    pub right: u32,
    /// Called wrong.
    pub wrong: u32,
    /// Called borderline: for neither side.
    pub borderline: u32,
}

impl Precision {
    /// The share that was right of what was called right or wrong; nothing where nobody judged.
    pub fn share(self) -> Option<f64> {
        let judged = self.right + self.wrong;
        (judged > 0).then(|| f64::from(self.right) / f64::from(judged))
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.borderline += other.borderline;
    }

    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Borderline => self.borderline += 1,
        }
    }
}

impl CueChange {
    /// Whether it is as it was before.
    pub fn is_none(&self) -> bool {
        self.fired.is_empty() && self.missed.is_empty() && self.moved.is_empty() && !self.ends_otherwise
    }
}

/// Two events this many seconds apart are the same one: times are sums of many small ones.
const SAME: f64 = 0.001;
/// Two events this many seconds apart are one that has moved.
const NEAR: f64 = 15.0;

/// What became of each cue that fired before or would fire, by its id.
pub fn changes(
    before: &[CueEvent],
    after: &[CueEvent],
    verdicts: &[CueVerdict],
) -> BTreeMap<String, CueChange> {
    let mut changes: BTreeMap<String, CueChange> = BTreeMap::new();
    let mut ids: Vec<&str> = before.iter().chain(after).map(|event| event.cue.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    for cue in ids {
        let of = |events: &[CueEvent]| {
            events.iter().filter(|event| event.cue == cue).cloned().collect::<Vec<CueEvent>>()
        };
        let change = change(&of(before), &of(after), verdicts);
        if change != CueChange::default() {
            changes.insert(cue.to_owned(), change);
        }
    }
    changes
}

/// What became of one cue, by its events of before and after.
fn change(before: &[CueEvent], after: &[CueEvent], verdicts: &[CueVerdict]) -> CueChange {
    let mut change = CueChange { ends_otherwise: ends(before) != ends(after), ..CueChange::default() };
    let fires = |events: &[CueEvent]| -> Vec<f64> {
        events.iter().filter(|event| event.event == CueEventKind::Fires).map(|event| event.at).collect()
    };
    let (mut left, mut would) = (fires(before), fires(after));
    let judged = |at: f64| {
        let on = |verdict: &&CueVerdict| {
            before.iter().any(|event| event.cue == verdict.cue) && (verdict.at - at).abs() <= SAME
        };
        verdicts.iter().find(on).map(|verdict| verdict.verdict)
    };
    left.iter().filter_map(|at| judged(*at)).for_each(|verdict| change.before.count(verdict));
    for within in [SAME, NEAR] {
        left.retain(|at| {
            let nearest =
                would.iter().enumerate().min_by(|a, b| (a.1 - at).abs().total_cmp(&(b.1 - at).abs()));
            let Some((i, other)) = nearest.map(|(i, other)| (i, *other)) else { return true };
            if (other - at).abs() > within {
                return true;
            }
            would.remove(i);
            if within == SAME {
                change.same += 1;
            } else {
                change.moved.push((*at, other));
            }
            if let Some(verdict) = judged(*at) {
                change.after.count(verdict);
            }
            false
        });
    }
    (change.missed, change.fired) = (left, would);
    change
}

/// How a cue ended, as far as the scorecard asks.
fn ends(events: &[CueEvent]) -> Vec<CueEventKind> {
    let told = [CueEventKind::Satisfied, CueEventKind::Unsure, CueEventKind::Missed];
    told.into_iter().filter(|kind| events.iter().any(|event| event.event == *kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fires(at: f64) -> CueEvent {
        CueEvent {
            cue: "trig.dispute".into(),
            event: CueEventKind::Fires,
            at,
            emitted_at: at,
            lane: None,
            evidence: None,
            shown: None,
            withheld: None,
            measure: None,
            by_agent: false,
        }
    }

    #[test]
    fn each_event_is_the_same_moved_new_or_gone() {
        let before: Vec<CueEvent> = [10.0, 50.0, 90.0].map(fires).into();
        let after: Vec<CueEvent> = [10.0, 56.0, 200.0].map(fires).into();
        let verdict = |at, verdict| CueVerdict { cue: "trig.dispute".into(), at, verdict };
        let verdicts = [
            verdict(10.0, Verdict::Right),
            verdict(50.0, Verdict::Borderline),
            verdict(90.0, Verdict::Wrong),
        ];
        let change = changes(&before, &after, &verdicts).remove("trig.dispute").unwrap();
        assert_eq!((change.same, change.moved.as_slice()), (1, &[(50.0, 56.0)][..]));
        assert_eq!((change.missed.as_slice(), change.fired.as_slice()), (&[90.0][..], &[200.0][..]));
        assert_eq!(change.before.share(), Some(0.5));
        assert_eq!(change.after.share(), Some(1.0));
        assert!(!change.is_none());
        let same = changes(&before, &before, &[]).remove("trig.dispute").unwrap();
        assert!(same.is_none());
        assert_eq!((same.same, same.before.share()), (3, None));
    }
}
