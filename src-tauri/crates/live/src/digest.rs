use cueline_calls::{Digest, Outcome};
use cueline_cues::{CueKind, CueRole, Playbook, scorecard};
use cueline_events::{CueEvent, CueEventKind};
use std::collections::BTreeMap;

/// What a list shows of a call that has ended, by its cue events and its playbook.
///
/// The outcome is the first of these that holds: a stop-order was given; the customer disputed it; somebody else than the
/// customer was on the line; the customer committed himself to a sum or a day; nothing of it. So what forbids to ask for
/// payment comes before what was agreed, as a promise that was made all the same is for a person to judge. Words that were
/// taken back do not count.
pub fn digest(playbook: &Playbook, events: &[CueEvent]) -> Digest {
    let card = scorecard(playbook, events);
    let mut held: Vec<String> = card.held.into_iter().map(|held| held.cue).collect();
    held.dedup();
    let heard = standing(playbook, events);
    let named = |wanted: fn(&CueRole) -> bool| -> Vec<String> {
        heard.iter().filter(|(_, (role, _))| wanted(role)).map(|(cue, _)| (*cue).to_owned()).collect()
    };
    let clues = || heard.values().filter(|(role, _)| role.kind == CueKind::Clue);
    let any = |wanted: fn(&CueRole) -> bool| heard.values().any(|(role, _)| wanted(role));
    let outcome = if any(|role| role.stop_order) {
        Outcome::StopOrder
    } else if any(|role| role.disputes) {
        Outcome::Dispute
    } else if any(|role| role.third_party) {
        Outcome::ThirdParty
    } else if any(|role| role.commits) {
        Outcome::Promise
    } else {
        Outcome::NothingAgreed
    };
    Digest {
        points: card.points,
        of: card.of,
        held,
        stop_orders: named(|role| role.stop_order),
        triggers: named(|role| role.kind == CueKind::Trigger),
        clues: u32::try_from(clues().count()).unwrap_or(u32::MAX),
        clues_missed: u32::try_from(clues().filter(|(_, met)| !met).count()).unwrap_or(u32::MAX),
        outcome,
    }
}

/// The cues that fired, not only on words that were taken back, with what they mean and whether they were met.
fn standing<'a>(playbook: &Playbook, events: &'a [CueEvent]) -> BTreeMap<&'a str, (CueRole, bool)> {
    let mut counts: BTreeMap<&str, (i32, bool)> = BTreeMap::new();
    for event in events {
        let (fired, met) = counts.entry(&event.cue).or_default();
        match event.event {
            CueEventKind::Fires => *fired += 1,
            CueEventKind::Retracted => *fired -= 1,
            CueEventKind::Satisfied => *met = true,
            _ => {}
        }
    }
    let stands = counts.into_iter().filter(|(_, (fired, _))| *fired > 0);
    stands.filter_map(|(cue, (_, met))| Some((cue, (playbook.role(cue)?, met)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use CueEventKind::{Fires, Retracted, Satisfied};

    fn event(cue: &str, event: CueEventKind) -> CueEvent {
        CueEvent {
            cue: cue.to_owned(),
            event,
            at: 1.0,
            emitted_at: 1.0,
            lane: None,
            evidence: None,
            shown: None,
            withheld: None,
            measure: None,
            by_agent: false,
        }
    }

    fn of(events: &[(&str, CueEventKind)]) -> Digest {
        let events: Vec<CueEvent> = events.iter().map(|(cue, kind)| event(cue, *kind)).collect();
        digest(&Playbook::built_in("collections-us").unwrap(), &events)
    }

    #[test]
    fn what_forbids_comes_before_what_was_agreed() {
        for (cues, outcome) in [
            (vec![], Outcome::NothingAgreed),
            (vec![("clue.promise", Fires)], Outcome::Promise),
            (vec![("clue.promise", Fires), ("clue.promise", Retracted)], Outcome::NothingAgreed),
            (vec![("clue.promise", Fires), ("trig.wrong_number", Fires)], Outcome::ThirdParty),
            (vec![("trig.wrong_number", Fires), ("trig.dispute", Fires)], Outcome::Dispute),
            (vec![("trig.dispute", Fires), ("trig.attorney", Fires)], Outcome::StopOrder),
            (vec![("trig.attorney", Fires), ("trig.attorney", Retracted)], Outcome::NothingAgreed),
        ] {
            assert_eq!(of(&cues).outcome, outcome, "{cues:?}");
        }
    }

    #[test]
    fn clues_triggers_and_what_holds_a_call_are_named() {
        let digest = of(&[
            ("clue.job_loss", Fires),
            ("clue.job_loss", Satisfied),
            ("clue.illness", Fires),
            ("trig.bankruptcy", Fires),
            ("guard.threat_arrest", Fires),
            ("guard.threat_arrest", Fires),
            ("some.other_playbook", Fires),
        ]);
        assert_eq!((digest.clues, digest.clues_missed), (2, 1));
        assert_eq!(digest.triggers, ["trig.bankruptcy"]);
        assert_eq!(digest.stop_orders, ["trig.bankruptcy"]);
        assert_eq!(digest.held, ["guard.threat_arrest"]);
        assert!(digest.of > digest.points);
    }
}
