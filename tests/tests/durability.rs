//! Kill -9 in mid-call, at ten moments: the log opens, misses nothing older than a second and says it was repaired. Exports,
//! migrations and reviews that are cut off are in `cut_off` and `review`.

use cueline_events::CallEvent;
use cueline_tests::{Cueline, LiveProcess, Recording};
use std::time::Duration;

/// Seconds after the first words at which the ten calls are killed: spread so that partials, finals, cue events and
/// the recording's seconds are all hit in different places.
const MOMENTS: [f64; 10] = [0.05, 0.4, 0.93, 1.31, 2.02, 2.77, 3.5, 4.9, 6.66, 9.1];

#[test]
fn a_killed_call_keeps_all_but_its_last_second() {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    for moment in MOMENTS {
        let replay = [
            "replay",
            sample.file().to_str().unwrap(),
            "--pace",
            "realtime",
            "--context",
            sample.script(),
            "--json",
        ];
        let mut live = LiveProcess::start(user.command(&replay));
        live.wait_for("the first words", |event| matches!(event, CallEvent::Final { .. }));
        // The moment is the test's subject, not a wait for something to happen.
        std::thread::sleep(Duration::from_secs_f64(moment));
        let (killed_at, told) = live.kill();
        let call = told.iter().find_map(|(_, event)| match event {
            CallEvent::CallStarted { call, .. } => Some(call.clone()),
            _ => None,
        });
        let call = call.expect("the call had started");

        let shown = user.run(&["calls", "show", &call, "--json"]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        assert!(shown.err.contains("repaired"), "the repair is told: {}", shown.err);
        let due = told.iter().filter(|(at, _)| killed_at.duration_since(*at) >= Duration::from_secs(1));
        for (_, event) in due {
            let kept = match event {
                CallEvent::Final { text, .. } => text.as_str().to_owned(),
                CallEvent::Cue(cue) => cue.cue.clone(),
                _ => continue,
            };
            assert!(
                shown.out.contains(&kept),
                "killed {moment} s after the first words, the log misses {event:?}"
            );
        }
        let again = user.run(&["calls", "show", &call, "--json"]);
        assert!(!again.err.contains("repaired"), "it is repaired once");
    }
}
