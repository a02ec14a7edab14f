use crate::playbook::{Budget, Cue, CueId, CueKind, Playbook, Severity};
use cueline_events::{Level, Withheld};

/// Which cue gets the screen, and when.
///
/// One card at a time. A more important cue takes the place of a less important one; an equal one once the card has
/// stood a moment, any once it has stood long enough to be read and done. Coaching has gaps, limits and quiet times; what is legal or about safety has not.
pub(super) struct Cards {
    up: Option<Card>,
    shown: Vec<Shown>,
    coaching: Vec<f64>,
    /// Waits until this time before it may be shown again.
    snoozed: Vec<f64>,
    dismissals: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Card {
    cue: CueId,
    rank: Rank,
    since: f64,
    until: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    times: u32,
    last: Option<f64>,
}

/// What goes first; smaller is more important.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Safety,
    StopOrder,
    Guard,
    Trigger,
    Disclosure,
    Context,
    Deescalation,
    Listening,
    Clue,
}

impl Rank {
    /// The rank of a cue.
    pub(super) fn of(cue: &Cue) -> Self {
        match cue.kind {
            _ if cue.safety => Self::Safety,
            CueKind::Trigger if cue.stop_order => Self::StopOrder,
            CueKind::Trigger => Self::Trigger,
            CueKind::Guard => Self::Guard,
            CueKind::Disclosure => Self::Disclosure,
            CueKind::Context => Self::Context,
            CueKind::Deescalation => Self::Deescalation,
            CueKind::Listening => Self::Listening,
            CueKind::Clue => Self::Clue,
        }
    }

    /// Coaching, as against what is legal or about safety.
    pub(super) fn is_coaching(self) -> bool {
        self >= Self::Deescalation
    }
}

/// The state of the call that decides about a card.
pub(super) struct Moment {
    /// Now.
    pub now: f64,
    /// When the deciding words ended.
    pub at: f64,
    /// When anybody was first heard.
    pub call_start: f64,
    /// Since when the agent speaks.
    pub agent_since: Option<f64>,
    /// A stop-order silences payment.
    pub stopped: bool,
    /// Safety first: nothing else.
    pub safety: bool,
    /// The agent's experience.
    pub level: Level,
    /// When the customer last disclosed something hard.
    pub disclosed: Option<f64>,
}

impl Cards {
    pub(super) fn new(cues: usize) -> Self {
        Self {
            up: None,
            shown: vec![Shown::default(); cues],
            coaching: Vec::new(),
            snoozed: vec![f64::NEG_INFINITY; cues],
            dismissals: vec![0; cues],
        }
    }

    /// The cue whose card is up.
    pub(super) fn up(&self) -> Option<CueId> {
        self.up.map(|card| card.cue)
    }

    /// Why the cue may not become a card at this moment; `None` when it may.
    pub(super) fn withheld(&self, playbook: &Playbook, cue: CueId, moment: &Moment) -> Option<Withheld> {
        let (budget, entry) = (&playbook.budget, &playbook.cues[cue]);
        let rank = Rank::of(entry);
        if (moment.safety && rank != Rank::Safety) || (moment.stopped && entry.payment) {
            return Some(Withheld::StopOrder);
        }
        let shown = self.shown[cue];
        if self.dismissals[cue] >= budget.dismissals_to_mute || shown.times >= entry.per_call {
            return Some(Withheld::Limit);
        }
        let cooling = shown.last.is_some_and(|last| moment.now - last < entry.cooldown);
        if cooling || moment.now < self.snoozed[cue] {
            return Some(Withheld::Cooldown);
        }
        if rank.is_coaching()
            && let Some(reason) = self.coaching_withheld(budget, entry.severity, moment)
        {
            return Some(reason);
        }
        let card = self.up?;
        let stood = moment.now - card.since;
        let yields = rank < card.rank
            || (rank == card.rank && stood >= budget.card_min_s)
            || (card.rank != Rank::Safety && stood >= budget.legal_card_s);
        (card.cue != cue && !yields).then_some(Withheld::Budget)
    }

    fn coaching_withheld(&self, budget: &Budget, severity: Severity, moment: &Moment) -> Option<Withheld> {
        let level = budget.of(moment.level);
        if severity > level.coaching_from {
            return Some(Withheld::Level);
        }
        if moment.now - moment.at > budget.stale_s {
            return Some(Withheld::Stale);
        }
        let recent = |seconds: f64| self.coaching.iter().filter(|t| moment.now - **t < seconds).count();
        let quiet = moment.now - moment.call_start < budget.quiet_start_s
            || moment.disclosed.is_some_and(|at| moment.now - at < budget.quiet_after_disclosure_s);
        if quiet
            || recent(budget.coaching_gap_s) > 0
            || recent(300.0) >= level.coaching_per_5_min as usize
            || self.coaching.len() >= level.coaching_per_call as usize
        {
            return Some(Withheld::Budget);
        }
        let speaking = moment.agent_since.is_some_and(|since| moment.now - since > budget.speaking_grace_s);
        speaking.then_some(Withheld::AgentSpeaking)
    }

    /// Puts the card up.
    pub(super) fn show(&mut self, playbook: &Playbook, cue: CueId, now: f64) {
        let (budget, entry) = (&playbook.budget, &playbook.cues[cue]);
        let rank = Rank::of(entry);
        let until = now
            + match rank {
                // These stay until they are met, or something else needs the place.
                Rank::Safety | Rank::StopOrder | Rank::Disclosure => f64::INFINITY,
                Rank::Guard | Rank::Trigger | Rank::Context => budget.legal_card_s,
                Rank::Deescalation | Rank::Listening | Rank::Clue => budget.coaching_card_s,
            };
        self.up = Some(Card { cue, rank, since: now, until });
        self.shown[cue].times += 1;
        self.shown[cue].last = Some(now);
        if rank.is_coaching() {
            self.coaching.push(now);
        }
    }

    /// Takes the cue's card down, if it is up.
    pub(super) fn take_down(&mut self, cue: CueId) -> bool {
        let was_up = self.up() == Some(cue);
        if was_up {
            self.up = None;
        }
        was_up
    }

    /// The card whose time is over.
    pub(super) fn lapse(&mut self, now: f64) -> Option<CueId> {
        let card = self.up.filter(|card| now >= card.until)?;
        self.up = None;
        Some(card.cue)
    }

    /// A shown card was raised in error: it does not count.
    pub(super) fn forget(&mut self, cue: CueId) {
        self.take_down(cue);
        self.shown[cue].times = self.shown[cue].times.saturating_sub(1);
        self.shown[cue].last = None;
    }

    /// The agent put the card aside until a time.
    pub(super) fn snooze(&mut self, cue: CueId, until: f64) {
        self.snoozed[cue] = until;
        self.dismissals[cue] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUES: &str = r#"
[playbook]
id = "t"
version = "1"
title = "t"
modes = ["third_party"]
"#;

    /// Cues 0 to 5: safety, stop-order, guard, de-escalation, listening, payment coaching.
    fn playbook() -> Playbook {
        let cue = |id: &str, kind: &str, more: &str| {
            format!(
                "[[cue]]\nid = \"a.{id}\"\nkind = \"{kind}\"\ntitle = \"t\"\nheadline = \"h\"\nprompt = \"p\"\n\
                 severity = \"high\"\nfires = [\"hello\"]\n{more}\n"
            )
        };
        let text = [
            CUES.to_owned(),
            cue("safe", "trigger", "safety = true"),
            cue("stop", "trigger", "stop_order = true"),
            cue("guard", "guard", "cooldown_s = 30.0\nper_call = 2"),
            cue("calm", "deescalation", ""),
            cue("listen", "listening", ""),
            cue("pay", "listening", "payment = true"),
        ];
        Playbook::parse(&text.concat(), "t.toml").unwrap_or_else(|error| panic!("{error}"))
    }

    fn moment(now: f64) -> Moment {
        let (stopped, safety) = (false, false);
        let level = Level::Steady;
        Moment { now, at: now, call_start: 0.0, agent_since: None, stopped, safety, level, disclosed: None }
    }

    #[test]
    fn the_more_important_takes_the_place() {
        let playbook = playbook();
        let mut cards = Cards::new(6);
        cards.show(&playbook, 2, 50.0);
        for (cue, at, withheld) in
            [(0, 51.0, None), (1, 51.0, None), (3, 51.0, Some(Withheld::Budget)), (3, 71.0, None)]
        {
            assert_eq!(cards.withheld(&playbook, cue, &moment(at)), withheld, "cue {cue} at {at}");
        }
        cards.show(&playbook, 0, 80.0);
        assert_eq!(cards.withheld(&playbook, 3, &moment(500.0)), Some(Withheld::Budget), "safety stays");
    }

    #[test]
    fn cooldown_limit_and_muting() {
        let playbook = playbook();
        let mut cards = Cards::new(6);
        cards.show(&playbook, 2, 50.0);
        cards.take_down(2);
        assert_eq!(cards.withheld(&playbook, 2, &moment(60.0)), Some(Withheld::Cooldown));
        assert_eq!(cards.withheld(&playbook, 2, &moment(81.0)), None);
        cards.show(&playbook, 2, 81.0);
        assert_eq!(cards.withheld(&playbook, 2, &moment(200.0)), Some(Withheld::Limit));
        cards.snooze(1, 150.0);
        assert_eq!(cards.withheld(&playbook, 1, &moment(120.0)), Some(Withheld::Cooldown));
        assert_eq!(cards.withheld(&playbook, 1, &moment(151.0)), None);
        cards.snooze(1, 160.0);
        assert_eq!(cards.withheld(&playbook, 1, &moment(500.0)), Some(Withheld::Limit));
    }

    #[test]
    fn coaching_keeps_its_distance_and_waits_for_silence() {
        let playbook = playbook();
        let mut cards = Cards::new(6);
        assert_eq!(cards.withheld(&playbook, 4, &moment(5.0)), Some(Withheld::Budget), "quiet start");
        cards.show(&playbook, 4, 30.0);
        cards.take_down(4);
        assert_eq!(cards.withheld(&playbook, 3, &moment(45.0)), Some(Withheld::Budget), "gap");
        assert_eq!(cards.withheld(&playbook, 3, &moment(51.0)), None);
        let speaking = |since| Moment { agent_since: Some(since), ..moment(60.0) };
        assert_eq!(cards.withheld(&playbook, 3, &speaking(55.0)), Some(Withheld::AgentSpeaking));
        assert_eq!(cards.withheld(&playbook, 3, &speaking(59.5)), None, "grace");
        assert_eq!(cards.withheld(&playbook, 2, &speaking(55.0)), None, "guards may");
        let old = Moment { at: 40.0, ..moment(60.0) };
        assert_eq!(cards.withheld(&playbook, 3, &old), Some(Withheld::Stale));
    }

    #[test]
    fn stop_orders_and_safety_silence() {
        let playbook = playbook();
        let cards = Cards::new(6);
        let stopped = Moment { stopped: true, ..moment(60.0) };
        let safety = Moment { safety: true, stopped: true, ..moment(60.0) };
        for (cue, moment, withheld) in [
            (5, &stopped, Some(Withheld::StopOrder)),
            (4, &stopped, None),
            (4, &safety, Some(Withheld::StopOrder)),
            (2, &safety, Some(Withheld::StopOrder)),
            (0, &safety, None),
        ] {
            assert_eq!(cards.withheld(&playbook, cue, moment), withheld, "cue {cue}");
        }
    }
}
