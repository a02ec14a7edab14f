//! A store of the first version is brought to this one's schema, and that is cut off at every so many steps: the next start goes
//! on from there, and every call is what it was.

use cueline_tests::{Cueline, Cut, CutOff, How, Outcome};
use serde_json::Value;

/// One in so many steps is tried; the tests of `calls` try all of them, without the program around them.
const ONE_IN: usize = 11;

fn open(user: &Cueline, cut_off: &CutOff, cut: Option<Cut>) -> Outcome {
    let mut command = user.command(&["calls", "list"]);
    command.envs(cut_off.environment(cut));
    Outcome::of(command.output().expect("cueline starts"))
}

/// Every call is there, whole and proved, as the first version showed it.
#[track_caller]
fn is_whole(user: &Cueline, case: &str) {
    let proved = user.run(&["calls", "verify"]);
    assert_eq!(proved.code, 0, "{case}: {}", proved.err);
    for (id, before) in Cueline::as_the_first_version_showed_them() {
        let shown = user.run(&["calls", "show", &id, "--json"]);
        assert_eq!(shown.code, 0, "{case}: {}", shown.err);
        let now: Value = serde_json::from_str(&shown.out).expect("JSON");
        for part in ["events", "ledger", "ledger_state"] {
            assert_eq!(now[part], before[part], "{case}: the {part} of {id}");
        }
    }
}

#[test]
fn a_migration_that_is_cut_off_anywhere_goes_on_at_the_next_start_and_loses_nothing() {
    let user = Cueline::of_the_first_version();
    let cut_off = CutOff::watching(&[&user.data_dir().join("calls.db")]);
    assert_eq!(open(&user, &cut_off, None).code, 0);
    let steps = cut_off.steps();
    let of_a_migration = steps.len();
    assert_eq!(open(&user, &cut_off, None).code, 0);
    assert!(cut_off.steps().len() * 10 < of_a_migration, "it is migrated once: {:?}", cut_off.steps());

    let mut cuts = 0;
    for number in (1..=of_a_migration).step_by(ONE_IN) {
        for &how in steps[number - 1].hows() {
            let user = Cueline::of_the_first_version();
            let cut_off = CutOff::watching(&[&user.data_dir().join("calls.db")]);
            let case = format!("{how:?} at step {number} of {of_a_migration}");
            let ended = open(&user, &cut_off, Some(Cut { step: number, how }));
            match how {
                How::Full => {
                    let told = ended.err.to_lowercase().contains("space");
                    assert!(ended.code == 0 || told, "{case}: {}", ended.err);
                }
                _ => assert_eq!(ended.code, -1, "{case}: {}", ended.err),
            }
            is_whole(&user, &case);
            cuts += 1;
        }
    }
    assert!(cuts >= 40, "{cuts} cuts");
}
