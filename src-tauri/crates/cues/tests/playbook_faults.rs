//! Playbooks that are wrong: every fault is told with its line, its column and its reason.

use cueline_cues::{Fault, Playbook};

const HEAD: &str = "[playbook]\nid = \"t\"\nversion = \"1\"\ntitle = \"t\"\nmodes = [\"third_party\"]\n";
const CUE: &str = "[[cue]]\nid = \"a.b\"\nkind = \"trigger\"\ntitle = \"t\"\nheadline = \"h\"\nprompt = \"p\"\n\
                   severity = \"low\"\n";

fn faults(text: &str) -> Vec<Fault> {
    Playbook::parse(text, "t.toml").err().map(|error| error.faults).unwrap_or_default()
}

/// Line 6 is the first after the head; a cue's own keys begin at line 13.
#[test]
fn every_fault_says_where_and_why() {
    for (text, line, column, reason) in [
        ("nonsense".to_owned(), 1, 9, "key"),
        (format!("{HEAD}colour = 1\n"), 6, 1, "unknown field `colour`"),
        (format!("{HEAD}[words]\nbill = [\"bill\", \"(debt\"]\n"), 7, 18, "`)` is missing"),
        (format!("{HEAD}[words]\na = [\"<b>\"]\nb = [\"x <a>\"]\n"), 7, 6, "contains itself"),
        (format!("{HEAD}[words]\na = []\n"), 6, 1, "empty"),
        (format!("{HEAD}{CUE}"), 7, 6, "can never fire"),
        (format!("{HEAD}{CUE}fires = [\"pay <dept>\"]\n"), 13, 15, "no group `dept`"),
        (format!("{HEAD}{CUE}fires = [[\"pay\", \"the\"]]\n"), 13, 19, "is dropped"),
        (format!("{HEAD}{CUE}fires = [{{ match = \"pay\", wait = 3 }}]\n"), 13, 10, "unknown field `wait`"),
        (
            format!("{HEAD}{CUE}fires = [{{ all = [\"pay\"], some = [\"a1\"], least = 2 }}]\n"),
            13,
            10,
            "`least = 2` of 1",
        ),
        (format!("{HEAD}{CUE}fires = [\"pay\"]\noutside = [\"negative\"]\n"), 14, 12, "no scope `negative`"),
        (format!("{HEAD}{CUE}fires = [\"pay\"]\nper_call = 0\n"), 14, 12, "never show"),
        (format!("{HEAD}{CUE}fires = [\"pay\"]\ncooldown_s = -1.0\n"), 14, 14, "0 or more"),
        (format!("{HEAD}{CUE}fires = [\"pay\"]\n{CUE}fires = [\"pay\"]\n"), 15, 6, "defined twice"),
        (
            format!("{HEAD}{CUE}fires = [\"pay\"]\nafter = {{ cues = [\"x.y\"], turns = 1 }}\n"),
            14,
            19,
            "no cue `x.y`",
        ),
        (format!("{HEAD}{CUE}fires = [\"pay\"]\nduty = {{ due = \"start\" }}\n"), 7, 6, "only a disclosure"),
        (format!("{HEAD}{CUE}signals = [\"pay\"]\n"), 7, 6, "needs a `threshold`"),
        (
            format!(
                "{HEAD}{}satisfies = [\"pay\"]\nduty = {{ due = \"start\", before = \"before the end\" }}\n",
                CUE.replace("trigger", "disclosure")
            ),
            14,
            34,
            "`overdue_on` is, which is missing",
        ),
        (
            format!(
                "{HEAD}{}",
                CUE.replace(
                    "\"p\"",
                    "\"one two three four five six seven eight nine ten eleven twelve more\""
                )
            ),
            11,
            10,
            "13 words",
        ),
        (
            format!(
                "{HEAD}[budget.new]\ncoaching_per_5_min = 9\ncoaching_per_call = 3\ncoaching_from = \"low\"\n"
            ),
            6,
            2,
            "than in the whole call",
        ),
        (
            format!(
                "{HEAD}{}count = {{ measure = \"talk_share\", over = 1.5 }}\n",
                CUE.replace("trigger", "listening")
            ),
            13,
            9,
            "a share is below 1",
        ),
    ] {
        let faults = faults(&text);
        assert!(
            faults.iter().any(|f| (f.line, f.column) == (line, column) && f.reason.contains(reason)),
            "{text}\nwanted {line}:{column} {reason}, got {faults:?}"
        );
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_file() {
    let faults = faults(&format!("{HEAD}{CUE}fires = [\"(pay\", \"bill)\"]\nhandles = [\"<x>\"]\n"));
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [13, 13, 14]);
}

#[test]
fn a_test_phrase_that_fails_is_a_fault_at_its_line() {
    let text = format!(
        "{HEAD}{CUE}fires = [\"pay\"]\n[[cue.test]]\nas = \"fires\"\nsay = [\"I paid\",\n\"never mind\"]\n"
    );
    let playbook = Playbook::parse(&text, "t.toml").unwrap_or_else(|error| panic!("{error}"));
    let faults = playbook.check();
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].line, faults[0].column), (17, 1));
    assert!(faults[0].reason.contains("never mind") && faults[0].reason.contains("does not fire"));
}
