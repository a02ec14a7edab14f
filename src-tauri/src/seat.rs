use crate::state::lock;
use cueline_calls::Acting;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The role that somebody took up in this window with its passphrase. They hold it until they leave it, rest for too long
/// or the app ends.
#[derive(Default)]
pub(crate) struct Seat(Mutex<Option<Taken>>);

struct Taken {
    acting: Acting,
    last: Instant,
}

impl Seat {
    /// Somebody takes up a role.
    pub(crate) fn take(&self, acting: Acting) {
        *lock(&self.0) = Some(Taken { acting, last: Instant::now() });
    }

    /// They leave it.
    pub(crate) fn leave(&self) {
        *lock(&self.0) = None;
    }

    /// Who has taken up a role and did something in it within `rest`, and how long they may still do nothing. With `busy`
    /// they are doing something now.
    pub(crate) fn taken(&self, rest: Duration, busy: bool) -> Option<(Acting, Duration)> {
        self.at(Instant::now(), rest, busy)
    }

    fn at(&self, now: Instant, rest: Duration, busy: bool) -> Option<(Acting, Duration)> {
        let mut seat = lock(&self.0);
        let left = rest.checked_sub(now.duration_since(seat.as_ref()?.last)).filter(|left| !left.is_zero());
        let Some(left) = left else {
            *seat = None;
            return None;
        };
        let taken = seat.as_mut()?;
        if busy {
            taken.last = now;
        }
        Some((taken.acting.clone(), if busy { rest } else { left }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cueline_calls::{Actor, MemoryKeyStore, Role, Store, Unlock};

    #[test]
    fn whoever_rests_too_long_has_left_the_role() {
        let folder = tempfile::tempdir().unwrap();
        let unlock = Unlock::KeyStore(Box::<MemoryKeyStore>::default());
        let (store, _) = Store::open(folder.path(), &unlock).unwrap();
        let lead = Actor { name: "Ana".into(), role: Role::TeamLead, machine: "desk".into() };
        let seat = Seat::default();
        let (rest, begin) = (Duration::from_secs(300), Instant::now());
        let after = |seconds| begin + Duration::from_secs(seconds);
        assert!(seat.at(begin, rest, true).is_none());
        seat.take(store.act(lead, None).unwrap());
        let left = |seconds, busy| seat.at(after(seconds), rest, busy).map(|(_, left)| left.as_secs());
        assert!(left(200, false).is_some_and(|left| left <= 101));
        assert_eq!(left(290, true), Some(300));
        assert_eq!(left(500, false), Some(90), "what was done at 290 counts");
        assert_eq!(left(590, true), None, "doing something comes too late");
        assert_eq!(left(591, false), None);
    }
}
