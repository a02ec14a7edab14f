//! One call at a time: found, heard, judged, scored, noted, proved, exported, told again.

use crate::steps::{SOON, appears, give, is_accessible, lead_with_two_calls, press, unfold};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, repository};
use serde_json::{Value, json};
use std::fs;

/// Keys as WebDriver writes them.
const DOWN: &str = "\u{e015}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";

/// The entries of the call's review, as the command line tells them.
fn kept(user: &Cueline, name: &str) -> Vec<Value> {
    let listed = user.run(&["calls", "list", "--json"]);
    let calls: Vec<Value> = serde_json::from_str(&listed.out).expect("a list of calls");
    let call = calls.iter().find(|call| call["customer_name"] == name).expect("the call is listed");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("call.json");
    let id = call["id"].as_str().expect("an id");
    let to = file.to_str().expect("a UTF-8 path");
    let exported = user.run(&["calls", "export", id, "--format", "json", "--to", to]);
    assert_eq!(exported.code, 0, "{}", exported.err);
    let whole: Value =
        serde_json::from_str(&fs::read_to_string(file).expect("it was written")).expect("JSON");
    whole["review"].as_array().expect("the review").clone()
}

#[test]
fn a_lead_finds_a_call_hears_a_second_judges_scores_and_exports_it() {
    let user = lead_with_two_calls();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    window.until("both calls are listed", SOON, || {
        (window.count("[data-testid=call-list] [data-testid=call-row]") == 2).then_some(())
    });
    is_accessible(&window, "the list");

    // The list is narrowed to one customer, and opened with the keyboard.
    window.click("[data-testid=filter]", SOON);
    is_accessible(&window, "the filter");
    window.type_into("[data-testid=filter-customer]", "robin");
    window.press("\u{e004}");
    window.until("one call is left", SOON, || {
        (window.count("[data-testid=call-list] [data-testid=call-row]") == 1).then_some(())
    });
    window.click("[data-testid=filter]", SOON);
    window.run("document.querySelector('[data-testid=call-list]').focus()", Vec::new());
    window.press(DOWN);
    window.press(ENTER);
    let review = window.text("[data-testid=review]", SOON);
    assert!(review.contains("Robin Hale"), "{review}");
    appears(&window, "[data-testid=timeline] svg path");
    appears(&window, "[data-testid=score-item]");
    is_accessible(&window, "the review");

    // From a pin to its second, and five seconds on; a person's word on it.
    let position = || window.text("[data-testid=position]", SOON);
    assert!(position().starts_with("00:00"), "{}", position());
    press(&window, ".");
    press(&window, ".");
    window
        .until("the play head stands at the pin", SOON, || (!position().starts_with("00:00")).then_some(()));
    let there = position();
    press(&window, RIGHT);
    window.until("it is five seconds on", SOON, || (position() != there).then_some(()));
    press(&window, "1");
    let verdict = window.text("[data-testid=pin-verdict]", SOON);
    assert!(verdict.contains("right, says Ana"), "{verdict}");
    is_accessible(&window, "a pin");

    // The recording comes as samples, at any speed.
    let samples = window.run(
        "const id = document.querySelector('[aria-selected=true]') && window.__TAURI_INTERNALS__;
         return id.invoke('list_calls', { filter: { customer: 'robin' }, order: 'newest', limit: 1, offset: 0 })
           .then(([call]) => Promise.all([1, 2].map((speed) => id.invoke('call_audio', { id: call.id, start: 1, end: 3, speed }))))
           .then((answers) => answers.map((answer) => answer.byteLength));",
        Vec::new(),
    );
    assert_eq!(samples, json!([128_000, 64_000]), "two seconds of two lanes, and the same twice as fast");

    // Other points for an item, with the reason.
    let total = window.text("[data-testid=score-total]", SOON);
    unfold(&window, "Dignity");
    give(&window, "4", "A calm tone throughout.");
    let given = window.text("[data-testid=personal-score]", SOON);
    assert!(given.contains("Ana gave 4: A calm tone throughout."), "{given}");
    window.until("the total has changed", SOON, || {
        (window.text("[data-testid=score-total]", SOON) != total).then_some(())
    });

    // A note on the moment, and the call is reviewed.
    press(&window, "n");
    window.type_into("[data-testid=note-text]", "Thanked the customer first.");
    window.click("[data-testid=keep-coaching]", SOON);
    window.text("[data-testid=coaching-note]", SOON);
    press(&window, "r");
    assert!(window.text("[data-testid=reviewed-by]", SOON).contains("Ana"));
    window.until("the list says so", SOON, || {
        window.text("[data-testid=call-list]", SOON).contains("reviewed").then_some(())
    });
    is_accessible(&window, "a call that is reviewed");

    // A report of it, into a folder of the lead's choice.
    let folder = tempfile::tempdir().expect("a temporary folder");
    window.click("[data-testid=export]", SOON);
    window.until("a folder is suggested", SOON, || {
        let suggested = "return Boolean(document.querySelector('[data-testid=export-folder]')?.value);";
        (window.run(suggested, Vec::new()) == json!(true)).then_some(())
    });
    window.clear("[data-testid=export-folder]");
    window.type_into("[data-testid=export-folder]", folder.path().to_str().expect("a UTF-8 path"));
    is_accessible(&window, "the export");
    window.click("[data-testid=export-audio]", SOON);
    window.click("[data-testid=export-write]", SOON);
    window.text("[data-testid=exported]", SOON);
    let mut endings: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder is there")
        .flatten()
        .filter_map(|file| Some(file.path().extension()?.to_string_lossy().into_owned()))
        .collect();
    endings.sort();
    assert_eq!(endings, ["html", "wav"]);
    window.press(ESCAPE);

    // What was said of the call is in the log.
    let entries = kept(&user, "Robin Hale");
    let kinds: Vec<&str> = entries.iter().filter_map(|entry| entry["mark"]["kind"].as_str()).collect();
    assert_eq!(kinds, ["verdict", "score", "note", "reviewed"]);
    assert!(
        entries.iter().all(|entry| entry["author"] == "Ana" && entry["role"] == "team_lead"),
        "{entries:?}"
    );
}

#[test]
fn a_lead_imports_the_calls_of_another_machine() {
    let agent = lead_with_two_calls();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = folder.path().to_str().expect("a UTF-8 path");
    let exported = agent.run(&["calls", "export", "--all", "--audio", "--to", to]);
    assert_eq!(exported.code, 0, "{}", exported.err);
    fs::write(folder.path().join("letter.json"), "Dear Ana").expect("the folder can be written");

    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    window.click("[data-testid=import-calls]", SOON);
    appears(&window, "[data-testid=import-from]");
    window.until("a folder is suggested", SOON, || {
        let place = window.run("return document.querySelector('#import-from').value", Vec::new());
        place.as_str().is_some_and(|place| !place.is_empty()).then_some(())
    });
    is_accessible(&window, "the import");
    window.clear("[data-testid=import-from]");
    window.type_into("[data-testid=import-from]", to);
    window.press(ENTER);
    let told = window.until("it is told what came", SOON, || {
        let told = window.text("[data-testid=imported]", SOON);
        told.contains("imported").then_some(told)
    });
    assert!(told.contains("2 calls imported, 1 file was refused."), "{told}");
    assert!(told.contains("letter.json") && told.contains("no call that Cueline exported"), "{told}");
    is_accessible(&window, "what came");
    window.press(ESCAPE);
    window.until("both calls are listed", SOON, || {
        (window.count("[data-testid=call-list] [data-testid=call-row]") == 2).then_some(())
    });
    window.click("[data-testid=verify]", SOON);
    let proof = window.text("[data-testid=proof]", SOON);
    assert!(proof.contains("Intact: 2 calls") && proof.contains("2 calls were imported"), "{proof}");
    window.click("[data-testid=call-list] [data-testid=call-row]", SOON);
    appears(&window, "[data-testid=record-line]");
}

#[test]
fn a_lead_searches_proves_and_deletes() {
    let user = lead_with_two_calls();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    appears(&window, "[data-testid=call-list] [data-testid=call-row]");

    // A word that was said leads to its second.
    press(&window, "/");
    window.type_into("[data-testid=call-search]", "recorded");
    window.click("[data-testid=search-hit]", SOON);
    appears(&window, "[data-testid=record-line][aria-current]");
    let line = window.text("[data-testid=record-line][aria-current]", SOON);
    assert!(line.to_lowercase().contains("recorded"), "{line}");
    window.clear("[data-testid=call-search]");
    window.run(
        "document.querySelector('[data-testid=call-search]').dispatchEvent(new Event('input', { bubbles: true }))",
        Vec::new(),
    );

    window.click("[data-testid=verify]", SOON);
    let proof = window.text("[data-testid=proof]", SOON);
    assert!(proof.contains("Intact: 2 calls"), "{proof}");
    window.click("[data-testid=trends]", SOON);
    appears(&window, "[data-testid=agent-trends] tbody tr");
    is_accessible(&window, "the trends");
    window.click("[data-testid=close-trends]", SOON);

    // A call under legal hold stays; one that is let go is deleted after a second word, and that leaves its trace.
    appears(&window, "[data-testid=call-list] [data-testid=call-row]");
    window.click("[data-testid=call-list] [data-testid=call-row]", SOON);
    window.click("[data-testid=hold]", SOON);
    window.type_into("[name=hold-reason]", "A suit");
    window.click("[data-testid=hold-confirm]", SOON);
    appears(&window, "[data-testid=legal-hold]");
    let refused = window.run("return document.querySelector('[data-testid=delete]').disabled", Vec::new());
    assert_eq!(refused, json!(true));
    window.click("[data-testid=hold]", SOON);
    window.type_into("[name=hold-reason]", "The suit is over");
    window.click("[data-testid=hold-confirm]", SOON);
    window.until("the hold has gone", SOON, || (window.count("[data-testid=legal-hold]") == 0).then_some(()));
    window.click("[data-testid=delete]", SOON);
    window.type_into("[name=delete-reason]", "The customer asked for it");
    window.click("[data-testid=delete-confirm]", SOON);
    window.click("[data-testid=delete-confirm]", SOON);
    window.until("one call is left", SOON, || {
        (window.count("[data-testid=call-list] [data-testid=call-row]") == 1).then_some(())
    });
    window.click("[data-testid=verify]", SOON);
    window.until("what is left is proved", SOON, || {
        window.text("[data-testid=proof]", SOON).contains("Intact: 1 call,").then_some(())
    });
}

#[test]
fn a_lead_tells_the_calls_again_to_another_playbook_and_follows_a_difference_to_its_second() {
    let user = lead_with_two_calls();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    appears(&window, "[data-testid=call-list] [data-testid=call-row]");
    window.click("[data-testid=lab]", SOON);
    appears(&window, "[data-testid=lab-run]:not(:disabled)");
    is_accessible(&window, "the lab before a run");

    // The calls' own playbook gives what it gave.
    window.click("[data-testid=lab-run]", SOON);
    let summary = window.text("[data-testid=lab-summary]", SOON);
    assert!(summary.starts_with("0 of 2 calls would have been different."), "{summary}");

    // What is wrong with a playbook is said; another one makes a difference.
    window.type_into("[data-testid=lab-playbook]", "nowhere.toml");
    window.press(ENTER);
    let notice = window.text("[data-testid=lab-screen] [data-testid=notice]", SOON);
    assert!(notice.contains("nowhere.toml can't be read"), "{notice}");
    let other = repository().join("src-tauri/playbooks/customer-service.toml");
    window.clear("[data-testid=lab-playbook]");
    window.type_into("[data-testid=lab-playbook]", other.to_str().expect("a UTF-8 path"));
    window.press(ENTER);
    window.until("both calls were told again", SOON, || {
        let summary = window.text("[data-testid=lab-summary]", SOON);
        summary.contains("2 of 2 calls would have been different with customer-service").then_some(())
    });
    assert!(window.count("[data-testid=lab-cues] tbody tr") > 3);
    is_accessible(&window, "what the lab found");

    window.click("[data-testid=lab-calls] [data-testid=lab-moment]", SOON);
    appears(&window, "[data-testid=review]");
    window.until("the play head stands at the moment", SOON, || {
        (!window.text("[data-testid=position]", SOON).starts_with("00:00")).then_some(())
    });
    // What was found is still there.
    window.click("[data-testid=lab]", SOON);
    assert!(window.count("[data-testid=lab-cues] tbody tr") > 3);
}
