use super::*;
use crate::StoreError;
use crate::keys::{Key, Keys};
use proptest::prelude::*;
use std::sync::LazyLock;
use tempfile::TempDir;

fn keys() -> Keys {
    Keys { store: Key::new([1; 32]), recordings: Key::new([2; 32]) }
}

/// Short chunks, so that every byte can be tried.
fn recording(chunks: usize, finish: bool) -> (TempDir, Uuid, Vec<u8>) {
    let (dir, call) = (tempfile::tempdir().unwrap(), Uuid::now_v7());
    let mut writer = RecordingWriter::create(dir.path(), &keys(), call).unwrap();
    for n in 0..chunks {
        writer.push_second(&[n as i16 + 1; 8]).unwrap();
    }
    if finish {
        writer.finish().unwrap();
    }
    let bytes = std::fs::read(path(dir.path(), call)).unwrap();
    (dir, call, bytes)
}

fn state(dir: &TempDir, call: Uuid, bytes: &[u8]) -> Result<RecordingState, StoreError> {
    std::fs::write(path(dir.path(), call), bytes).unwrap();
    RecordingReader::open(dir.path(), &keys(), call)?.unwrap().state()
}

fn whole(end: RecordingEnd, frames: usize) -> RecordingState {
    RecordingState { end, seconds: seconds(frames), missing: 0.0, silenced: 0.0 }
}

fn seconds(frames: usize) -> f64 {
    frames as f64 / 16_000.0
}

#[test]
fn what_was_written_is_read() {
    let (dir, call, _) = recording(3, true);
    let mut reader = RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
    for n in 1..=3 {
        assert_eq!(reader.read_second().unwrap(), Some(vec![n; 8]));
    }
    assert_eq!(reader.read_second().unwrap(), None);
    assert_eq!(reader.state().unwrap(), whole(RecordingEnd::Finished, 12));
}

#[test]
fn a_recording_cut_anywhere_keeps_its_whole_chunks_and_can_be_repaired() {
    let (dir, call, bytes) = recording(3, true);
    let chunk = 5 + 16 + 16;
    for cut in 48..bytes.len() {
        let whole_chunks = (cut - 48) / chunk;
        let frames = 4 * whole_chunks.min(3);
        assert_eq!(state(&dir, call, &bytes[..cut]).unwrap(), whole(RecordingEnd::Torn, frames), "{cut}");
        assert_eq!(repair(dir.path(), &keys(), call).unwrap(), Some(seconds(frames)));
        let mut reader = RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
        assert_eq!(reader.state().unwrap(), whole(RecordingEnd::Repaired, frames));
        assert_eq!(repair(dir.path(), &keys(), call).unwrap(), Some(seconds(frames)));
    }
    for cut in 0..48 {
        assert_eq!(state(&dir, call, &bytes[..cut]).unwrap_err().code(), "store_damaged");
        assert_eq!(repair(dir.path(), &keys(), call).unwrap(), None);
    }
}

#[test]
fn a_last_chunk_that_was_not_written_through_counts_as_torn() {
    let (dir, call, mut bytes) = recording(2, false);
    let tail = bytes.len() - 20;
    bytes[tail..].fill(0);
    assert_eq!(state(&dir, call, &bytes).unwrap(), whole(RecordingEnd::Torn, 4));
}

#[test]
fn swapped_repeated_and_foreign_chunks_are_noticed() {
    let (dir, call, bytes) = recording(3, true);
    let chunk = |n: usize| 48 + n * 37..48 + (n + 1) * 37;
    let swapped = [&bytes[..48], &bytes[chunk(1)], &bytes[chunk(0)], &bytes[chunk(2).start..]].concat();
    let repeated = [&bytes[..chunk(0).end], &bytes[chunk(0)], &bytes[chunk(2).start..]].concat();
    let without = [&bytes[..chunk(0).end], &bytes[chunk(2).start..]].concat();
    let longer = [&bytes[..], &bytes[chunk(0)]].concat();
    let (_, _, other) = recording(3, true);
    let foreign = [&bytes[..48], &other[48..]].concat();
    for (name, bad) in [
        ("swapped", swapped),
        ("repeated", repeated),
        ("without", without),
        ("longer", longer),
        ("foreign", foreign),
    ] {
        assert_eq!(state(&dir, call, &bad).unwrap_err().code(), "store_damaged", "{name}");
    }
    assert_eq!(state(&dir, call, &other).unwrap_err().code(), "store_damaged", "another call's file");
}

#[test]
fn more_than_a_second_or_half_a_frame_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = RecordingWriter::create(dir.path(), &keys(), Uuid::now_v7()).unwrap();
    assert_eq!(writer.push_second(&[0; 32_002]).unwrap_err().code(), "unfit");
    assert_eq!(writer.push_second(&[0; 3]).unwrap_err().code(), "unfit");
}

static WHOLE: LazyLock<(TempDir, Uuid, Vec<u8>)> = LazyLock::new(|| recording(3, true));

proptest! {
    #[test]
    fn any_flipped_bit_is_noticed(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let (dir, call, good) = &*WHOLE;
        let at = at.index(good.len());
        let mut bytes = good.clone();
        bytes[at] ^= 1 << bit;
        let complete = matches!(state(dir, *call, &bytes), Ok(RecordingState { end: RecordingEnd::Finished, .. }));
        prop_assert!(!complete, "byte {at}, bit {bit}");
    }
}

/// Two seconds of audio, two and a half of silence for what is missing, half a second of audio.
fn patchy() -> (TempDir, Uuid) {
    let (dir, call) = (tempfile::tempdir().unwrap(), Uuid::now_v7());
    let mut writer = RecordingWriter::create(dir.path(), &keys(), call).unwrap();
    for n in 1..=2 {
        writer.push_second(&[n * 1_000; 32_000]).unwrap();
    }
    writer.push_missing(40_000).unwrap();
    writer.push_second(&[[i16::MIN, 5]; 8_000].concat()).unwrap();
    writer.finish().unwrap();
    (dir, call)
}

#[test]
fn a_part_is_what_the_whole_has_there() {
    let (dir, call) = patchy();
    let reader = || RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
    let mut whole = Vec::new();
    let mut all = reader();
    while let Some(second) = all.read_second().unwrap() {
        whole.extend(second);
    }
    assert_eq!(whole.len(), 5 * 32_000);
    for start in 0..=11 {
        for length in [0, 1, 2, 3, 20] {
            let (start, end) = (f64::from(start) / 2.0, f64::from(start + length) / 2.0);
            let sample = |second: f64| ((second * 32_000.0) as usize).min(whole.len());
            let part = reader().audio(start, end).unwrap();
            assert!(part == whole[sample(start)..sample(end)], "{start} to {end}");
        }
    }
    assert!(reader().audio(-3.0, 0.5).unwrap() == whole[..16_000]);
    assert!(reader().audio(3.0, 2.0).unwrap().is_empty());
}

#[test]
fn a_waveform_has_each_lane_s_peaks() {
    let (dir, call) = patchy();
    let reader = || RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
    let waveform = reader().waveform(10).unwrap();
    assert_eq!(waveform.seconds, 5.0);
    assert_eq!(waveform.agent, [8, 8, 16, 16, 0, 0, 0, 0, 0, 255]);
    assert_eq!(waveform.customer, [8, 8, 16, 16, 0, 0, 0, 0, 0, 1]);
    assert_eq!(reader().waveform(0).unwrap().agent, [255]);
}

#[test]
fn a_part_is_refused_where_it_was_changed_and_only_there() {
    let (dir, call) = patchy();
    let file = path(dir.path(), call);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[500] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let reader = || RecordingReader::open(dir.path(), &keys(), call).unwrap().unwrap();
    assert_eq!(reader().audio(0.2, 0.4).unwrap_err().code(), "store_damaged");
    assert_eq!(reader().audio(1.0, 2.0).unwrap().len(), 32_000);
}
