//! Whatever a file holds, reading it ends with a playbook or a call, or with faults that say where: never otherwise.

use cueline_cues::{Playbook, Script};
use proptest::prelude::*;

/// A playbook that uses every part of the format.
const PLAYBOOK: &str = r#"
[playbook]
id = "t"
version = "1"
title = "t"
modes = ["third_party"]

[budget.new]
coaching_per_5_min = 3
coaching_per_call = 8
coaching_from = "low"

[words]
debt = ["debt", "(past+due|owed) ..2 bill"]

[scopes.negated]
opens = ["not", "no+one"]
stops = ["but", "^ i"]
reach = 6

[outside]
trigger = ["negated"]

[party]
identifiers_required = 1
third_person = ["i am (his|her) mother"]

[[party.identifier]]
asks = ["date of birth"]
shape = "date"

[listening]
open_questions = ["what ..4 ?"]
holds = ["one moment"]

[[question]]
after = ["a.trigger"]
stages = ["discussion"]
ask = ["What part looks wrong?"]

[[scorecard]]
title = "Said"
weight = 4.0
by = "auto"
said = ["a.duty"]

[[cue]]
id = "a.duty"
kind = "disclosure"
title = "t"
headline = "h"
prompt = "p"
severity = "high"
applies = { outside_hours = ["08:00", "21:00"], frequency = { calls_in_7_days = 7, days_since_conversation = 7 } }
satisfies = [{ all = ["2of(attempt collect <debt>)"], some = ["AMOUNT &6 DATE", "used! ..3 purpose"], least = 1 }]
duty = { due = "start", seconds = 20.0, turns = 2, assent = true }

[[cue.test]]
as = "satisfies"
say = ["an attempt to collect a debt, used for that purpose"]

[[cue]]
id = "a.trigger"
kind = "trigger"
title = "t"
headline = "h"
prompt = "p"
severity = "high"
fires = ["dispute", ["harass*", "stop"]]
signals = [{ match = "fed up", weight = 2.0, allow = ["negated"] }]
threshold = 2.0
handles = ["mark ..3 disputed"]
repeat = { of = ["pay"], times = 2, within_s = 60.0 }
"#;

const SCENARIO: &str = "# A title\ncontext mode=third_party, local_time=21:20\nagent: Hello, this is Dana\n    done a.duty\n\
                        customer: I dispute it\n    fires a.trigger\n    not a.b, a.c\nwait 9\nnever x.y\n";

const CALL: &str = r#"{"id":"a","context":{"mode":"third_party","amount":12.5},"turns":[{"speaker":"agent","text":"Hi",
"t0":0.5,"t1":1}],"expected":[{"turn":0,"cue":"a.b","event":"fires","scope":"call"}]}"#;

/// A text with a few of its characters replaced, left out or doubled.
fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    let damage = (0..text.len(), 0..4_u8, any::<char>());
    prop::collection::vec(damage, 1..6).prop_map(move |damages| {
        let mut characters: Vec<char> = text.chars().collect();
        for (at, how, new) in damages {
            let at = at.min(characters.len().saturating_sub(1));
            match how {
                0 => characters[at] = new,
                1 => drop(characters.remove(at)),
                2 => characters.insert(at, characters[at]),
                _ => characters.truncate(at.max(1)),
            }
            if characters.is_empty() {
                characters.push(new);
            }
        }
        characters.into_iter().collect()
    })
}

fn read(text: &str) {
    if let Err(error) = Playbook::parse(text, "t.toml") {
        assert!(!error.faults.is_empty());
        let lines = text.split('\n').count();
        for fault in error.faults {
            assert!(fault.line >= 1 && fault.line <= lines && fault.column >= 1, "{fault:?}");
            assert!(!fault.reason.is_empty());
        }
    }
}

#[test]
fn the_undamaged_texts_read() {
    let playbook = Playbook::parse(PLAYBOOK, "t.toml").unwrap_or_else(|error| panic!("{error}"));
    assert!(playbook.check().is_empty());
    Script::parse_scenario(SCENARIO, "a.scenario").unwrap();
    Script::parse(CALL, "a.json").unwrap();
}

/// How many damaged files of each kind; `cargo xtask fuzz` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_damaged_playbook_is_read_or_refused_with_its_place(text in damaged(PLAYBOOK)) {
        read(&text);
    }

    #[test]
    fn a_damaged_call_is_read_or_refused(scenario in damaged(SCENARIO), call in damaged(CALL), noise in ".{0,200}") {
        for (text, file) in [(&scenario, "a.scenario"), (&noise, "a.scenario")] {
            if let Err(error) = Script::parse_scenario(text, file) {
                prop_assert!(error.line >= 1 && error.column >= 1);
            }
        }
        for text in [&call, &noise] {
            if let Err(error) = Script::parse(text, "a.json") {
                prop_assert!(!error.reason.is_empty());
            }
        }
        read(&noise);
    }
}
