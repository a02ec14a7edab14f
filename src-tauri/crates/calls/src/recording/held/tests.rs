use super::*;
use crate::RecordingState;
use crate::keys::{Key, Keys};
use crate::recording::{RecordingEnd, RecordingReader, path, silence};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

fn keys() -> Keys {
    Keys { store: Key::new([1; 32]), recordings: Key::new([2; 32]) }
}

fn begin() -> (TempDir, Uuid, HeldRecording) {
    let (dir, call) = (tempfile::tempdir().unwrap(), Uuid::now_v7());
    let writer = RecordingWriter::create(dir.path(), &keys(), call).unwrap();
    (dir, call, HeldRecording::new(writer))
}

/// A second of both lanes that is never silent, and never like another.
fn second(n: u64) -> Vec<i16> {
    (0..32_000).map(|i| (n as i16).wrapping_mul(331).wrapping_add(i as i16 % 251) | 1).collect()
}

fn read(dir: &TempDir, call: Uuid) -> (Vec<i16>, RecordingState, Vec<Range<u64>>) {
    let mut reader = RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
    let mut samples = Vec::new();
    while let Some(second) = reader.read_second().unwrap() {
        samples.extend(second);
    }
    let state = reader.state().unwrap();
    (samples, state, reader.silenced().to_vec())
}

fn on_disk(dir: &TempDir, call: Uuid) -> f64 {
    read(dir, call).1.seconds
}

fn is_silent(at: usize, silenced: &[Silenced]) -> bool {
    silenced.iter().any(|one| one.frames().contains(&(at as u64 / 2)))
}

#[test]
fn a_second_is_on_the_disk_once_its_words_are_known_and_not_before() {
    let (dir, call, mut held) = begin();
    for n in 0..4 {
        held.push_second(&second(n)).unwrap();
        assert_eq!(on_disk(&dir, call), 0.0);
    }
    for (until, seconds) in [(0.5, 0.0), (0.99, 0.0), (1.0, 1.0), (0.2, 1.0), (3.7, 3.0)] {
        held.judge(until, &[]).unwrap();
        assert_eq!(on_disk(&dir, call), seconds, "until {until}");
    }
    held.push_second(&second(4)).unwrap();
    assert!(!held.is_empty());
    held.judge(f64::INFINITY, &[]).unwrap();
    assert!(held.is_empty());
    held.push_second(&second(5)).unwrap();
    held.finish().unwrap();
    let (samples, state, silenced) = read(&dir, call);
    assert!(samples == (0..6).flat_map(second).collect::<Vec<i16>>());
    assert_eq!((state.end, state.missing, silenced.len()), (RecordingEnd::Finished, 0.0, 0));
}

#[test]
fn what_nobody_judged_in_time_is_left_out_and_told() {
    let (dir, call, mut held) = begin();
    held.judge(2.0, &[]).unwrap();
    for n in 0..LONGEST + 2 {
        held.push_second(&second(n)).unwrap();
    }
    for lost in 1..=3 {
        let error = held.push_second(&second(LONGEST + 1 + lost)).unwrap_err();
        assert_eq!(error.code(), "recording_left_out");
        assert!(error.to_string().contains(&format!(" {lost} seconds")), "{error}");
    }
    held.judge(f64::INFINITY, &[]).unwrap();
    held.finish().unwrap();
    let (samples, state, _) = read(&dir, call);
    assert_eq!((state.seconds, state.missing), (LONGEST as f64 + 5.0, 3.0));
    assert!(samples[..64_000] == [second(0), second(1)].concat());
    assert!(samples[64_000..160_000].iter().all(|sample| *sample == 0), "none of it was ever written");
    assert!(samples[160_000..] == (5..LONGEST + 5).flat_map(second).collect::<Vec<i16>>());
}

#[test]
fn a_call_that_ends_unjudged_keeps_its_length() {
    let (dir, call, mut held) = begin();
    held.push_second(&second(0)).unwrap();
    held.push_second(&second(1)[..8_000]).unwrap();
    held.judge(1.0, &[]).unwrap();
    assert_eq!(held.finish().unwrap_err().code(), "recording_left_out");
    let (samples, state, _) = read(&dir, call);
    assert_eq!((state.end, state.seconds, state.missing), (RecordingEnd::Finished, 1.25, 0.25));
    assert!(samples[..32_000] == second(0) && samples[32_000..].iter().all(|sample| *sample == 0));
}

#[test]
fn figures_that_are_found_later_are_silenced_in_a_recording_of_a_new_key() {
    let (dir, call, mut held) = begin();
    (0..3).for_each(|n| held.push_second(&second(n)).unwrap());
    let known = Silenced { start: 0.25, end: 0.5 };
    held.judge(3.0, &[known]).unwrap();
    (3..6).for_each(|n| held.push_second(&second(n)).unwrap());
    held.finish().unwrap_err();
    let before = std::fs::read(path(dir.path(), call)).unwrap();
    assert!(!silence(dir.path(), &keys(), call, &[known]).unwrap(), "that is silent already");
    assert_eq!(std::fs::read(path(dir.path(), call)).unwrap(), before);

    let found = Silenced { start: 0.9, end: 2.1 };
    assert!(silence(dir.path(), &keys(), call, &[found]).unwrap());
    let after = std::fs::read(path(dir.path(), call)).unwrap();
    assert_ne!(before[32..48], after[32..48], "no two files share a salt");
    let (samples, state, silenced) = read(&dir, call);
    assert_eq!((state.end, state.seconds, state.missing), (RecordingEnd::Finished, 6.0, 3.0));
    assert_eq!(silenced, [4_000..8_000, 14_400..33_600]);
    let all: Vec<i16> = (0..3).flat_map(second).collect();
    for (at, sample) in samples.iter().take(96_000).enumerate() {
        let expected = if is_silent(at, &[known, found]) { 0 } else { all[at] };
        assert_eq!(*sample, expected, "sample {at}");
    }
    assert!(!crate::recording::unfinished(dir.path(), call).exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is judged when: what was to be silent is, and every other sample is as it was said.
    #[test]
    fn only_what_was_to_be_silent_is(
        steps in prop::collection::vec((0.0_f64..6.0, 0.0_f64..3.0, 0.0_f64..0.9), 1..6),
        length in 1_u64..7,
    ) {
        let (dir, call, mut held) = begin();
        let mut silenced: Vec<Silenced> = Vec::new();
        let mut judged = 0.0_f64;
        let mut pushed = 0;
        for (start, length_of, ahead) in steps {
            // A call never silences what it has called understood.
            let start = start.max(judged);
            let one = Silenced { start, end: start + length_of };
            silenced.push(one);
            if pushed < length {
                held.push_second(&second(pushed)).unwrap();
                pushed += 1;
            }
            judged = judged.max(start - ahead);
            held.judge(judged, &[one]).unwrap();
        }
        (pushed..length).for_each(|n| held.push_second(&second(n)).unwrap());
        held.judge(f64::INFINITY, &[]).unwrap();
        held.finish().unwrap();
        let all: Vec<i16> = (0..length).flat_map(second).collect();
        let (samples, _, marked) = read(&dir, call);
        prop_assert_eq!(samples.len(), all.len());
        for (at, sample) in samples.iter().enumerate() {
            let silent = is_silent(at, &silenced);
            prop_assert_eq!(*sample, if silent { 0 } else { all[at] }, "sample {}", at);
            prop_assert_eq!(marked.iter().any(|one| one.contains(&(at as u64 / 2))), silent);
        }
    }
}
