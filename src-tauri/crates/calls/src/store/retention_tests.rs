use super::review_tests::by_lead;
use super::tests::{memory, new_call, open};
use super::*;
use crate::{AccessKind, Actor, KeepFor, Retention, RetentionPreview, ReviewMark, Role, Swept};
use cueline_events::{CallEvent, Lane, Mode};

const DAY: i64 = 86_400_000;

fn lead() -> Actor {
    Actor { name: "dana".into(), role: Role::TeamLead, machine: "desk".into() }
}

/// A call of so many days ago, a minute long, with a recording.
fn aged(store: &Store, days: i64, mode: Mode, customer: &str) -> String {
    let mut new = NewCall { started_at: call::now_ms() - days * DAY, ..new_call() };
    new.context.mode = mode;
    new.context.customer_name = customer.to_owned();
    let mut log = store.begin_call(new).unwrap();
    let mut recording = store.begin_recording(&log).unwrap();
    recording.push_second(&[1; 32_000]).unwrap();
    recording.finish().unwrap();
    log.end(60.0).unwrap();
    log.id()
}

fn there(store: &Store) -> Vec<(String, bool)> {
    let calls = store.list(&CallFilter::default(), CallOrder::Newest, 99, 0).unwrap();
    calls.into_iter().rev().map(|call| (call.id, call.recording)).collect()
}

#[test]
fn what_is_older_than_is_kept_may_go_but_for_what_is_held() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let held = aged(&store, 1_300, Mode::FirstParty, "Bo");
    let old = aged(&store, 1_200, Mode::ThirdParty, "Ann");
    let called_again = aged(&store, 1_150, Mode::ThirdParty, "Quillon Zybarth");
    aged(&store, 1_000, Mode::ThirdParty, " quillon zybarth");
    let service = aged(&store, 100, Mode::CustomerService, "Ann Other");
    let running = store.begin_call(NewCall { started_at: 0, ..new_call() }).unwrap();
    store.keep_review(&held, by_lead(ReviewMark::Hold { on: true, reason: "case".into() })).unwrap();

    let may_go = |rules: Retention| store.outdated(&rules).unwrap();
    assert!(may_go(Retention::default()).is_empty());
    assert_eq!(
        may_go(Retention::REG_F),
        std::slice::from_ref(&old),
        "there was a call with the other customer since"
    );
    let each = Retention { from_last_call: false, ..Retention::REG_F };
    assert_eq!(may_go(each), [old.clone(), called_again.clone()]);
    let month = KeepFor { log_days: Some(30), recording_days: None };
    assert_eq!(may_go(Retention { customer_service: month, ..Retention::REG_F }), [old, service]);
    let preview = store.preview_retention(&Retention::REG_F).unwrap();
    assert_eq!(
        preview,
        RetentionPreview { calls: 1, recordings: 1, held: 1 },
        "a recording goes by its own call"
    );
    drop(running);
}

#[test]
fn rules_in_force_let_go_of_what_is_older_and_say_so() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let held = aged(&store, 400, Mode::ThirdParty, "Ann");
    let old = aged(&store, 390, Mode::ThirdParty, "Bo");
    let silent = aged(&store, 100, Mode::ThirdParty, "Cy");
    let young = aged(&store, 5, Mode::ThirdParty, "Di");
    store.keep_review(&held, by_lead(ReviewMark::Hold { on: true, reason: "case".into() })).unwrap();
    let all = there(&store);
    assert_eq!(store.sweep("desk", &mut || true).unwrap(), Swept::default(), "by default everything is kept");
    assert_eq!(there(&store), all);

    let kept = KeepFor { log_days: Some(365), recording_days: Some(30) };
    let rules = Retention { debts: kept, ..Retention::default() };
    let by_agent = store.act(Actor { role: Role::Agent, ..lead() }, None).unwrap();
    assert_eq!(by_agent.set_retention(&rules).unwrap_err().code(), "role");
    let contradiction = KeepFor { recording_days: Some(400), ..kept };
    let by_lead = store.act(lead(), None).unwrap();
    let refused = by_lead.set_retention(&Retention { debts: contradiction, ..rules }).unwrap_err();
    assert_eq!(refused.code(), "incomplete");
    by_lead.set_retention(&rules).unwrap();
    assert_eq!(store.retention().unwrap(), rules);

    // A call that begins in the middle comes first; what is left goes the next time.
    let mut steps = 0;
    let mut interrupted = || {
        steps += 1;
        steps < 2
    };
    assert_eq!(store.sweep("desk", &mut interrupted).unwrap(), Swept { calls: 1, recordings: 0 });
    assert_eq!(store.sweep("desk", &mut || true).unwrap(), Swept { calls: 0, recordings: 1 });
    assert_eq!(store.sweep("desk", &mut || true).unwrap(), Swept::default());
    assert_eq!(there(&store), [(held, true), (silent.clone(), false), (young, true)]);
    assert!(!recording::path(dir.path(), store.find(&silent).unwrap()).exists());

    let deletions = store.deletions().unwrap();
    assert_eq!((deletions.len(), &deletions[0].call, deletions[0].by.as_str()), (1, &old, "Cueline"));
    assert!(deletions[0].reason.as_str().contains("logs 365 days"), "{:?}", deletions[0].reason);
    let log = by_lead.access_log(&crate::AccessFilter::default(), 9, 0).unwrap();
    let told: Vec<_> = log.iter().rev().map(|row| (row.what, row.role, row.call.as_deref())).collect();
    assert_eq!(
        told[1..],
        [
            (AccessKind::RetentionChanged, Some(Role::TeamLead), None),
            (AccessKind::Deleted, None, Some(old.as_str())),
            (AccessKind::RecordingDeleted, None, Some(silent.as_str())),
        ]
    );
    assert!(store.verify_all().unwrap().faults.is_empty());
}

#[test]
fn a_recording_whose_deletion_a_power_cut_stopped_goes_with_the_next_sweep() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let old = aged(&store, 40, Mode::ThirdParty, "Ann");
    let path = recording::path(dir.path(), store.find(&old).unwrap());
    let bytes = std::fs::read(&path).unwrap();
    let debts = KeepFor { log_days: None, recording_days: Some(30) };
    store.act(lead(), None).unwrap().set_retention(&Retention { debts, ..Retention::default() }).unwrap();
    store.sweep("desk", &mut || true).unwrap();
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(store.sweep("desk", &mut || true).unwrap().recordings, 1);
    assert!(!path.exists());
    assert!(store.verify_all().unwrap().faults.is_empty());
}

#[test]
fn dates_of_birth_are_masked_in_calls_that_begin_once_the_rules_say_so() {
    let (dir, key_store) = memory();
    let store = open(&dir, &key_store);
    let rules = Retention { mask_birth_dates: true, ..Retention::default() };
    let call = |store: &Store| {
        let mut log = store.begin_call(new_call()).unwrap();
        for (utterance, text) in
            [(1, "and your date of birth?"), (2, "it's March 4th 1980, and I pay on June 3rd")]
        {
            let (lane, at) = (Lane::Customer, f64::from(utterance));
            let said = CallEvent::Final {
                lane,
                utterance,
                start: at - 0.5,
                end: at,
                text: text.into(),
                emitted_at: at,
            };
            log.append(&said).unwrap();
        }
        let silenced = log.take_silenced();
        log.end(9.0).unwrap();
        let events = store.show(&log.id()).unwrap().events;
        let texts = events.into_iter().filter_map(|event| match event {
            CallEvent::Final { text, .. } => Some(text.as_str().to_owned()),
            _ => None,
        });
        (texts.collect::<Vec<_>>().remove(1), silenced.len())
    };
    assert_eq!(call(&store), ("it's March 4th 1980, and I pay on June 3rd".to_owned(), 0));
    store.act(lead(), None).unwrap().set_retention(&rules).unwrap();
    assert_eq!(call(&store), ("it's [date of birth], and I pay on June 3rd".to_owned(), 1));
}
