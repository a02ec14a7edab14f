//! Scripted calls of our own through the whole engine, and how they are compared.

use cueline_cues::{Comparison, Expected, ExpectedEvent, Playbook, Scope, Script, compare, rehearse};
use cueline_events::{CueEvent, CueEventKind, Lane};
use std::fs;
use std::path::PathBuf;

const ROOF: &str = include_str!("scripts/roof-loan-dispute.json");
const NIGHT: &str = include_str!("scripts/night-shift-attorney.json");

/// All scripts of the folder beside this file, by name: calls written out with what they expect, and scenarios as a team lead
/// would write them down, one for each rule that no single phrase shows. One that nobody listed was once never run.
fn scripts() -> Vec<(String, Script)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scripts");
    let entries = fs::read_dir(folder).expect("the folder of the scripts");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file in it").path()).collect();
    files.sort();
    let script = |file: PathBuf| {
        let (name, text) = (file.display().to_string(), fs::read_to_string(&file).expect("a text"));
        let parse = match file.extension().and_then(|ending| ending.to_str()) {
            Some("scenario") => Script::parse_scenario,
            _ => Script::parse,
        };
        let script = parse(&text, &name).unwrap_or_else(|error| panic!("{error}"));
        (name, script)
    };
    files.into_iter().map(script).collect()
}

#[test]
fn our_scripted_calls_go_as_they_should() {
    for (name, script) in scripts() {
        let rehearsal = rehearse(&script, Playbook::for_context(&script.context));
        let differences: Vec<String> = rehearsal.differences.iter().map(ToString::to_string).collect();
        assert!(differences.is_empty(), "{name}\n{}", differences.join("\n"));
        assert_eq!(rehearsal.not_in_playbook(), 0, "{name}");
        assert_eq!(rehearsal, rehearse(&script, Playbook::for_context(&script.context)), "{name}");
    }
}

#[test]
fn a_silent_script_differs_where_something_was_expected() {
    let mut script = Script::parse(ROOF, "roof").unwrap();
    for turn in &mut script.turns {
        turn.text = "mm-hm".into();
    }
    let rehearsal = rehearse(&script, Playbook::for_context(&script.context));
    let wanted =
        script.expected.iter().filter(|expected| expected.event != ExpectedEvent::MustNotFire).count();
    // What a clock decides still happens.
    assert!(rehearsal.differences.len() + 2 >= wanted, "{} of {wanted}", rehearsal.differences.len());
}

fn event(cue: &str, event: CueEventKind, at: f64, lane: Lane) -> CueEvent {
    let (evidence, shown, withheld, measure) = (None, None, None, None);
    CueEvent {
        cue: cue.into(),
        event,
        at,
        emitted_at: at,
        lane: Some(lane),
        evidence,
        shown,
        withheld,
        measure,
        by_agent: false,
    }
}

#[test]
fn an_event_counts_at_its_turn_or_the_next_and_only_once() {
    let script = Script::parse(NIGHT, "night").unwrap();
    let turns = &script.turns[..3];
    let playbook = Playbook::for_context(&script.context);
    let wanted = |turn, cue: &str, event, scope| Expected {
        turn,
        cue: cue.into(),
        event,
        scope,
        phrase: None,
        why: None,
        decided_at: None,
    };
    let (dispute, fires) = ("trig.dispute", CueEventKind::Fires);
    let late = turns[1].t1 + 2.0;
    for (at, slack, met) in
        [(turns[0].t0 + 0.1, 0.0, true), (turns[1].t1, 0.0, true), (late, 0.0, false), (late, 3.0, true)]
    {
        let events = [event(dispute, fires, at, Lane::Customer)];
        let expected = [wanted(0, dispute, ExpectedEvent::Fires, Scope::Turn)];
        let Comparison { outcomes, .. } = compare(&events, turns, &expected, &playbook, slack);
        assert_eq!(outcomes[0].met, Some(met), "{at} with {slack}");
    }
    let once = [event(dispute, fires, turns[1].t0, Lane::Customer)];
    let twice = [0, 1].map(|turn| wanted(turn, dispute, ExpectedEvent::Fires, Scope::Turn));
    assert_eq!(compare(&once, turns, &twice, &playbook, 0.0).differences.len(), 1);
    let forbidden = |scope| [wanted(0, dispute, ExpectedEvent::MustNotFire, scope)];
    assert!(compare(&once, turns, &forbidden(Scope::Turn), &playbook, 0.0).differences.is_empty());
    assert_eq!(compare(&once, turns, &forbidden(Scope::Call), &playbook, 0.0).differences.len(), 1);
    let unknown = [wanted(0, "trig.unheard_of", ExpectedEvent::Fires, Scope::Turn)];
    assert_eq!(compare(&once, turns, &unknown, &playbook, 0.0).outcomes[0].met, None);
}
