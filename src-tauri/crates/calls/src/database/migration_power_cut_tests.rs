//! The power fails while an older store is brought to the newest schema: the next start finds it as it was before a step or
//! after it, goes on from there, and nothing that was kept is lost.

use super::migrations::{MIGRATIONS, migrate};
use super::{APPLICATION_ID, Database, SCHEMA};
use crate::keys::Key;
use std::fs;
use std::path::Path;

/// Bytes of the journal's header, of a frame's and of a page (the file format of SQLite's journals, 4.1).
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const PAGE: usize = 4096;

/// Utterances of the store that the first version wrote.
const UTTERANCES: usize = 40;

fn database(folder: &Path) -> Database {
    Database::new(folder.join("calls.db"), Key::new([5; 32]))
}

/// A store as the first version left it: a call with its utterances, closed properly.
fn first_store(folder: &Path) -> Vec<u8> {
    let database = database(folder);
    fs::write(&database.path, []).unwrap();
    let connection = database.unlocked().unwrap();
    connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    connection.execute_batch(MIGRATIONS[0]).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection
        .execute_batch(
            "INSERT INTO call VALUES (x'00112233445566778899aabbccddeeff', 7, 'file', 'm', 'p', '1', 'ann', 'desk', '{}', 1, '0');
             INSERT INTO cue_event (call, seq, cue, event, at, emitted_at, written_ms)
             VALUES (x'00112233445566778899aabbccddeeff', 1000, 'disc.name', 'satisfied', 1.0, 1.0, 0);
             INSERT INTO call_end VALUES (x'00112233445566778899aabbccddeeff', 99.0, 0, 0, zeroblob(32), 0);",
        )
        .unwrap();
    for n in 0..UTTERANCES {
        let said = format!("utterance {n} {}", "and so on and so forth ".repeat(n));
        connection
            .execute(
                "INSERT INTO utterance (call, seq, number, lane, starts, ends, text, masked, emitted_at, written_ms)
                 VALUES (x'00112233445566778899aabbccddeeff', ?1, ?1, 'agent', ?1, ?1 + 1.0, ?2, 0, ?1 + 1.5, 0)",
                (n as i64, said),
            )
            .unwrap();
    }
    connection.close().unwrap();
    fs::read(&database.path).unwrap()
}

/// What a power cut left on the disk is opened as the next start would open it.
fn opens_whole(content: &[u8], journal: &[u8], case: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("calls.db"), content).unwrap();
    fs::write(folder.path().join("calls.db-wal"), journal).unwrap();
    let database = database(folder.path());
    let connection = database.open().unwrap_or_else(|e| panic!("{case}: {e}"));
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(one("PRAGMA user_version"), SCHEMA, "{case}");
    assert_eq!(one("SELECT count(*) FROM utterance"), UTTERANCES as i64, "{case}");
    let last =
        format!("SELECT count(*) FROM utterance_index WHERE utterance_index MATCH '\"{}\"'", UTTERANCES - 1);
    assert_eq!(one(&last), 1, "{case}: the search index");
    assert_eq!(one("SELECT utterances FROM overview WHERE seconds = 99.0"), UTTERANCES as i64, "{case}");
    assert_eq!(one("SELECT count(*) FROM cue_event WHERE cue = 'disc.name' AND by_agent = 0"), 1, "{case}");
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok", "{case}");
    database.check().unwrap();
}

#[test]
fn a_power_cut_at_any_write_of_a_migration_leaves_a_store_that_opens_with_all_that_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let before = first_store(folder.path());
    let connection = database(folder.path()).open().unwrap();
    let (file, journal) = (folder.path().join("calls.db"), folder.path().join("calls.db-wal"));
    let (changed, journal) = (fs::read(&file).unwrap(), fs::read(&journal).unwrap());
    // The first thing that is changed is the page that says that there is a journal; then everything is in the journal.
    assert_eq!(changed.len(), before.len());
    let frames = (journal.len() - HEADER) / (FRAME_HEADER + PAGE);
    assert!(frames > 20, "{frames} writes");

    opens_whole(&before, &[], "before the first write");
    for frame in 0..=frames {
        let at = HEADER + frame * (FRAME_HEADER + PAGE);
        for (n, cut) in [at - 1, at, at + PAGE / 2].into_iter().enumerate() {
            let cut = cut.min(journal.len());
            // The end that was not synced is missing, or there and not written through.
            let unwritten = if (frame + n) % 2 == 0 { 0 } else { PAGE.min(journal.len() - cut) };
            let left = [&journal[..cut], &vec![0; unwritten]].concat();
            opens_whole(&changed, &left, &format!("{cut} of {}, then {unwritten} zeroes", journal.len()));
        }
    }

    // The journal is moved into the database: page by page, the journal whole meanwhile.
    connection.close().unwrap();
    let after = fs::read(&file).unwrap();
    for page in 0..=after.len() / PAGE {
        let moved = page * PAGE;
        let rest = changed.get(moved..).unwrap_or_default();
        opens_whole(&[&after[..moved], rest].concat(), &journal, &format!("{page} pages were moved"));
        let torn = (moved + PAGE / 2).min(after.len());
        let rest = changed.get(torn..).unwrap_or_default();
        opens_whole(&[&after[..torn], rest].concat(), &journal, &format!("page {page} was half moved"));
    }
    opens_whole(&after, &[], "all was moved");
}

#[test]
fn a_migration_that_the_disk_has_no_room_for_says_so_and_is_done_once_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let before = first_store(folder.path());
    let pages = before.len() / PAGE;
    let mut refused = 0;
    for room in (0..120).step_by(8) {
        fs::write(folder.path().join("calls.db"), &before).unwrap();
        let database = database(folder.path());
        let mut connection = database.connect().unwrap();
        connection.pragma_update(None, "max_page_count", (pages + room) as i64).unwrap();
        if let Err(error) = migrate(&mut connection, &database.path) {
            assert_eq!(error.code(), "disk_full", "{room} pages of room");
            refused += 1;
        }
        connection.close().unwrap();
        let left = fs::read(&database.path).unwrap();
        opens_whole(&left, &[], &format!("{room} pages of room"));
    }
    assert!((3..12).contains(&refused), "{refused} of 15 were refused");
}
