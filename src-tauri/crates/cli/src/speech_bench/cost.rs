//! What decoding costs on this machine, by the size of the work.

use anyhow::{Context, bail};
use cueline_speech::Work;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Seconds by the size of a decode: fitted to every decode of a run.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CostCard {
    per_pass: f64,
    per_position: f64,
    per_square: f64,
    per_token: f64,
    /// The median difference between a decode and the card, as a share of its cost.
    pub(crate) spread: f64,
    /// A decode of 256 positions and 14 tokens: a look at some 3 s of speech.
    pub(crate) three_seconds: f64,
}

impl CostCard {
    /// What a decode of this size costs, in seconds.
    pub(crate) fn seconds(&self, work: Work) -> f64 {
        let [a, b, c, d] = features(work);
        (self.per_pass * a + self.per_position * b + self.per_square * c + self.per_token * d).max(0.001)
    }

    /// Fits a card to decodes and the seconds they took. Slow ones weigh less: something else was running.
    pub(crate) fn fit(measured: &[(Work, f64)]) -> anyhow::Result<Self> {
        if measured.len() < 12 {
            bail!("too little speech to measure with: {} decodes", measured.len());
        }
        let mut weights = vec![1.0; measured.len()];
        let mut solution = [0.0; 4];
        for _ in 0..20 {
            solution = not_negative(measured, &weights).context("the decodes are too much alike")?;
            for (weight, (work, seconds)) in weights.iter_mut().zip(measured) {
                let off = (seconds - dot(&solution, &features(*work))).abs() / seconds.max(0.001);
                *weight = 1.0 / (seconds * seconds * off.max(0.02));
            }
        }
        let [per_pass, per_position, per_square, per_token] = solution;
        let mut card =
            Self { per_pass, per_position, per_square, per_token, spread: 0.0, three_seconds: 0.0 };
        let mut off: Vec<f64> =
            measured.iter().map(|(work, s)| (s - card.seconds(*work)).abs() / s.max(0.001)).collect();
        off.sort_by(f64::total_cmp);
        card.spread = off[off.len() / 2];
        card.three_seconds = card.seconds(Work { passes: 1, positions: 256, squares: 256 * 256, tokens: 14 });
        Ok(card)
    }

    /// The card of an earlier report.
    pub(crate) fn read(report: &Path) -> anyhow::Result<Self> {
        let name = report.display();
        let text = std::fs::read_to_string(report).with_context(|| format!("{name} can't be read"))?;
        let value: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{name}"))?;
        let card = value.get("cost").cloned().with_context(|| format!("{name} has no `cost`"))?;
        serde_json::from_value(card).with_context(|| format!("{name}: `cost`"))
    }
}

fn features(work: Work) -> [f64; 4] {
    [f64::from(work.passes), work.positions as f64 / 1e3, work.squares as f64 / 1e6, work.tokens as f64 / 1e2]
}

fn dot(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Weighted least squares without what would cost less than nothing: of a few decodes that are much alike, the one
/// part can be taken for the other.
fn not_negative(measured: &[(Work, f64)], weights: &[f64]) -> Option<[f64; 4]> {
    let mut parts = vec![0, 1, 2, 3];
    loop {
        let solution = least_squares(measured, weights, &parts)?;
        let least = (0..parts.len()).min_by(|a, b| solution[*a].total_cmp(&solution[*b]))?;
        if solution[least] >= 0.0 {
            let mut all = [0.0; 4];
            parts.iter().zip(solution).for_each(|(part, value)| all[*part] = value);
            return Some(all);
        }
        parts.remove(least);
    }
}

/// Weighted least squares over some of the features, by the normal equations; `None` when they have no single
/// solution.
fn least_squares(measured: &[(Work, f64)], weights: &[f64], parts: &[usize]) -> Option<Vec<f64>> {
    let n = parts.len();
    let mut m = vec![vec![0.0; n + 1]; n];
    for ((work, seconds), weight) in measured.iter().zip(weights) {
        let all = features(*work);
        let f: Vec<f64> = parts.iter().map(|part| all[*part]).collect();
        for (row, a) in m.iter_mut().zip(&f) {
            for (cell, b) in row.iter_mut().zip(f.iter().chain([seconds])) {
                *cell += weight * a * b;
            }
        }
    }
    for (i, row) in m.iter_mut().enumerate() {
        // A breath of ridge: the positions and their squares are nearly one direction.
        row[i] *= 1.0 + 1e-9;
    }
    for pivot in 0..n {
        let best = (pivot..n).max_by(|a, b| m[*a][pivot].abs().total_cmp(&m[*b][pivot].abs()))?;
        m.swap(pivot, best);
        if m[pivot][pivot].abs() < 1e-12 {
            return None;
        }
        let from = m[pivot].clone();
        for (_, row) in m.iter_mut().enumerate().filter(|(row, _)| *row != pivot) {
            let factor = row[pivot] / from[pivot];
            row.iter_mut().zip(&from).skip(pivot).for_each(|(value, by)| *value -= factor * by);
        }
    }
    Some((0..n).map(|i| m[i][n] / m[i][i]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_costs_less_than_nothing() {
        // All of one size: what tells their parts apart is noise.
        let mut measured = Vec::new();
        for i in 0..40_u64 {
            let work =
                Work { passes: 1, positions: 256 + i % 2, squares: (256 + i % 2).pow(2), tokens: 10 + i % 3 };
            measured.push((work, 0.4 + 0.01 * ((i * 7 % 11) as f64 - 5.0)));
        }
        let card = CostCard::fit(&measured).unwrap();
        let parts = [card.per_pass, card.per_position, card.per_square, card.per_token];
        assert!(parts.iter().all(|part| *part >= 0.0), "{parts:?}");
        assert!((card.seconds(measured[0].0) - 0.4).abs() < 0.05);
    }

    #[test]
    fn the_card_finds_the_machine_behind_noise() {
        let work =
            |positions: u64, tokens| Work { passes: 1, positions, squares: positions * positions, tokens };
        let truth =
            |w: Work| 0.01 + 0.0004 * w.positions as f64 + 2e-7 * w.squares as f64 + 0.005 * w.tokens as f64;
        let mut measured = Vec::new();
        for i in 0..200_u64 {
            let w = work(256 + 64 * (i % 9), 4 + (i * 7) % 30);
            // Every eighth decode was disturbed.
            measured.push((w, truth(w) * if i % 8 == 0 { 2.0 } else { 1.0 + 0.01 * ((i % 5) as f64 - 2.0) }));
        }
        let card = CostCard::fit(&measured).unwrap();
        for (positions, tokens) in [(256, 8), (512, 20), (768, 30)] {
            let w = work(positions, tokens);
            assert!(
                (card.seconds(w) / truth(w) - 1.0).abs() < 0.05,
                "{positions}: {} {}",
                card.seconds(w),
                truth(w)
            );
        }
    }
}
