use super::review_tests::by_lead;
use super::tests::{cue, memory, new_call, open, said};
use super::*;
use crate::{AccessFilter, AccessKind, Acting, Actor, Guard, Passphrase, ReviewMark, Role};
use cueline_events::{CueEventKind, Lane};
use rusqlite::params;

const LEAD: &str = "five random words here";
const AUDITOR: &str = "other words altogether";

fn actor(name: &str, role: Role) -> Actor {
    Actor { name: name.to_owned(), role, machine: "desk".to_owned() }
}

fn act(store: &Store, role: Role, passphrase: &str) -> Result<Acting, StoreError> {
    store.act(actor("dana", role), Some(&Passphrase::from(passphrase.to_owned())))
}

fn by_nobody(store: &Store, role: Role) -> Acting {
    store.act(actor("dana", role), None).unwrap()
}

/// A call of an agent that has ended.
fn call_of(store: &Store, agent: &str) -> String {
    let mut log = store.begin_call(NewCall { agent: agent.to_owned(), ..new_call() }).unwrap();
    log.append(&said(1, Lane::Agent, "this call is recorded")).unwrap();
    log.append(&cue("trig.dispute", CueEventKind::Fires, 2.0, Some("recorded"))).unwrap();
    log.end(9.0).unwrap();
    log.id()
}

fn kinds(acting: &Acting) -> Vec<AccessKind> {
    acting.access_log(&AccessFilter::default(), 99, 0).unwrap().iter().rev().map(|row| row.what).collect()
}

/// As if everything in the access log had happened so much earlier.
fn later(store: &Store, milliseconds: i64) {
    let connection = store.0.database.connect().unwrap();
    connection.execute_batch("DROP TRIGGER access_is_kept").unwrap();
    connection.execute("UPDATE access SET at_ms = at_ms - ?", [milliseconds]).unwrap();
}

#[test]
fn without_a_passphrase_a_role_is_what_somebody_says() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let id = call_of(&store, "ann");
    assert_eq!(store.guard().unwrap(), Guard { guarded: false, auditor: false });
    let agent = by_nobody(&store, Role::Agent);
    assert_eq!(agent.open(&id, false).unwrap().call.id, id, "also the call of another agent");
    assert!(agent.take_out(&id, "json", false).is_ok());
    assert_eq!(agent.delete(&id, &"why".into()).unwrap_err().code(), "role");
    assert!(by_nobody(&store, Role::TeamLead).delete(&id, &"asked for".into()).is_ok());
}

#[test]
fn a_role_needs_its_passphrase_once_the_team_lead_has_one() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (own, other) = (call_of(&store, "dana"), call_of(&store, "bo"));
    let set = |acting: &Acting, role, passphrase: &str| {
        acting.set_passphrase(role, &Passphrase::from(passphrase.to_owned()))
    };
    let first = by_nobody(&store, Role::TeamLead);
    assert_eq!(set(&first, Role::Auditor, AUDITOR).unwrap_err().code(), "lead_passphrase_first");
    assert_eq!(set(&first, Role::TeamLead, "short").unwrap_err().code(), "weak_passphrase");
    assert_eq!(set(&first, Role::Agent, LEAD).unwrap_err().code(), "agent_passphrase");
    assert_eq!(set(&by_nobody(&store, Role::Agent), Role::TeamLead, LEAD).unwrap_err().code(), "role");
    let code = set(&first, Role::TeamLead, LEAD).unwrap().unwrap();
    assert_eq!(store.guard().unwrap(), Guard { guarded: true, auditor: false });

    for role in [Role::TeamLead, Role::Auditor] {
        let nobody = store.act(actor("dana", role), None).unwrap_err();
        assert_eq!(nobody.code(), "role_passphrase_needed");
        assert!(
            act(&store, role, LEAD).is_ok(),
            "until the auditor has one, the team lead's opens that role"
        );
    }
    assert_eq!(act(&store, Role::TeamLead, AUDITOR).unwrap_err().code(), "role_passphrase_wrong");

    // An agent goes on as before, with his own calls.
    let agent = by_nobody(&store, Role::Agent);
    assert_eq!(agent.agents().unwrap(), ["dana"]);
    assert_eq!(agent.count(&CallFilter::default()).unwrap(), 1);
    assert_eq!(agent.list(&CallFilter::default(), CallOrder::Newest, 9, 0).unwrap()[0].id, own);
    let of_bo = CallFilter { agent: Some("bo".into()), ..CallFilter::default() };
    assert!(agent.list(&of_bo, CallOrder::Newest, 9, 0).unwrap().is_empty());
    assert_eq!(agent.search(&SearchQuery::words("recorded"), 9).unwrap().len(), 1);
    assert!(agent.open(&own, false).is_ok());
    for refused in [
        agent.open(&other, false).err(),
        agent.record(&other).err(),
        agent.review(&other).err(),
        agent.call_to_retell(&other).err(),
        agent.play(&other, 0.0, 1.0).err(),
        agent.waveform(&other, 9).err(),
        agent.keep_note(&other, &"hm".into()).err(),
        agent.keep_review(&other, ReviewMark::Dispute { item: None, comment: "no".into() }).err(),
    ] {
        assert_eq!(refused.unwrap().code(), "others_call");
    }
    for refused in [
        agent.take_out(&own, "json", false).err(),
        agent.delete(&own, &"why".into()).err(),
        agent.keep_review(&own, ReviewMark::Reviewed { done: true }).err(),
        agent.access_log(&AccessFilter::default(), 9, 0).err(),
        agent.compare_scores(&CallFilter::default()).err(),
        agent.remove_passphrases().err(),
    ] {
        assert_eq!(refused.unwrap().code(), "role");
    }

    // What was said of calls is gathered from his own calls alone; that reviewers were compared is written down.
    let lead = act(&store, Role::TeamLead, LEAD).unwrap();
    for id in [&own, &other] {
        let moment = ReviewMark::Playlist { at: 1.0, start: 0.0, end: 5.0, name: "Calm".into() };
        lead.keep_review(id, moment).unwrap();
        lead.keep_review(id, ReviewMark::Task { text: "Name the feeling".into() }).unwrap();
    }
    for (acting, seen) in [(&agent, 1), (&lead, 2)] {
        assert_eq!(acting.playlist_moments(&CallFilter::default()).unwrap().len(), seen);
        assert_eq!(acting.practice_tasks(&CallFilter::default()).unwrap().len(), seen);
        assert_eq!(acting.playlist_moments(&of_bo).unwrap().len(), seen - 1);
    }
    lead.compare_scores(&CallFilter::default()).unwrap();
    assert!(kinds(&lead).contains(&AccessKind::ScoresCompared));

    // The auditor gets one of his own, which the team lead's does not open any more.
    assert!(set(&lead, Role::Auditor, AUDITOR).unwrap().is_none());
    assert!(act(&store, Role::Auditor, LEAD).is_err());
    let auditor = act(&store, Role::Auditor, AUDITOR).unwrap();
    assert_eq!(set(&auditor, Role::TeamLead, AUDITOR).unwrap_err().code(), "role");

    // A forgotten passphrase: the code opens the role, and another passphrase brings another code.
    let lead = act(&store, Role::TeamLead, code.as_str()).unwrap();
    let again = set(&lead, Role::TeamLead, "words of a new morning").unwrap().unwrap();
    assert!(act(&store, Role::TeamLead, LEAD).is_err());
    assert!(act(&store, Role::TeamLead, code.as_str()).is_err());
    assert!(act(&store, Role::TeamLead, &again.as_str().to_lowercase()).is_ok());

    lead.remove_passphrases().unwrap();
    assert_eq!(store.guard().unwrap(), Guard::default());
    assert!(by_nobody(&store, Role::Agent).open(&other, false).is_ok());
}

#[test]
fn wrong_passphrases_are_written_down_and_slow_the_next() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    by_nobody(&store, Role::TeamLead)
        .set_passphrase(Role::TeamLead, &Passphrase::from(LEAD.to_owned()))
        .unwrap();
    for _ in 0..3 {
        assert_eq!(
            act(&store, Role::TeamLead, "not these words").unwrap_err().code(),
            "role_passphrase_wrong"
        );
    }
    let wait = act(&store, Role::TeamLead, LEAD).unwrap_err();
    assert_eq!(wait.code(), "role_passphrase_wait", "not even the right one is looked at");
    drop(store);
    let store = open(&dir, &key_store);
    assert_eq!(
        act(&store, Role::Auditor, LEAD).unwrap_err().code(),
        "role_passphrase_wait",
        "nor after a start"
    );
    later(&store, 6_000);
    let lead = act(&store, Role::TeamLead, LEAD).unwrap();
    use AccessKind::{PassphraseSet, SignedIn, WrongPassphrase};
    assert_eq!(kinds(&lead), [PassphraseSet, WrongPassphrase, WrongPassphrase, WrongPassphrase, SignedIn]);
    assert!(act(&store, Role::TeamLead, "not these words").is_err());
    assert!(act(&store, Role::TeamLead, LEAD).is_ok(), "the right one clears the count");
}

#[test]
fn who_did_what_is_written_down_once() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let (one, other) = (call_of(&store, "ann"), call_of(&store, "ann"));
    let lead = by_nobody(&store, Role::TeamLead);
    for _ in 0..3 {
        lead.open(&one, false).unwrap();
        lead.record(&one).unwrap();
        lead.search(&SearchQuery::words("recorded"), 9).unwrap();
    }
    lead.open(&other, false).unwrap();
    assert!(lead.play(&one, 0.0, 5.0).unwrap().is_none(), "nothing is recorded, so nothing is played");
    lead.take_out(&one, "json", true).unwrap();
    lead.keep_review(&one, ReviewMark::Hold { on: true, reason: "case".into() }).unwrap();
    lead.keep_review(&one, ReviewMark::Hold { on: false, reason: "over".into() }).unwrap();
    store.keep_review(&other, by_lead(ReviewMark::Reviewed { done: true })).unwrap();
    lead.delete(&one, &"asked for".into()).unwrap();
    use AccessKind::{CallOpened, Deleted, Exported, Held, HoldLifted, Searched};
    assert_eq!(kinds(&lead), [CallOpened, Searched, CallOpened, Exported, Held, HoldLifted, Deleted]);

    let found = |filter: AccessFilter| lead.access_log(&filter, 9, 0).unwrap();
    let of_one = found(AccessFilter { call: Some(one.clone()), ..AccessFilter::default() });
    assert_eq!(of_one.len(), 5, "the rows of a call stay when it goes");
    assert!(of_one.iter().all(|row| row.call.as_deref() == Some(&one) && row.name == "dana"));
    assert_eq!((of_one[3].detail.as_str(), of_one[3].role), ("json", Some(Role::TeamLead)));
    assert_eq!(found(AccessFilter { what: Some(Deleted), ..AccessFilter::default() }).len(), 1);
    assert!(found(AccessFilter { name: Some("bo".into()), ..AccessFilter::default() }).is_empty());
    assert!(found(AccessFilter { until: Some(1_000), ..AccessFilter::default() }).is_empty());
    assert!(found(AccessFilter { call: Some("no id".into()), ..AccessFilter::default() }).is_empty());
    let page = lead.access_log(&AccessFilter::default(), 2, 1).unwrap();
    assert_eq!(page.iter().map(|row| row.what).collect::<Vec<_>>(), [HoldLifted, Held]);
    let json = serde_json::to_string(&found(AccessFilter::default())).unwrap();
    assert!(!json.contains("recorded"), "what was searched for and said is not kept: {json}");
    assert!(store.verify_all().unwrap().faults.is_empty());
}

#[test]
fn what_is_read_while_nothing_can_be_written_is_written_down_later() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let ids = [call_of(&store, "ann"), call_of(&store, "ann")];
    let lead = by_nobody(&store, Role::TeamLead);
    let other_program = store.0.database.connect().unwrap();
    other_program.execute_batch("BEGIN IMMEDIATE").unwrap();
    lead.open(&ids[0], false).unwrap();
    assert!(kinds(&lead).is_empty());
    other_program.execute_batch("ROLLBACK").unwrap();
    lead.open(&ids[1], false).unwrap();
    assert_eq!(kinds(&lead).len(), 2);
    let order: Vec<_> =
        lead.access_log(&AccessFilter::default(), 9, 0).unwrap().into_iter().map(|row| row.place).collect();
    assert_eq!(order, [2, 1]);

    // The last chance is the end of the program.
    other_program.execute_batch("BEGIN IMMEDIATE").unwrap();
    lead.search(&SearchQuery::words("recorded"), 9).unwrap();
    other_program.execute_batch("ROLLBACK").unwrap();
    drop((store, lead));
    let store = open(&dir, &key_store);
    assert_eq!(kinds(&by_nobody(&store, Role::TeamLead)).len(), 3);
}

#[test]
fn rows_of_the_access_log_can_t_be_changed_and_a_cut_is_found_after_the_next_row() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let id = call_of(&store, "ann");
    let lead = by_nobody(&store, Role::TeamLead);
    for _ in 0..3 {
        lead.take_out(&id, "csv", false).unwrap();
    }
    let connection = store.0.database.connect().unwrap();
    for change in ["UPDATE access SET name = 'x'", "DELETE FROM access", "DELETE FROM access_head"] {
        assert!(connection.execute(change, []).is_err(), "{change}");
    }
    connection.execute_batch("DROP TRIGGER access_stays").unwrap();
    connection.execute("DELETE FROM access WHERE place = ?", params![3]).unwrap();
    let broken = [crate::ProofFault::Access { machine: "desk".into(), place: 3 }];
    assert_eq!(store.verify_all().unwrap().faults, broken);
    lead.take_out(&id, "csv", false).unwrap();
    assert_eq!(store.verify_all().unwrap().faults, broken, "the next row does not heal it");
}
