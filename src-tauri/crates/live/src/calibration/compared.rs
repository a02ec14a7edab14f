use super::agreement::Pair;
use super::{Agreement, grouped};
use cueline_calls::GivenScore;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Calls that are named because the two are furthest apart on them.
const FURTHEST: usize = 20;

/// Points that somebody gave, with the item's place in the scorecard and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    pub(super) place: usize,
    pub(super) worth: f64,
    pub(super) score: GivenScore,
}

/// Two reviewers side by side.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Compared {
    /// The first and the second, by name.
    pub reviewers: [String; 2],
    /// Calls of which both gave points to the same item.
    pub calls: u32,
    /// All items together.
    pub all: Agreement,
    /// Each item, in the order of the scorecard.
    pub items: Vec<ItemAgreement>,
    /// The calls on which they are furthest apart, the furthest first.
    pub furthest: Vec<CallApart>,
}

/// How far two reviewers agree on an item.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ItemAgreement {
    /// The item's title.
    pub item: String,
    /// How far.
    pub agreement: Agreement,
}

/// A call on which two reviewers are apart.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallApart {
    /// The call's id.
    pub call: String,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Whose call it is.
    pub agent: String,
    /// What their points differ by, item by item, added up.
    pub apart: f64,
    /// The items on which they differ, in the order of the scorecard.
    pub items: Vec<ItemApart>,
}

/// An item that two reviewers gave different points.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ItemApart {
    /// The item's title.
    pub item: String,
    /// What the first gave, and the second.
    pub points: [f64; 2],
    /// What it is worth.
    pub worth: f64,
}

/// What both gave one item of one call.
struct Twice<'a> {
    first: &'a Given,
    pair: Pair,
}

impl Compared {
    /// Compares two who gave points.
    pub(super) fn of(reviewers: [String; 2], given: &[Given]) -> Self {
        let by = |name: &str| -> BTreeMap<(&str, &str), &Given> {
            let own = given.iter().filter(|given| given.score.author == name);
            own.map(|given| ((given.score.call.as_str(), given.score.item.as_str()), given)).collect()
        };
        let second = by(&reviewers[1]);
        let twice: Vec<Twice> = by(&reviewers[0])
            .into_iter()
            .filter_map(|(place, first)| {
                let points = [first.score.points, second.get(&place)?.score.points];
                Some(Twice { first, pair: Pair { points, worth: first.worth } })
            })
            .collect();
        let calls: BTreeSet<&str> = twice.iter().map(|one| one.first.score.call.as_str()).collect();
        let pairs: Vec<Pair> = twice.iter().map(|one| one.pair).collect();
        let by_item = grouped(twice.iter().map(|one| ((one.first.place, &one.first.score.item), one.pair)));
        let item = |((_, item), pairs): ((usize, &String), Vec<Pair>)| ItemAgreement {
            item: item.clone(),
            agreement: Agreement::of(&pairs),
        };
        Self {
            calls: u32::try_from(calls.len()).unwrap_or(u32::MAX),
            all: Agreement::of(&pairs),
            items: by_item.into_iter().map(item).collect(),
            furthest: furthest(&twice),
            reviewers,
        }
    }
}

fn furthest(twice: &[Twice]) -> Vec<CallApart> {
    let differing = twice.iter().filter(|one| one.pair.points[0] != one.pair.points[1]);
    let by_call = grouped(differing.map(|one| (one.first.score.call.as_str(), one)));
    let mut calls: Vec<CallApart> = by_call
        .into_values()
        .filter_map(|mut items| {
            items.sort_by_key(|one| one.first.place);
            let score = &items.first()?.first.score;
            Some(CallApart {
                call: score.call.clone(),
                started_at: score.started_at,
                agent: score.agent.clone(),
                apart: items.iter().map(|one| (one.pair.points[0] - one.pair.points[1]).abs()).sum(),
                items: items.iter().map(|one| one.apart()).collect(),
            })
        })
        .collect();
    calls.sort_by(|a, b| b.apart.total_cmp(&a.apart).then(b.started_at.cmp(&a.started_at)));
    calls.truncate(FURTHEST);
    calls
}

impl Twice<'_> {
    fn apart(&self) -> ItemApart {
        let Pair { points, worth } = self.pair;
        ItemApart { item: self.first.score.item.clone(), points, worth }
    }
}
