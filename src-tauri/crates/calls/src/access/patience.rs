use rusqlite::Connection;

/// Wrong passphrases one after another that cost no wait.
const FREE: u32 = 3;

/// Seconds to wait after one more; each further one doubles them.
const FIRST: u64 = 5;

/// The longest wait in seconds.
const LONGEST: u64 = 15 * 60;

/// As many tries are looked back at: with as many wrong ones the wait is the longest.
const LOOK_BACK: u32 = 16;

/// The wrong passphrases that were given on a machine since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tries {
    wrong: u32,
    /// When the newest of them was, in milliseconds since 1970-01-01 UTC.
    at: i64,
}

impl Tries {
    pub(super) fn read(from: &Connection, machine: &str) -> rusqlite::Result<Self> {
        let mut rows = from.prepare_cached(
            "SELECT what, at_ms FROM access
             WHERE machine = ? AND what IN ('signed_in', 'wrong_passphrase', 'passphrase_set')
             ORDER BY place DESC LIMIT ?",
        )?;
        let mut rows = rows.query((machine, LOOK_BACK))?;
        let mut tries = Self::default();
        while let Some(row) = rows.next()? {
            if row.get::<_, String>(0)? != "wrong_passphrase" {
                break;
            }
            if tries.wrong == 0 {
                tries.at = row.get(1)?;
            }
            tries.wrong += 1;
        }
        Ok(tries)
    }

    /// Seconds until another passphrase is looked at; 0 for at once. A clock that was set back does not lock anybody out.
    pub(super) fn wait(self, now: i64) -> u64 {
        let Some(further) = self.wrong.checked_sub(FREE) else { return 0 };
        let whole = FIRST.saturating_mul(1 << further.min(16)).min(LONGEST);
        whole.saturating_sub(now.abs_diff(self.at) / 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_passphrase_after_the_third_costs_twice_the_wait() {
        let wait = |wrong, later: i64| Tries { wrong, at: 1_000_000 }.wait(1_000_000 + later);
        for (wrong, seconds) in [(0, 0), (2, 0), (3, 5), (4, 10), (8, 160), (11, 900), (LOOK_BACK, 900)] {
            assert_eq!(wait(wrong, 0), seconds, "{wrong} wrong");
        }
        assert_eq!(wait(5, 12_000), 8, "what has passed is taken off");
        assert_eq!(wait(5, 60_000), 0);
        assert_eq!(wait(5, -3_600_000), 0, "a clock that was set back locks nobody out");
    }
}
