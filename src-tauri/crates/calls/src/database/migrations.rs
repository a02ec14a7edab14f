use crate::{StoreError, call};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// One file a version, in order; a file that has been released is never changed again.
pub(super) const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/0001_calls.sql"),
    include_str!("migrations/0002_improved.sql"),
    include_str!("migrations/0003_own_word.sql"),
    include_str!("migrations/0004_review.sql"),
    include_str!("migrations/0005_access.sql"),
    include_str!("migrations/0006_import.sql"),
    include_str!("migrations/0007_undecided.sql"),
];

/// The step that makes the overview of calls, whose disclosures SQL alone cannot count.
const OVERVIEW: usize = 3;

/// The newest schema, as SQLite's `user_version`.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// Brings a database to the newest schema, each step whole or not at all.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let fault = |e| StoreError::database(path, e);
    loop {
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let found: i64 = step.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fault)?;
        let next = usize::try_from(found).ok().filter(|&n| n <= MIGRATIONS.len());
        let Some(next) = next else {
            return Err(StoreError::Newer { file: path.to_path_buf(), found, known: SCHEMA });
        };
        let Some(sql) = MIGRATIONS.get(next) else { return Ok(()) };
        step.execute_batch(sql).map_err(fault)?;
        if next == OVERVIEW {
            call::close_all(&step).map_err(fault)?;
        }
        step.pragma_update(None, "user_version", found + 1).map_err(fault)?;
        step.commit().map_err(fault)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_first_version_wrote_is_kept_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO call VALUES (x'00112233445566778899aabbccddeeff', 0, 'file', 'm', 'p', '1', 'a', 'm', '{}', 1, '0');
                 INSERT INTO cue_event (call, seq, cue, event, at, emitted_at, written_ms)
                 VALUES (x'00112233445566778899aabbccddeeff', 1, 'disc.name', 'satisfied', 1.0, 1.0, 0);",
            )
            .unwrap();
        migrate(&mut connection, Path::new("calls.db")).unwrap();
        let by_agent: bool =
            connection.query_row("SELECT by_agent FROM cue_event", [], |row| row.get(0)).unwrap();
        assert!(!by_agent, "nobody's own word was known then");
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, SCHEMA);
    }

    #[test]
    fn calls_of_before_are_in_the_overview_and_still_prove_themselves() {
        let mut connection = Connection::open_in_memory().unwrap();
        for (version, sql) in MIGRATIONS[..3].iter().enumerate() {
            connection.execute_batch(sql).unwrap();
            connection.pragma_update(None, "user_version", version as i64 + 1).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO call VALUES (x'00112233445566778899aabbccddeeff', 7, 'file', 'm', 'p', '1', 'ann', 'desk',
                     '{\"customer_name\":\"Bo\",\"mode\":\"first_party\"}', 3, '0');
                 INSERT INTO utterance (call, seq, number, lane, starts, ends, text, masked, emitted_at, written_ms)
                 VALUES (x'00112233445566778899aabbccddeeff', 1, 1, 'agent', 0.0, 1.0, 'words', 0, 1.5, 0);
                 INSERT INTO cue_event (call, seq, cue, event, at, emitted_at, shown, written_ms)
                 VALUES (x'00112233445566778899aabbccddeeff', 2, 'trig.dispute', 'fires', 1.0, 1.0, 1, 0),
                        (x'00112233445566778899aabbccddeeff', 3, 'disc.recap', 'due', 1.0, 1.0, NULL, 0),
                        (x'00112233445566778899aabbccddeeff', 4, 'disc.recap', 'missed', 9.0, 9.0, NULL, 0);
                 INSERT INTO ledger (call, number, seq, cue, event, at, emitted_at, hash)
                 VALUES (x'00112233445566778899aabbccddeeff', 1, 3, 'disc.recap', 'due', 1.0, 1.0, zeroblob(32)),
                        (x'00112233445566778899aabbccddeeff', 2, 4, 'disc.recap', 'missed', 9.0, 9.0, zeroblob(32));
                 INSERT INTO call_end VALUES (x'00112233445566778899aabbccddeeff', 9.0, 0, 2, zeroblob(32), 0);",
            )
            .unwrap();
        migrate(&mut connection, Path::new("calls.db")).unwrap();
        let overview: (String, String, f64, u32, u32, u32, u32) = connection
            .query_row(
                "SELECT customer, mode, seconds, utterances, cards, missed, attention FROM overview",
                [],
                |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                        row.get(5)?,
                        row.get(6)?,
                    ))
                },
            )
            .unwrap();
        assert_eq!(overview, ("Bo".to_owned(), "first_party".to_owned(), 9.0, 1, 1, 1, 1 << 16));
        let cues: Vec<String> = connection
            .prepare("SELECT cue FROM overview_cue ORDER BY cue")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(cues, ["disc.recap", "trig.dispute"]);
        let proof = crate::chain::prove(&connection).unwrap();
        assert_eq!((proof.calls, proof.unchained), (1, 1));
        // The hashes above are none.
        let broken =
            crate::ProofFault::Ledger { call: "00112233-4455-6677-8899-aabbccddeeff".into(), first: 1 };
        assert_eq!(proof.faults, [broken]);
    }

    #[test]
    fn a_store_of_before_imports_keeps_its_chain_and_takes_them() {
        let mut connection = Connection::open_in_memory().unwrap();
        for (version, sql) in MIGRATIONS[..5].iter().enumerate() {
            connection.execute_batch(sql).unwrap();
            connection.pragma_update(None, "user_version", version as i64 + 1).unwrap();
        }
        connection
            .execute_batch(
                "INSERT INTO call VALUES (x'00112233445566778899aabbccddeeff', 7, 'file', 'm', 'p', '1', 'ann', 'desk', '{}', 5, '0');
                 INSERT INTO overview (call, started_ms, agent, source, mode, customer)
                 VALUES (x'00112233445566778899aabbccddeeff', 7, 'ann', 'file', 'third_party', '');",
            )
            .unwrap();
        let id = uuid::Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
        let chain = call::chain_start(&connection, id).unwrap();
        let end = call::Kept::End { at: 9.0, repaired: false, chain };
        end.insert(&connection, id, 0).unwrap();
        migrate(&mut connection, Path::new("calls.db")).unwrap();
        let after = crate::chain::prove(&connection).unwrap();
        assert_eq!((after.faults, after.imported, after.chains[0].seals), (vec![], 0, 1));
        let actor = crate::Actor { name: "dana".into(), role: crate::Role::TeamLead, machine: "desk".into() };
        crate::chain::insert_import(&connection, id, &[7; 32], &actor).unwrap();
        assert_eq!(crate::chain::prove(&connection).unwrap().imported, 1);
    }
}
