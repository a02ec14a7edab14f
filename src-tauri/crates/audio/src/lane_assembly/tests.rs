use super::*;
use crate::capture_callback::tests::write;
use crate::capture_callback::{RingWriter, ring};
use crate::drift::SLIP;
use proptest::prelude::*;
use std::time::Instant;

/// A lane with a sound card and a clock that the test moves.
struct Bench {
    writer: RingWriter,
    reader: RingReader,
    lane: LaneAssembly,
    rate: u32,
    events: Vec<LaneEvent>,
}

impl Bench {
    fn new(kind: DeviceKind, rate: u32) -> Self {
        let (writer, reader) = ring(rate, 1, Instant::now());
        let lane = LaneAssembly::new(Lane::Customer, kind, rate, 0.0);
        Self { writer, reader, lane, rate, events: Vec::new() }
    }

    /// A callback at `arrived` with so many seconds of a constant.
    fn deliver(&mut self, arrived: f64, seconds: f64, value: f32) {
        let frames = (seconds * f64::from(self.rate)).round() as usize;
        write(&mut self.writer, &vec![value; frames], arrived);
    }

    fn read(&mut self, now: f64) {
        self.lane.take(&mut self.reader, &mut self.events);
        self.lane.follow_clock(now, &mut self.events);
    }

    /// A stream that delivers 20 ms every 20 ms and is read as often.
    fn run(&mut self, from: f64, to: f64, value: f32) {
        for n in 1..=((to - from) * 50.0).round() as u32 {
            let now = from + f64::from(n) * 0.02;
            self.deliver(now, 0.02, value);
            self.read(now);
        }
    }

    fn gaps(&self) -> Vec<(f64, f64)> {
        let gap = |event: &LaneEvent| match event {
            LaneEvent::Gap { start, end, .. } => Some((*start, *end)),
            _ => None,
        };
        self.events.iter().filter_map(gap).collect()
    }

    /// The lane's samples; fails where a block does not begin where the last one ended.
    fn samples(&mut self) -> Vec<f32> {
        self.lane.finish(&mut self.events);
        let mut samples = Vec::new();
        for event in &self.events {
            if let LaneEvent::Samples(block) = event {
                assert_eq!(block.start, samples.len() as u64);
                samples.extend_from_slice(&block.samples);
            }
        }
        samples
    }
}

/// The seconds at which a lane goes from silence to sound.
fn onsets(samples: &[f32]) -> Vec<f64> {
    let rises = samples.windows(2).enumerate().filter(|(_, pair)| pair[0] < 0.25 && pair[1] >= 0.25);
    rises.map(|(n, _)| (n + 1) as f64 / 16_000.0).collect()
}

fn close(found: &[f64], expected: &[f64], within: f64) {
    let close =
        found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| (f - e).abs() < within);
    assert!(close, "{found:?} instead of {expected:?}");
}

#[test]
fn a_lane_begins_with_the_call_and_not_with_its_device() {
    // The stream runs 0.3 s before the call begins, or begins 0.3 s after it.
    for begins in [-0.3, 0.3] {
        let mut bench = Bench::new(DeviceKind::Microphone, 48_000);
        bench.run(begins, 1.0, 0.0);
        bench.run(1.0, 2.0, 0.5);
        let samples = bench.samples();
        assert!((samples.len() as f64 - 32_000.0).abs() <= 2.0, "{}", samples.len());
        close(&onsets(&samples), &[1.0], 0.001);
        assert!(bench.gaps().is_empty());
    }
}

/// WASAPI's loopback does not call back while nothing plays.
#[test]
fn a_silent_loopback_is_filled_by_the_clock_and_is_no_loss() {
    let mut bench = Bench::new(DeviceKind::Loopback, 48_000);
    bench.run(0.0, 1.0, 0.5);
    for n in 50..=250 {
        let now = f64::from(n) * 0.02;
        bench.read(now);
        let behind = now - bench.lane.position();
        assert!(behind <= LOOPBACK_GRACE + 0.001, "{behind} s behind the clock");
    }
    bench.run(5.0, 6.0, 0.5);
    close(&onsets(&bench.samples()), &[0.0, 5.0][1..], 0.001);
    assert!(bench.gaps().is_empty());
}

#[test]
fn a_microphone_that_stalls_has_lost_something() {
    let mut bench = Bench::new(DeviceKind::Microphone, 44_100);
    bench.run(0.0, 1.0, 0.5);
    for n in 50..125 {
        bench.read(f64::from(n) * 0.02);
    }
    bench.run(2.5, 3.0, 0.5);
    let [(start, end)] = bench.gaps()[..] else { panic!("{:?}", bench.gaps()) };
    close(&[start, end], &[1.0, 2.5], 0.001);
    close(&onsets(&bench.samples()), &[2.5], 0.001);
}

/// A busy machine: nothing for 0.3 s, then all of it at once. Nothing is missing, so nothing is filled.
#[test]
fn a_late_burst_is_not_a_loss() {
    for kind in [DeviceKind::Microphone, DeviceKind::Loopback] {
        let mut bench = Bench::new(kind, 48_000);
        bench.run(0.0, 1.0, 0.0);
        for _ in 0..15 {
            bench.deliver(1.3, 0.02, 0.0);
        }
        bench.read(1.3);
        bench.run(1.3, 2.0, 0.5);
        close(&onsets(&bench.samples()), &[1.3], 0.001);
        assert!(bench.gaps().is_empty());
    }
}

/// The lane's thread was kept from reading for ten seconds: what the ring did not hold is a gap of that length,
/// and what comes after it is in its place.
#[test]
fn an_overflow_is_a_gap_of_what_was_lost() {
    for kind in [DeviceKind::Microphone, DeviceKind::Loopback] {
        let mut bench = Bench::new(kind, 48_000);
        bench.run(0.0, 1.0, 0.0);
        for n in 51..=550 {
            bench.deliver(f64::from(n) * 0.02, 0.02, 0.0);
        }
        bench.read(11.0);
        bench.run(11.0, 12.0, 0.5);
        assert_eq!(bench.reader.lost(), 6 * 48_000);
        let [(start, end)] = bench.gaps()[..] else { panic!("{:?}", bench.gaps()) };
        close(&[start, end], &[5.0, 11.0], 0.001);
        close(&onsets(&bench.samples()), &[11.0], 0.001);
    }
}

#[test]
fn a_lost_device_may_come_back_at_another_rate() {
    for (kind, rate, back) in [
        (DeviceKind::Microphone, 48_000, 44_100),
        (DeviceKind::Loopback, 44_100, 16_000),
        (DeviceKind::Microphone, 16_000, 48_000),
    ] {
        let mut bench = Bench::new(kind, rate);
        bench.run(0.0, 1.0, 0.5);
        bench.lane.lose();
        for n in 50..=200 {
            bench.read(f64::from(n) * 0.02);
        }
        (bench.writer, bench.reader) = ring(back, 1, Instant::now());
        bench.rate = back;
        bench.lane.resume(kind, back, 4.0, &mut bench.events);
        bench.run(4.0, 5.0, 0.5);
        let [(start, end)] = bench.gaps()[..] else { panic!("{:?}", bench.gaps()) };
        close(&[start, end], &[1.0, 4.0], 0.001);
        let samples = bench.samples();
        close(&onsets(&samples), &[4.0], 0.002);
        assert!((samples.len() as f64 - 80_000.0).abs() < 4.0, "{}", samples.len());
    }
}

#[test]
fn a_call_that_ends_while_its_device_is_lost_ends_with_a_gap() {
    let mut bench = Bench::new(DeviceKind::Loopback, 48_000);
    bench.run(0.0, 1.0, 0.5);
    bench.lane.lose();
    bench.read(3.0);
    assert!((bench.samples().len() as f64 / 16_000.0 - 2.6).abs() < 0.001);
    let [(start, end)] = bench.gaps()[..] else { panic!("{:?}", bench.gaps()) };
    close(&[start, end], &[1.0, 2.6], 0.001);
}

/// A sound card that is 0.05 percent too slow or too fast strays by 0.6 s in twenty minutes.
#[test]
fn a_sound_card_that_strays_is_held_to_the_clock() {
    for fault in [-0.0005, 0.0005] {
        let mut bench = Bench::new(DeviceKind::Microphone, 16_000);
        let minutes = 20.0;
        for n in 1..=(minutes * 60.0 * 50.0) as u32 {
            let now = f64::from(n) * 0.02 * (1.0 + fault);
            bench.deliver(now, 0.02, 0.1);
            bench.read(now);
            let apart = now - bench.lane.position();
            assert!(apart.abs() < 0.06, "{apart} s apart at {now} s");
            bench.events.clear();
        }
    }
}

/// Two sound cards that are 200 ppm apart: what both hear at one moment of the call stands within 45 ms of it in each
/// lane for an hour, so the lanes never come further apart than 90 ms, where they would have been 720 ms apart.
#[test]
fn two_lanes_stay_side_by_side_for_an_hour() {
    const BOUND: f64 = 0.045;
    for faults in [[0.0, 200e-6], [-200e-6, 0.0], [-100e-6, 100e-6]] {
        let onsets = faults.map(minutes_heard);
        for (minute, (a, b)) in (1..60).zip(onsets[0].iter().zip(&onsets[1])) {
            let due = f64::from(minute) * 60.0;
            assert!((a - due).abs() < BOUND && (b - due).abs() < BOUND, "{a} s and {b} s, due at {due} s");
        }
        // The faster card also reaches the last second of the hour.
        assert!(onsets.iter().all(|onsets| (59..=60).contains(&onsets.len())));
    }
}

/// Where in its lane a sound card of this fault puts the sounds that come at each full minute of an hour.
fn minutes_heard(fault: f64) -> Vec<f64> {
    let mut bench = Bench::new(DeviceKind::Microphone, 16_000);
    let (mut onsets, mut last) = (Vec::new(), 0.0);
    for n in 1..=(3_600 * 50) {
        let now = f64::from(n) * 0.02 * (1.0 + fault);
        let frame = |k: u32| {
            let at = now - 0.02 * (1.0 + fault) * (1.0 - f64::from(k) / 320.0);
            if at > 30.0 && at % 60.0 < 0.1 { 0.5 } else { 0.0 }
        };
        write(&mut bench.writer, &(0..320).map(frame).collect::<Vec<f32>>(), now);
        bench.read(now);
        for event in bench.events.drain(..) {
            let LaneEvent::Samples(block) = event else { continue };
            for (sample, index) in block.samples.iter().zip(block.start..) {
                if last < 0.25 && *sample >= 0.25 {
                    onsets.push(index as f64 / 16_000.0);
                }
                last = *sample;
            }
        }
    }
    onsets
}

/// A server that dropped 100 ms without a word: the lane gets them back one sample at a time, and the loss is told.
#[test]
fn what_was_dropped_in_silence_is_made_up_for_without_a_click() {
    let mut bench = Bench::new(DeviceKind::Loopback, 16_000);
    let mut sent = 0;
    for n in 1..=600 {
        let frames: Vec<f32> = (sent..sent + 1_600).map(|n| n as f32 / 1_000_000.0).collect();
        sent += 1_600;
        let now = f64::from(n) * 0.1 + if n > 150 { 0.1 } else { 0.0 };
        write(&mut bench.writer, &frames, now);
        bench.read(now);
    }
    assert!((60.1 - bench.lane.position()).abs() < 0.001);
    let samples = bench.samples();
    let doubled: Vec<usize> = (1..samples.len()).filter(|n| samples[*n] == samples[*n - 1]).collect();
    assert_eq!(doubled.len(), 1_600);
    assert!(doubled.windows(2).all(|pair| pair[1] - pair[0] >= SLIP), "{doubled:?}");
    let gaps = bench.gaps();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    close(&[gaps[0].1 - gaps[0].0], &[0.1], 0.001);
}

#[test]
fn an_hour_asleep_is_caught_up_with_in_steps() {
    let mut bench = Bench::new(DeviceKind::Loopback, 16_000);
    bench.run(0.0, 1.0, 0.5);
    let mut reads = 0;
    while bench.lane.position() < 3_600.0 - LOOPBACK_GRACE - 0.001 {
        let before = bench.lane.position();
        bench.read(3_600.0);
        assert!(bench.lane.position() - before <= LONGEST_FILL);
        reads += 1;
    }
    assert_eq!(reads, 60);
}

proptest! {
    /// Whatever the sizes of the callbacks and whenever the lane is read: no sample is lost, none is moved.
    #[test]
    fn any_callbacks_give_the_same_lane(
        rate in prop::sample::select(vec![16_000_u32, 44_100, 48_000]),
        sizes in prop::collection::vec((1_usize..9_000, any::<bool>()), 1..60),
    ) {
        let (mut writer, mut reader) = ring(rate, 1, Instant::now());
        let mut lane = LaneAssembly::new(Lane::Agent, DeviceKind::Microphone, rate, 0.0);
        let (mut events, mut given) = (Vec::new(), Vec::new());
        for (size, read) in sizes {
            let frames: Vec<f32> = (given.len()..given.len() + size).map(|n| (n % 331) as f32 / 331.0).collect();
            given.extend_from_slice(&frames);
            let now = given.len() as f64 / f64::from(rate);
            write(&mut writer, &frames, now);
            if read || given.len() as u32 % rate > rate / 2 {
                lane.take(&mut reader, &mut events);
                lane.follow_clock(now, &mut events);
            }
        }
        lane.take(&mut reader, &mut events);
        prop_assert_eq!(reader.lost(), 0);
        lane.finish(&mut events);
        let mut expected = Vec::new();
        let mut resampler = Resampler::new(rate);
        resampler.push(&given, &mut expected);
        resampler.finish(&mut expected);
        let mut samples = Vec::new();
        for event in events {
            match event {
                LaneEvent::Samples(block) => {
                    prop_assert_eq!(block.start, samples.len() as u64);
                    samples.extend(block.samples);
                }
                LaneEvent::Level { .. } => {}
                other => prop_assert!(false, "{:?}", other),
            }
        }
        prop_assert_eq!(samples, expected);
    }
}
