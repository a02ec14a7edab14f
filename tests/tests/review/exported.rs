//! What a lead takes out of the window: calls as data, as a table and as pages.

use crate::steps::{SOON, appears, is_accessible, lead_with_two_calls, open_call, press};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, CutOff, Step, files_below};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Keys as WebDriver writes them.
const ESCAPE: &str = "\u{e00c}";

/// Exports what the dialog is about into a folder, and closes it.
fn export(window: &AppWindow, format: &str, audio: bool, folder: &Path) {
    window.until("a folder is suggested", SOON, || {
        let suggested = "return Boolean(document.querySelector('[data-testid=export-folder]')?.value);";
        (window.run(suggested, Vec::new()) == json!(true)).then_some(())
    });
    window.click(&format!("[data-testid=export-dialog] label:has([value={format}])"), SOON);
    if audio {
        window.click("[data-testid=export-audio]", SOON);
    }
    window.clear("[data-testid=export-folder]");
    window.type_into("[data-testid=export-folder]", folder.to_str().expect("a UTF-8 path"));
    is_accessible(window, &format!("the export as {format}"));
    window.click("[data-testid=export-write]", SOON);
    window.text("[data-testid=exported]", SOON);
    window.press(ESCAPE);
    window.until("the dialog is closed", SOON, || {
        (window.count("[data-testid=export-dialog]") == 0).then_some(())
    });
}

/// The files of a folder, by the call's id and their endings.
fn written(folder: &Path) -> BTreeMap<(String, String), Vec<u8>> {
    let part = |part: Option<&std::ffi::OsStr>| part.expect("ID.ENDING").to_string_lossy().into_owned();
    let named = files_below(folder).into_iter().map(|file| {
        ((part(file.file_stem()), part(file.extension())), fs::read(&file).expect("a readable file"))
    });
    named.collect()
}

/// Customers by the ids of their calls.
fn customers(user: &Cueline) -> BTreeMap<String, String> {
    let listed = user.run(&["calls", "list", "--json"]);
    let calls: Vec<Value> = serde_json::from_str(&listed.out).expect("a list of calls");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    calls.iter().map(|call| (text(&call["id"]), text(&call["customer_name"]))).collect()
}

#[test]
fn a_lead_exports_the_list_as_data_with_sound_and_a_call_as_a_table_and_as_pages() {
    let user = lead_with_two_calls();
    let customers = customers(&user);
    let folders = tempfile::tempdir().expect("a temporary folder");
    let to = |name: &str| folders.path().join(name);
    let cut_off = CutOff::watching(&[folders.path()]);
    let window = AppWindow::with(&user, &[], cut_off.environment(None));
    window.click("[data-testid=open-logs]", SOON);
    appears(&window, "[data-testid=call-list] [data-testid=call-row]");
    window.click("[data-testid=export-shown]", SOON);
    export(&window, "json", true, &to("json"));
    a_recording_comes_before_its_document(&cut_off.steps());
    open_call(&window, "Robin Hale");
    press(&window, "r");
    window.text("[data-testid=reviewed-by]", SOON);
    for format in ["csv", "pdf"] {
        window.click("[data-testid=export]", SOON);
        export(&window, format, false, &to(format));
    }
    drop(window);

    // Both calls are whole: another machine takes them in and has what is here.
    let documents = written(&to("json"));
    let endings: Vec<&str> = documents.keys().map(|(_, ending)| ending.as_str()).collect();
    assert_eq!(endings, ["json", "wav", "json", "wav"]);
    for (id, customer) in &customers {
        let document: Value =
            serde_json::from_slice(&documents[&(id.clone(), "json".to_owned())]).expect("JSON");
        assert_eq!((&document["call"]["id"], &document["format"]), (&json!(id), &json!("cueline-call")));
        assert!(document["context"].as_str().is_some_and(|context| context.contains(customer)), "{customer}");
        let sound = &documents[&(id.clone(), "wav".to_owned())];
        let frames = document["recording"]["frames"].as_u64().expect("a length");
        assert_eq!(sound.len() as u64, 44 + 4 * frames);
    }
    let other = Cueline::without_models();
    let came = other.run(&["calls", "import", to("json").to_str().expect("a UTF-8 path")]);
    assert_eq!(came.out.lines().last(), Some("2 imported, 0 already here, 0 refused"), "{}", came.err);

    // The table has a row for each utterance and cue, the report says who has reviewed it.
    let (id, _) = customers.iter().find(|(_, name)| *name == "Robin Hale").expect("the call is listed");
    let tables = written(&to("csv"));
    let table = String::from_utf8(tables[&(id.clone(), "csv".to_owned())].clone()).expect("UTF-8");
    assert_eq!(tables.len(), 1);
    assert!(table.starts_with("call,started,agent,customer,kind,"), "{table}");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(rows.iter().all(|row| row.starts_with(id.as_str()) && row.contains("Robin Hale")), "{table}");
    let shown = user.run(&["calls", "show", id, "--json"]);
    let record: Value = serde_json::from_str(&shown.out).expect("JSON");
    let told = record["events"].as_array().expect("events").iter();
    let told = told.filter(|event| event["type"] == "final" || event["type"] == "cue").count();
    assert_eq!(rows.len(), told);
    let pages = written(&to("pdf"));
    assert_eq!(pages.len(), 1);
    let report = &pages[&(id.clone(), "pdf".to_owned())];
    assert!(report.starts_with(b"%PDF-1.") && report.trim_ascii_end().ends_with(b"%%EOF"));
    let report = String::from_utf8_lossy(report);
    for words in ["Robin Hale", "What was said", "Review", "Ana"] {
        assert!(report.contains(words), "the report says {words}");
    }
}

/// Whatever stops the app: a file has its name only when all of it is on the disk, and a document only when its recording has.
#[track_caller]
fn a_recording_comes_before_its_document(steps: &[Step]) {
    let mut synced: Vec<&PathBuf> = Vec::new();
    let mut named: Vec<&PathBuf> = Vec::new();
    for step in steps {
        match step {
            Step::Create(file) | Step::Write { file, .. } => synced.retain(|other| *other != file),
            Step::Sync(file) => synced.push(file),
            Step::Rename(from, to) => {
                assert!(synced.contains(&from), "{} was synced", from.display());
                let sound = to.with_extension("wav");
                assert!(*to == sound || named.contains(&&sound), "{} has its sound", to.display());
                named.push(to);
            }
            Step::Other(_) => {}
        }
    }
    assert_eq!(named.len(), 4, "{steps:?}");
}

/// The texts of a transcript's finals, as the command line tells them.
fn finals(user: &Cueline, arguments: &[&str]) -> Vec<String> {
    let shown = user.run(&[&["calls", "show", "--json"], arguments].concat());
    assert_eq!(shown.code, 0, "{}", shown.err);
    let record: Value = serde_json::from_str(&shown.out).expect("JSON");
    let events = record["events"].as_array().expect("events").iter();
    let finals = events.filter(|event| event["type"] == "final");
    finals.map(|event| event["text"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn a_lead_reads_the_improved_transcript_and_the_live_one_again() {
    let user = lead_with_two_calls();
    let (id, _) = customers(&user).into_iter().find(|(_, name)| name == "Robin Hale").expect("a call");
    let improved = user.run(&["calls", "improve", &id]);
    assert_eq!(improved.code, 0, "{}", improved.err);
    let (live, improved) = (finals(&user, &[&id]), finals(&user, &[&id, "--improved"]));
    assert_ne!(live, improved, "the careful pass hears or cuts something otherwise");

    let window = AppWindow::of(&user, &[]);
    window.click("[data-testid=open-logs]", SOON);
    // A call that has one transcript alone offers no choice.
    open_call(&window, "Ines Calder");
    assert_eq!(window.count("[data-testid=transcript-version]"), 0);
    open_call(&window, "Robin Hale");
    let reads = |version: &str, texts: &[String]| {
        window.until(version, SOON, || {
            let lines = window.run(
                "return [...document.querySelectorAll('[data-testid=record-line]')].map((line) => line.innerText.replace(/\\s+/g, ' '));",
                Vec::new(),
            );
            let lines: Vec<String> = serde_json::from_value(lines).expect("a list of texts");
            let said = window.text("[data-testid=transcript-version]", SOON);
            let all = lines.len() == texts.len() && lines.iter().zip(texts).all(|(line, text)| line.contains(text));
            (said.starts_with(version) && all).then_some(())
        });
    };
    let pins = || window.count("[data-testid=review-transcript] [data-testid=cue-pin]");
    reads("As it was written during the call, by tiny.en-q8_0", &live);
    let noticed = pins();
    assert!(noticed > 0);
    window.click("[data-testid=review] label:has([value=improved])", SOON);
    reads("Made of the recording after the call, by tiny.en-q8_0", &improved);
    assert_eq!(pins(), noticed, "cues stay where the live transcript raised them");
    is_accessible(&window, "the improved transcript");
    window.click("[data-testid=review] label:has([value=live])", SOON);
    reads("As it was written during the call", &live);
}
