use serde::Serialize;
use ts_rs::TS;

/// Points that are this near are the same: half points are given, not thousandths.
const SAME: f64 = 0.001;

/// How far two reviewers agree over the times that both gave points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct Agreement {
    /// How often both gave points to the same item of the same call.
    pub both: u32,
    /// How often they gave the same points.
    pub same_points: u32,
    /// How often they gave the same grade: full (all that the item is worth), part or none.
    pub same_grade: u32,
    /// Cohen's kappa of the grades, unweighted: the share of the same grades beyond what two reviewers would have by
    /// chance who give each grade as often as these two did, of what is possible beyond it. 1 is always the same, 0 as
    /// often as by chance. Absent where chance alone would always agree: both gave one and the same grade throughout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kappa: Option<f64>,
    /// What the second gave more than the first, on average, in points. Absent where there is nothing to compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_difference: Option<f64>,
}

/// What two reviewers gave the same item of the same call, and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) points: [f64; 2],
    pub(super) worth: f64,
}

impl Agreement {
    pub(super) fn of(pairs: &[Pair]) -> Self {
        // How often the first gave one grade and the second another.
        let mut table = [[0_u64; 3]; 3];
        for Pair { points: [first, second], worth } in pairs {
            table[grade(*first, *worth)][grade(*second, *worth)] += 1;
        }
        let same_points =
            pairs.iter().filter(|Pair { points, .. }| (points[0] - points[1]).abs() < SAME).count();
        let more: f64 = pairs.iter().map(|Pair { points, .. }| points[1] - points[0]).sum();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            both: count(pairs.len()),
            same_points: count(same_points),
            same_grade: count((0..3).map(|grade| table[grade][grade] as usize).sum()),
            kappa: kappa(&table),
            mean_difference: (!pairs.is_empty()).then(|| more / pairs.len() as f64),
        }
    }
}

/// None, part or full.
fn grade(points: f64, worth: f64) -> usize {
    if points >= worth - SAME { 2 } else { usize::from(points > SAME) }
}

/// Cohen's kappa of a table of counts, in whole numbers up to the last step: (n·same − chance) / (n² − chance), where
/// chance is the sum over the grades of how often the first gave it times how often the second did.
fn kappa(table: &[[u64; 3]; 3]) -> Option<f64> {
    let first = |grade: usize| table[grade].iter().sum::<u64>();
    let second = |grade: usize| table.iter().map(|row| row[grade]).sum::<u64>();
    let all: u64 = (0..3).map(first).sum();
    let same: u64 = (0..3).map(|grade| table[grade][grade]).sum();
    let chance: u64 = (0..3).map(|grade| first(grade) * second(grade)).sum();
    let possible = all * all - chance;
    (possible > 0).then(|| ((all * same) as f64 - chance as f64) / possible as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an item of 4 points was given by both, each so often.
    fn agreement(given: &[(usize, f64, f64)]) -> Agreement {
        let pairs = given.iter().flat_map(|(times, first, second)| {
            std::iter::repeat_n(Pair { points: [*first, *second], worth: 4.0 }, *times)
        });
        Agreement::of(&pairs.collect::<Vec<_>>())
    }

    #[test]
    fn kappa_is_what_it_is_by_hand() {
        for (name, given, kappa) in [
            // Of 10: full and full 4, part and part 2, none and none 1; the same 7. The first gave full 5, part 3, none 2;
            // the second full 5, part 3, none 2. By chance (25 + 9 + 4) / 100 = 0.38, so (0.7 - 0.38) / 0.62.
            (
                "three grades",
                vec![
                    (4, 4.0, 4.0),
                    (1, 4.0, 2.0),
                    (2, 2.0, 2.0),
                    (1, 2.0, 0.0),
                    (1, 0.0, 0.0),
                    (1, 0.0, 4.0),
                ],
                Some(0.32 / 0.62),
            ),
            // The textbook's fifty: 20 and 15 the same, 5 and 10 not. (0.7 - 0.5) / 0.5.
            ("two grades", vec![(20, 4.0, 4.0), (5, 4.0, 0.0), (10, 0.0, 4.0), (15, 0.0, 0.0)], Some(0.4)),
            ("always the same, with variance", vec![(2, 4.0, 4.0), (1, 0.0, 0.0)], Some(1.0)),
            // Each half and half, never the same: (0 - 0.5) / 0.5.
            ("never the same", vec![(1, 4.0, 0.0), (1, 0.0, 4.0)], Some(-1.0)),
            // One of them gives all the same: what is the same is what chance gives.
            ("one without variance", vec![(3, 4.0, 4.0), (1, 4.0, 0.0)], Some(0.0)),
            ("both without variance", vec![(5, 4.0, 4.0)], None),
            ("one time", vec![(1, 2.0, 2.0)], None),
            ("nothing", vec![], None),
        ] {
            let found = agreement(&given).kappa;
            let near = match (found, kappa) {
                (Some(found), Some(kappa)) => f64::abs(found - kappa) < 1e-12,
                (found, kappa) => found == kappa,
            };
            assert!(near, "{name}: {found:?} instead of {kappa:?}");
        }
    }

    #[test]
    fn other_points_may_be_the_same_grade() {
        let found = agreement(&[(1, 1.0, 3.0), (1, 4.0, 4.0), (1, 2.5, 2.5), (1, 4.0, 3.5)]);
        assert_eq!((found.both, found.same_points, found.same_grade), (4, 2, 3));
        assert_eq!(found.mean_difference, Some((2.0 - 0.5) / 4.0));
        assert_eq!(agreement(&[]), Agreement::default());
    }
}
