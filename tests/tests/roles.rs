//! Roles with passphrases, the access log and retention rules, in the real window and on the command line.
#![cfg(target_os = "linux")]

use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Outcome, Recording};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);
const LEAD: &str = "five random words here";

/// Somebody called Ana, who has chosen the team lead's role, with a call of another agent in the log.
fn ana() -> Cueline {
    let user = Cueline::new();
    let sample = Recording::sample_call();
    user.replay(sample.file(), &["--context", sample.script(), "--pace", "max", "--model", "tiny.en-q8_0"]);
    let settings =
        "first_run_done = true\nimprove_calls = false\nagent_name = \"Ana\"\nrole = \"team_lead\"\n";
    fs::write(user.data_dir().join("settings.toml"), settings).expect("the data folder can be written");
    user
}

#[track_caller]
fn is_accessible(window: &AppWindow, screen: &str) {
    window.settle();
    assert_eq!(window.accessibility_faults(), Vec::<String>::new(), "{screen}");
}

#[track_caller]
fn until_text(window: &AppWindow, css: &str, words: &str) {
    window.until(&format!("`{css}` says {words}"), SOON, || {
        window.text(css, SOON).contains(words).then_some(())
    });
}

#[track_caller]
fn until_calls(window: &AppWindow, calls: usize) {
    window.until(&format!("{calls} calls are listed"), SOON, || {
        let counted = window.text("[data-testid=log-counts]", SOON).starts_with(&format!("{calls} call"));
        let listed = window.count("[data-testid=call-list] [data-testid=call-row]") == calls;
        (counted && listed).then_some(())
    });
}

/// What the app answers to a command that no button asks: the answer, or the code of the refusal.
fn asked(window: &AppWindow, command: &str, arguments: &str) -> Value {
    let script = format!(
        "return window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then((answer) => answer ?? 'done', (notice) => notice.code);"
    );
    window.run(&script, Vec::new())
}

/// The command line in the team lead's role.
fn as_lead(user: &Cueline, arguments: &[&str], passphrase: &str) -> Outcome {
    let mut command = user.command(arguments);
    command.env("CUELINE_ROLE_PASSPHRASE", passphrase);
    Outcome::of(command.output().expect("cueline starts"))
}

#[test]
fn a_role_needs_its_passphrase_in_the_window_and_on_the_command_line() {
    let user = ana();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=settings]", SOON);
    until_text(&window, "[data-testid=role-guard]", "No passphrase is set");
    window.click("[data-testid=lead-passphrase]", SOON);
    window.type_into("[data-testid=new-passphrase]", LEAD);
    window.type_into("[data-testid=new-passphrase-again]", LEAD);
    is_accessible(&window, "a new passphrase");
    window.click("[data-testid=set-passphrase]", SOON);
    let code = window.text("[data-testid=recovery-code] code", SOON);
    assert_eq!(code.len(), 31, "{code}");
    is_accessible(&window, "the recovery code");
    window.click("[data-testid=code-written]", SOON);
    until_text(&window, "[data-testid=role-guard]", "need their passphrase");
    window.click("[data-testid=back]", SOON);

    // As team lead everything is there; as agent only what is his own, whatever the page asks for.
    window.click("[data-testid=open-logs]", SOON);
    until_calls(&window, 1);
    let listed = user.run(&["calls", "verify"]);
    let id = listed.out.split_whitespace().next().expect("a call").to_owned();
    window.click("[data-testid=leave-role]", SOON);
    until_calls(&window, 0);
    is_accessible(&window, "the session logs as agent");
    assert_eq!(
        asked(&window, "list_calls", "{ filter: {}, order: 'newest', limit: 9, offset: 0 }"),
        json!([])
    );
    for (command, arguments, code) in [
        ("show_call", format!("{{ id: '{id}', improved: false }}"), "others_call"),
        ("call_audio", format!("{{ id: '{id}', start: 0, end: 1, speed: 1 }}"), "others_call"),
        ("delete_call", format!("{{ id: '{id}', reason: 'why' }}"), "role"),
        ("access_log", "{ filter: {}, limit: 9, offset: 0 }".to_owned(), "role"),
        (
            "set_retention",
            "{ rules: { debts: { log_days: 1 }, customer_service: {}, from_last_call: false } }".to_owned(),
            "role",
        ),
        ("set_role_passphrase", "{ role: 'team_lead', passphrase: 'another passphrase' }".to_owned(), "role"),
        ("remove_role_passphrases", "{}".to_owned(), "role"),
    ] {
        assert_eq!(asked(&window, command, &arguments), json!(code), "{command}");
    }
    assert_eq!(window.count("[data-testid=access-log]") + window.count("[data-testid=export-shown]"), 0);

    // A wrong passphrase is refused, the right one opens the role.
    window.click("[data-testid=act-as]", SOON);
    window.type_into("[data-testid=role-passphrase]", "not these words");
    window.click("[data-testid=take-role]", SOON);
    until_text(&window, "[data-testid=role-dialog]", "not the passphrase of the team lead");
    is_accessible(&window, "a wrong passphrase");
    window.type_into("[data-testid=role-passphrase]", LEAD);
    window.click("[data-testid=take-role]", SOON);
    until_calls(&window, 1);
    window.click("[data-testid=call-list] [data-testid=call-row]", SOON);
    window.text("[data-testid=review]", SOON);

    // Who did what: all of it, and one kind.
    window.click("[data-testid=access-log]", SOON);
    until_text(&window, "[data-testid=access-log-screen] tbody", "Call opened");
    let log = window.text("[data-testid=access-log-screen] tbody", SOON);
    for told in ["Passphrase set", "Wrong passphrase", "Role taken up", "Ana, team lead"] {
        assert!(log.contains(told), "{told}: {log}");
    }
    is_accessible(&window, "the access log");
    window.run(
        "const what = document.querySelector('[data-testid=access-what]');
         what.value = 'wrong_passphrase'; what.dispatchEvent(new Event('change', { bubbles: true }));",
        Vec::new(),
    );
    window.until("one row is left", SOON, || (window.count("[data-testid=access-row]") == 1).then_some(()));
    window.click("[data-testid=close-access-log]", SOON);
    window.click("[data-testid=verify]", SOON);
    until_text(&window, "[data-testid=proof]", "rows of the access log");
    assert!(window.text("[data-testid=proof]", SOON).starts_with("Intact"));
    drop(window);

    // A new start is an agent's.
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    until_calls(&window, 0);
    window.text("[data-testid=act-as]", SOON);
    drop(window);

    // The command line holds to the same.
    assert_eq!(user.run(&["calls", "list"]).code, 2, "which role?");
    let nobody = user.run(&["calls", "list", "--role", "team-lead"]);
    assert!(nobody.code == 1 && nobody.err.contains("no terminal"), "{}", nobody.err);
    let wrong = as_lead(&user, &["calls", "show", &id, "--role", "team-lead"], "not these words");
    assert!(wrong.code == 1 && wrong.err.contains("recovery code"), "{}", wrong.err);
    assert!(as_lead(&user, &["calls", "list", "--role", "team-lead"], LEAD).out.contains(&id));
    let file = user.data_dir().join("passphrase");
    fs::write(&file, format!("{code}\n")).expect("the data folder can be written");
    let file = file.to_str().expect("a UTF-8 path");
    let log =
        user.run(&["calls", "access-log", "--json", "--role", "team-lead", "--role-passphrase-file", file]);
    assert_eq!(log.code, 0, "the recovery code opens the role as well: {}", log.err);
    let rows: Vec<Value> = serde_json::from_str(&log.out).expect("a list of rows");
    let wrong = rows.iter().filter(|row| row["what"] == "wrong_passphrase").count();
    assert_eq!(wrong, 2, "one in the window and one here: {rows:?}");
    assert!(!log.out.contains("not these words"));
    let removed = ["calls", "passphrase", "remove", "--role", "team-lead"];
    assert_eq!(as_lead(&user, &removed, LEAD).code, 0);
    assert_eq!(user.run(&["calls", "list"]).code, 0);
    assert_eq!(user.run(&["calls", "verify"]).code, 0);
}

#[test]
fn retention_rules_are_looked_at_before_they_are_put_in_force() {
    let user = ana();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=settings]", SOON);
    until_text(&window, "[data-testid=retention-in-force]", "Everything is kept");
    window.click("[data-testid=retention-reg-f]", SOON);
    window.click("[data-testid=retention-preview]", SOON);
    until_text(&window, "[data-testid=retention-counts]", "Now 0 calls would go");
    is_accessible(&window, "what would go");

    // Rules that contradict themselves are refused; other words in a field take the counts away.
    window.clear("[name=debts-log]");
    window.type_into("[name=debts-log]", "30");
    window.until("the counts are gone", SOON, || {
        (window.count("[data-testid=retention-counts]") == 0).then_some(())
    });
    window.click("[data-testid=retention-preview]", SOON);
    until_text(&window, "[data-testid=retention]", "can't be kept longer than its call's log");
    window.click("[data-testid=retention-reg-f]", SOON);
    window.click("[data-testid=mask-birth-dates]", SOON);
    window.click("[data-testid=retention-preview]", SOON);
    window.click("[data-testid=retention-set]", SOON);
    until_text(&window, "[data-testid=retention-in-force]", "kept 1096 days from the newest call");
    until_text(&window, "[data-testid=retention-in-force]", "Dates of birth are masked");

    let told = user.run(&["calls", "retention"]);
    assert!(told.out.contains("In force: debts: logs 1096 days"), "{}", told.out);
    let log = user.run(&["calls", "access-log", "--what", "retention-changed"]);
    assert!(log.out.contains("Ana (team lead)") && log.out.contains("1096 days"), "{}", log.out);
    let applied = user.run(&["calls", "retention", "--apply"]);
    assert!(applied.out.contains("0 calls and 0 recordings deleted"), "{}", applied.out);
    let all = user.run(&["calls", "retention", "--preset", "keep-all", "--set", "--yes"]);
    assert!(all.code == 0 && all.out.contains("dates of birth masked"), "{}{}", all.out, all.err);
    let kept = user.run(&["calls", "retention", "--mask-birth-dates", "false", "--set", "--yes"]);
    assert!(kept.code == 0 && !kept.out.contains("dates of birth masked"), "{}{}", kept.out, kept.err);
    assert_eq!(user.run(&["calls", "retention", "--keep-days", "0"]).code, 1);
    assert_eq!(user.run(&["calls", "retention", "--apply", "--keep-days", "9"]).code, 2);
}
