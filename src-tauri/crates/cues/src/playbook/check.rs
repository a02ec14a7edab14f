use super::cue::CueId;
use super::file::{RawTest, TestOutcome};
use super::position::Positions;
use super::{Fault, Playbook};
use crate::probe::{HitAs, probe};
use cueline_events::Lane;

/// A phrase that a cue brings along, with what the cue must make of it.
#[derive(Debug)]
pub(crate) struct CueTest {
    cue: CueId,
    outcome: TestOutcome,
    lane: Option<Lane>,
    phrase: String,
    line: usize,
    column: usize,
}

impl CueTest {
    pub(super) fn read(
        cue: CueId,
        raw: &RawTest,
        positions: &Positions<'_>,
    ) -> impl Iterator<Item = CueTest> {
        raw.say.iter().map(move |phrase| {
            let (line, column) = positions.position(phrase.span().start);
            CueTest {
                cue,
                outcome: raw.outcome,
                lane: raw.lane,
                phrase: phrase.get_ref().clone(),
                line,
                column,
            }
        })
    }
}

impl Playbook {
    /// Runs the phrases inside the playbook. Each must do to its cue what its test says, judged by words and lane
    /// alone; a fault tells which does not, with its line and column.
    pub fn check(&self) -> Vec<Fault> {
        self.tests.iter().filter_map(|test| self.run(test)).collect()
    }

    /// How many phrases the playbook brings along.
    pub fn tests(&self) -> usize {
        self.tests.len()
    }

    fn run(&self, test: &CueTest) -> Option<Fault> {
        let cue = &self.cues[test.cue];
        let lane =
            test.lane.unwrap_or(if test.outcome == TestOutcome::Handles { Lane::Agent } else { cue.lane });
        let hits: Vec<HitAs> = probe(self, lane, &test.phrase)
            .into_iter()
            .filter(|hit| hit.cue == cue.id)
            .map(|hit| hit.hit_as)
            .collect();
        let reason = match test.outcome {
            TestOutcome::Fires if hits.contains(&HitAs::Fires) => return None,
            TestOutcome::Satisfies if hits.contains(&HitAs::Satisfies) => return None,
            TestOutcome::Handles if hits.contains(&HitAs::Handles) => return None,
            TestOutcome::Nothing if !hits.iter().any(|hit| *hit != HitAs::Handles) => return None,
            TestOutcome::Fires => "does not fire",
            TestOutcome::Satisfies => "does not satisfy",
            TestOutcome::Handles => "does not handle",
            TestOutcome::Nothing => "must do nothing to",
        };
        let reason = format!("test of `{}`: \"{}\" {reason} it", cue.id, test.phrase);
        Some(Fault { line: test.line, column: test.column, reason })
    }
}
