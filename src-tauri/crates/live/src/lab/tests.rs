//! Scripted calls through the call loop with a log, and told again from that log.

use super::*;
use crate::act::Act;
use crate::call_loop::CallLoop;
use crate::message::Message;
use cueline_calls::{Actor, MemoryKeyStore, NewCall, Retention, Role, Store, Unlock};
use cueline_cues::{CardAction, Script, Turn};
use cueline_events::{CallSource, Lane, Spoken};
use cueline_speech::{Transcribed, Utterance};
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

/// How long a final takes: so that the clock has gone on when it arrives.
const LATENCY: f64 = 0.43;

fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).unwrap();
    (dir, store)
}

/// What the threads of a call would have told of a script: voices, partials word by word, finals that come late.
fn messages(script: &Script) -> Vec<(f64, Message)> {
    let mut told: Vec<(f64, Message)> = Vec::new();
    for (i, turn) in script.turns.iter().enumerate() {
        let Turn { speaker: lane, t0, t1, .. } = *turn;
        told.push((t0 + 0.11, Message::VoiceStarted { lane, at: t0 }));
        told.push((t1 + 0.17, Message::VoiceEnded { lane, at: t1 }));
        // Somewhere in the call the microphone is switched off between two turns.
        let level = if i % 7 == 3 { -90.0 } else { -70.0 };
        told.push((t1 + 0.2, Message::Level { lane: Lane::Agent, rms_db: level, peak_db: level }));
        let said = |text: &str, end| Utterance { lane, id: i as u32 + 1, start: t0, end, text: text.into() };
        let words: Vec<&str> = turn.text.as_str().split(' ').collect();
        for revision in 1..words.len() {
            let at = t0 + (t1 - t0) * revision as f64 / words.len() as f64;
            let partial = Transcribed::Partial {
                said: said(&words[..revision].join(" "), at),
                revision: revision as u32,
                paused: revision % 5 == 0,
            };
            told.push((at + 0.29, Message::Transcribed(partial)));
        }
        told.push((t1 + LATENCY, Message::Transcribed(Transcribed::Final(said(turn.text.as_str(), t1)))));
    }
    told.sort_by(|a, b| a.0.total_cmp(&b.0));
    told
}

/// A script as a call with a log; some of it the agent answers with a key. Gives back the call's id.
fn live(store: &Store, script: &Script, playbook: &Arc<Playbook>) -> String {
    let log = store
        .begin_call(NewCall {
            id: None,
            source: CallSource::Script,
            model: String::new(),
            playbook: playbook.id(),
            context: script.context.clone(),
            agent: "agent".into(),
            machine: "desk".into(),
            started_at: 0,
        })
        .unwrap();
    let id = log.id();
    let mut call = CallLoop::begin(
        Arc::clone(playbook),
        script.context.clone(),
        Some(log),
        None,
        Box::new(|_| {}),
        CallEvent::Lag { seconds: 0.0 },
    );
    let mut now = 0.0;
    for (n, (at, message)) in messages(script).into_iter().enumerate() {
        while now + 0.1 < at {
            now += 0.1;
            call.clock(now, 0.0);
        }
        call.take(message, at);
        match n % 97 {
            50 => call.act(Act::Card { cue: "trig.dispute".into(), action: CardAction::NotNow }, at),
            70 => call.act(Act::MarkSaid { cue: "disc.recording_notice".into() }, at),
            80 => call.act(Act::Pause { at }, at),
            85 => call.act(Act::Resume { at }, at),
            _ => {}
        }
    }
    now = now.max(script.end() + LATENCY) + 3.0;
    call.clock(now, 0.0);
    call.end(script.end() + 1.0, now);
    id
}

fn scripts() -> Vec<Script> {
    let read = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".scenario") {
            Script::parse_scenario(&text, &name).unwrap()
        } else {
            Script::parse(&text, &name).unwrap()
        }
    };
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files: Vec<_> = std::fs::read_dir(crates.join("cues/tests/scripts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json" || e == "scenario"))
        .collect();
    files.push(crates.parent().unwrap().join("sample/sample-call.json"));
    files.sort();
    assert!(files.len() > 5);
    files.iter().map(|path| read(path)).collect()
}

/// An event without what only the clock of the call that was told first decides.
fn essence(events: Vec<CueEvent>) -> Vec<CueEvent> {
    events.into_iter().map(|event| CueEvent { emitted_at: 0.0, ..event }).collect()
}

#[test]
fn a_stored_call_told_again_to_its_playbook_gives_its_events_to_the_last() {
    let (_dir, store) = store();
    for script in scripts() {
        let playbook = Playbook::for_context(&script.context);
        let id = live(&store, &script, &playbook);
        let record = store.show(&id).unwrap();
        let (telling, again) = retell(&store.call_to_retell(&id).unwrap(), Arc::clone(&playbook));
        assert_eq!(telling, Telling::Observed);
        let before = crate::cue_events(&record);
        assert!(before.len() > 3, "{}", script.id);
        let changes = changes(&before, &again, &[]);
        assert!(changes.values().all(CueChange::is_none), "{}: {changes:?}", script.id);
        // Quotes are masked in the log, and told again with zeroes; all else is the same to the last.
        let without_quotes = |events: Vec<CueEvent>| -> Vec<CueEvent> {
            let blank = |event: CueEvent| CueEvent {
                evidence: event.evidence.map(|e| cueline_events::Evidence { quote: Spoken::default(), ..e }),
                ..event
            };
            essence(events).into_iter().map(blank).collect()
        };
        if script.turns.iter().all(|turn| !turn.text.as_str().contains(|c: char| c.is_ascii_digit())) {
            assert_eq!(essence(before.clone()), essence(again.clone()), "{}", script.id);
        }
        assert_eq!(without_quotes(before), without_quotes(again), "{}", script.id);
    }
}

#[test]
fn a_call_whose_dates_of_birth_are_masked_gives_the_same_cues_when_it_is_told_again() {
    let (_dir, store) = store();
    let lead = Actor { name: "Ana".into(), role: Role::TeamLead, machine: "desk".into() };
    let rules = Retention { mask_birth_dates: true, ..Retention::default() };
    store.act(lead, None).unwrap().set_retention(&rules).unwrap();
    let mut masked = 0;
    for script in scripts() {
        let playbook = Playbook::for_context(&script.context);
        let id = live(&store, &script, &playbook);
        let record = store.show(&id).unwrap();
        masked += record.events.iter().filter(|event| {
            matches!(event, CallEvent::Final { text, .. } if text.as_str().contains("[date of birth]"))
        }).count();
        let (_, again) = retell(&store.call_to_retell(&id).unwrap(), playbook);
        let changes = changes(&crate::cue_events(&record), &again, &[]);
        assert!(changes.values().all(CueChange::is_none), "{}: {changes:?}", script.id);
    }
    assert!(masked > 0, "no script has a date of birth");
}

#[test]
fn an_imported_call_told_again_gives_the_same_events() {
    let ((_dir, store), (_elsewhere, other)) = (store(), store());
    let lead = |store: &Store| {
        let actor = Actor { name: "Ana".into(), role: Role::TeamLead, machine: "desk".into() };
        store.act(actor, None).unwrap()
    };
    let to = tempfile::tempdir().unwrap();
    for script in scripts() {
        let playbook = Playbook::for_context(&script.context);
        let id = live(&store, &script, &playbook);
        let taken = lead(&store).take_out(&id, "json", false).unwrap();
        let (call, _) = crate::exported(taken, &playbook, String::new());
        let file = to.path().join(&id);
        std::fs::write(&file, cueline_calls::export::json(&call).unwrap()).unwrap();
        assert!(lead(&other).take_in(&file).unwrap().new, "{}", script.id);
        let (there, here) = (store.call_to_retell(&id).unwrap(), other.call_to_retell(&id).unwrap());
        assert_eq!(there, here, "{}", script.id);
        let (telling, events) = retell(&here, Arc::clone(&playbook));
        assert_eq!((telling, events), retell(&there, playbook), "{}", script.id);
        assert_eq!(telling, Telling::Observed);
    }
    assert_eq!(other.verify_all().unwrap().faults, []);
}

#[test]
fn a_call_whose_times_make_no_sense_is_told_to_its_end() {
    let (_dir, store) = store();
    let script = scripts().pop().unwrap();
    let playbook = Playbook::for_context(&script.context);
    let whole = store.call_to_retell(&live(&store, &script, &playbook)).unwrap();
    // An import lets through what lies within four days.
    for times in [[345_600.0, 0.0, -60.0], [-60.0, -60.0, -60.0], [7.0, 345_600.0, 3.0]] {
        let mut call = whole.clone();
        for (one, time) in call.observed.iter_mut().zip(times.into_iter().cycle()) {
            (one.clock, one.at) = (time, 1.0 - time);
            if let ObservedWhat::Partial { said, .. } | ObservedWhat::Final { said } = &mut one.what {
                (said.start, said.end) = (said.end - time, said.start + time);
            }
        }
        assert!(!retell(&call, Arc::clone(&playbook)).1.is_empty());
    }
}

#[test]
fn a_call_of_which_only_the_transcript_is_there_is_told_from_it() {
    let (_dir, store) = store();
    let script = scripts().pop().unwrap();
    let playbook = Playbook::for_context(&script.context);
    let id = live(&store, &script, &playbook);
    let whole = store.call_to_retell(&id).unwrap();
    let transcript = store.show(&id).unwrap().events;
    let (telling, events) =
        retell(&CallToRetell { observed: Vec::new(), transcript, ..whole.clone() }, Arc::clone(&playbook));
    assert_eq!(telling, Telling::Transcript);
    assert!(events.iter().any(|event| event.lane == Some(Lane::Agent)));
    let observed = whole.observed[..whole.observed.len() / 2].to_vec();
    let (telling, _) = retell(&CallToRetell { observed, ..whole }, playbook);
    assert_eq!(telling, Telling::Part);
}

#[test]
fn a_card_number_is_in_no_observation_however_early_it_was_heard() {
    let (_dir, store) = store();
    let text = "agent: Go ahead.\ncustomer: sure it is four one one one one one one one one one one one one one one one okay\n\
                agent: And the code on the back?\ncustomer: it is nine eight seven\n";
    let script = Script::parse_scenario(text, "card.scenario").unwrap();
    let id = live(&store, &script, &Playbook::for_context(&script.context));
    let observed = store.call_to_retell(&id).unwrap().observed;
    let mut partials = 0;
    for one in &observed {
        let (ObservedWhat::Partial { said, .. } | ObservedWhat::Final { said }) = &one.what else { continue };
        partials += 1;
        for figure in ["four", "one", "nine", "eight", "seven"] {
            assert!(!said.text.as_str().split(' ').any(|word| word == figure), "{figure} at {}", one.at);
        }
    }
    assert!(partials > 15, "{partials}");
}

#[test]
fn many_calls_come_in_their_order_and_are_the_same_however_many_threads_tell_them() {
    let (_dir, store) = store();
    let scripts = scripts();
    let calls: Vec<String> =
        scripts.iter().map(|script| live(&store, script, &Playbook::for_context(&script.context))).collect();
    let other = Playbook::built_in("customer-service").unwrap();
    let lead = Actor { name: "Ana".into(), role: Role::TeamLead, machine: "desk".into() };
    let acting = store.act(lead, None).unwrap();
    let tell = |threads, at_most: usize| {
        let (mut told, mut progress) = (Vec::new(), Vec::new());
        let playbook = |_: &CallToRetell| Arc::clone(&other);
        let whole = tell_all(&acting, &calls, threads, &playbook, &mut |call, come| {
            told.push(call);
            progress.push(come.done as usize);
            if told.len() < at_most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(progress, (1..=told.len()).collect::<Vec<_>>());
        (whole.unwrap(), told)
    };
    let (whole, alone) = tell(1, usize::MAX);
    assert!(whole);
    assert_eq!(alone.iter().map(|told| &told.call).collect::<Vec<_>>(), calls.iter().collect::<Vec<_>>());
    for told in &alone {
        let call = store.call_to_retell(&told.call).unwrap();
        assert_eq!(*told, ToldCall::tell(&call, Arc::clone(&other)));
    }
    assert!(alone.iter().any(ToldCall::differs), "another playbook fires otherwise");
    for threads in [2, 3, 64] {
        assert_eq!(tell(threads, usize::MAX), (true, alone.clone()), "{threads} threads");
    }
    assert_eq!(tell(4, 2), (false, alone[..2].to_vec()), "it breaks off when it is told to");

    let mut wrong = calls.clone();
    wrong.insert(1, "ffffffff".into());
    let mut taken = 0;
    let playbook = |_: &CallToRetell| Arc::clone(&other);
    let error = tell_all(&acting, &wrong, 3, &playbook, &mut |_, _| {
        taken += 1;
        ControlFlow::Continue(())
    });
    assert_eq!((error.unwrap_err().notice().code.as_str(), taken), ("no_such_call", 1));

    let mut totals = LabTotals::default();
    alone.iter().for_each(|told| totals.add(told));
    assert_eq!(totals.calls as usize, calls.len());
    assert_eq!(totals.differing as usize, alone.iter().filter(|told| told.differs()).count());
}
