use super::tests::{cue, deletion, memory, new_call, open, said};
use super::*;
use crate::chain::NewDeletion;
use crate::review::NewReviewEntry;
use crate::{Digest, Outcome, ReviewMark, ReviewState, Role, Verdict};
use cueline_events::{CueEventKind, Lane};

pub(super) fn by_lead(mark: ReviewMark) -> NewReviewEntry {
    NewReviewEntry { author: "dana".into(), role: Role::TeamLead, machine: "desk".into(), mark }
}

fn digest(held: &[&str], stop_orders: &[&str]) -> Digest {
    let list = |cues: &[&str]| cues.iter().map(|cue| (*cue).to_owned()).collect::<Vec<_>>();
    Digest {
        points: 61.5,
        of: 80.0,
        held: list(held),
        stop_orders: list(stop_orders),
        triggers: list(stop_orders),
        clues: 2,
        clues_missed: 1,
        outcome: if stop_orders.is_empty() { Outcome::Promise } else { Outcome::StopOrder },
    }
}

/// A call with these events that has ended.
fn call(store: &Store, at: i64, customer: &str, events: &[(&str, CueEventKind)]) -> String {
    let mut new = NewCall { started_at: at, agent: format!("agent-{}", at % 2), ..new_call() };
    new.context.customer_name = customer.to_owned();
    let mut log = store.begin_call(new).unwrap();
    for (i, (name, kind)) in events.iter().enumerate() {
        log.append(&cue(name, *kind, i as f64, Some("so it was said"))).unwrap();
    }
    log.end(10.0 * at as f64).unwrap();
    log.id()
}

#[test]
fn calls_are_found_by_what_needs_a_person_and_sorted_by_it() {
    use CueEventKind::{Due, Fires, Missed, Retracted, Unsure};
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let plain = call(&store, 1, "Ann Okafor", &[("clue.illness", Fires)]);
    let missed = call(&store, 2, "Bo 50%_Off", &[("disc.recap", Due), ("disc.recap", Missed)]);
    let unsure = call(&store, 3, "Cy Okafor", &[("disc.recap", Due), ("disc.recap", Unsure)]);
    let stopped = call(&store, 4, "Di Vance", &[("trig.attorney", Fires)]);
    let held = call(&store, 5, "Ed Vance", &[("guard.threat_arrest", Fires)]);
    let taken_back = call(&store, 6, "Flo Vance", &[("trig.attorney", Fires), ("trig.attorney", Retracted)]);
    assert_eq!(store.undigested().unwrap().len(), 6);
    store.keep_digest(&stopped, &digest(&[], &["trig.attorney"])).unwrap();
    store.keep_digest(&held, &digest(&["guard.threat_arrest"], &[])).unwrap();
    assert_eq!(store.undigested().unwrap(), [&taken_back, &unsure, &missed, &plain].map(String::clone));
    assert_eq!(store.show(&held).unwrap().call.digest, Some(digest(&["guard.threat_arrest"], &[])));

    let ids = |filter: &CallFilter, order| -> Vec<String> {
        let listed: Vec<String> =
            store.list(filter, order, 9, 0).unwrap().into_iter().map(|call| call.id).collect();
        assert_eq!(store.count(filter).unwrap() as usize, listed.len());
        listed
    };
    let all = CallFilter::default();
    assert_eq!(
        ids(&all, CallOrder::Attention),
        [&held, &missed, &unsure, &stopped, &taken_back, &plain].map(String::clone)
    );
    for (filter, found) in [
        (CallFilter { missed: true, ..all.clone() }, vec![&missed]),
        (CallFilter { unsure: true, ..all.clone() }, vec![&unsure]),
        (CallFilter { stop_order: true, ..all.clone() }, vec![&stopped]),
        (CallFilter { held: true, ..all.clone() }, vec![&held]),
        (CallFilter { outcome: Some(Outcome::StopOrder), ..all.clone() }, vec![&stopped]),
        (CallFilter { cue: Some("disc.recap".into()), ..all.clone() }, vec![&missed]),
        (CallFilter { cue: Some("trig.attorney".into()), ..all.clone() }, vec![&stopped]),
        (CallFilter { clue: Some("clue.illness".into()), ..all.clone() }, vec![&plain]),
        (
            CallFilter { clue: Some("clue.illness".into()), cue: Some("disc.recap".into()), ..all.clone() },
            vec![],
        ),
        (CallFilter { customer: Some("okafor c".into()), ..all.clone() }, vec![&unsure]),
        (CallFilter { customer: Some("50%_".into()), ..all.clone() }, vec![&missed]),
        (CallFilter { customer: Some("%".into()), missed: true, ..all.clone() }, vec![&missed]),
        (CallFilter { min_seconds: Some(50.0), ..all.clone() }, vec![&taken_back, &held]),
        (CallFilter { needs_review: Some(true), ..all.clone() }, vec![&held, &stopped, &unsure, &missed]),
        (CallFilter { needs_review: Some(false), ..all.clone() }, vec![&taken_back, &plain]),
    ] {
        let found: Vec<String> = found.into_iter().cloned().collect();
        assert_eq!(ids(&filter, CallOrder::Newest), found, "{filter:?}");
        let mut sorted = ids(&filter, CallOrder::Attention);
        sorted.sort();
        let mut found = found;
        found.sort();
        assert_eq!(sorted, found, "{filter:?}");
    }
    assert_eq!(store.agents().unwrap(), ["agent-0", "agent-1"]);

    store.keep_review(&held, by_lead(ReviewMark::Reviewed { done: true })).unwrap();
    assert_eq!(ids(&all, CallOrder::Attention)[0], missed);
    assert_eq!(store.show(&held).unwrap().call.attention, 0);
    store.keep_review(&held, by_lead(ReviewMark::Reviewed { done: false })).unwrap();
    assert_eq!(ids(&all, CallOrder::Attention)[0], held);
}

#[test]
fn what_people_say_of_a_call_is_added_and_masked_and_never_changed() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let id = call(&store, 1, "Ann", &[]);
    let verdict = |verdict| by_lead(ReviewMark::Verdict { cue: "trig.dispute".into(), at: 4.25, verdict });
    store.keep_review(&id, verdict(Verdict::Wrong)).unwrap();
    store.keep_review(&id, verdict(Verdict::Right)).unwrap();
    let note =
        ReviewMark::Note { at: Some(3.0), text: "card 4111 1111 1111 1111, well said".into(), tags: vec![] };
    let kept = store.keep_review(&id, by_lead(note)).unwrap();
    let masked =
        ReviewMark::Note { at: Some(3.0), text: "card [card number], well said".into(), tags: vec![] };
    assert_eq!(kept.mark, masked);
    let blank = ReviewMark::Score { item: "Recap".into(), points: Some(2.0), reason: "".into() };
    assert_eq!(store.keep_review(&id, by_lead(blank)).unwrap_err().code(), "incomplete");

    drop(store);
    let store = open(&dir, &key_store);
    let entries = store.review(&id).unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[2], kept);
    let verdicts = store.call_to_retell(&id).unwrap().verdicts;
    assert_eq!(verdicts.iter().map(|v| v.verdict).collect::<Vec<_>>(), [Verdict::Right]);
    let review = store.show(&id).unwrap().call.review;
    assert_eq!(review, ReviewState { notes: 1, ..ReviewState::default() });
    let connection = store.0.database.connect().unwrap();
    for change in ["UPDATE review_entry SET mark = 'x'", "DELETE FROM review_entry"] {
        assert!(connection.execute(change, []).is_err(), "{change}");
    }
    drop(connection);
    store.delete(&id, &deletion()).unwrap();
    assert_eq!(store.review(&id).unwrap_err().code(), "no_such_call");
}

#[test]
fn a_call_under_legal_hold_stays_and_a_deletion_is_told() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let id = call(&store, 1, "Ann", &[]);
    let hold = |on| by_lead(ReviewMark::Hold { on, reason: "case 17".into() });
    store.keep_review(&id, hold(true)).unwrap();
    assert_eq!(store.delete(&id, &deletion()).unwrap_err().code(), "legal_hold");
    store.keep_review(&id, hold(false)).unwrap();
    let nameless = NewDeletion { reason: " ".into(), ..deletion() };
    assert_eq!(store.delete(&id, &nameless).unwrap_err().code(), "incomplete");
    let why = NewDeletion { reason: "card 4111 1111 1111 1111 read out".into(), ..deletion() };
    store.delete(&id, &why).unwrap();
    let deletions = store.deletions().unwrap();
    assert_eq!(
        (deletions.len(), deletions[0].call.as_str(), deletions[0].by.as_str()),
        (1, id.as_str(), "lead")
    );
    assert_eq!(deletions[0].reason.as_str(), "card [card number] read out");
    assert!(store.verify_all().unwrap().faults.is_empty());
}

#[test]
fn a_search_is_narrowed_by_all_that_is_given() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let mut ids = Vec::new();
    for n in 0..4_i64 {
        let new = NewCall { started_at: n * 1_000, agent: format!("agent-{}", n % 2), ..new_call() };
        let mut log = store.begin_call(new).unwrap();
        log.append(&said(1, Lane::Agent, "the balance is due")).unwrap();
        log.append(&said(2, Lane::Customer, "what balance do you mean")).unwrap();
        if n > 1 {
            log.append(&cue("trig.dispute", CueEventKind::Fires, 5.0, Some("what balance"))).unwrap();
        }
        log.end(9.0).unwrap();
        ids.push(log.id());
    }
    let found = |query: SearchQuery| -> Vec<(usize, Lane)> {
        let hits = store.search(&query, 20).unwrap();
        hits.iter().map(|hit| (ids.iter().position(|id| *id == hit.call).unwrap(), hit.lane)).collect()
    };
    let all = SearchQuery::words("balance");
    assert_eq!(found(all.clone()).len(), 8);
    let customer = SearchQuery { lane: Some(Lane::Customer), agent: Some("agent-1".into()), ..all.clone() };
    assert_eq!(found(customer), [(3, Lane::Customer), (1, Lane::Customer)]);
    let between = SearchQuery { since: Some(1_000), until: Some(2_000), ..all.clone() };
    assert_eq!(found(between), [(1, Lane::Customer), (1, Lane::Agent)]);
    let disputed = SearchQuery { cue: Some("trig.dispute".into()), lane: Some(Lane::Agent), ..all };
    assert_eq!(found(disputed.clone()), [(3, Lane::Agent), (2, Lane::Agent)]);
    let quoted = SearchQuery { words: String::new(), agent: Some("agent-0".into()), ..disputed };
    assert_eq!(found(quoted.clone()), [(2, Lane::Agent)]);
    let hit = store.search(&quoted, 1).unwrap().remove(0);
    assert_eq!((hit.snippet[0].text.as_str(), hit.snippet[0].hit, hit.start), ("what balance", true, 4.0));
    assert!(found(SearchQuery::default()).is_empty());
}

#[test]
fn what_people_said_is_gathered_over_calls() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (first, second) = (call(&store, 1, "Ann", &[]), call(&store, 2, "Bo", &[]));
    let by = |author: &str, mark| NewReviewEntry { author: author.into(), ..by_lead(mark) };
    let score = |item: &str, points| ReviewMark::Score { item: item.into(), points, reason: "heard".into() };
    let moment = |at, name: &str| ReviewMark::Playlist { at, start: at, end: at + 5.0, name: name.into() };
    for (call, entry) in [
        (&first, by("dana", score("Recap", Some(2.0)))),
        (&first, by("dana", score("Recap", Some(4.0)))),
        (&first, by("ben", score("Recap", Some(1.0)))),
        (&first, by("ben", score("Dignity", Some(1.0)))),
        (&first, by("ben", score("Dignity", None))),
        (&second, by("dana", score("Recap", Some(0.0)))),
        (&second, by("dana", moment(3.0, "Calm openings"))),
        (&first, by("ben", moment(1.0, "Calm openings"))),
    ] {
        store.keep_review(call, entry).unwrap();
    }
    let all = CallFilter::default();
    let given = |filter: &CallFilter| -> Vec<(String, String, String, f64)> {
        let scores = store.scores(filter).unwrap().into_iter();
        scores.map(|one| (one.call, one.author, one.item, one.points)).collect()
    };
    let told = |call: &String, author: &str, points| (call.clone(), author.into(), "Recap".into(), points);
    let newest = [told(&first, "dana", 4.0), told(&first, "ben", 1.0), told(&second, "dana", 0.0)];
    assert_eq!(given(&all), newest);
    let of_agent_1 = CallFilter { agent: Some("agent-1".into()), ..all.clone() };
    assert_eq!(given(&of_agent_1), newest[..2]);
    let of_bo = CallFilter { customer: Some("bo".into()), since: Some(2), ..all.clone() };
    assert_eq!(given(&of_bo), newest[2..]);

    let moments = store.playlist_moments(&all).unwrap();
    let told: Vec<_> = moments.iter().map(|one| (one.call.as_str(), one.at, one.agent.as_str())).collect();
    assert_eq!(told, [(second.as_str(), 3.0, "agent-0"), (first.as_str(), 1.0, "agent-1")]);
    assert!(moments.iter().all(|one| one.playlist == "Calm openings" && !one.recording));
    assert!(!serde_json::to_string(&moments).unwrap().contains("Ann"), "no customer's name");

    let task = |call: &str, text: &str| {
        store.keep_review(call, by_lead(ReviewMark::Task { text: text.into() })).unwrap().id
    };
    let (open, done) = (task(&first, "Name the feeling"), task(&second, "Let them finish"));
    // Said of another call's task it says nothing.
    for (call, task) in [(&second, &done), (&second, &open)] {
        store.keep_review(call, by_lead(ReviewMark::TaskDone { task: task.clone() })).unwrap();
    }
    let tasks = store.practice_tasks(&all).unwrap();
    let told: Vec<_> = tasks.iter().map(|one| (one.id.as_str(), one.text.as_str(), one.done)).collect();
    assert_eq!(told, [(open.as_str(), "Name the feeling", false), (done.as_str(), "Let them finish", true)]);
}
