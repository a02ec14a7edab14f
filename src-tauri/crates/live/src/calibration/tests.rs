use super::*;
use cueline_events::{CallContext, PlaybookId};

/// Points for an item, which is the `place`th of the scorecard and worth 4.
fn given(author: &str, call: &str, (place, item): (usize, &str), points: f64) -> Given {
    let score = GivenScore {
        call: call.into(),
        started_at: 0,
        agent: "mo".into(),
        playbook: PlaybookId { id: "p".into(), version: "1".into() },
        context: CallContext::default(),
        author: author.into(),
        item: item.into(),
        points,
    };
    Given { place, worth: 4.0, score }
}

const RECAP: (usize, &str) = (1, "Recap");
const DIGNITY: (usize, &str) = (0, "Dignity");

fn scores() -> Vec<Given> {
    vec![
        given("ana", "c1", RECAP, 4.0),
        given("ben", "c1", RECAP, 4.0),
        given("ana", "c2", RECAP, 4.0),
        given("ben", "c2", RECAP, 1.0),
        given("ana", "c2", DIGNITY, 2.0),
        given("ben", "c2", DIGNITY, 3.0),
        given("ana", "c3", DIGNITY, 0.0),
        given("ben", "c3", DIGNITY, 4.0),
        // Nobody else gave points here, or to this item of the call.
        given("ana", "c4", RECAP, 0.0),
        given("ben", "c1", DIGNITY, 0.0),
        given("cy", "c1", RECAP, 4.0),
        given("cy", "c5", DIGNITY, 4.0),
    ]
}

#[test]
fn only_what_both_gave_points_counts() {
    let compared = Compared::of(["ana".into(), "ben".into()], &scores());
    assert_eq!((compared.calls, compared.all.both), (3, 4));
    let items: Vec<(&str, u32, u32, u32)> = compared
        .items
        .iter()
        .map(|ItemAgreement { item, agreement: a }| (item.as_str(), a.both, a.same_points, a.same_grade))
        .collect();
    assert_eq!(items, [("Dignity", 2, 0, 1), ("Recap", 2, 1, 1)], "in the scorecard's order");
    assert_eq!(compared.all.mean_difference, Some((0.0 - 3.0 + 1.0 + 4.0) / 4.0));
    let turned = Compared::of(["ben".into(), "ana".into()], &scores());
    assert_eq!(turned.all.mean_difference, Some(-0.5));
    assert_eq!(turned.all.kappa, compared.all.kappa);
}

#[test]
fn the_calls_furthest_apart_come_first() {
    let compared = Compared::of(["ana".into(), "ben".into()], &scores());
    let calls: Vec<(&str, f64, usize)> =
        compared.furthest.iter().map(|call| (call.call.as_str(), call.apart, call.items.len())).collect();
    assert_eq!(calls, [("c2", 4.0, 2), ("c3", 4.0, 1)]);
    let items: Vec<&str> = compared.furthest[0].items.iter().map(|item| item.item.as_str()).collect();
    assert_eq!(items, ["Dignity", "Recap"]);
    assert_eq!(compared.furthest[0].items[1].points, [4.0, 1.0]);
}

#[test]
fn who_scored_the_most_calls_together_is_compared_first() {
    let known = reviewer::reviewers(&scores());
    let names: Vec<(&str, u32)> = known.iter().map(|one| (one.name.as_str(), one.calls)).collect();
    assert_eq!(names, [("ana", 4), ("ben", 3), ("cy", 2)]);
    assert_eq!(most_together(&known, &scores()), Some(["ana".to_owned(), "ben".to_owned()]));
    let alone = [given("ana", "c1", RECAP, 4.0), given("ben", "c2", RECAP, 4.0)];
    assert_eq!(most_together(&reviewer::reviewers(&alone), &alone), None);
}

#[test]
fn nobody_in_common_is_no_agreement() {
    let compared = Compared::of(["ana".into(), "dan".into()], &scores());
    assert_eq!((compared.calls, compared.all), (0, Agreement::default()));
    assert!(compared.items.is_empty() && compared.furthest.is_empty());
}
