use crate::block_cutter::BlockCutter;
use crate::capture_callback::{RingReader, Stamp};
use crate::drift::{Drift, TOLERATED};
use crate::resampler::Resampler;
use crate::{DeviceKind, LaneEvent, SAMPLE_RATE};
use cueline_events::Lane;

/// Seconds without a callback after which a loopback is taken to be silent and is filled. Some systems deliver every
/// 100 ms, and on a busy machine late; what is filled in vain puts the lane ahead of the clock. Longer would keep the
/// lane's pauses unknown for longer.
const LOOPBACK_GRACE: f64 = 0.4;

/// The same for a microphone, which never falls silent of its own will, so that a late delivery is the likelier cause.
const MICROPHONE_GRACE: f64 = 1.0;

/// Seconds by which frames must come too late to have lost something before them. Below that it is a late delivery,
/// or so little that it can be worked off.
const JUMP: f64 = 0.5;

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
    drift: Drift,
    last_arrival: f64,
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
            drift: Drift::default(),
            last_arrival: now,
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
            let early = (-self.captured(stamp) * f64::from(self.rate)).clamp(0.0, frames.len() as f64);
            let frames_of_call = &frames[early as usize..];
            if !frames_of_call.is_empty() {
                missing -= self.fill_before(stamp, missing, events);
                let delay = self.captured(stamp) - self.position();
                let seconds = stamp.frames as f64 / f64::from(self.rate);
                if let Some(dropped) = self.drift.see(delay, seconds) {
                    // Somewhere in the last window; it is told where it was found.
                    let end = self.position();
                    events.push(LaneEvent::Gap { lane: self.lane, start: end - dropped, end });
                }
                self.feed(frames_of_call, events);
            }
            self.frames = frames;
            self.last_arrival = self.last_arrival.max(stamp.arrived);
        }
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
            let behind = now - grace - self.position();
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

    /// The device is back, perhaps at another rate. Of a microphone the loss lasts until its first sound comes; a
    /// loopback may be back and silent.
    pub(crate) fn resume(&mut self, kind: DeviceKind, rate: u32, now: f64, events: &mut Vec<LaneEvent>) {
        self.losing = false;
        if let (DeviceKind::Loopback, Some(start)) = (kind, self.silent_from) {
            self.silent_from = None;
            events.push(LaneEvent::Gap { lane: self.lane, start, end: now });
        }
        if rate != self.rate {
            self.flush(events);
            (self.rate, self.resampler) = (rate, Resampler::new(rate));
            (self.epoch, self.fed) = (self.cutter.taken(), 0);
        }
        (self.kind, self.last_arrival, self.aligning, self.drift) = (kind, now, true, Drift::default());
    }

    /// Gives what is still held back; a loss that goes on ends here.
    pub(crate) fn finish(&mut self, events: &mut Vec<LaneEvent>) {
        self.flush(events);
        self.cutter.finish(events);
        let lost = self.losing || self.kind == DeviceKind::Microphone;
        if let (true, Some(start)) = (lost, self.silent_from) {
            events.push(LaneEvent::Gap { lane: self.lane, start, end: self.position() });
        }
    }

    /// When a stamp's first frame was captured, if its last came at once. The latency that a sound system reports is
    /// left aside: PulseAudio's was seen to be off by 50 ms either way, which is more than the latency itself.
    fn captured(&self, stamp: &Stamp) -> f64 {
        stamp.arrived - stamp.frames as f64 / f64::from(self.rate)
    }

    /// Seconds that are missing somewhere among these frames, judged by the newest: when the machine was busy, many
    /// callbacks come at once and late, and the first of them looks as if something were missing before it.
    fn missing(&self, stamps: &[Stamp]) -> f64 {
        let Some((newest, older)) = stamps.split_last() else { return 0.0 };
        let frames: usize = older.iter().map(|stamp| stamp.frames).sum();
        self.captured(newest) - self.position() - frames as f64 / f64::from(self.rate)
    }

    /// Fills what is missing before a stamp's frames and returns how much that was, in seconds.
    fn fill_before(&mut self, stamp: &Stamp, missing: f64, events: &mut Vec<LaneEvent>) -> f64 {
        let late = (self.captured(stamp) - self.position()).min(missing);
        let overflow = stamp.lost as f64 / f64::from(self.rate);
        let start = self.position();
        let filled = if self.aligning || late > JUMP {
            self.fill(late, events)
        } else if overflow > 0.0 {
            // The count is exact and the clock is not; but what the clock has filled already is not filled again.
            self.fill(overflow.min(late + TOLERATED), events)
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
            self.aligning = false;
            self.drift.begin_window();
        }
        filled
    }

    /// Takes frames, a few more or fewer while the lane is brought back to the clock, evenly spread.
    fn feed(&mut self, frames: &[f32], events: &mut Vec<LaneEvent>) {
        let slip = self.drift.slip(frames.len(), self.rate);
        let slips = slip.unsigned_abs();
        for (n, piece) in frames.chunks(frames.len() / slips.max(1)).enumerate() {
            let last = piece.len() - 1;
            match slip {
                ..=-1 if n < slips => self.push(&piece[..last], events),
                1.. if n < slips => {
                    self.push(piece, events);
                    self.push(&piece[last..], events);
                }
                _ => self.push(piece, events),
            }
        }
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

#[cfg(test)]
mod tests;
