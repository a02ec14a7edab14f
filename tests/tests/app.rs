//! The real app in a real window: the sample call from its start to its log, what the window cannot reach, the
//! passphrase, the command line.
#![cfg(target_os = "linux")]

use cueline_tests::webdriver::{AppWindow, Launch};
use cueline_tests::{Cueline, Pulse, Recording, built_program, repository};
use serde_json::json;
use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A call needs a machine of two cores to itself to be transcribed as it is spoken.
static ONE_CALL_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How long the window may take to show what it knows already.
const SOON: Duration = Duration::from_secs(20);
/// How long the sample call may take to say a thing: its 60 seconds, and a busy machine.
const IN_THE_CALL: Duration = Duration::from_secs(120);

/// The app of a user who knows the passphrase and has been through the guide, with arguments of its own.
fn open(user: &Cueline, arguments: &[&str]) -> AppWindow {
    user.has_seen_the_guide();
    AppWindow::of(user, arguments)
}

fn passphrase() -> (&'static str, PathBuf) {
    ("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into())
}

fn open_with(user: &Cueline, arguments: &[&str], environment: &[(&str, PathBuf)]) -> AppWindow {
    let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
    let arguments = [&["--data-dir", data_dir], arguments].concat();
    AppWindow::open(&Launch { arguments: &arguments, environment, scratch: user.data_dir() })
}

fn sample(kind: &str) -> String {
    format!("{}/src-tauri/sample/sample-call.{kind}", repository().display())
}

/// Waits until no other test runs a call. A test that failed in the middle of its call has ended it.
fn my_turn() -> MutexGuard<'static, ()> {
    ONE_CALL_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything that the app wrote into its log files.
fn log_of(user: &Cueline) -> String {
    let files = fs::read_dir(user.data_dir().join("logs")).expect("the app keeps a log").flatten();
    files.map(|file| fs::read_to_string(file.path()).expect("a text file")).collect()
}

#[test]
fn the_sample_call_shows_a_card_ticks_duties_and_leaves_a_log() {
    let _turn = my_turn();
    let user = Cueline::new();
    let window = open(&user, &[]);
    window.click("[data-testid=sample-call]", SOON);
    window.text("[data-testid=transcript]", IN_THE_CALL);
    window.until("a duty is ticked", IN_THE_CALL, || {
        (window.count("[data-testid=checklist] [data-state=done]") > 0).then_some(())
    });
    // "I already paid that": the card of a dispute, with what to say and the customer's own words.
    window.until("a card is up", IN_THE_CALL, || {
        (window.count("[data-testid=now-card][data-cue] [data-testid=card-done]") > 0).then_some(())
    });
    let cue = |window: &AppWindow| {
        window.run("return document.querySelector('[data-testid=now-card]').dataset.cue ?? ''", Vec::new())
    };
    let shown = cue(&window);
    window.click("[data-testid=card-done]", SOON);
    window.until("the card that is done has gone", SOON, || (cue(&window) != shown).then_some(()));
    window.click("[data-testid=end-call]", SOON);
    window.click("[data-testid=close-call]", IN_THE_CALL);

    let row = window.text("[data-testid=recent-calls] [data-testid=call-row]", SOON);
    assert!(row.contains("Robin Hale"), "the list names the call by its customer: {row}");
    window.click("[data-testid=call-row]", SOON);
    let log = window.text("[data-testid=review]", SOON);
    window.text("[data-testid=ledger]", SOON);
    assert!(window.text("[data-testid=review]", SOON).contains("Ledger intact"), "{log}");
    assert!(window.count("[data-testid=review] [data-testid=cue-pin]") > 0, "a cue is pinned to its words");

    // What was said is in the store, and nowhere in the program's own log.
    let program = log_of(&user).to_lowercase();
    assert!(program.contains("call started"), "{program}");
    for word in ["brightwater", "robin", "alder point", "debt", "zip code"] {
        assert!(!program.contains(word), "`{word}` stands in the program's log:\n{program}");
    }
}

#[test]
fn a_replay_starts_at_once_and_closing_the_window_ends_the_call_properly() {
    let _turn = my_turn();
    let user = Cueline::new();
    let window = open(&user, &["--replay", &sample("wav"), "--context", &sample("json")]);
    window.text("[data-testid=transcript]", IN_THE_CALL);
    window.press_close();

    let ended = window.until("the app has ended the call and itself", IN_THE_CALL, || {
        let listed = user.run(&["calls", "list", "--json"]);
        assert_eq!(listed.code, 0, "{}", listed.err);
        listed.out.contains("\"running\":false").then_some(listed.out)
    });
    assert!(ended.contains("\"repaired\":false"), "the call was closed by its own program: {ended}");
    assert!(ended.contains("Robin Hale"), "the context came from the command line: {ended}");
}

#[test]
fn the_chosen_devices_are_measured_and_then_called_with() {
    let _turn = my_turn();
    let pulse = Pulse::start();
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = open_with(&user, &[], &[pulse.environment(), vec![passphrase()]].concat());
    window.choose("[data-testid=device-agent]", &format!("pulseaudio:{}", Pulse::MICROPHONE));
    // The headset may be the default already; whichever it is, one of the two is a change that has to be kept.
    for sink in [Pulse::MICROPHONE_FEED, Pulse::HEADSET] {
        window.choose("[data-testid=device-customer]", &format!("pulseaudio:{sink}.monitor"));
    }
    let sample = Recording::sample_call();
    let (agent, customer) = sample.lanes_as_files();
    let mut players = [pulse.play(&agent, Pulse::MICROPHONE_FEED), pulse.play(&customer, Pulse::HEADSET)];
    for lane in ["agent", "customer"] {
        window.until("both sides are heard", IN_THE_CALL, || {
            let sound = format!("[data-testid=level-{lane}][aria-valuetext=sound]");
            (window.count(&sound) > 0).then_some(())
        });
    }
    window.click("[data-testid=start-call]", SOON);
    window.text("[data-testid=transcript]", IN_THE_CALL);
    for player in &mut players {
        player.kill().expect("the player is ours");
        player.wait().expect("the player is ours");
    }
    window.click("[data-testid=end-call]", SOON);
    window.click("[data-testid=close-call]", IN_THE_CALL);
    window.text("[data-testid=recent-calls] [data-testid=call-row]", SOON);
    let settings = fs::read_to_string(user.data_dir().join("settings.toml")).expect("the choice was kept");
    assert!(settings.contains(&format!("pulseaudio:{}.monitor", Pulse::HEADSET)), "{settings}");
}

/// Design rule 5: the window can load nothing from outside and cannot leave its own pages.
#[test]
fn the_window_reaches_nothing_outside() {
    let outside = TcpListener::bind("127.0.0.1:0").expect("a server of the test's own");
    outside.set_nonblocking(true).expect("a listener can poll");
    let address = format!("127.0.0.1:{}", outside.local_addr().expect("it is bound").port());
    let reached = || match outside.accept() {
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::WouldBlock => false,
        Err(error) => panic!("the test's own server: {error}"),
    };
    drop(TcpStream::connect(&address).expect("the server can be reached"));
    assert!(reached(), "the test sees who reaches the server");

    let user = Cueline::without_models();
    let window = open(&user, &[]);
    window.text("[data-testid=recent-calls]", SOON);
    // Each way out is tried, and each must be refused: the script waits for what the refusal looks like.
    let refused = window.run(
        "const outside = `http://${arguments[0]}/`;
         const refusals = [];
         document.addEventListener('securitypolicyviolation', (e) => refusals.push(e.effectiveDirective));
         const element = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
         element('img', { src: outside });
         element('script', { src: outside });
         element('link', { rel: 'stylesheet', href: outside });
         element('iframe', { src: outside });
         element('video', { src: outside });
         element('object', { data: outside });
         const tries = {
           fetch: () => fetch(outside, { mode: 'no-cors' }),
           request: () => new Promise((done, failed) => {
             const request = new XMLHttpRequest();
             request.onload = done;
             request.onerror = failed;
             request.open('GET', outside);
             request.send();
           }),
           socket: () => new Promise((done, failed) => {
             const socket = new WebSocket(`ws://${arguments[0]}/`);
             socket.onopen = done;
             socket.onerror = failed;
           }),
           events: () => new Promise((done, failed) => {
             const events = new EventSource(outside);
             events.onopen = done;
             events.onerror = failed;
           }),
           evaluated: async () => new Function('return 1')(),
         };
         const went = [];
         return (async () => {
           for (const [name, attempt] of Object.entries(tries)) {
             try { await attempt(); went.push(name); } catch { }
           }
           navigator.sendBeacon?.(outside);
           window.open(outside);
           location.href = outside;
           return { went, refusals };
         })();",
        vec![json!(address)],
    );
    assert_eq!(refused["went"], json!([]), "{refused}");
    let refusals = refused["refusals"].to_string();
    for directive in ["img-src", "script-src", "style-src", "connect-src"] {
        assert!(refusals.contains(directive), "no refusal of {directive}: {refusals}");
    }
    window.until("the app has refused to leave", SOON, || {
        log_of(&user).contains("refused to leave the built-in pages").then_some(())
    });
    window.text("[data-testid=recent-calls]", SOON);
    assert_eq!(window.run("return location.protocol", Vec::new()), json!("tauri:"));
    assert!(!reached(), "the window reached a server outside");
}

#[test]
fn without_a_key_store_a_passphrase_is_chosen_and_asked_for_again() {
    let user = Cueline::without_models();
    user.has_seen_the_guide();
    let first = open_with(&user, &[], &[]);
    first.text("[data-testid=unlock]", SOON);
    first.type_into("[data-testid=passphrase]", Cueline::PASSPHRASE);
    first.type_into("[data-testid=passphrase-again]", Cueline::PASSPHRASE);
    first.click("[data-testid=unlock]", SOON);
    first.text("[data-testid=recent-calls]", SOON);
    drop(first);

    let second = open_with(&user, &[], &[]);
    second.text("[data-testid=unlock]", SOON);
    assert_eq!(second.count("[data-testid=passphrase-again]"), 0, "it is asked for, not chosen again");
    second.type_into("[data-testid=passphrase]", "not the one");
    second.click("[data-testid=unlock]", SOON);
    assert!(second.text("[data-testid=notice]", SOON).contains("does not open"), "the wrong one is refused");
    second.clear("[data-testid=passphrase]");
    second.type_into("[data-testid=passphrase]", Cueline::PASSPHRASE);
    second.click("[data-testid=unlock]", SOON);
    second.text("[data-testid=recent-calls]", SOON);
}

#[test]
fn wrong_usage_ends_with_its_reason_and_exit_code_2() {
    for (arguments, reason) in [
        (&["--replay", "nowhere.wav"][..], "nowhere.wav"),
        (&["--replay", &sample("wav"), "--context", "colour=red"], "colour=red"),
        (&["--playbook", "nowhere.toml"], "nowhere.toml"),
        (&["--colour"], "--colour"),
    ] {
        let user = Cueline::without_models();
        let output = Command::new(built_program("cueline-app"))
            .args(arguments)
            .env("CUELINE_DATA_DIR", user.data_dir())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .output()
            .expect("the app starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
}
