use crate::background::Background;
use crate::capture_link::{CaptureLink, LinkChange, Loss};
use crate::device_stream::{DeviceSource, OpenStream, StreamSource};
use crate::lane_assembly::LaneAssembly;
use crate::{AudioError, DeviceId, DeviceKind, LaneEvent};
use cueline_events::{Lane, Notice};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long opening may take: PulseAudio waits for the first sound.
const OPENING: Duration = Duration::from_secs(10);

/// One lane, live from one device.
///
/// Its owner calls [`Capture::read`] every 20 ms or so and [`Capture::finish`] at the end of the call. Between two
/// reads the ring keeps four seconds; what comes on top is counted ([`Capture::frames_lost`]) and reported as a gap.
/// It may be opened on one thread and read on another.
pub struct Capture {
    call_start: Instant,
    lane: LaneCapture<DeviceSource>,
}

impl Capture {
    /// Opens a device for a lane; the lane's samples are counted from `call_start`.
    ///
    /// This waits for the sound system to set the device up: a moment as a rule, ten seconds at most.
    ///
    /// # Errors
    /// That the sound system does not answer, that it has no such device now, or that it cannot be opened.
    pub fn open(lane: Lane, device: &DeviceId, call_start: Instant) -> Result<Self, AudioError> {
        let source = Arc::new(DeviceSource(device.clone()));
        let opening = Background::ask({
            let source = Arc::clone(&source);
            move || source.open(call_start)
        });
        let stream = opening.answer_within(OPENING).unwrap_or_else(|| {
            let detail = format!("it gave no sound within {} s", OPENING.as_secs());
            Err(AudioError::DeviceFailed { id: device.clone(), detail, denied: false })
        })?;
        Ok(Self { call_start, lane: LaneCapture::new(lane, source, stream, call_start, seconds(call_start)) })
    }

    /// Everything since the last read, in order. Never waits.
    pub fn read(&mut self) -> Vec<LaneEvent> {
        self.lane.read(seconds(self.call_start))
    }

    /// The last samples, when the call ends.
    pub fn finish(mut self) -> Vec<LaneEvent> {
        let mut events = self.lane.read(seconds(self.call_start));
        self.lane.assembly.finish(&mut events);
        events
    }

    /// How many of the device's frames found no room in the ring since the call began.
    pub fn frames_lost(&self) -> u64 {
        self.lane.lost_before + self.lane.link.ring().map_or(0, |ring| ring.lost())
    }
}

fn seconds(call_start: Instant) -> f64 {
    call_start.elapsed().as_secs_f64()
}

/// A capture whose clock is given to it: `now` is seconds from call start.
struct LaneCapture<S: StreamSource> {
    lane: Lane,
    name: String,
    kind: DeviceKind,
    link: CaptureLink<S>,
    assembly: LaneAssembly,
    /// Frames lost by streams that are over.
    lost_before: u64,
}

impl<S: StreamSource> LaneCapture<S> {
    fn new(lane: Lane, source: Arc<S>, stream: OpenStream<S::Hold>, call_start: Instant, now: f64) -> Self {
        Self {
            lane,
            name: stream.name.clone(),
            kind: stream.kind,
            assembly: LaneAssembly::new(lane, stream.kind, stream.rate, now),
            link: CaptureLink::new(source, stream, call_start, now),
            lost_before: 0,
        }
    }

    fn read(&mut self, now: f64) -> Vec<LaneEvent> {
        let mut events = Vec::new();
        let mut lost_now = 0;
        if let Some(ring) = self.link.ring_mut() {
            self.assembly.take(ring, &mut events);
            lost_now = ring.lost();
        }
        match self.link.tend(now, self.assembly.quiet_for(now)) {
            Some(LinkChange::Lost(loss)) => {
                self.lost_before += lost_now;
                self.assembly.lose();
                events.push(LaneEvent::Lost { lane: self.lane, notice: self.notice(loss) });
            }
            Some(LinkChange::Found(kind, rate)) => {
                self.kind = kind;
                events.push(LaneEvent::Found { lane: self.lane });
                self.assembly.resume(kind, rate, now, &mut events);
            }
            None => {}
        }
        self.assembly.follow_clock(now, &mut events);
        events
    }

    fn notice(&self, loss: Loss) -> Notice {
        let device = match self.kind {
            DeviceKind::Microphone => "microphone",
            DeviceKind::Loopback => "sound of the output",
        };
        let (code, fault, what_to_do) = match loss {
            Loss::Gone => (
                "device_lost",
                "is gone",
                "Plug the device in again, or end the call and choose another one; Cueline keeps trying.",
            ),
            Loss::Mute => (
                "device_mute",
                "gives no sound any more",
                "Switch the device on or plug it in again; Cueline keeps trying.",
            ),
            Loss::SoundSystem => (
                "sound_system_lost",
                "is gone, because the computer's sound system does not answer",
                "Restart the sound system or the computer if it does not come back; Cueline keeps trying.",
            ),
        };
        Notice {
            code: code.into(),
            message: format!("The {}'s {device} “{}” {fault}.", self.lane, self.name),
            what_to_do: what_to_do.into(),
        }
    }
}

#[cfg(test)]
mod tests;
