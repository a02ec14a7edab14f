use crate::playbook::{CueId, Playbook, ScoreItem, ScoredBy};
use cueline_events::{CueEvent, CueEventKind, Evidence};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A call's scorecard: what its events say about each item of the playbook's, and what is left to a person.
///
/// It is a proposal for the review. Nothing in it is a finding before a person has confirmed it (design rule 11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scorecard {
    /// In the playbook's order.
    pub items: Vec<ScoredItem>,
    /// Points of the items that have any.
    pub points: f64,
    /// What those items are worth together. What did not apply and what a person scores is left out.
    pub of: f64,
    /// Cues that hold the call until a person has looked at it.
    pub held: Vec<ScoreEvidence>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct ScoredItem {
    /// What is scored.
    pub title: String,
    /// What it is worth.
    pub weight: f64,
    /// Who scores it.
    pub by: ScoredBy,
    /// How it stands.
    pub state: ScoreState,
    /// Points, where events decide them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<f64>,
    /// The events behind it, in order.
    pub evidence: Vec<ScoreEvidence>,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ScoreState {
    /// The events decide it.
    Scored,
    /// The events suggest it; a person confirms.
    NeedsReview,
    /// A person scores it.
    Human,
    /// The call gave no occasion for it.
    NotApplicable,
}

/// One event behind a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct ScoreEvidence {
    /// The cue.
    pub cue: String,
    /// What happened to it.
    pub event: CueEventKind,
    /// When, in seconds of the call.
    pub at: f64,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Evidence>,
}

/// What one cue's events say: the share of its points, and whether a person should look.
struct Verdict {
    share: f64,
    doubtful: bool,
}

/// Scores a call that has ended by its cue events.
pub fn scorecard(playbook: &Playbook, events: &[CueEvent]) -> Scorecard {
    let items: Vec<ScoredItem> =
        playbook.scorecard.iter().map(|item| score(playbook, item, events)).collect();
    let scored = || items.iter().filter_map(|item| item.points.map(|points| (points, item.weight)));
    let held = playbook.cues.iter().filter(|cue| cue.holds_call);
    let fired = |id: &str| events.iter().find(|e| e.cue == id && e.event == CueEventKind::Fires);
    Scorecard {
        points: scored().map(|(points, _)| points).sum(),
        of: scored().map(|(_, weight)| weight).sum(),
        held: held.filter_map(|cue| fired(&cue.id)).map(evidence).collect(),
        items,
    }
}

fn score(playbook: &Playbook, item: &ScoreItem, events: &[CueEvent]) -> ScoredItem {
    let of = |id: &CueId| {
        let cue = playbook.cues[*id].id.as_str();
        events.iter().filter(move |event| event.cue == cue).collect::<Vec<_>>()
    };
    let mut verdicts: Vec<Verdict> = Vec::new();
    let mut behind: Vec<&CueEvent> = Vec::new();
    let mut look = |ids: &[CueId], judge: fn(&[&CueEvent]) -> Option<Verdict>| {
        for id in ids {
            let events = of(id);
            verdicts.extend(judge(&events));
            behind.extend(events.into_iter().filter(|event| tells(event.event)));
        }
    };
    look(&item.said, said);
    look(&item.handled, handled);
    let occasion = item.said.is_empty() && item.handled.is_empty();
    look(&item.silent, if occasion { silent } else { broken });
    behind.sort_by(|a, b| a.at.total_cmp(&b.at));
    let shares = verdicts.iter().map(|verdict| verdict.share).sum::<f64>();
    let points = (!verdicts.is_empty() && item.by != ScoredBy::Human)
        .then(|| item.weight * shares / verdicts.len() as f64);
    let state = match (item.by, points) {
        (ScoredBy::Human, _) => ScoreState::Human,
        (_, None) => ScoreState::NotApplicable,
        (ScoredBy::Suggested, _) => ScoreState::NeedsReview,
        _ if verdicts.iter().any(|verdict| verdict.doubtful) => ScoreState::NeedsReview,
        _ => ScoreState::Scored,
    };
    ScoredItem {
        title: item.title.clone(),
        weight: item.weight,
        by: item.by,
        state,
        points,
        evidence: behind.into_iter().map(evidence).collect(),
    }
}

/// A disclosure: in time, late, unsure or not at all. `None` when it was never due.
fn said(events: &[&CueEvent]) -> Option<Verdict> {
    let position = |kind| events.iter().position(|event| event.event == kind);
    let (due, late) = (position(CueEventKind::Due), position(CueEventKind::Fires));
    match position(CueEventKind::Satisfied) {
        Some(satisfied) => {
            let late = late.is_some_and(|late| late < satisfied);
            let unheard = events[satisfied].by_agent;
            Some(Verdict { share: if late { 0.5 } else { 1.0 }, doubtful: late || unheard })
        }
        None if position(CueEventKind::Expired).is_some() => None,
        None if position(CueEventKind::Unsure).is_some() => Some(Verdict { share: 0.5, doubtful: true }),
        None => (due.is_some() || late.is_some()).then_some(Verdict { share: 0.0, doubtful: true }),
    }
}

/// What the customer said and the agent had to act on. `None` when it never came up.
fn handled(events: &[&CueEvent]) -> Option<Verdict> {
    stands(events).then(|| {
        let handled = events.iter().any(|event| event.event == CueEventKind::Satisfied);
        Verdict { share: if handled { 1.0 } else { 0.0 }, doubtful: !handled }
    })
}

/// What should not happen, where keeping it from happening is the item.
fn silent(events: &[&CueEvent]) -> Option<Verdict> {
    Some(broken(events).unwrap_or(Verdict { share: 1.0, doubtful: false }))
}

/// What should not happen, beside what should: it only tells when it did.
fn broken(events: &[&CueEvent]) -> Option<Verdict> {
    stands(events).then(|| {
        let repaired = events.iter().any(|event| event.event == CueEventKind::Satisfied);
        Verdict { share: if repaired { 0.5 } else { 0.0 }, doubtful: true }
    })
}

/// The cue fired, and not only on words that were taken back.
fn stands(events: &[&CueEvent]) -> bool {
    let count = |kind| events.iter().filter(|event| event.event == kind).count();
    count(CueEventKind::Fires) > count(CueEventKind::Retracted)
}

fn tells(kind: CueEventKind) -> bool {
    matches!(
        kind,
        CueEventKind::Fires | CueEventKind::Satisfied | CueEventKind::Unsure | CueEventKind::Missed
    )
}

fn evidence(event: &CueEvent) -> ScoreEvidence {
    ScoreEvidence { cue: event.cue.clone(), event: event.event, at: event.at, quote: event.evidence.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CueEventKind::{Due, Expired, Fires, Missed, Retracted, Satisfied, Unsure};

    const PLAYBOOK: &str = r#"
[playbook]
id = "t"
version = "1"
title = "t"
modes = ["third_party"]

[[scorecard]]
title = "Said"
weight = 4.0
by = "auto"
said = ["a.duty"]
silent = ["a.guard"]

[[scorecard]]
title = "Handled"
weight = 6.0
by = "auto"
handled = ["a.trigger"]

[[scorecard]]
title = "Outcome"
weight = 10.0
by = "human"

[[cue]]
id = "a.duty"
kind = "disclosure"
title = "t"
headline = "h"
prompt = "p"
severity = "high"
satisfies = ["hello"]
duty = { due = "start" }

[[cue]]
id = "a.guard"
kind = "guard"
title = "t"
headline = "h"
prompt = "p"
severity = "high"
fires = ["jail"]
holds_call = true

[[cue]]
id = "a.trigger"
kind = "trigger"
title = "t"
headline = "h"
prompt = "p"
severity = "high"
fires = ["attorney"]
"#;

    fn card(events: &[(&str, CueEventKind)]) -> Scorecard {
        let playbook = Playbook::parse(PLAYBOOK, "t.toml").unwrap_or_else(|error| panic!("{error}"));
        let events = events.iter().enumerate().map(|(i, (cue, kind))| event(cue, *kind, i as f64));
        scorecard(&playbook, &events.collect::<Vec<_>>())
    }

    fn event(cue: &str, event: CueEventKind, at: f64) -> CueEvent {
        CueEvent {
            cue: cue.to_owned(),
            event,
            at,
            emitted_at: at,
            lane: None,
            evidence: None,
            shown: None,
            withheld: None,
            measure: None,
            by_agent: false,
        }
    }

    #[test]
    fn an_item_is_scored_by_its_events() {
        for (events, state, points) in [
            (vec![("a.duty", Due), ("a.duty", Satisfied)], ScoreState::Scored, Some(4.0)),
            (
                vec![("a.duty", Due), ("a.duty", Fires), ("a.duty", Satisfied)],
                ScoreState::NeedsReview,
                Some(2.0),
            ),
            (vec![("a.duty", Due), ("a.duty", Unsure)], ScoreState::NeedsReview, Some(2.0)),
            (vec![("a.duty", Due), ("a.duty", Missed)], ScoreState::NeedsReview, Some(0.0)),
            (vec![("a.duty", Due), ("a.duty", Expired)], ScoreState::NotApplicable, None),
            (vec![], ScoreState::NotApplicable, None),
            (
                vec![("a.duty", Due), ("a.duty", Satisfied), ("a.guard", Fires), ("a.guard", Satisfied)],
                ScoreState::NeedsReview,
                Some(3.0),
            ),
        ] {
            let card = card(&events);
            assert_eq!((card.items[0].state, card.items[0].points), (state, points), "{events:?}");
        }
    }

    #[test]
    fn the_agent_s_own_word_is_for_a_person_to_confirm() {
        let playbook = Playbook::parse(PLAYBOOK, "t.toml").unwrap_or_else(|error| panic!("{error}"));
        let events =
            [event("a.duty", Due, 0.0), CueEvent { by_agent: true, ..event("a.duty", Satisfied, 1.0) }];
        let card = scorecard(&playbook, &events);
        assert_eq!((card.items[0].state, card.items[0].points), (ScoreState::NeedsReview, Some(4.0)));
    }

    #[test]
    fn what_was_taken_back_counts_for_nothing_and_a_guard_holds_the_call() {
        let taken_back = card(&[("a.trigger", Fires), ("a.trigger", Retracted)]);
        assert_eq!(taken_back.items[1].state, ScoreState::NotApplicable);
        let card = card(&[("a.duty", Due), ("a.duty", Satisfied), ("a.trigger", Fires), ("a.guard", Fires)]);
        assert_eq!((card.points, card.of), (2.0, 10.0), "half of the first, nothing of the second, no third");
        assert_eq!(card.held.len(), 1);
        assert_eq!(card.items[2].state, ScoreState::Human);
    }
}
