use super::tests::{deletion, memory, new_call, open};

#[test]
fn the_newest_note_counts_and_the_older_ones_stay() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut log = store.begin_call(new_call()).unwrap();
    store.keep_note(&log.id(), &"first, while the call is being closed".into(), "desk").unwrap();
    log.end(3.0).unwrap();
    store.keep_note(&log.id(), &"pays 40 on Friday with card 4111 1111 1111 1111".into(), "desk").unwrap();
    drop(store);
    let store = open(&dir, &key_store);
    let note = store.show(&log.id()).unwrap().note.unwrap();
    assert_eq!(note.text.as_str(), "pays 40 on Friday with card [card number]");
    assert!(note.at > 1_600_000_000_000);
    let kept: i64 =
        store.read(|from| from.query_row("SELECT count(*) FROM note", [], |row| row.get(0))).unwrap();
    assert_eq!(kept, 2);
    let connection = store.0.database.connect().unwrap();
    for change in ["UPDATE note SET text = 'x'", "DELETE FROM note"] {
        assert!(connection.execute(change, []).is_err(), "{change}");
    }
    drop(connection);
    store.delete(&log.id(), &deletion()).unwrap();
    assert_eq!(store.keep_note(&log.id(), &"late".into(), "desk").unwrap_err().code(), "no_such_call");
}
