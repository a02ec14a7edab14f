//! Exports that are not as they were written, by accident or on purpose: refused, or what they bring in is whole, masked and proves
//! itself.

use super::import_tests::{elsewhere, export, lead, with_everything};
use super::*;
use crate::export::document_digest;
use crate::hex_bytes::HexBytes;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::rc::Rc;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The call with everything, exported without its sound: its id and the document.
static EXPORTED: LazyLock<(String, String)> = LazyLock::new(|| {
    let (_dir, _keys, store, id) = with_everything();
    recording::delete(&store.0.data_dir, store.find(&id).unwrap()).unwrap();
    let to = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(export(&store, &id, to.path())).unwrap();
    assert!(text.contains("\"recording\": null"));
    (id, text)
});

fn document() -> Value {
    serde_json::from_str(&EXPORTED.1).unwrap()
}

/// A document with the digest that it should have.
fn sealed(mut document: Value) -> Vec<u8> {
    if document.is_object() {
        document["digest"] = HexBytes(document_digest(document.clone())).to_string().into();
    }
    serde_json::to_vec(&document).unwrap()
}

thread_local! {
    /// A store into which nothing came: to make one takes longer than to refuse a document.
    static EMPTY: RefCell<Option<(Rc<TempDir>, Store)>> = const { RefCell::new(None) };
}

/// Brings a document into an empty store.
fn bring_in(document: &[u8]) -> (Rc<TempDir>, Store, Result<(), StoreError>) {
    let (dir, store) = EMPTY.take().unwrap_or_else(|| {
        let (dir, _keys, store) = elsewhere();
        (Rc::new(dir), store)
    });
    let file = dir.path().join("export.json");
    fs::write(&file, document).unwrap();
    let taken = lead(&store).take_in(&file).map(|taken| assert!(taken.new));
    if taken.is_err() {
        EMPTY.set(Some((Rc::clone(&dir), store.clone())));
    }
    (dir, store, taken)
}

/// Sees that a store has a whole call that proves itself, or nothing.
fn is_whole_or_nothing(store: &Store, taken: &Result<(), StoreError>) -> Result<(), TestCaseError> {
    prop_assert_eq!(store.verify_all().unwrap().faults, vec![]);
    let calls = store.list(&CallFilter::default(), CallOrder::Newest, 9, 0).unwrap();
    prop_assert_eq!(calls.len(), usize::from(taken.is_ok()), "{:?}", taken);
    if let Err(error) = taken {
        prop_assert!(error.code().starts_with("import_"), "{}", error);
        prop_assert!(!error.to_string().contains("recorded"), "{}", error);
        return Ok(());
    }
    let id = &calls[0].id;
    let stored = serde_json::to_string(&store.stored(store.find(id).unwrap()).unwrap()).unwrap();
    // Hashes and ids have any figures, and no spaces.
    prop_assert!(!stored.contains(" 1111") && !stored.contains(" 737"), "{}", stored);
    store.show(id).unwrap();
    store.review(id).unwrap();
    store.call_to_retell(id).unwrap();
    if let Err(error) = store.show_improved(id) {
        prop_assert_eq!(error.code(), "not_improved");
    }
    let (to, (_dir, _keys, elsewhere)) = (tempfile::tempdir().unwrap(), elsewhere());
    lead(&elsewhere).take_in(&export(store, id, to.path())).unwrap();
    prop_assert_eq!(
        store.stored(store.find(id).unwrap()).unwrap(),
        elsewhere.stored(store.find(id).unwrap()).unwrap()
    );
    Ok(())
}

/// A place in a document: which of a value's children, again and again.
fn at<'a>(value: &'a mut Value, way: &[usize]) -> &'a mut Value {
    let (Some(first), rest) = (way.first(), way.get(1..).unwrap_or_default()) else { return value };
    let children = value.as_array().map_or(0, Vec::len) + value.as_object().map_or(0, serde_json::Map::len);
    if children == 0 {
        return value;
    }
    match value {
        Value::Array(values) => at(&mut values[first % children], rest),
        Value::Object(values) => at(values.values_mut().nth(first % children).unwrap(), rest),
        leaf => leaf,
    }
}

fn something_else() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(-1), Just(0), Just(1), Just(2), Just(7), Just(i64::MAX), Just(i64::MIN)]
            .prop_map(Value::from),
        Just(json!(u64::MAX)),
        prop_oneof![Just(0.25), Just(-0.0), Just(1e308), Just(-1e308), Just(5e-324), Just(1e7)]
            .prop_map(Value::from),
        prop_oneof![
            Just(""),
            Just("x"),
            Just("disc.recap"),
            Just("4111 1111 1111 1111"),
            Just("security code 737"),
            Just("\0"),
            Just("agent"),
            Just("satisfied"),
            Just("final"),
            Just("018f0000-0000-7000-8000-000000000000"),
        ]
        .prop_map(Value::from),
        Just(Value::from("long ".repeat(30_000))),
        Just(json!([])),
        Just(json!({})),
    ]
}

/// One change of the document, with the digest made anew.
type Change = fn(&mut Value);

#[test]
fn what_is_no_whole_export_is_refused_by_its_name() {
    let (_, text) = &*EXPORTED;
    let cut = text.split_inclusive('\n').take(30).collect::<String>();
    for (bytes, code) in [
        (&b"%PDF-1.7"[..], "import_no_export"),
        (b"", "import_no_export"),
        (&[0xff, 0xfe, 0], "import_no_export"),
        (b"{\"format\":\"cueline-view\",\"version\":2}", "import_no_export"),
        (b"{\"format\":\"cueline-call\",\"version\":\"2\"}", "import_no_export"),
        (b"{\"format\":\"cueline-call\",\"version\":1}", "import_older"),
        (b"{\"format\":\"cueline-call\",\"version\":3}", "import_newer"),
        (b"{\"format\":\"cueline-call\",\"version\":2}", "import_damaged"),
        (b"{\"format\":\"cueline-call\",\"at\":1e999}", "import_damaged"),
        (cut.as_bytes(), "import_damaged"),
        (text.replace("\"hash\"", "\"hush\"").as_bytes(), "import_changed"),
        (text.replace("agent-wexford", "agent-other").as_bytes(), "import_changed"),
        (
            [&b"{\"format\":\"cueline-call\",\"deep\":"[..], &b"[".repeat(100_000)].concat().as_slice(),
            "import_damaged",
        ),
    ] {
        let (_dir, store, taken) = bring_in(bytes);
        assert_eq!(taken.as_ref().unwrap_err().code(), code);
        is_whole_or_nothing(&store, &taken).unwrap();
    }
    let told = bring_in(cut.as_bytes()).2.unwrap_err().to_string();
    assert!(
        told.contains("export.json: it is damaged at line 31") && told.contains("ends too early"),
        "{told}"
    );
}

#[test]
fn what_no_call_can_have_is_refused_even_with_a_digest_that_fits() {
    let cases: [(Change, &str); 19] = [
        (|d| d["events"][0]["at"] = 1e9.into(), "import_strange"),
        (|d| d["end"]["at"] = (-1e9).into(), "import_strange"),
        (|d| d["call"]["started_at"] = i64::MAX.into(), "import_strange"),
        (|d| d["call"]["schema"] = 99.into(), "import_newer"),
        (|d| d["call"]["agent"] = "another".into(), "import_ledger"),
        (|d| d["context"] = "{}".into(), "import_ledger"),
        (|d| d["context"] = "[".into(), "import_strange"),
        (|d| d["end"]["ledger_rows"] = 0.into(), "import_ledger"),
        (|d| d["end"] = Value::Null, "import_unended"),
        (|d| d["events"][1]["seq"] = 1.into(), "import_strange"),
        (|d| d["events"][1]["text"] = "x".repeat(10 << 20).into(), "import_strange"),
        (|d| d["events"][0]["cue"] = "trig.other".into(), "import_strange"),
        (|d| d["events"][1]["type"] = "level".into(), "import_damaged"),
        (|d| drop(d["ledger"].as_array_mut().unwrap().pop()), "import_strange"),
        (|d| d["ledger"][1]["hash"] = "00".repeat(32).into(), "import_ledger"),
        (|d| d["ledger"][1]["quote"]["salt"] = "00".repeat(16).into(), "import_ledger"),
        (|d| d["observations"][0]["what"] = "dreamt".into(), "import_strange"),
        (|d| d["review"][1]["id"] = d["review"][0]["id"].clone(), "import_strange"),
        (|d| d["review"][2]["mark"]["reason"] = " ".into(), "import_strange"),
    ];
    for (n, (change, code)) in cases.into_iter().enumerate() {
        let mut document = document();
        change(&mut document);
        let (_dir, store, taken) = bring_in(&sealed(document));
        assert_eq!(taken.as_ref().unwrap_err().code(), code, "{n}: {taken:?}");
        is_whole_or_nothing(&store, &taken).unwrap();
    }
}

#[test]
fn figures_that_must_not_be_stored_do_not_come_in() {
    const CARD: &str = "4111 1111 1111 1111";
    let masked: [Change; 7] = [
        |d| d["events"][1]["text"] = CARD.into(),
        |d| d["events"][5]["evidence"]["quote"] = CARD.into(),
        |d| d["events"][13]["message"] = CARD.into(),
        |d| d["observations"][1]["text"] = CARD.into(),
        |d| d["improved"][0]["utterances"][0]["text"] = CARD.into(),
        |d| d["notes"][1]["text"] = CARD.into(),
        |d| d["review"][4]["mark"]["tags"][0] = CARD.into(),
    ];
    for (n, change) in masked.into_iter().enumerate() {
        let mut document = document();
        change(&mut document);
        assert!(document.to_string().contains(CARD), "{n}");
        let (_dir, store, taken) = bring_in(&sealed(document));
        taken.as_ref().unwrap();
        is_whole_or_nothing(&store, &taken).unwrap();
    }
    let refused: [Change; 4] = [
        |d| d["context"] = "{\"amount\":4111111111111111}".into(),
        |d| {
            d["events"][2]["evidence"]["quote"] = CARD.into();
            d["ledger"][1]["evidence"]["quote"] = CARD.into();
        },
        |d| d["call"]["machine"] = CARD.into(),
        |d| d["context"] = format!("{{\"creditor\":\"{CARD}\"}}").into(),
    ];
    for (n, change) in refused.into_iter().enumerate() {
        let mut document = document();
        change(&mut document);
        let (_dir, store, taken) = bring_in(&sealed(document));
        assert_eq!(taken.as_ref().unwrap_err().code(), "import_figures", "{n}");
        is_whole_or_nothing(&store, &taken).unwrap();
    }
}

#[test]
fn a_recording_is_taken_only_as_it_was_exported_and_silent_where_figures_are() {
    let (_dir, _keys, store, id) = with_everything();
    let to = tempfile::tempdir().unwrap();
    let file = export(&store, &id, to.path());
    let (sound, text) = (fs::read(file.with_extension("wav")).unwrap(), fs::read(&file).unwrap());
    let mut other_sample = sound.clone();
    other_sample[200_000] ^= 1;
    for wav in [None, Some(&sound[..40]), Some(&sound[..sound.len() - 4]), Some(&other_sample), Some(&text)] {
        match wav {
            Some(bytes) => fs::write(file.with_extension("wav"), bytes).unwrap(),
            None => fs::remove_file(file.with_extension("wav")).unwrap(),
        }
        let (dir, _keys, other) = elsewhere();
        assert_eq!(lead(&other).take_in(&file).unwrap_err().code(), "import_recording");
        assert_eq!(other.count(&CallFilter::default()).unwrap(), 0);
        let left = fs::read_dir(dir.path().join("arriving")).map_or(0, Iterator::count);
        assert_eq!((left, recording::all(dir.path()).unwrap().len()), (0, 0));
    }
    // A file from elsewhere tells figures that nobody silenced.
    let mut document: Value = serde_json::from_slice(&text).unwrap();
    document["events"][1]["text"] = "4111 1111 1111 1111".into();
    fs::write(&file, sealed(document)).unwrap();
    fs::write(file.with_extension("wav"), &sound).unwrap();
    let (_dir, _keys, other) = elsewhere();
    lead(&other).take_in(&file).unwrap();
    let samples = other.audio(&id, 2.0, 3.5).unwrap().unwrap();
    assert!(samples.iter().all(|sample| *sample == 0));
    assert!(store.audio(&id, 2.0, 3.5).unwrap().unwrap().iter().any(|sample| *sample != 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_were_changed_are_noticed_unless_they_mean_nothing(
        place in any::<prop::sample::Index>(), byte in any::<u8>(), way in 0..4,
    ) {
        let (id, text) = &*EXPORTED;
        let mut bytes = text.clone().into_bytes();
        let place = place.index(bytes.len());
        match way {
            0 => bytes[place] = byte,
            1 => drop(bytes.remove(place)),
            2 => bytes.insert(place, byte),
            _ => bytes.truncate(place),
        }
        let (_dir, store, taken) = bring_in(&bytes);
        is_whole_or_nothing(&store, &taken)?;
        if taken.is_ok() {
            let to = tempfile::tempdir().unwrap();
            let again = fs::read_to_string(export(&store, id, to.path())).unwrap();
            prop_assert!(again == *text);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn values_that_were_changed_with_the_digest_made_anew_bring_in_a_whole_call_or_none(
        way in prop::collection::vec(any::<usize>(), 1..7), other in something_else(), how in 0..5,
    ) {
        let mut document = document();
        match (at(&mut document, &way), how) {
            (Value::Array(values), 0) if !values.is_empty() => drop(values.remove(way[0] % values.len())),
            (Value::Array(values), 1) if !values.is_empty() => values.push(values[way[0] % values.len()].clone()),
            (Value::Array(values), 2) => values.reverse(),
            (Value::Object(values), 0) if !values.is_empty() => {
                let key = values.keys().nth(way[0] % values.len()).unwrap().clone();
                values.remove(&key);
            }
            (value, _) => *value = other,
        }
        let (_dir, store, taken) = bring_in(&sealed(document));
        is_whole_or_nothing(&store, &taken)?;
    }
}
