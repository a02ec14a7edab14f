use super::*;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::f64::consts::TAU;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder of recordings that the test writes.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A recording of tones, one per channel, of half the full scale; 0 Hz is silence.
    fn tones(&self, name: &str, spec: WavSpec, hertz: &[f64], seconds: f64) -> PathBuf {
        let path = self.0.path().join(name);
        let mut writer = WavWriter::create(&path, spec).unwrap();
        for n in 0..(seconds * f64::from(spec.sample_rate)) as u64 {
            for hertz in hertz {
                let sample = 0.5 * (TAU * hertz * n as f64 / f64::from(spec.sample_rate)).sin();
                match spec.sample_format {
                    SampleFormat::Float => writer.write_sample(sample as f32).unwrap(),
                    SampleFormat::Int => {
                        let full = 2.0_f64.powi(i32::from(spec.bits_per_sample) - 1) - 1.0;
                        writer.write_sample((sample * full).round() as i32).unwrap();
                    }
                }
            }
        }
        writer.finalize().unwrap();
        path
    }
}

fn spec(channels: u16, sample_rate: u32, bits_per_sample: u16) -> WavSpec {
    WavSpec { channels, sample_rate, bits_per_sample, sample_format: SampleFormat::Int }
}

/// RMS and peak of each 100 ms.
type Levels = Vec<(f32, f32)>;

/// Both lanes' samples and levels; fails where blocks are not contiguous or the lanes are not side by side.
fn read_all(mut file: CallFile) -> ([Vec<f32>; 2], [Levels; 2]) {
    let (mut lanes, mut levels) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    while let Some(events) = file.read().unwrap() {
        for event in events {
            match event {
                LaneEvent::Samples(block) => {
                    let lane: &mut Vec<f32> = &mut lanes[block.lane.index()];
                    assert_eq!(block.start, lane.len() as u64);
                    lane.extend(block.samples);
                }
                LaneEvent::Level { lane, rms_db, peak_db } => levels[lane.index()].push((rms_db, peak_db)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(lanes[0].len(), lanes[1].len());
    }
    assert!(file.read().unwrap().is_none());
    (lanes, levels)
}

/// How far a lane is from the tone it should be, away from its ends.
fn error(lane: &[f32], hertz: f64) -> f64 {
    let inner = 1_600..lane.len() - 1_600;
    let count = inner.len() as f64;
    let square = |n: usize| (f64::from(lane[n]) - 0.5 * (TAU * hertz * n as f64 / 16_000.0).sin()).powi(2);
    (inner.map(square).sum::<f64>() / count).sqrt()
}

fn code(result: Result<CallFile, AudioError>) -> &'static str {
    result.err().map_or("no error", |error| error.code())
}

#[test]
fn every_kind_of_sample_and_rate_is_read_and_the_lanes_stay_apart() {
    let folder = Folder::new();
    let float =
        WavSpec { channels: 2, sample_rate: 48_000, bits_per_sample: 32, sample_format: SampleFormat::Float };
    for (spec, exact) in [
        (spec(2, 8_000, 8), 0.01),
        (spec(2, 8_000, 16), 0.003),
        (spec(2, 16_000, 16), 0.0001),
        (spec(2, 22_050, 16), 0.03),
        (spec(2, 44_100, 24), 0.003),
        (spec(2, 48_000, 32), 0.003),
        (float, 0.003),
    ] {
        let path = folder.tones("call.wav", spec, &[440.0, 0.0], 2.0);
        let file = CallFile::open(path, None).unwrap();
        assert!((file.duration() - 2.0).abs() < 1e-9, "{spec:?}");
        assert!(file.notices().is_empty());
        let (lanes, levels) = read_all(file);
        assert_eq!(lanes[0].len(), 32_000);
        assert!(error(&lanes[0], 440.0) < exact, "{spec:?} is off by {}", error(&lanes[0], 440.0));
        assert!(
            lanes[1].iter().all(|sample| *sample == 0.0),
            "the left lane is heard on the right: {spec:?}"
        );
        assert_eq!([levels[0].len(), levels[1].len()], [20, 20]);
        assert!(
            (levels[0][10].0 - -9.03).abs() < 0.2 && (levels[0][10].1 - -6.02).abs() < 0.2,
            "{:?}",
            levels[0][10]
        );
        assert_eq!(levels[1][10], (-90.0, -90.0));
    }
}

#[test]
fn one_channel_is_the_lane_it_is_given_as() {
    let folder = Folder::new();
    let path = folder.tones("side.wav", spec(1, 44_100, 16), &[440.0], 1.234);
    for lane in Lane::BOTH {
        let (lanes, _) = read_all(CallFile::open(&path, Some(lane)).unwrap());
        assert_eq!(lanes[0].len(), 19_744);
        assert!(error(&lanes[lane.index()], 440.0) < 0.003);
        assert!(lanes[lane.other().index()].iter().all(|sample| *sample == 0.0));
    }
    assert_eq!(code(CallFile::open(&path, None)), "lane_missing");
}

#[test]
fn a_pair_may_differ_in_rate_and_length() {
    let folder = Folder::new();
    let agent = folder.tones("agent.wav", spec(1, 8_000, 16), &[300.0], 1.0);
    let customer = folder.tones("customer.wav", spec(1, 48_000, 24), &[700.0], 2.5);
    let file = CallFile::open_pair(&agent, &customer).unwrap();
    assert!((file.duration() - 2.5).abs() < 1e-9);
    let (lanes, _) = read_all(file);
    assert_eq!(lanes[0].len(), 40_000);
    assert!(error(&lanes[0][..16_000], 300.0) < 0.003);
    assert!(lanes[0][16_100..].iter().all(|sample| *sample == 0.0));
    assert!(error(&lanes[1], 700.0) < 0.003);

    let stereo = folder.tones("both.wav", spec(2, 8_000, 16), &[300.0, 300.0], 1.0);
    let error = CallFile::open_pair(&agent, &stereo).err().unwrap();
    assert_eq!(error.code(), "lane_unwanted");
    assert!(error.to_string().contains("both.wav has two channels and was given as the customer lane"));
}

#[test]
fn what_is_not_a_call_is_refused_with_its_place() {
    let folder = Folder::new();
    let stereo = folder.tones("stereo.wav", spec(2, 8_000, 16), &[300.0, 0.0], 0.5);
    let good = std::fs::read(&stereo).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = good.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    let wide = folder.tones("wide.wav", spec(3, 8_000, 16), &[300.0, 0.0, 0.0], 0.5);
    let silent = folder.tones("none.wav", spec(2, 8_000, 16), &[300.0, 0.0], 0.0);

    assert_eq!(code(CallFile::open(&stereo, Some(Lane::Agent))), "lane_unwanted");
    assert_eq!(code(CallFile::open(wide, None)), "too_many_channels");
    assert_eq!(code(CallFile::open(silent, None)), "empty_file");
    assert_eq!(code(CallFile::open(folder.0.path().join("absent.wav"), None)), "file_unreadable");

    for (name, bytes, place) in [
        ("empty", vec![], "byte 0: the file is empty"),
        ("text", b"Dear sir or madam, this is no recording.".to_vec(), "byte 0: not a WAV file"),
        ("flac", with(0, b"fLaC"), "byte 0: not a WAV file"),
        ("big-endian", with(0, b"RIFX"), "byte 0: a relative of the WAV format"),
        ("first-header-cut", good[..10].to_vec(), "byte 10: the file ends within its first header"),
        ("format-cut", good[..30].to_vec(), "byte 30: the file ends within its format chunk"),
        ("data-cut", good[..40].to_vec(), "byte 36: the file ends before its sound data"),
        ("no-format", with(12, b"junk"), "byte 36: sound data before the format chunk"),
        ("short-format", with(16, &[4, 0, 0, 0]), "byte 12: a format chunk of 4 bytes"),
        ("no-channels", with(22, &[0, 0]), "byte 12: file contains zero channels"),
        ("no-rate", with(24, &[0, 0, 0, 0]), "byte 12: a sample rate of 0"),
        ("endless-rate", with(24, &[255, 255, 255, 255]), "byte 12: a sample rate of 4294967295"),
        ("mu-law", with(20, &[7, 0]), "byte 12: a kind of sample that Cueline does not read"),
    ] {
        let error = CallFile::open(folder.bytes(name, &bytes), None).err();
        let text = error.map_or_else(|| "no error".to_owned(), |error| error.to_string());
        assert!(text.contains(place), "{name}: {text}");
    }
}

/// The most repeated loss of data of this field: a recorder that is killed leaves a length of 0, or none that is
/// true, and readers then see an empty file.
#[test]
fn a_recording_that_was_never_finished_is_read_to_its_end() {
    let folder = Folder::new();
    let good = std::fs::read(folder.tones("good.wav", spec(2, 8_000, 16), &[440.0, 0.0], 2.0)).unwrap();
    let length = |bytes: [u8; 4]| {
        let mut changed = good.clone();
        changed[40..44].copy_from_slice(&bytes);
        changed
    };
    let mut cut_in_a_frame = good.clone();
    cut_in_a_frame.truncate(good.len() - 5);
    for (name, bytes, samples) in [
        ("zero.wav", length([0; 4]), 32_000),
        ("endless.wav", length([0xff; 4]), 32_000),
        ("larger.wav", length([0, 0, 1, 0]), 32_000),
        ("cut.wav", cut_in_a_frame, 31_996),
    ] {
        let file = CallFile::open(folder.bytes(name, &bytes), None).unwrap();
        assert_eq!(file.notices()[0].code, "recording_unfinished", "{name}");
        assert!(file.notices()[0].message.contains(name));
        let (lanes, _) = read_all(file);
        assert_eq!(lanes[0].len(), samples, "{name}");
        assert!(error(&lanes[0], 440.0) < 0.003, "{name}");
    }
}

#[test]
fn a_length_of_zero_that_is_meant_stays_zero() {
    let folder = Folder::new();
    let mut bytes = std::fs::read(folder.tones("x.wav", spec(2, 8_000, 16), &[440.0, 0.0], 0.0)).unwrap();
    bytes.extend(b"LIST\x04\x00\x00\x00INFO");
    assert_eq!(code(CallFile::open(folder.bytes("y.wav", &bytes), None)), "empty_file");
}

/// Recorders put their notes before the sound, some of an odd length, which is followed by one more byte.
#[test]
fn chunks_before_the_sound_are_skipped() {
    let folder = Folder::new();
    let good = std::fs::read(folder.tones("good.wav", spec(2, 16_000, 16), &[440.0, 0.0], 1.0)).unwrap();
    let mut bytes = good[..12].to_vec();
    bytes.extend(b"note\x03\x00\x00\x00abc\x00");
    bytes.extend(&good[12..]);
    let (lanes, _) = read_all(CallFile::open(folder.bytes("noted.wav", &bytes), None).unwrap());
    assert_eq!(lanes[0].len(), 16_000);
    assert!(error(&lanes[0], 440.0) < 0.0001);
}

#[test]
fn what_is_no_number_in_a_float_file_is_silence() {
    let folder = Folder::new();
    let spec =
        WavSpec { channels: 1, sample_rate: 16_000, bits_per_sample: 32, sample_format: SampleFormat::Float };
    let path = folder.0.path().join("nan.wav");
    let mut writer = WavWriter::create(&path, spec).unwrap();
    for sample in [0.5, f32::NAN, f32::INFINITY, -0.5] {
        writer.write_sample(sample).unwrap();
    }
    writer.finalize().unwrap();
    let (lanes, _) = read_all(CallFile::open(path, Some(Lane::Agent)).unwrap());
    assert_eq!(lanes[0], [0.5, 0.0, 0.0, -0.5]);
}

proptest::proptest! {
    /// No file, however broken, may bring the program down.
    #[test]
    fn broken_bytes_are_an_error_or_a_recording(
        at in 0_usize..60,
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..12),
        cut in 0_usize..400,
    ) {
        let folder = Folder::new();
        let mut file = std::fs::read(folder.tones("x.wav", spec(2, 8_000, 16), &[440.0, 0.0], 0.01)).unwrap();
        for (n, byte) in bytes.into_iter().enumerate() {
            if let Some(place) = file.get_mut(at + n) {
                *place = byte;
            }
        }
        file.truncate(cut.max(1));
        if let Ok(mut call) = CallFile::open(folder.bytes("y.wav", &file), None) {
            while let Ok(Some(_)) = call.read() {}
        }
    }
}
