use crate::block_cutter::BlockCutter;
use crate::capture_callback::{RingReader, Stamp};
use crate::resampler::Resampler;
use crate::{DeviceKind, LaneEvent, SAMPLE_RATE};
use cueline_events::Lane;

/// Seconds without a callback after which a loopback is taken to be silent and is filled. Longer than any callback
/// is late on a busy machine, short enough that the lane's pauses are known in time.
const LOOPBACK_GRACE: f64 = 0.2;

/// The same for a microphone, which never falls silent of its own will: a late callback is the likelier cause, and
/// what was filled in vain would put the lane ahead of the clock.
const MICROPHONE_GRACE: f64 = 1.0;

/// Seconds by which frames must come too late to have lost something before them. Below that it is jitter or drift.
const JUMP: f64 = 0.2;

/// Seconds between lane and clock, smoothed, at which the lane begins to be brought back, and at which it is back.
const DRIFT_BEGINS: f64 = 0.04;
const DRIFT_ENDS: f64 = 0.01;

/// The part of the frames that may be left out or doubled to bring the lane back: one in 200, too few to be heard
/// by Whisper, enough for sound cards (below one in 5000) and for a late burst of sound to be worked off in a minute.
const SLIP: usize = 200;

/// Seconds over which the distance to the clock is smoothed.
const SMOOTHING: f64 = 5.0;

/// Seconds of silence filled in one go: after the computer slept for an hour the lane catches up in steps.
const LONGEST_FILL: f64 = 60.0;

/// Turns what a device gives into a lane that follows the call's clock: frames are resampled and cut into blocks,
/// and where frames are missing there is silence.
///
/// It has no clock of its own; `now` and the stamps are seconds from call start.
pub(crate) struct LaneAssembly {
    lane: Lane,
    kind: DeviceKind,
    rate: u32,
    resampler: Resampler,
    cutter: BlockCutter,
    /// The lane's sample index at which the present rate began, and the frames taken at that rate.
    epoch: u64,
    fed: u64,
    /// Seconds by which the clock is ahead of the lane, smoothed; negative when the lane is ahead.
    drift: f64,
    correcting: bool,
    last_arrival: f64,
    latency: f64,
    /// The next frames are put where their stamp says, to the frame: at the start and after silence by the clock.
    aligning: bool,
    /// Seconds at which silence by the clock began, and whether sound is known to be lost there.
    silent_from: Option<f64>,
    losing: bool,
    stamps: Vec<Stamp>,
    frames: Vec<f32>,
    resampled: Vec<f32>,
}

impl LaneAssembly {
    pub(crate) fn new(lane: Lane, kind: DeviceKind, rate: u32, now: f64) -> Self {
        Self {
            lane,
            kind,
            rate,
            resampler: Resampler::new(rate),
            cutter: BlockCutter::new(lane),
            epoch: 0,
            fed: 0,
            drift: 0.0,
            correcting: false,
            last_arrival: now,
            latency: 0.0,
            aligning: true,
            silent_from: None,
            losing: false,
            stamps: Vec::new(),
            frames: Vec::new(),
            resampled: Vec::new(),
        }
    }

    /// Seconds of sound and silence taken so far: the time of the next frame.
    pub(crate) fn position(&self) -> f64 {
        self.epoch as f64 / f64::from(SAMPLE_RATE) + self.fed as f64 / f64::from(self.rate)
    }

    /// Seconds since a callback brought frames.
    pub(crate) fn quiet_for(&self, now: f64) -> f64 {
        now - self.last_arrival
    }

    /// Takes what the ring holds.
    pub(crate) fn take(&mut self, ring: &mut RingReader, events: &mut Vec<LaneEvent>) {
        let mut stamps = std::mem::take(&mut self.stamps);
        ring.take_stamps(&mut stamps);
        let mut missing = self.missing(&stamps);
        for stamp in &stamps {
            let mut frames = std::mem::take(&mut self.frames);
            ring.take_frames(stamp.frames, &mut frames);
            // What was captured before the call began is not part of it.
            let early = (-stamp.captured() * f64::from(self.rate)).clamp(0.0, frames.len() as f64);
            let frames_of_call = &frames[early as usize..];
            if !frames_of_call.is_empty() {
                missing -= self.fill_before(stamp, missing, events);
                self.feed(frames_of_call, events);
            }
            self.frames = frames;
            self.last_arrival = self.last_arrival.max(stamp.arrived);
            self.latency = stamp.latency;
        }
        self.watch_drift(&stamps);
        self.stamps = stamps;
    }

    /// Fills with silence by the clock while no callback comes, up to where frames that are still under way may
    /// begin.
    pub(crate) fn follow_clock(&mut self, now: f64, events: &mut Vec<LaneEvent>) {
        let grace = match self.kind {
            DeviceKind::Microphone => MICROPHONE_GRACE,
            DeviceKind::Loopback => LOOPBACK_GRACE,
        };
        if self.losing || self.quiet_for(now) > grace {
            let behind = now - grace - self.latency - self.position();
            if behind > 0.0 {
                self.silent_from.get_or_insert(self.position());
                self.aligning = true;
                self.fill(behind, events);
            }
        }
    }

    /// The device is gone: what follows is lost.
    pub(crate) fn lose(&mut self) {
        self.silent_from.get_or_insert(self.position());
        self.losing = true;
    }

    /// The device is back, perhaps at another rate.
    pub(crate) fn resume(&mut self, kind: DeviceKind, rate: u32, now: f64, events: &mut Vec<LaneEvent>) {
        self.fill(now - self.position(), events);
        self.losing = false;
        if let Some(start) = self.silent_from.take() {
            events.push(LaneEvent::Gap { lane: self.lane, start, end: self.position() });
        }
        if rate != self.rate {
            self.flush(events);
            (self.rate, self.resampler) = (rate, Resampler::new(rate));
            (self.epoch, self.fed) = (self.cutter.taken(), 0);
        }
        (self.kind, self.last_arrival, self.latency, self.aligning, self.drift) = (kind, now, 0.0, true, 0.0);
    }

    /// Gives what is still held back; a loss that goes on ends here.
    pub(crate) fn finish(&mut self, events: &mut Vec<LaneEvent>) {
        self.flush(events);
        self.cutter.finish(events);
        if let (true, Some(start)) = (self.losing, self.silent_from) {
            events.push(LaneEvent::Gap { lane: self.lane, start, end: self.position() });
        }
    }

    /// Seconds that are missing somewhere among these frames, judged by the newest: when the machine was busy, many
    /// callbacks come at once and late, and the first of them looks as if something were missing before it.
    fn missing(&self, stamps: &[Stamp]) -> f64 {
        let Some((newest, older)) = stamps.split_last() else { return 0.0 };
        let frames: usize = older.iter().map(|stamp| stamp.frames).sum();
        newest.captured() - self.position() - frames as f64 / f64::from(self.rate)
    }

    /// Fills what is missing before a stamp's frames and returns how much that was, in seconds.
    fn fill_before(&mut self, stamp: &Stamp, missing: f64, events: &mut Vec<LaneEvent>) -> f64 {
        let late = (stamp.captured() - self.position()).min(missing);
        let overflow = stamp.lost as f64 / f64::from(self.rate);
        let start = self.position();
        let filled = if self.aligning || late > JUMP {
            self.fill(late, events)
        } else if overflow > 0.0 {
            // The count is exact and the clock is not; but what the clock has filled already is not filled again.
            self.fill(overflow.min(late + DRIFT_BEGINS), events)
        } else {
            0.0
        };
        let silent_from = self.silent_from.take();
        let stalled = silent_from.is_some() || (filled > 0.0 && !self.aligning);
        let end = self.position();
        if overflow > 0.0 || (stalled && self.kind == DeviceKind::Microphone) {
            let start = silent_from.unwrap_or(start);
            events.push(LaneEvent::Gap { lane: self.lane, start, end });
        }
        if self.aligning || filled > 0.0 {
            (self.aligning, self.drift, self.correcting) = (false, 0.0, false);
        }
        filled
    }

    fn watch_drift(&mut self, stamps: &[Stamp]) {
        let Some(newest) = stamps.last() else { return };
        let seconds = stamps.iter().map(|stamp| stamp.frames).sum::<usize>() as f64 / f64::from(self.rate);
        let due = newest.captured() + newest.frames as f64 / f64::from(self.rate);
        self.drift += (due - self.position() - self.drift) * (seconds / SMOOTHING).min(1.0);
        if self.drift.abs() > DRIFT_BEGINS {
            self.correcting = true;
        } else if self.drift.abs() < DRIFT_ENDS {
            self.correcting = false;
        }
    }

    /// Takes frames, a few more or fewer while the lane is brought back to the clock.
    fn feed(&mut self, frames: &[f32], events: &mut Vec<LaneEvent>) {
        let slip = if self.correcting { (frames.len() / SLIP).max(1) } else { 0 };
        let kept = if self.drift < 0.0 { frames.len() - slip.min(frames.len()) } else { frames.len() };
        self.push(&frames[..kept], events);
        if self.drift > 0.0 && slip > 0 {
            let last = frames[frames.len() - 1];
            self.push(&vec![last; slip], events);
        }
        self.drift -= self.drift.signum() * slip as f64 / f64::from(self.rate);
    }

    /// Takes silence and returns how much, in seconds.
    fn fill(&mut self, seconds: f64, events: &mut Vec<LaneEvent>) -> f64 {
        let frames = (seconds.clamp(0.0, LONGEST_FILL) * f64::from(self.rate)).round() as usize;
        self.push(&vec![0.0; frames], events);
        frames as f64 / f64::from(self.rate)
    }

    fn push(&mut self, frames: &[f32], events: &mut Vec<LaneEvent>) {
        self.fed += frames.len() as u64;
        self.resampled.clear();
        self.resampler.push(frames, &mut self.resampled);
        self.cutter.push(&self.resampled, events);
    }

    fn flush(&mut self, events: &mut Vec<LaneEvent>) {
        self.resampled.clear();
        self.resampler.finish(&mut self.resampled);
        self.cutter.push(&self.resampled, events);
    }
}
