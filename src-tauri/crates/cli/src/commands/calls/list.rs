use super::choice::chosen;
use super::dates::date;
use crate::arguments::{List, OrderName, OutcomeName};
use crate::exit::Ended;
use crate::printing::{clock, json, line};
use cueline_calls::{Acting, CallFilter, CallOrder, CallSummary, Outcome};

pub(super) fn run(acting: &Acting, options: List) -> anyhow::Result<Ended> {
    let order = match options.order {
        OrderName::Newest => CallOrder::Newest,
        OrderName::Attention => CallOrder::Attention,
    };
    let (limit, offset, as_json) = (options.limit, options.offset, options.json);
    let calls = acting.list(&filter(options)?, order, limit, offset)?;
    if as_json {
        json(&calls)?;
    } else {
        calls.iter().try_for_each(|call| line(&summary(call)))?;
    }
    Ok(Ended::Done)
}

/// A call in one line.
pub(super) fn summary(call: &CallSummary) -> String {
    let length = call.seconds.map_or_else(|| "running".to_owned(), clock);
    let disclosures = &call.disclosures;
    let mut text = format!("{}  {}  {length}  {}", &call.id, date(call.started_at), call.playbook.id);
    for (count, what) in [
        (disclosures.said, "said"),
        (disclosures.unsure, "unsure"),
        (disclosures.missed, "missed"),
        (call.cards, "cards"),
    ] {
        if count > 0 {
            text.push_str(&format!("  {count} {what}"));
        }
    }
    if call.repaired {
        text.push_str("  (was cut off)");
    }
    if let Some(digest) = &call.digest {
        text.push_str(&format!("  {:.0} of {:.0} points", digest.points, digest.of));
        if !digest.held.is_empty() {
            text.push_str(&format!("  held: {}", digest.held.join(", ")));
        }
        if !digest.stop_orders.is_empty() {
            text.push_str(&format!("  stopped: {}", digest.stop_orders.join(", ")));
        }
    }
    for (stands, what) in [
        (call.review.reviewed, "reviewed"),
        (call.review.disputed, "disputed"),
        (call.review.legal_hold, "legal hold"),
    ] {
        if stands {
            text.push_str(&format!("  ({what})"));
        }
    }
    text
}

fn filter(options: List) -> anyhow::Result<CallFilter> {
    Ok(CallFilter {
        customer: options.customer,
        outcome: options.outcome.map(outcome),
        clue: options.clue,
        needs_review: options.needs_review.then_some(true),
        missed: options.missed,
        unsure: options.unsure,
        stop_order: options.stop_order,
        held: options.held,
        min_seconds: options.min_seconds,
        ..chosen(options.choice)?
    })
}

fn outcome(name: OutcomeName) -> Outcome {
    match name {
        OutcomeName::Promise => Outcome::Promise,
        OutcomeName::Dispute => Outcome::Dispute,
        OutcomeName::StopOrder => Outcome::StopOrder,
        OutcomeName::ThirdParty => Outcome::ThirdParty,
        OutcomeName::NothingAgreed => Outcome::NothingAgreed,
    }
}
