use super::*;
use crate::capture_callback::tests::write;
use crate::capture_callback::{RingWriter, ring};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

const RATE: u32 = 48_000;

/// A device that the test plugs in and out.
struct FakeDevice {
    kind: DeviceKind,
    plugged: AtomicBool,
    may_be_moved: bool,
    /// The rate at which it opens.
    rate: AtomicU32,
    /// The callback of the stream that was opened last, and the sign that the stream has ended.
    stream: Mutex<Option<(RingWriter, Arc<AtomicBool>)>>,
}

impl FakeDevice {
    fn new(kind: DeviceKind, may_be_moved: bool) -> Arc<Self> {
        let (plugged, rate, stream) = (AtomicBool::new(true), AtomicU32::new(RATE), Mutex::new(None));
        Arc::new(Self { kind, plugged, may_be_moved, rate, stream })
    }

    /// A callback with 20 ms of sound.
    fn deliver(&self, arrived: f64) {
        if let Some((writer, _)) = &mut *self.stream.lock().unwrap() {
            write(writer, &vec![0.5; self.rate() as usize / 50], arrived);
        }
    }

    fn rate(&self) -> u32 {
        self.rate.load(Ordering::SeqCst)
    }

    fn plug(&self, plugged: bool) {
        self.plugged.store(plugged, Ordering::SeqCst);
    }

    fn end_stream(&self) {
        if let Some((_, ended)) = self.stream.lock().unwrap().take() {
            ended.store(true, Ordering::SeqCst);
        }
    }

    fn is_open(&self) -> bool {
        self.stream.lock().unwrap().is_some()
    }
}

impl StreamSource for FakeDevice {
    type Hold = ();

    fn open(&self, call_start: Instant) -> Result<OpenStream<()>, AudioError> {
        if !self.plugged.load(Ordering::SeqCst) {
            return Err(AudioError::DeviceNotFound { id: "fake:device".into() });
        }
        let (writer, reader) = ring(self.rate(), 1, call_start);
        let ended = Arc::new(AtomicBool::new(false));
        *self.stream.lock().unwrap() = Some((writer, Arc::clone(&ended)));
        Ok(OpenStream {
            hold: (),
            ring: reader,
            rate: self.rate(),
            kind: self.kind,
            name: "Fake".into(),
            ended,
        })
    }

    fn is_present(&self) -> Result<bool, AudioError> {
        Ok(self.plugged.load(Ordering::SeqCst))
    }

    fn may_be_moved(&self) -> bool {
        self.may_be_moved
    }

    fn ask<T: Send + 'static>(question: impl FnOnce() -> T + Send + 'static) -> Background<T> {
        Background::answered(question())
    }
}

/// A capture and the events that matter here, with the second at which each came.
struct Bench {
    device: Arc<FakeDevice>,
    capture: LaneCapture<FakeDevice>,
    now: f64,
    length: u64,
    events: Vec<(f64, String)>,
}

impl Bench {
    fn new(kind: DeviceKind, may_be_moved: bool) -> Self {
        let device = FakeDevice::new(kind, may_be_moved);
        let start = Instant::now();
        let stream = device.open(start).unwrap();
        let capture = LaneCapture::new(Lane::Agent, Arc::clone(&device), stream, start, 0.0);
        Self { device, capture, now: 0.0, length: 0, events: Vec::new() }
    }

    fn read(&mut self) {
        for event in self.capture.read(self.now) {
            match event {
                LaneEvent::Samples(block) => {
                    assert_eq!(block.start, self.length);
                    self.length = block.end();
                }
                LaneEvent::Level { .. } => {}
                LaneEvent::Lost { notice, .. } => self.events.push((self.now, notice.code)),
                LaneEvent::Found { .. } => self.events.push((self.now, "found".into())),
                LaneEvent::Gap { start, end, .. } => {
                    self.events.push((self.now, format!("gap {start:.1} {end:.1}")));
                }
            }
        }
    }

    /// Seconds of 20 ms each, with a callback in every one or in none.
    fn run(&mut self, seconds: f64, sounding: bool) {
        for _ in 0..(seconds * 50.0).round() as u32 {
            self.now += 0.02;
            if sounding {
                self.device.deliver(self.now);
            }
            self.read();
        }
    }

    /// Lets the clock go on until something is true, a minute at most.
    fn run_until(&mut self, sounding: bool, what: impl Fn(&Self) -> bool) {
        let begun = self.now;
        while !what(self) {
            assert!(self.now - begun < 60.0, "it never happened: {:?}", self.events);
            self.run(0.02, sounding);
        }
    }

    /// How far the lane is behind the clock, in seconds.
    fn behind(&self) -> f64 {
        self.now - self.length as f64 / 16_000.0
    }

    fn codes(&self) -> Vec<&str> {
        self.events.iter().map(|(_, code)| code.as_str()).collect()
    }
}

#[test]
fn a_stream_that_ends_is_lost_at_once_and_found_when_the_device_is_back() {
    let mut bench = Bench::new(DeviceKind::Microphone, false);
    bench.run(1.0, true);
    bench.device.plug(false);
    bench.device.end_stream();
    bench.run(5.0, false);
    assert_eq!(bench.events, [(bench.events[0].0, "device_lost".to_owned())]);
    assert!((bench.events[0].0 - 1.02).abs() < 0.001);

    bench.device.plug(true);
    bench.run_until(true, |bench| bench.events.len() == 3);
    let found = bench.now;
    assert_eq!(bench.codes()[1], "found");
    assert!(bench.codes()[2].starts_with("gap 1.0 "), "{:?}", bench.events);
    bench.run(1.0, true);
    assert_eq!(bench.events.len(), 3);
    // The lane has kept up with the clock, but for what is on its way through the resampler.
    assert!(bench.behind() < 0.1);
    assert!(bench.now - found > 0.9);
}

/// Bluetooth: the stream just stops.
#[test]
fn a_microphone_without_callbacks_is_lost_after_two_seconds() {
    let mut bench = Bench::new(DeviceKind::Microphone, false);
    bench.run(1.0, true);
    bench.run(3.0, false);
    assert_eq!(bench.codes(), ["device_mute"]);
    assert!((bench.events[0].0 - 3.02).abs() < 0.03, "{:?}", bench.events);
}

/// A Bluetooth headset that opens and brings nothing while it changes to its call profile: the lane keeps up with the
/// clock meanwhile, and what is missing is a gap.
#[test]
fn a_microphone_that_begins_seconds_late_is_a_gap_and_the_call_goes_on() {
    for seconds in [1.5, 4.0, 12.0] {
        let mut bench = Bench::new(DeviceKind::Microphone, false);
        for _ in 0..(seconds * 50.0) as u32 {
            bench.run(0.02, false);
            assert!(bench.behind() < 1.1, "{} s behind", bench.behind());
        }
        bench.run_until(true, |bench| bench.codes().last().is_some_and(|code| code.starts_with("gap")));
        let heard = bench.now;
        bench.run(2.0, true);
        assert!(heard - seconds < 2.5, "heard at {heard} s");
        let gap = bench.codes().pop().unwrap().to_owned();
        let end: f64 = gap.strip_prefix("gap 0.0 ").unwrap().parse().unwrap();
        assert!((end - heard).abs() < 0.1, "{gap} and heard at {heard} s");
        let lost = bench.codes().iter().filter(|code| **code == "device_mute").count();
        assert_eq!(lost, usize::from(seconds > 2.0), "{:?}", bench.events);
        assert!(bench.behind() < 0.1);
    }
}

/// A headset that changes to its call profile, or a person who changes the rate in the sound settings.
#[test]
fn a_device_that_changes_its_rate_goes_on_in_its_place() {
    let mut bench = Bench::new(DeviceKind::Microphone, false);
    for (rate, changes) in [(16_000, 1), (44_100, 2), (8_000, 3), (48_000, 4)] {
        bench.run(5.0, true);
        bench.device.end_stream();
        bench.device.rate.store(rate, Ordering::SeqCst);
        bench.run_until(true, |bench| bench.events.len() == 3 * changes);
        assert_eq!(bench.codes()[3 * changes - 3..][..2], ["device_lost", "found"]);
        bench.run(5.0, true);
        assert!(bench.behind() < 0.1, "{} s behind at {rate} Hz", bench.behind());
        assert_eq!(bench.events.len(), 3 * changes, "{:?}", bench.events);
    }
}

/// It opens and stays mute: that is not finding it again.
#[test]
fn a_microphone_is_found_when_it_is_heard() {
    let mut bench = Bench::new(DeviceKind::Microphone, false);
    bench.run(1.0, true);
    bench.device.end_stream();
    bench.run_until(false, |bench| bench.device.is_open());
    bench.run(1.5, false);
    assert_eq!(bench.codes(), ["device_lost"]);
    bench.run_until(true, |bench| bench.events.len() == 3);
    assert_eq!(bench.codes()[1], "found");
}

#[test]
fn a_silent_loopback_that_is_there_is_not_lost() {
    let mut bench = Bench::new(DeviceKind::Loopback, false);
    bench.run(1.0, true);
    bench.run(60.0, false);
    bench.run(1.0, true);
    assert!(bench.events.is_empty(), "{:?}", bench.events);
}

#[test]
fn a_loopback_that_is_gone_is_lost_though_nobody_said_so() {
    let mut bench = Bench::new(DeviceKind::Loopback, false);
    bench.run(1.0, true);
    bench.device.plug(false);
    bench.run_until(false, |bench| !bench.events.is_empty());
    assert_eq!(bench.codes(), ["device_lost"]);
    // A loopback may be back and silent.
    bench.device.plug(true);
    bench.run_until(false, |bench| bench.events.len() == 3);
    assert_eq!(bench.codes()[1], "found");
    assert!(bench.codes()[2].starts_with("gap "));
}

/// PulseAudio's module-rescue-streams goes on with another source when one vanishes, and says nothing.
#[test]
fn sound_from_a_device_that_is_gone_is_another_devices() {
    let mut bench = Bench::new(DeviceKind::Microphone, true);
    bench.run(1.0, true);
    bench.device.plug(false);
    bench.run_until(true, |bench| !bench.events.is_empty());
    assert_eq!(bench.codes(), ["device_lost"]);
}

#[test]
fn frames_lost_are_counted_over_all_streams() {
    let mut bench = Bench::new(DeviceKind::Microphone, false);
    for _ in 0..2 {
        for _ in 0..250 {
            bench.now += 0.02;
            bench.device.deliver(bench.now);
        }
        bench.device.end_stream();
        bench.read();
        bench.run_until(true, |bench| bench.codes().last().is_some_and(|code| code.starts_with("gap")));
    }
    let lost = bench.capture.lost_before + bench.capture.link.ring().map_or(0, |ring| ring.lost());
    assert_eq!(lost, 2 * u64::from(RATE));
}
