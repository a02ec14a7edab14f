use crate::background::{Answer, Background};
use crate::capture_callback::RingReader;
use crate::device_stream::{OpenStream, StreamSource};
use crate::{AudioError, DeviceKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Seconds without a callback after which a microphone counts as lost: the error callback may never come, for
/// instance with Bluetooth.
const MICROPHONE_PATIENCE: f64 = 2.0;

/// Seconds between two looks at whether the device is still there.
const PRESENCE_EVERY: f64 = 1.0;

/// Seconds that the sound system may take to say so before it counts as hung.
const PRESENCE_PATIENCE: f64 = 5.0;

/// Seconds that opening a device may take: PulseAudio waits for its first sound and would wait for ever.
const OPENING_PATIENCE: f64 = 10.0;

/// Seconds between attempts to open a lost device: doubled from the first to the last.
const FIRST_RETRY: f64 = 0.25;
const LAST_RETRY: f64 = 2.0;

/// The line to one device: up, or down and tried again.
pub(crate) struct CaptureLink<S: StreamSource> {
    source: Arc<S>,
    call_start: Instant,
    state: State<S>,
}

enum State<S: StreamSource> {
    Up(Up<S::Hold>),
    Down { retry_at: f64, wait: f64, attempt: Option<Attempt<S>> },
}

/// One try to open a lost device.
struct Attempt<S: StreamSource> {
    since: f64,
    opening: Background<Result<OpenStream<S::Hold>, AudioError>>,
    /// A microphone that opened and still has to bring its first sound: without that, one that opens and stays mute
    /// would be found and lost again every few seconds.
    opened: Option<OpenStream<S::Hold>>,
}

struct Up<H> {
    /// Ends the stream when dropped.
    hold: H,
    ring: RingReader,
    kind: DeviceKind,
    ended: Arc<AtomicBool>,
    looked_at: f64,
    look: Option<Background<Result<bool, AudioError>>>,
}

/// Why a device counts as lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// The sound system ended the stream, or does not list the device any more.
    Gone,
    /// The device is listed and gives nothing.
    Mute,
    /// The sound system does not answer.
    SoundSystem,
}

/// What the line to the device did.
pub(crate) enum LinkChange {
    /// It went down.
    Lost(Loss),
    /// It is up again, with this kind of device at this rate.
    Found(DeviceKind, u32),
}

impl<S: StreamSource> CaptureLink<S> {
    /// A line that is up.
    pub(crate) fn new(source: Arc<S>, stream: OpenStream<S::Hold>, call_start: Instant, now: f64) -> Self {
        Self { source, call_start, state: State::Up(Up::new(stream, now)) }
    }

    /// Where the samples come from while the line is up.
    pub(crate) fn ring(&self) -> Option<&RingReader> {
        match &self.state {
            State::Up(up) => Some(&up.ring),
            State::Down { .. } => None,
        }
    }

    /// The same, to take them.
    pub(crate) fn ring_mut(&mut self) -> Option<&mut RingReader> {
        match &mut self.state {
            State::Up(up) => Some(&mut up.ring),
            State::Down { .. } => None,
        }
    }

    /// Looks after the line; never waits. `quiet_for` is how long no callback has come, in seconds.
    pub(crate) fn tend(&mut self, now: f64, quiet_for: f64) -> Option<LinkChange> {
        match &mut self.state {
            State::Up(up) => {
                let loss = up.loss(&self.source, now, quiet_for)?;
                let down = State::Down { retry_at: now + FIRST_RETRY, wait: FIRST_RETRY, attempt: None };
                if let State::Up(up) = std::mem::replace(&mut self.state, down) {
                    // Ending a stream may wait for a sound system that hangs.
                    S::ask(move || drop(up.hold));
                }
                Some(LinkChange::Lost(loss))
            }
            State::Down { retry_at, wait, attempt } => {
                let Some(tried) = attempt else {
                    if now >= *retry_at {
                        let (source, call_start) = (Arc::clone(&self.source), self.call_start);
                        let opening = S::ask(move || source.open(call_start));
                        *attempt = Some(Attempt { since: now, opening, opened: None });
                    }
                    return None;
                };
                match tried.outcome(now) {
                    Outcome::Waiting => None,
                    Outcome::Failed => {
                        *wait = (*wait * 2.0).min(LAST_RETRY);
                        (*retry_at, *attempt) = (now + *wait, None);
                        None
                    }
                    Outcome::Open(stream) => {
                        let found = LinkChange::Found(stream.kind, stream.rate);
                        self.state = State::Up(Up::new(stream, now));
                        Some(found)
                    }
                }
            }
        }
    }
}

/// What came of a try.
enum Outcome<H> {
    Waiting,
    Failed,
    Open(OpenStream<H>),
}

impl<S: StreamSource> Attempt<S> {
    fn outcome(&mut self, now: f64) -> Outcome<S::Hold> {
        if self.opened.is_none() {
            match self.opening.answer() {
                Answer::Given(Ok(stream)) => (self.opened, self.since) = (Some(stream), now),
                Answer::Given(Err(_)) | Answer::Failed => return Outcome::Failed,
                Answer::Waiting if now - self.since > OPENING_PATIENCE => return Outcome::Failed,
                Answer::Waiting => return Outcome::Waiting,
            }
        }
        match self.opened.take_if(|stream| stream.kind == DeviceKind::Loopback || stream.ring.has_sound()) {
            Some(stream) => Outcome::Open(stream),
            None if now - self.since <= MICROPHONE_PATIENCE => Outcome::Waiting,
            None => {
                let mute = self.opened.take();
                S::ask(move || drop(mute));
                Outcome::Failed
            }
        }
    }
}

impl<H: Send + 'static> Up<H> {
    fn new(stream: OpenStream<H>, now: f64) -> Self {
        let OpenStream { hold, ring, kind, ended, .. } = stream;
        Self { hold, ring, kind, ended, looked_at: now, look: None }
    }

    /// Three signs, since none is certain: the sound system's word, the device's absence, and missing callbacks.
    fn loss<S: StreamSource>(&mut self, source: &Arc<S>, now: f64, quiet_for: f64) -> Option<Loss> {
        if self.ended.load(Ordering::Relaxed) {
            return Some(Loss::Gone);
        }
        if self.kind == DeviceKind::Microphone && quiet_for > MICROPHONE_PATIENCE {
            return Some(Loss::Mute);
        }
        let quiet = quiet_for > PRESENCE_EVERY;
        match self.look.as_ref().map(Background::answer) {
            Some(Answer::Given(Ok(false))) => Some(Loss::Gone),
            // A sound system that answers late or with a fault while sound still comes is busy, not gone.
            Some(Answer::Waiting) if now - self.looked_at < PRESENCE_PATIENCE || !quiet => None,
            Some(Answer::Given(Err(_)) | Answer::Waiting) if quiet => Some(Loss::SoundSystem),
            Some(_) => {
                self.look = None;
                None
            }
            None => {
                if (quiet || source.may_be_moved()) && now - self.looked_at >= PRESENCE_EVERY {
                    let source = Arc::clone(source);
                    self.looked_at = now;
                    self.look = Some(S::ask(move || source.is_present()));
                }
                None
            }
        }
    }
}
