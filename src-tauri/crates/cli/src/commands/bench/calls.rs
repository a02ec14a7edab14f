//! A store of many calls: how long lists, searches and opening a call take.

use crate::arguments::BenchCalls;
use crate::exit::Ended;
use crate::printing::{complain, json};
use crate::speech_bench::{Spread, processor, rounded};
use cueline_calls::{Actor, CallFilter, CallOrder, Outcome, Passphrase, Role, SearchQuery, Store, Unlock};
use cueline_events::CallSource;
use cueline_live::{lab_threads, tell_all};
use made_call::Maker;
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;
use std::time::Instant;
use told_call::ToldScript;

mod made_call;
mod told_call;

/// Calls that are written together.
const TOGETHER: u32 = 500;
/// Calls of a page, as a window asks for them.
const PAGE: u32 = 50;

pub(crate) fn run(options: &BenchCalls) -> anyhow::Result<Ended> {
    let folder = match &options.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let unlock = || Unlock::Passphrase(Passphrase::from("a store that is thrown away".to_owned()));
    let begun = Instant::now();
    let maker = fill(&Store::open(folder.path(), &unlock())?.0, options)?;
    let filled = begun.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(folder.path().join("calls.db"))?.len();
    // Opened afresh, so that nothing that was written stands in its memory.
    let begun = Instant::now();
    let store = Store::open(folder.path(), &unlock())?.0;
    let opened = begun.elapsed().as_secs_f64();
    json(&json!({
        "machine": processor(),
        "calls": options.calls,
        "utterances": options.utterances,
        "store_mb": rounded(bytes as f64 / 1e6),
        "filled_s": rounded(filled),
        "opened_s": rounded(opened),
        "list_ms": lists(&store, options.rounds)?,
        "search_ms": searches(&store, options.rounds, &maker)?,
        "open_call_ms": opening(&store, options.rounds, &maker)?,
        "lab": lab(&store, options.lab_calls)?,
    }))?;
    Ok(Ended::Done)
}

fn fill(store: &Store, options: &BenchCalls) -> anyhow::Result<Maker> {
    let mut maker = Maker::new(options.calls, options.utterances);
    let mut made = 0;
    while made < options.calls {
        let batch = TOGETHER.min(options.calls - made);
        store.keep_ended(&(made..made + batch).map(|n| maker.call(n)).collect::<Vec<_>>())?;
        made += batch;
        if made % 10_000 == 0 {
            complain(&format!("{made} of {} calls made", options.calls));
        }
    }
    Ok(maker)
}

/// Milliseconds of a question that is asked so many times, each time a little differently.
fn timed(rounds: u32, mut ask: impl FnMut(u32) -> anyhow::Result<()>) -> anyhow::Result<Value> {
    let mut spent = Vec::new();
    for round in 0..rounds {
        let begun = Instant::now();
        ask(round)?;
        spent.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(serde_json::to_value(Spread::of(&spent, 0))?)
}

fn lists(store: &Store, rounds: u32) -> anyhow::Result<Value> {
    let all = CallFilter::default();
    let filters = [
        ("all", all.clone()),
        ("agent", CallFilter { agent: Some("agent 7".into()), ..all.clone() }),
        ("needs_review", CallFilter { needs_review: Some(true), ..all.clone() }),
        ("missed", CallFilter { missed: true, ..all.clone() }),
        ("unsure", CallFilter { unsure: true, ..all.clone() }),
        ("stop_order", CallFilter { stop_order: true, ..all.clone() }),
        ("held", CallFilter { held: true, ..all.clone() }),
        ("outcome", CallFilter { outcome: Some(Outcome::Dispute), ..all.clone() }),
        ("common_cue", CallFilter { cue: Some("listen.monologue".into()), ..all.clone() }),
        ("rare_cue", CallFilter { cue: Some("trig.suicide_risk".into()), ..all.clone() }),
        ("clue", CallFilter { clue: Some("clue.job_loss".into()), ..all.clone() }),
        ("customer", CallFilter { customer: Some("okafor 77".into()), ..all.clone() }),
        ("no_such_customer", CallFilter { customer: Some("nobody of this name".into()), ..all.clone() }),
        ("long", CallFilter { min_seconds: Some(590.0), ..all.clone() }),
        (
            "agent_missed_cue",
            CallFilter {
                agent: Some("agent 3".into()),
                missed: true,
                cue: Some("trig.dispute".into()),
                ..all
            },
        ),
    ];
    let mut figures = Map::new();
    for (name, filter) in &filters {
        for (order, by) in [(CallOrder::Newest, "newest"), (CallOrder::Attention, "attention")] {
            let asked = timed(rounds, |round| {
                store.list(filter, order, PAGE, round % 4 * PAGE)?;
                Ok(())
            })?;
            figures.insert(format!("{name}_by_{by}"), asked);
        }
        let counted = timed(rounds, |_| {
            store.count(filter)?;
            Ok(())
        })?;
        figures.insert(format!("{name}_counted"), counted);
    }
    let deep = timed(rounds, |round| {
        store.list(&CallFilter::default(), CallOrder::Newest, PAGE, 50_000 + round)?;
        Ok(())
    })?;
    figures.insert("all_deep_page".into(), deep);
    let agents = timed(rounds, |_| {
        store.agents()?;
        Ok(())
    })?;
    figures.insert("agents".into(), agents);
    Ok(Value::Object(figures))
}

fn searches(store: &Store, rounds: u32, maker: &Maker) -> anyhow::Result<Value> {
    let words = |round: u32, n: u32| maker.words(round * 7 + n);
    let middle = Some(maker.middle());
    let mut figures = Map::new();
    let mut ask = |name: &str, query: &dyn Fn(u32) -> SearchQuery| -> anyhow::Result<()> {
        let asked = timed(rounds, |round| {
            store.search(&query(round), PAGE)?;
            Ok(())
        })?;
        figures.insert(name.to_owned(), asked);
        Ok(())
    };
    ask("one_word", &|round| SearchQuery::words(words(round, 0)))?;
    ask("two_words", &|round| SearchQuery::words(&format!("{} {}", words(round, 0), words(round, 3))))?;
    ask("phrase", &|_| SearchQuery::words("\"pay the rest\""))?;
    ask("every_utterance", &|_| SearchQuery::words("the"))?;
    ask("rare_word", &|round| SearchQuery::words(&format!("reference{}", round * 997)))?;
    ask("nothing", &|round| SearchQuery::words(&format!("xylophone{round}")))?;
    ask("word_agent", &|round| SearchQuery {
        agent: Some("agent 7".into()),
        ..SearchQuery::words(words(round, 0))
    })?;
    ask("word_until", &|round| SearchQuery { until: middle, ..SearchQuery::words(words(round, 0)) })?;
    ask("word_since", &|round| SearchQuery { since: middle, ..SearchQuery::words(words(round, 0)) })?;
    ask("word_cue", &|round| SearchQuery {
        cue: Some("trig.dispute".into()),
        ..SearchQuery::words(words(round, 0))
    })?;
    ask("word_rare_cue", &|round| SearchQuery {
        cue: Some("trig.suicide_risk".into()),
        ..SearchQuery::words(words(round, 0))
    })?;
    ask("cue_alone", &|_| SearchQuery { cue: Some("trig.dispute".into()), ..SearchQuery::default() })?;
    Ok(Value::Object(figures))
}

fn lead() -> Actor {
    Actor { name: "lead".to_owned(), role: Role::TeamLead, machine: "bench".to_owned() }
}

fn opening(store: &Store, rounds: u32, maker: &Maker) -> anyhow::Result<Value> {
    let acting = store.act(lead(), None)?;
    timed(rounds, |round| {
        let id = maker.id(round);
        acting.open(&id, false)?;
        acting.review(&id)?;
        Ok(())
    })
}

/// So many calls told again to the playbook that they ran with, which must change nothing.
fn lab(store: &Store, calls: u32) -> anyhow::Result<Value> {
    let script = ToldScript::new()?;
    let mut made = 0;
    while made < calls {
        let batch = TOGETHER.min(calls - made);
        store.keep_ended(&vec![script.call().clone(); batch as usize])?;
        made += batch;
    }
    let told = CallFilter { source: Some(CallSource::Script), ..CallFilter::default() };
    let ids = store.list(&told, CallOrder::Newest, calls, 0)?;
    let ids: Vec<String> = ids.into_iter().map(|call| call.id).collect();
    let (mut differing, playbook) = (0, script.playbook());
    let begun = Instant::now();
    tell_all(&store.act(lead(), None)?, &ids, lab_threads(), &|_| playbook.clone(), &mut |told, _| {
        differing += u32::from(told.differs());
        ControlFlow::Continue(())
    })?;
    Ok(json!({
        "calls": ids.len(),
        "call_s": rounded(script.seconds()),
        "threads": lab_threads(),
        "told_s": rounded(begun.elapsed().as_secs_f64()),
        "differing": differing,
    }))
}
