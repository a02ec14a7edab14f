//! What holds for any call whatsoever.

use cueline_cues::{CardAction, Engine, Observation, Playbook, Progress, probe};
use cueline_events::{CallContext, CueEvent, CueEventKind, Lane, Withheld};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Things people say on such calls, so that random calls reach every machine.
const SAID: &[&str] = &[
    "Hi, my name is Priya and this call is recorded.",
    "Could I take your date of birth and your zip?",
    "March second eighty one, seven eight seven four one",
    "This is an attempt to collect a debt",
    "and any information obtained will be used for that purpose",
    "There is a balance of six hundred and twelve dollars",
    "How much can you pay today?",
    "I already paid that",
    "I've got an attorney for this",
    "I filed for bankruptcy in May",
    "Don't ever contact me again",
    "Everyone would be better off without me",
    "They let me go in June",
    "My wife is in the hospital",
    "This is ridiculous, nobody ever listens, I'm fed up",
    "You're a liar",
    "I just told you that",
    "You could be arrested for this",
    "We're going to sue you",
    "I take that back, no legal action is being taken",
    "I'm marking it as disputed",
    "So to recap, forty dollars on the fifteenth. Take care, bye.",
    "You have the wrong number",
    "hold on, I'll give him the phone",
    "This isn't a good time",
    "mm-hm",
    "",
];

#[derive(Debug, Clone)]
enum Step {
    Say { agent: bool, line: usize, text: Option<String>, words: f64, partial: bool, late: f64 },
    Wait(f64),
    Act(usize, u8),
    MarkSaid(usize),
    Pause(f64),
}

fn step() -> impl Strategy<Value = Step> {
    let said = (
        any::<bool>(),
        0..SAID.len(),
        proptest::option::weighted(0.1, ".{0,60}"),
        0.1..6.0,
        any::<bool>(),
        0.0..1.5,
    );
    prop_oneof![
        8 => said.prop_map(|(agent, line, text, words, partial, late)| Step::Say { agent, line, text, words, partial, late }),
        2 => (0.0..20.0).prop_map(Step::Wait),
        1 => (0..8usize, 0..3u8).prop_map(|(cue, action)| Step::Act(cue, action)),
        1 => (0..4usize).prop_map(Step::MarkSaid),
        1 => (0.0..40.0).prop_map(Step::Pause),
    ]
}

/// The steps as observations in the order of their times.
fn observations(steps: &[Step]) -> Vec<(f64, Observation)> {
    let mut all: Vec<(f64, u8, Observation)> = Vec::new();
    let (mut now, mut utterance) = (0.5, 0);
    for step in steps {
        match step {
            Step::Wait(seconds) => now += seconds,
            Step::MarkSaid(cue) => {
                let cue =
                    ["disc.recording_notice", "disc.right_party", "trig.dispute", "guard.threat_legal"][*cue];
                all.push((now, 3, Observation::MarkedSaid { at: now, cue: cue.to_owned() }));
            }
            Step::Pause(seconds) => {
                all.push((now, 4, Observation::Muted { at: now }));
                all.push((now, 4, Observation::Paused { at: now }));
                now += seconds;
                all.push((now, 4, Observation::Resumed { at: now }));
                all.push((now, 4, Observation::Unmuted { at: now }));
            }
            Step::Act(cue, action) => {
                let cue = ["trig.dispute", "trig.attorney", "deesc.anger", "guard.threat_legal"][cue % 4]
                    .to_owned();
                let action =
                    [CardAction::Done, CardAction::NotNow, CardAction::Wrong][usize::from(*action) % 3];
                all.push((now, 3, Observation::Action { at: now, cue, action }));
            }
            Step::Say { agent, line, text, words, partial, late } => {
                let lane = if *agent { Lane::Agent } else { Lane::Customer };
                let text = text.clone().unwrap_or_else(|| SAID[*line].to_owned());
                let (start, end) = (now, now + words);
                utterance += 1;
                all.push((start, 0, Observation::VoiceStarted { lane, at: start }));
                all.push((end, 1, Observation::VoiceEnded { lane, at: end }));
                let said = |at, end, text: &str, progress| Observation::Utterance {
                    at,
                    lane,
                    utterance,
                    start,
                    end,
                    text: text.into(),
                    progress,
                };
                if *partial {
                    let half: String = text.chars().take(text.chars().count() * 2 / 3).collect();
                    all.push((
                        start + words / 2.0,
                        2,
                        said(start + words / 2.0, start + words / 2.0, &half, Progress::Speaking),
                    ));
                    all.push((
                        start + words * 0.9,
                        2,
                        said(start + words * 0.9, start + words * 0.9, &text, Progress::Speaking),
                    ));
                }
                all.push((end + late, 2, said(end + late, end, &text, Progress::Final)));
                now = end + 0.2;
            }
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(at, _, observation)| (at, observation)).collect()
}

fn run(observations: &[(f64, Observation)], tick: Option<f64>) -> Vec<CueEvent> {
    let context = CallContext { creditor: "Harbor Lane".into(), ..CallContext::default() };
    let mut engine = Engine::new(Playbook::for_context(&context), context);
    let mut events = Vec::new();
    let mut ticked = 0.0;
    for (at, observation) in observations {
        while let Some(tick) = tick.filter(|tick| ticked + tick < *at) {
            ticked += tick;
            events.extend(engine.observe(&Observation::Clock { at: ticked }));
        }
        events.extend(engine.observe(observation));
    }
    events.extend(engine.finish(observations.last().map_or(0.0, |(at, _)| *at) + 1.0));
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_same_call_gives_the_same_events_however_often_a_clock_ticks(
        steps in proptest::collection::vec(step(), 1..25), tick in 0.05..3.0_f64,
    ) {
        let observations = observations(&steps);
        let once = run(&observations, None);
        prop_assert_eq!(&once, &run(&observations, None));
        prop_assert_eq!(&once, &run(&observations, Some(tick)));
    }

    #[test]
    fn events_keep_their_promises(steps in proptest::collection::vec(step(), 1..30)) {
        let observations = observations(&steps);
        let events = run(&observations, None);
        let playbook = Playbook::built_in("collections-us").unwrap();
        let payment = ["listen.ack_before_ask"];
        let orders = ["trig.attorney", "trig.bankruptcy", "trig.cease_contact", "trig.suicide_risk"];
        let mut given: BTreeSet<String> = BTreeSet::new();
        let mut seen = Vec::new();
        for event in &events {
            prop_assert!(event.at.is_finite() && event.emitted_at.is_finite());
            prop_assert!(event.at <= event.emitted_at + 1e-9, "{:?} is before its words", event);
            prop_assert_eq!(event.event == CueEventKind::Fires, event.shown.is_some());
            prop_assert!(event.shown != Some(true) || event.withheld.is_none());
            prop_assert!(playbook.view().cues.iter().any(|cue| cue.id == event.cue));
            // No event twice.
            prop_assert!(!seen.contains(event), "{:?} came twice", event);
            seen.push(event.clone());
            match event.event {
                CueEventKind::Fires if orders.contains(&event.cue.as_str()) => { given.insert(event.cue.clone()); }
                CueEventKind::Retracted => { given.remove(&event.cue); }
                CueEventKind::Fires if payment.contains(&event.cue.as_str()) && !given.is_empty() => {
                    prop_assert_eq!(event.withheld, Some(Withheld::StopOrder));
                }
                // No tick without its words, but for the agent's own word.
                CueEventKind::Satisfied if event.cue.starts_with("disc.") => {
                    prop_assert!(event.evidence.is_some() != event.by_agent);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn a_card_once_up_gives_way_before_the_next(steps in proptest::collection::vec(step(), 1..30)) {
        // Coaching never comes within its gap, and never more often than a call allows.
        let coaching = |event: &&CueEvent| {
            event.shown == Some(true) && (event.cue.starts_with("deesc.") || event.cue.starts_with("listen."))
        };
        let events = run(&observations(&steps), None);
        let times: Vec<f64> = events.iter().filter(coaching).map(|event| event.emitted_at).collect();
        prop_assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 20.0), "{:?}", times);
        prop_assert!(times.len() <= 8);
        // At most one card appears at one moment.
        let shown: Vec<f64> = events.iter().filter(|e| e.shown == Some(true)).map(|e| e.emitted_at).collect();
        prop_assert!(shown.windows(2).all(|pair| pair[1] > pair[0]), "{:?}", shown);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,300}", agent in any::<bool>()) {
        let playbook = Playbook::built_in("collections-us").unwrap();
        probe(&playbook, if agent { Lane::Agent } else { Lane::Customer }, &text);
    }

    #[test]
    fn no_playbook_makes_it_panic(text in "(\\[\\[cue\\]\\]|id|kind|=|\"|\\n|fires|[a-z .<>()\\[\\]]){0,60}") {
        let _ = Playbook::parse(&text, "any.toml");
        let quoted = text.replace(['"', '\\'], "");
        let _ = Playbook::parse(&format!("[words]\nany = [\"{}\"]\n", quoted.replace('\n', " ")), "any.toml");
    }
}

#[test]
fn times_that_are_no_times_change_nothing() {
    let mut engine = Engine::new(Playbook::built_in("collections-us").unwrap(), CallContext::default());
    for at in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(engine.observe(&Observation::Clock { at }).is_empty());
    }
    assert!(
        !engine.observe(&Observation::Clock { at: -5.0 }).is_empty(),
        "a time before the call is its beginning"
    );
    assert!(engine.observe(&Observation::Clock { at: 0.0 }).is_empty());
}
