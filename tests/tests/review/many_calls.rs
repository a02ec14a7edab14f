//! What goes over several calls and people: scores compared, coaching from lead to agent, what nobody may hear.

use crate::steps::{
    SOON, appears, give, is_accessible, is_somebody, keep_call, lead_with_two_calls, open_call, press, unfold,
};
use cueline_events::Lane;
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Recording};
use serde_json::{Value, json};

/// An item that a person scores; worth 5 points.
const DIGNITY: &str = "Dignity";

/// Another lead's points for the item in both calls, given at this window under that lead's name.
fn ben_scores_both(window: &AppWindow) {
    let given = window.run(
        "const ask = window.__TAURI_INTERNALS__.invoke;
         return (async () => {
           const { settings } = await ask('home');
           await ask('save_settings', { settings: { ...settings, agent_name: 'Ben' } });
           for (const [customer, points] of [['robin', 2], ['ines', 5]]) {
             const [{ id }] = await ask('list_calls', { filter: { customer }, order: 'newest', limit: 1, offset: 0 });
             const { items } = await ask('call_scorecard', { id });
             const item = items.map(({ title }) => title).find((title) => title.startsWith('Dignity'));
             await ask('keep_review', { id, mark: { kind: 'score', item, points, reason: 'So I heard it.' } });
           }
           await ask('save_settings', { settings });
           return 'given';
         })();",
        Vec::new(),
    );
    assert_eq!(given, json!("given"));
}

fn json_of(user: &Cueline, arguments: &[&str]) -> Value {
    let told = user.run(&[arguments, &["--json"]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    serde_json::from_str(&told.out).expect("JSON")
}

#[test]
fn two_leads_score_blind_and_see_how_far_they_agree() {
    let user = lead_with_two_calls();
    let window = AppWindow::of(&user, &[]);
    appears(&window, "[data-testid=open-logs]");
    ben_scores_both(&window);
    window.click("[data-testid=open-logs]", SOON);
    open_call(&window, "Robin Hale");
    window.click("[data-testid=score-blind]", SOON);
    unfold(&window, DIGNITY);
    assert_eq!(window.count("[data-testid=personal-score]"), 0, "Ben's points are hidden");
    is_accessible(&window, "a scorecard that is scored blind");
    give(&window, "5", "Never talked down.");
    window.until("both points are shown", SOON, || {
        (window.count("[data-testid=personal-score]") == 2).then_some(())
    });
    // It stays so on the next call.
    open_call(&window, "Ines Calder");
    unfold(&window, DIGNITY);
    assert_eq!(window.count("[data-testid=personal-score]"), 0, "Ben's points are hidden here, too");
    give(&window, "5", "Calm.");
    appears(&window, "[data-testid=personal-score]");

    // Full and full, full and part: as often as by chance.
    window.click("[data-testid=calibration]", SOON);
    let summary = window.text("[data-testid=calibration-summary]", SOON);
    assert_eq!(summary, "2 calls that both scored.");
    let cells = "return [...document.querySelectorAll('[data-testid=calibration-items] tbody tr:first-child td')].map((cell) => cell.innerText);";
    assert_eq!(window.run(cells, Vec::new()), json!(["2", "1 (50 %)", "1 (50 %)", "0.00", "−1.50"]));
    is_accessible(&window, "the calibration");
    window.click("[data-testid=calibration-call]", SOON);
    window.until("the call opens at its scorecard", SOON, || {
        window.text("#review-title", SOON).contains("Robin Hale").then_some(())
    });

    let told = json_of(&user, &["calls", "calibration"]);
    assert_eq!(told["compared"]["reviewers"], json!(["Ana", "Ben"]));
    assert_eq!(told["compared"]["all"]["kappa"], 0.0);
    let nobody = user.run(&["calls", "calibration", "--until", "2026-01-01"]);
    assert_eq!(nobody.out, "Nobody has given points in these calls.\n");
    assert_eq!(user.run(&["calls", "calibration", "--reviewers", "Ana", "Ana"]).code, 2);
    assert_eq!(user.run(&["calls", "calibration", "--role", "agent"]).code, 1);
    let log = user.run(&["calls", "access-log", "--what", "scores-compared"]);
    assert!(log.out.contains("Ana (team lead)"), "{}", log.out);
}

#[test]
fn coaching_goes_from_the_lead_to_the_agent_and_back() {
    let user = lead_with_two_calls();
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    open_call(&window, "Robin Hale");
    unfold(&window, DIGNITY);
    give(&window, "2", "Cut in twice.");
    // A note with tags, a task, and two moments of two calls in one playlist.
    press(&window, "n");
    window.type_into("[data-testid=note-text]", "Thanked the customer first.");
    window.type_into("[name=tags]", "empathy, opening");
    window.click("[data-testid=keep-coaching]", SOON);
    let note = window.text("[data-testid=coaching-note]", SOON);
    assert!(note.contains("empathy") && note.contains("opening"), "{note}");
    window.click("[data-testid=add-task]", SOON);
    window.type_into("[name=coaching-text]", "Let the customer finish.");
    window.click("[data-testid=keep-coaching]", SOON);
    appears(&window, "[data-testid=practice-task]");
    for customer in ["Robin Hale", "Ines Calder"] {
        open_call(&window, customer);
        press(&window, ".");
        window.click("[data-testid=add-playlist]", SOON);
        window.type_into("[name=coaching-text]", "Calm answers");
        window.click("[data-testid=keep-coaching]", SOON);
        appears(&window, "[data-testid=playlist-moment]");
    }

    window.click("[data-testid=coaching-across]", SOON);
    let list = window.text("[data-testid=playlist]", SOON);
    assert!(list.contains("Calm answers") && list.contains("2 moments"), "{list}");
    assert!(!list.contains("Robin") && !list.contains("Ines"), "a playlist names no customer: {list}");
    is_accessible(&window, "coaching over calls");
    // It plays, or says that this computer's sound does not run.
    window.click("[data-testid=play-playlist]", SOON);
    window.until("it plays or says why not", SOON, || {
        let either =
            "[data-testid=coaching-screen] [data-testid=notice], [data-testid=moment][aria-current=true]";
        (window.count(either) > 0).then_some(())
    });
    window.click("[data-testid=open-moment]", SOON);
    appears(&window, "[data-testid=review]");
    drop(window);

    // The agent reads what was said to them first, says that the task is done, and does not agree with the points.
    is_somebody(&user, "Mo", "agent");
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    assert!(window.text("[data-testid=for-you]", SOON).contains("1 note"));
    let task = window.text("[data-testid=tasks-for-you]", SOON);
    assert!(task.contains("Let the customer finish."), "{task}");
    assert_eq!(window.count("[data-testid=calibration]"), 0, "it is the team lead's");
    is_accessible(&window, "what is for the agent");
    window.click("[data-testid=tasks-for-you] [data-testid=task-done]", SOON);
    window.until("nothing is left to practise", SOON, || {
        (window.count("[data-testid=tasks-for-you]") == 0).then_some(())
    });
    open_call(&window, "Robin Hale");
    unfold(&window, DIGNITY);
    window.type_into("[data-chosen] [name=comment]", "The customer asked me to go on.");
    window.click("[data-chosen] [data-testid=dispute]", SOON);
    let said = window.text("[data-testid=objection]", SOON);
    assert_eq!(said, "Mo disputes: The customer asked me to go on.");

    let playlists = user.run(&["calls", "playlists"]);
    assert!(
        playlists.out.starts_with("Calm answers\n") && playlists.out.lines().count() == 3,
        "{}",
        playlists.out
    );
    let tasks = json_of(&user, &["calls", "tasks", "--agent", "Mo"]);
    assert_eq!((&tasks[0]["text"], &tasks[0]["done"]), (&json!("Let the customer finish."), &json!(true)));
    assert_eq!(json_of(&user, &["calls", "tasks", "--agent", "Ana"]), json!([]));
}

#[test]
fn a_card_s_number_is_masked_in_the_transcript_and_silent_in_the_recording() {
    let user = lead_with_two_calls();
    let recording = Recording::spoken(&[
        (Lane::Agent, "Can I take the long number on the front of your card, please?"),
        (
            Lane::Customer,
            "Yes, it is five five four one, two zero three eight, nine six seven two, four four one nine.",
        ),
        (Lane::Agent, "Thank you very much."),
    ]);
    keep_call(&user, &recording, "mode=third_party,creditor=Harbor Lane,customer_name=Kim Rowe");
    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    open_call(&window, "Kim Rowe");
    let transcript = window.text("[data-testid=review-transcript]", SOON);
    assert!(transcript.contains("[card number]"), "{transcript}");
    let figures = transcript.replace(|c: char| !c.is_ascii_digit(), "");
    assert!(!figures.contains("2038") && !figures.contains("9672"), "{transcript}");
    appears(&window, "[data-testid=timeline] [data-testid=silenced]");
    let silenced = window
        .run("return document.querySelector('[data-testid=silenced]').getAttribute('title');", Vec::new());
    assert!(
        silenced.as_str().is_some_and(|told| told.contains("silenced, as figures were said")),
        "{silenced}"
    );
    is_accessible(&window, "a call with a silenced stretch");

    // A view of it, kept under a name, and more moments like one of another call.
    window.click("[data-testid=filter]", SOON);
    window.click("[data-testid=filter-unsure]", SOON);
    window.type_into("[data-testid=view-name]", "Unsure ones");
    window.click("[data-testid=save-view]", SOON);
    window.until("the view is among the views", SOON, || {
        let kept = "return document.querySelector('[data-testid=view]').value === 'Unsure ones';";
        (window.run(kept, Vec::new()) == json!(true)).then_some(())
    });
    window.run(
        "const view = document.querySelector('[data-testid=view]');
         view.value = 'All calls'; view.dispatchEvent(new Event('change', { bubbles: true }));",
        Vec::new(),
    );
    window.click("[data-testid=filter]", SOON);
    open_call(&window, "Robin Hale");
    window.click("[data-testid=cue-pin][data-cue='trig.dispute']", SOON);
    window.click("[data-testid=more-like-this]", SOON);
    window.until("both calls' moments are found", SOON, || {
        (window.count("[data-testid=search-hit]") >= 2).then_some(())
    });
    window.click("[data-testid=end-like]", SOON);
    appears(&window, "[data-testid=call-list]");
}
