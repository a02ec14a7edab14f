//! Which model suits this computer, and why.
//!
//! The rule: with *C* the seconds of work that `base-q8_0` takes for a look at three seconds of speech, `base-q8_0` is
//! recommended when *C* is at most 0.40, `tiny.en-q8_0` otherwise. Two lanes that are looked at about once a second
//! each leave the decoder time for finals then. Larger models fit calls by the same bound, where the memory suffices.

use crate::Speeds;
use serde::Serialize;
use ts_rs::TS;

/// The model for computers that keep up with it.
const ORDINARY: &str = "base-q8_0";
/// The model for those that don't.
const SMALL: &str = "tiny.en-q8_0";
/// Seconds of work for a look at three seconds of speech, at most.
const MOST: f64 = 0.40;

/// The work of the sizes of Whisper for a look at three seconds, as multiples of tiny's. Counted, not measured:
/// multiplications in an encoder of 256 positions and a decoder of 20 tokens, from each size's layers and widths
/// (Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", table 1).
const WORK: [(&str, f64); 5] =
    [("tiny", 1.0), ("base", 2.4), ("small", 10.0), ("medium", 34.0), ("large", 70.0)];

/// Megabytes that a size needs in memory, as whisper.cpp's README publishes them, for 16-bit weights.
const MEMORY: [(&str, u64); 5] =
    [("tiny", 273), ("base", 388), ("small", 852), ("medium", 2_100), ("large", 3_900)];

/// A call shares the computer with a browser and whatever else the agent works with: a model may take one part in so
/// many of its memory.
const MEMORY_SHARE: u64 = 4;

/// What is known of a model on this computer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export, optional_fields)]
pub struct Advice {
    /// Whether it suits calls on this computer.
    pub suits: Suits,
    /// How long it takes for a look at three seconds of speech, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
    /// Why, in a sentence.
    pub why: String,
}

/// Whether a model suits calls on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Suits {
    /// It is the one to use.
    Recommended,
    /// It can be used.
    Fits,
    /// It would fall behind in a call. It may still improve transcripts afterwards.
    TooSlow,
    /// It needs more memory than it should have.
    TooLarge,
    /// Nothing that says so was measured yet.
    Unknown,
}

/// How long a model takes for a look at three seconds of speech.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Look {
    /// Seconds of work.
    pub seconds: f64,
    /// Whether it was measured on this computer; otherwise it is estimated from what another model took here.
    pub measured: bool,
}

impl Advice {
    /// What is known of a model.
    pub(crate) fn on(speeds: &Speeds, id: &str) -> Self {
        let look = look(speeds, id);
        let recommended = recommended(speeds) == id;
        let memory = published(&MEMORY, id);
        let available = speeds.machine().memory_gb * 1_024;
        let (suits, why) = match (look, memory) {
            (_, Some(needed)) if available > 0 && needed * MEMORY_SHARE > available => (
                Suits::TooLarge,
                format!("needs up to {needed} MB of memory, more than a quarter of what this machine has"),
            ),
            (look, _) if recommended => (Suits::Recommended, why_recommended(speeds, id, look)),
            (Some(look), _) if look.seconds <= MOST => (Suits::Fits, told(look)),
            (Some(look), _) => (
                Suits::TooSlow,
                format!("{}, which is more than {MOST:.2} s: it would fall behind", told(look)),
            ),
            (None, _) => (Suits::Unknown, "its speed on this machine was not measured yet".to_owned()),
        };
        Self { suits, look, why }
    }
}

/// The model that calls should use on this computer: the rule above. Before anything was measured it is the ordinary
/// one, which most computers keep up with.
pub(crate) fn recommended(speeds: &Speeds) -> &'static str {
    match look(speeds, ORDINARY) {
        Some(look) if look.seconds > MOST => SMALL,
        _ => ORDINARY,
    }
}

fn why_recommended(speeds: &Speeds, id: &str, own: Option<Look>) -> String {
    match (own, look(speeds, ORDINARY)) {
        (Some(own), Some(ordinary)) if id != ORDINARY => {
            format!("{ORDINARY} is too slow here: {}; with this one, {}", told(ordinary), told(own))
        }
        (Some(own), _) => told(own),
        (None, _) => "the default; its speed on this machine was not measured yet".to_owned(),
    }
}

fn told(Look { seconds, measured }: Look) -> String {
    if measured {
        format!("a 3 s look takes {seconds:.2} s on this machine")
    } else {
        format!("a 3 s look should take about {seconds:.1} s on this machine (an estimate)")
    }
}

/// What was measured of a model, or what follows from the nearest one in size with the same kind of weights.
fn look(speeds: &Speeds, id: &str) -> Option<Look> {
    if let Some(seconds) = speeds.measured(id) {
        return Some(Look { seconds, measured: true });
    }
    let work = published(&WORK, id)?;
    let ratio = |other: &str| Some(work / published(&WORK, other)?);
    let others = speeds.all_measured().filter(|(other, _)| weights(other) == weights(id));
    let estimates = others.filter_map(|(other, seconds)| Some((ratio(other)?, seconds)));
    let distance = |ratio: f64| ratio.ln().abs();
    let (ratio, seconds) = estimates.min_by(|a, b| distance(a.0).total_cmp(&distance(b.0)))?;
    Some(Look { seconds: seconds * ratio, measured: false })
}

/// The figure of a model's size, which its name begins with.
fn published<T: Copy>(table: &[(&str, T)], id: &str) -> Option<T> {
    let size = id.split(['.', '-']).next()?;
    table.iter().find(|(name, _)| *name == size).map(|(_, figure)| *figure)
}

/// How a model's weights are stored, which its name ends with.
fn weights(id: &str) -> Option<&str> {
    id.rsplit_once('-').map(|(_, weights)| weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Machine;

    fn speeds(memory_gb: u64, measured: &[(&str, f64)]) -> Speeds {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine { processor: "p".into(), cores: 2, engine: "cpu".into(), memory_gb };
        let mut speeds = Speeds::load(folder.path(), machine);
        measured.iter().for_each(|(id, seconds)| speeds.keep(id, *seconds).unwrap());
        speeds
    }

    fn suits(speeds: &Speeds) -> [Suits; 4] {
        ["tiny.en-q8_0", "base-q8_0", "base-f16", "small.en-q8_0"].map(|id| Advice::on(speeds, id).suits)
    }

    #[test]
    fn base_is_recommended_up_to_its_bound_and_tiny_beyond_it() {
        for (base, recommended) in [(0.05, ORDINARY), (0.40, ORDINARY), (0.41, SMALL), (3.0, SMALL)] {
            let speeds = speeds(8, &[(ORDINARY, base)]);
            assert_eq!(super::recommended(&speeds), recommended, "{base} s");
            assert_eq!(Advice::on(&speeds, recommended).suits, Suits::Recommended);
        }
    }

    #[test]
    fn each_model_is_judged_by_its_own_figure_or_by_an_estimate_that_says_so() {
        use Suits::{Fits, Recommended, TooSlow, Unknown};
        assert_eq!(suits(&speeds(8, &[])), [Unknown, Recommended, Unknown, Unknown]);
        let ordinary = speeds(8, &[(ORDINARY, 0.19)]);
        assert_eq!(suits(&ordinary), [Fits, Recommended, Unknown, TooSlow]);
        let advice = Advice::on(&ordinary, ORDINARY);
        assert_eq!(advice.why, "a 3 s look takes 0.19 s on this machine");
        let advice = Advice::on(&ordinary, "small.en-q8_0");
        assert!(advice.why.contains("about 0.8 s") && advice.why.contains("an estimate"), "{}", advice.why);
        assert_eq!(suits(&speeds(8, &[(ORDINARY, 0.04)])), [Fits, Recommended, Unknown, Fits]);

        // Only the small one is there: base is judged by an estimate.
        let slow = speeds(8, &[(SMALL, 0.3)]);
        assert_eq!(suits(&slow), [Recommended, TooSlow, Unknown, TooSlow]);
        let why = Advice::on(&slow, SMALL).why;
        assert!(why.contains("base-q8_0 is too slow here") && why.contains("an estimate"), "{why}");
        assert!(why.contains("takes 0.30 s on this machine"), "{why}");
        // A figure of its own replaces it.
        assert_eq!(suits(&speeds(8, &[(SMALL, 0.3), (ORDINARY, 0.39)]))[1], Recommended);
    }

    #[test]
    fn a_model_that_takes_too_much_memory_is_not_offered() {
        let fast = |memory| speeds(memory, &[(ORDINARY, 0.01)]);
        assert_eq!(Advice::on(&fast(2), "small.en-q8_0").suits, Suits::TooLarge);
        assert_eq!(Advice::on(&fast(4), "small.en-q8_0").suits, Suits::Fits);
        assert_eq!(Advice::on(&fast(0), "small.en-q8_0").suits, Suits::Fits, "nobody says how much there is");
        assert_eq!(Advice::on(&fast(8), "an-imported-one").suits, Suits::Unknown);
    }
}
