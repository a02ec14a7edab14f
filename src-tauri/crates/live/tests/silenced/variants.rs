//! Every way of reading figures out that is masked in the text is silenced in the sound, and what must stay is heard.
//!
//! The ways are those of the text's tests. One voice of the sample call says each utterance. When each of its words was said is
//! reckoned here as speech has it: by letters, with a figure written `4` as long as the word `four`.

#[path = "../../../calls/src/redaction/variants.rs"]
mod said;

use crate::kept::{Kept, assert_only_silenced, is_silent, keep, sample_call, scripted};
use cueline_calls::Silenced;
use cueline_events::Lane;
use cueline_live::Pace;
use said::{AFTER_OTHERS, ALONE, IN_PIECES, OTHERS, PIECES_THAT_STAY, STAYS, UNASKED};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};
use tempfile::TempDir;

/// Frames a second of the sample call.
const RATE: usize = 8_000;
/// Where in it the customer speaks without a pause, in tenths of a second.
const SPOKEN: std::ops::Range<usize> = 325..359;
/// Between two utterances, in the same unit.
const PAUSE: usize = 15;

/// Calls of one utterance, of two and so on, in which nothing has to be silenced: files, and what was kept of each.
struct Untouched {
    folder: TempDir,
    kept: Mutex<BTreeMap<usize, &'static Kept>>,
}

static UNTOUCHED: LazyLock<Untouched> =
    LazyLock::new(|| Untouched { folder: tempfile::tempdir().unwrap(), kept: Mutex::default() });

impl Untouched {
    /// A call in which the customer says so many utterances.
    fn file(&self, utterances: usize) -> PathBuf {
        let file = self.folder.path().join(format!("{utterances}.wav"));
        if file.exists() {
            return file;
        }
        let sample = fs::read(sample_call()).unwrap();
        let data = sample.windows(4).position(|name| name == b"data").unwrap() + 8;
        let frames = |tenths: usize| tenths * RATE / 10 * 4;
        let spoken = &sample[data..][frames(SPOKEN.start)..frames(SPOKEN.end)];
        let pause = vec![0; frames(PAUSE)];
        let mut sound = pause.clone();
        for _ in 0..utterances {
            // The customer's lane alone: the agent listens.
            sound.extend(spoken.chunks_exact(4).flat_map(|frame| [0, 0, frame[2], frame[3]]));
            sound.extend(&pause);
        }
        let mut bytes = [&sample[..data], &sound].concat();
        bytes[data - 4..data].copy_from_slice(&(sound.len() as u32).to_le_bytes());
        bytes[4..8].copy_from_slice(&((data + sound.len() - 8) as u32).to_le_bytes());
        fs::write(&file, bytes).unwrap();
        file
    }

    fn kept(&self, utterances: usize) -> &'static Kept {
        let mut all = self.kept.lock().unwrap();
        all.entry(utterances).or_insert_with(|| {
            let kept = keep(&self.file(utterances), Pace::Max, scripted(&[]));
            assert_eq!((kept.finals.len(), &kept.silenced), (utterances, &vec![]));
            Box::leak(Box::new(kept))
        })
    }
}

/// The call in which the customer says this. Wherever it is not silent it is the untouched call's, sample by sample.
fn call(said: &[&'static str]) -> Kept {
    let words: Vec<(Lane, u32, &'static str)> =
        said.iter().enumerate().map(|(n, text)| (Lane::Customer, n as u32, *text)).collect();
    let kept = keep(&UNTOUCHED.file(said.len()), Pace::Max, scripted(&words));
    assert_eq!(kept.finals.len(), said.len(), "{said:?}: {:?}", kept.finals);
    assert_only_silenced(&kept, UNTOUCHED.kept(said.len()));
    kept
}

/// The bytes of a text that are masked: what stands between the parts that were left of it.
fn masked(text: &str, written: &str) -> Vec<std::ops::Range<usize>> {
    let mut left = Vec::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('[') {
        left.push(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    left.push(rest);
    let mut spans = Vec::new();
    let mut from = left[0].len();
    assert!(text.starts_with(left[0]), "{written} of {text}");
    for (n, part) in left.iter().enumerate().skip(1) {
        let last = n + 1 == left.len();
        let to = if last { text.len() - part.len() } else { from + text[from..].find(part).unwrap() };
        spans.push(from..to);
        from = to + part.len();
    }
    spans
}

/// How long a text is in the mouth, in letters.
fn letters(text: &str) -> f64 {
    const FIGURES: [usize; 10] = [4, 3, 3, 5, 4, 4, 3, 5, 5, 4];
    let letter = |c: char| match c.to_digit(10) {
        Some(figure) => FIGURES[figure as usize],
        None => usize::from(c.is_alphabetic()),
    };
    text.chars().map(letter).sum::<usize>() as f64
}

/// Looks at each utterance: its masked figures are silent; returns how many were.
#[track_caller]
fn figures_are_silent(said: &[&'static str], kept: &Kept) -> usize {
    let mut silent = 0;
    for (text, (_, start, end, written)) in said.iter().zip(&kept.finals) {
        let second = |byte: usize| start + (end - start) * letters(&text[..byte]) / letters(text);
        for span in masked(text, written) {
            let (from, to) = (second(span.start), second(span.end));
            assert!(
                is_silent(kept, from, to),
                "{:?} of {text:?}, {from} to {to} s: {:?}",
                &text[span],
                kept.silenced
            );
            silent += 1;
        }
    }
    silent
}

/// Whether nothing of an utterance is silent, but for what a neighbour's margin takes.
fn is_heard(kept: &Kept, utterance: usize) -> bool {
    let (_, start, end, _) = &kept.finals[utterance];
    let margin = Silenced::MARGIN;
    kept.silenced.iter().all(|one| one.end <= start + margin || one.start >= end - margin)
}

#[test]
fn every_way_to_read_figures_out_is_silenced() {
    let mut ways = 0;
    for (said, stays) in [ALONE, IN_PIECES, OTHERS].concat() {
        let kept = call(said);
        assert!(figures_are_silent(said, &kept) > 0, "{said:?}: {:?}", kept.finals);
        for stay in stays {
            // In one breath with figures it may go with them, as nobody knows to the word when they were said.
            let at = said.iter().position(|text| text.contains(stay)).unwrap();
            let alone = !kept.finals[at].3.contains('[');
            assert!(!alone || is_heard(&kept, at), "{stay:?} of {said:?}: {:?}", kept.silenced);
        }
        ways += 1;
    }
    assert!(ways >= 60, "{ways} ways");
}

#[test]
fn a_number_that_nobody_asked_for_is_silent_from_its_first_piece_on() {
    for said in [UNASKED, AFTER_OTHERS].concat() {
        let kept = call(said);
        for (text, (_, start, end, _)) in said.iter().zip(&kept.finals) {
            let asked = text.ends_with('?') || text.contains("card");
            assert!(asked || is_silent(&kept, *start, *end), "{text:?} of {said:?}: {:?}", kept.silenced);
        }
    }
}

#[test]
fn amounts_dates_and_call_back_numbers_are_heard() {
    let one_breath = STAYS.iter().map(|text| vec![*text]);
    let pieces = PIECES_THAT_STAY.iter().map(|said| said.to_vec());
    for said in one_breath.chain(pieces) {
        let kept = call(&said);
        assert_eq!(kept.silenced, [], "{said:?}");
    }
}
