//! What a team lead sees: calls of several agents, looked at together.

use crate::picture::{SOON, open, picture};
use cueline_events::Lane;
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Outcome, Recording, repository};
use serde_json::json;

const PASSPHRASE: &str = "five random words here";

/// Makes these pictures.
pub(crate) fn make() {
    let user = Cueline::new();
    keep_calls(&user);
    let settings = |theme: &str| {
        format!(
            "theme = \"{theme}\"\nfirst_run_done = true\nimprove_calls = false\nrole = \"team_lead\"\nagent_name = \"Ana\"\n"
        )
    };
    let window = open(&user, &settings("light"));
    window.text("[data-testid=open-logs]", SOON);
    people_say_things(&window);
    window.click("[data-testid=open-logs]", SOON);
    silenced(&window);
    over_calls(&window);
    lab(&window);
    access_log(&window);
    drop(window);

    let dark = open(&user, &settings("dark"));
    dark.text("[data-testid=open-logs]", SOON);
    dark.click("[data-testid=open-logs]", SOON);
    calibration(&dark, "calibration-dark");
    drop(dark);

    let window = open(&user, &settings("light"));
    role(&window);
}

/// Calls of three agents: a dispute that was handled well, one in which figures were silenced, one that went wrong.
fn keep_calls(user: &Cueline) {
    let handled = Recording::spoken(&[
        (Lane::Agent, "Hi, my name is Marcus, with Lakeside Services. This call is recorded."),
        (Lane::Customer, "I already paid that in full in March."),
        (Lane::Agent, "Thank you for telling me. I'm noting your dispute and putting this account on hold."),
    ]);
    let with_card = Recording::spoken(&[
        (Lane::Agent, "Can I take the long number on the front of your card, please?"),
        (
            Lane::Customer,
            "Yes, it is five five four one, two zero three eight, nine six seven two, four four one nine.",
        ),
        (Lane::Agent, "Thank you. I have that now."),
    ]);
    let hurried = Recording::spoken(&[
        (Lane::Agent, "You need to pay this today or you will be arrested."),
        (Lane::Customer, "Please call my attorney about this."),
    ]);
    for (agent, recording, customer) in [
        ("Marcus", &handled, "Robin Hale"),
        ("Priya", &handled, "Ines Calder"),
        ("Jonas", &hurried, "Lee Ashby"),
        ("Priya", &with_card, "Kim Rowe"),
        ("Jonas", &handled, "Dana Whit"),
    ] {
        let context = format!(
            "mode=third_party,communication=initial,creditor=Harbor Lane,agency=Lakeside Services,debt_type=store card,amount=240,customer_name={customer}"
        );
        let file = recording.file().to_str().expect("a UTF-8 path");
        let mut replay = user.command(&["replay", file, "--context", &context, "--pace", "max"]);
        let ended = Outcome::of(replay.env("USER", agent).output().expect("cueline starts"));
        assert_eq!(ended.code, 0, "{}", ended.err);
    }
}

/// Points of two reviewers, two playlists and tasks, said at this window under the names of both.
fn people_say_things(window: &AppWindow) {
    let said = window.run(
        "const ask = window.__TAURI_INTERNALS__.invoke;
         const scores = {
           Ana: { robin: [5, 7, 4, 10], ines: [5, 3.5, 6, 5], dana: [2, 7, 6, 10] },
           Ben: { robin: [5, 7, 6, 10], ines: [3, 3.5, 6, 10], dana: [2, 3, 6, 5] },
         };
         const items = ['Dignity', 'Feeling', 'Heard', 'Outcome'];
         return (async () => {
           const { settings } = await ask('home');
           const call = async (customer) => (await ask('list_calls', { filter: { customer }, order: 'newest', limit: 1, offset: 0 }))[0].id;
           const keep = async (customer, mark) => ask('keep_review', { id: await call(customer), mark });
           for (const [agent_name, calls] of Object.entries(scores)) {
             await ask('save_settings', { settings: { ...settings, agent_name } });
             for (const [customer, points] of Object.entries(calls)) {
               const card = await ask('call_scorecard', { id: await call(customer) });
               for (const [place, begins] of items.entries()) {
                 const item = card.items.map(({ title }) => title).find((title) => title.startsWith(begins));
                 await keep(customer, { kind: 'score', item, points: points[place], reason: 'As I heard it.' });
               }
             }
           }
           await ask('save_settings', { settings });
           const moment = (at, name) => ({ kind: 'playlist', at, start: at - 3, end: at + 3, name });
           await keep('robin', moment(7, 'Answers to a dispute'));
           await keep('ines', moment(7, 'Answers to a dispute'));
           await keep('robin', moment(10, 'Feelings first, then the question'));
           await keep('dana', moment(9, 'Feelings first, then the question'));
           await keep('lee', { kind: 'task', text: 'No threat, ever: practise the three sentences for a customer who does not pay today.' });
           await keep('lee', { kind: 'task', text: 'Stop the talk about money when an attorney is named.' });
           await keep('ines', { kind: 'task', text: 'Leave a second of silence after the customer has spoken.' });
           return 'said';
         })();",
        Vec::new(),
    );
    assert_eq!(said, json!("said"));
}

fn open_call(window: &AppWindow, customer: &str) {
    window.until(&format!("{customer}'s call opens"), SOON, || {
        let row = "const row = [...document.querySelectorAll('[data-testid=call-row]')].find((row) => row.innerText.includes(arguments[0]));
            row?.click(); return row !== undefined;";
        (window.run(row, vec![json!(customer)]) == json!(true)).then_some(())
    });
    window.until(&format!("{customer}'s call is there"), SOON, || {
        let there =
            "return document.querySelector('#review-title')?.innerText.includes(arguments[0]) ?? false;";
        (window.run(there, vec![json!(customer)]) == json!(true)).then_some(())
    });
}

fn silenced(window: &AppWindow) {
    open_call(window, "Kim Rowe");
    window.until("the silenced stretch is drawn", SOON, || {
        (window.count("[data-testid=silenced]") > 0).then_some(())
    });
    picture(window, "silenced");
}

fn calibration(window: &AppWindow, name: &str) {
    window.click("[data-testid=calibration]", SOON);
    window.text("[data-testid=calibration-items]", SOON);
    picture(window, name);
}

fn over_calls(window: &AppWindow) {
    calibration(window, "calibration");
    window.click("[data-testid=coaching-across]", SOON);
    window.text("[data-testid=playlist]", SOON);
    picture(window, "coaching");
    window.click("[data-testid=trends]", SOON);
    window.until("the calls were read", SOON, || {
        let cells = "return [...document.querySelectorAll('[data-testid=agent-trends] tbody tr:last-child td:last-child')].every((cell) => cell.innerText !== '–');";
        (window.count("[data-testid=agent-trends] tbody tr") > 2 && window.run(cells, Vec::new()) == json!(true)).then_some(())
    });
    picture(window, "trends");
}

fn lab(window: &AppWindow) {
    window.click("[data-testid=lab]", SOON);
    let other = repository().join("src-tauri/playbooks/customer-service.toml");
    window.type_into("[data-testid=lab-playbook]", other.to_str().expect("a UTF-8 path"));
    window.click("[data-testid=lab-run]", SOON);
    window.text("[data-testid=lab-cues]", SOON);
    // The path of this repository says nothing to a reader.
    window.run(
        "document.querySelector('[data-testid=lab-playbook]').value = '/home/ana/customer-service.toml'",
        Vec::new(),
    );
    picture(window, "replay-lab");
}

fn access_log(window: &AppWindow) {
    window.click("[data-testid=access-log]", SOON);
    window.text("[data-testid=access-row]", SOON);
    picture(window, "access-log");
}

fn role(window: &AppWindow) {
    window.click("[data-testid=settings]", SOON);
    window.click("[data-testid=lead-passphrase]", SOON);
    window.type_into("[data-testid=new-passphrase]", PASSPHRASE);
    window.type_into("[data-testid=new-passphrase-again]", PASSPHRASE);
    window.click("[data-testid=set-passphrase]", SOON);
    window.text("[data-testid=recovery-code]", SOON);
    window.click("[data-testid=code-written]", SOON);
    window.click("[data-testid=back]", SOON);
    window.click("[data-testid=open-logs]", SOON);
    window.click("[data-testid=leave-role]", SOON);
    window.click("[data-testid=act-as]", SOON);
    window.text("[data-testid=role-dialog]", SOON);
    picture(window, "role");
}
