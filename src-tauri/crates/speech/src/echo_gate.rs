use crate::delay_finder::DelayFinder;
use crate::echo_mask::EchoMask;
use crate::echo_path::{EchoPath, Judged, power};
use crate::far_end::FarEnd;
use crate::spectrum::WINDOW;
use crate::vad::FRAME;
use std::collections::VecDeque;

/// Samples by which the near end may be ahead of the far end: the lanes' clocks are held together, not nailed.
const LEAD: u64 = FRAME as u64;
/// Samples that a frame waits for its far end: 120 ms, since some systems deliver every 100 ms.
const PATIENCE: u64 = 1_920;
/// Missing samples up to this many are filled with silence; after more the lane starts afresh.
const FILL: u64 = crate::SAMPLE_RATE as u64;
/// Frames that are kept, and for which a doubtful one may be held back: half a second.
const KEPT: usize = 32;
/// Frames after the far end's voice in which its echo may come.
const REACH: u32 = 17;
/// Frames without the far end's voice after which the delay is looked for afresh: in two seconds it may have crept.
const LONG_QUIET: u32 = 125;
/// The far end speaks above this power (-45 dB below full scale).
const FAR_VOICE: f32 = 3e-5;
/// What has less power than this is never voice (see `voice_activity.rs`), so its echo does not matter.
const FLOOR: f32 = 1e-6;
/// What has less power than this (-80 dB) comes from no microphone that is on.
const SWITCHED_OFF: f32 = 1e-8;
/// So many doubtful frames without an echo among them, and there is none: one second.
const ENOUGH: u32 = 64;
/// The highest gain of an echo. More is the other way round: the near end's own voice, heard in the far end.
const HIGHEST_GAIN: f32 = 1.5;
/// A way is believed when what it leaves of its echo's frames has less than this part of their power, and no longer
/// when it has more than the other.
const BELIEVED: f32 = 0.9;
const WRONG: f32 = 1.3;

/// Keeps the other lane's voice out of a lane: without a headset the customer comes out of a loudspeaker and into the
/// agent's microphone.
///
/// It looks for the far end in the near end (how much later, how loud), learns the way between them, takes the echo
/// away, and silences what is then nothing but its rest. A near end that speaks at the same time stays. Without an
/// echo every sample stays what it is.
///
/// Until it is known whether there is an echo, what may be one is held back for half a second at most. Otherwise a
/// sample comes out at the latest when its frame of 16 ms and the far end of 16 ms later have come in, and 120 ms
/// later where the far end does not come.
pub struct EchoGate {
    far: FarEnd,
    /// Samples that are not a frame yet, or wait for their far end; and the index of the first.
    pending: VecDeque<f32>,
    next: u64,
    /// The far end did not come in time: nothing waits until it has caught up.
    late: bool,
    recent: VecDeque<Frame>,
    far_quiet: u32,
    finder: DelayFinder,
    state: State,
}

/// What is known of an echo.
enum State {
    /// Too little to say, after so many doubtful frames.
    Unknown(u32),
    /// There is none, as far as is known.
    Absent,
    /// There is one.
    Present(Box<Echo>),
}

struct Echo {
    path: EchoPath,
    mask: EchoMask,
    /// Power of the frames with much echo in them, and of what was left of them; the newest count most.
    before: f32,
    after: f32,
}

/// 16 ms of the near end.
struct Frame {
    start: u64,
    samples: [f32; FRAME],
    /// It may be echo.
    doubtful: bool,
    given: bool,
}

impl EchoGate {
    /// A gate at the start of a call.
    pub fn new() -> Self {
        Self {
            far: FarEnd::default(),
            pending: VecDeque::new(),
            next: 0,
            late: false,
            recent: VecDeque::with_capacity(KEPT + 1),
            far_quiet: u32::MAX,
            finder: DelayFinder::new(),
            state: State::Unknown(0),
        }
    }

    /// Takes the next samples of the far end (mono, 16 kHz, -1 to 1); `start` is the call's index of the first.
    pub fn hear_far(&mut self, start: u64, samples: &[f32]) {
        self.far.push(start, samples);
    }

    /// Takes the next samples of the near end and gives those that may be heard, contiguous and each once, to `out`
    /// with the call's index of the first. Samples that were already given are passed over; missing ones count as
    /// silence.
    pub fn push(&mut self, start: u64, samples: &[f32], mut out: impl FnMut(u64, &[f32])) {
        let expected = self.next + self.pending.len() as u64;
        if start > expected + FILL {
            self.finish(&mut out);
            self.recent.clear();
            self.next = start;
        } else {
            self.pending.extend(std::iter::repeat_n(0.0, start.saturating_sub(expected) as usize));
        }
        let known = expected.saturating_sub(start).min(samples.len() as u64) as usize;
        self.pending.extend(samples[known..].iter().map(|s| if s.is_finite() { *s } else { 0.0 }));
        let end = self.next + self.pending.len() as u64;
        self.late &= self.far.end() < end;
        while self.pending.len() >= FRAME {
            let frame_end = self.next + FRAME as u64;
            if self.far.end() < frame_end + LEAD && !self.late {
                if end - frame_end < PATIENCE {
                    break;
                }
                self.late = true;
            }
            self.frame(&mut out);
        }
    }

    /// The call is over: gives what is left.
    pub fn finish(&mut self, mut out: impl FnMut(u64, &[f32])) {
        while self.pending.len() >= FRAME {
            self.frame(&mut out);
        }
        self.release(0, &mut out);
        let rest = self.pending.make_contiguous();
        out(self.next, rest);
        self.next += rest.len() as u64;
        self.pending.clear();
    }

    fn frame(&mut self, out: &mut impl FnMut(u64, &[f32])) {
        let start = self.next;
        let mut samples = [0.0; FRAME];
        self.pending.drain(..FRAME).zip(&mut samples).for_each(|(sample, to)| *to = sample);
        self.next += FRAME as u64;

        let mut far = [0.0; WINDOW];
        self.far.copy(start as i64 - FRAME as i64 + LEAD as i64, &mut far);
        let far_power = far.iter().map(|s| s * s).sum::<f32>() / WINDOW as f32;
        if far_power <= FAR_VOICE {
            self.far_quiet = self.far_quiet.saturating_add(1);
        } else if std::mem::take(&mut self.far_quiet) > LONG_QUIET {
            self.finder.forget();
        }
        let doubtful = self.far_quiet <= REACH && power(&samples) > FLOOR;
        self.finder.hear_far(&mut far);
        let found = if doubtful { self.finder.find(&samples) } else { None };
        self.recent.push_back(Frame { start, samples, doubtful, given: false });
        if self.recent.len() > KEPT {
            self.recent.pop_front();
        }

        if let Some(delay) = found.map(|lag| lag as i64 - LEAD as i64) {
            let known = match &mut self.state {
                State::Present(echo) => echo.path.keep_to(delay),
                State::Unknown(_) | State::Absent => false,
            };
            if !known && let Some(echo) = self.learn(delay, out) {
                self.state = State::Present(Box::new(echo));
                return;
            }
        }
        match &mut self.state {
            State::Present(echo) => {
                let judged = echo.path.follow(start, &samples, &self.far);
                let cleaned = echo.mask.apply(&samples, &judged);
                echo.rate(&judged);
                if echo.is_wrong() {
                    self.finder.forget();
                    self.state = State::Unknown(0);
                }
                if let Some(frame) = self.recent.back_mut() {
                    frame.given = true;
                }
                out(start, &cleaned);
            }
            State::Unknown(seen) => {
                *seen += u32::from(doubtful);
                if *seen > ENOUGH {
                    self.state = State::Absent;
                    self.release(0, out);
                } else {
                    self.release(KEPT as u64 - 1, out);
                }
            }
            State::Absent => self.release(0, out),
        }
    }

    /// Learns a way of this delay from the frames that are kept, and gives those that were held back without their
    /// echo. `None` if it is no echo.
    fn learn(&mut self, delay: i64, out: &mut impl FnMut(u64, &[f32])) -> Option<Echo> {
        let gain = self.gain(delay);
        // No number when the far end was silent.
        if !gain.is_finite() || gain.abs() > HIGHEST_GAIN {
            return None;
        }
        let mut echo =
            Echo { path: EchoPath::new(delay, gain), mask: EchoMask::new(), before: 0.0, after: 0.0 };
        for frame in &self.recent {
            let judged = echo.path.follow(frame.start, &frame.samples, &self.far);
            // What the mask learns from the first pass is how much the filter leaves.
            echo.mask.apply(&frame.samples, &judged);
            echo.rate(&judged);
        }
        if echo.after >= BELIEVED * echo.before {
            return None;
        }
        for frame in &mut self.recent {
            let judged = echo.path.follow(frame.start, &frame.samples, &self.far);
            let cleaned = echo.mask.apply(&frame.samples, &judged);
            if !frame.given {
                frame.given = true;
                out(frame.start, &cleaned);
            }
        }
        Some(echo)
    }

    /// The gain of the far end, so many samples later, in the doubtful frames that are kept.
    fn gain(&self, delay: i64) -> f32 {
        let (mut both, mut alone) = (0.0, 0.0);
        for frame in self.recent.iter().filter(|frame| frame.doubtful) {
            let mut far = [0.0; FRAME];
            self.far.copy(frame.start as i64 - delay, &mut far);
            both += far.iter().zip(&frame.samples).map(|(far, near)| far * near).sum::<f32>();
            alone += far.iter().map(|far| far * far).sum::<f32>();
        }
        both / alone
    }

    /// Gives, as they are, the frames that are not doubtful or are older than so many frames.
    fn release(&mut self, hold: u64, out: &mut impl FnMut(u64, &[f32])) {
        for frame in self.recent.iter_mut().filter(|frame| !frame.given) {
            if frame.doubtful && self.next - frame.start <= hold * FRAME as u64 {
                break;
            }
            frame.given = true;
            out(frame.start, &frame.samples);
        }
    }
}

impl Default for EchoGate {
    fn default() -> Self {
        Self::new()
    }
}

impl Echo {
    /// Takes note of how well the way explains a frame.
    fn rate(&mut self, judged: &Judged) {
        // A microphone that is switched off says nothing of the way.
        let heard = judged.frame > SWITCHED_OFF && judged.echo.max(judged.frame) > FLOOR;
        if heard && judged.echo > 0.25 * judged.frame {
            self.before = 0.9 * self.before + judged.frame;
            self.after = 0.9 * self.after + judged.left;
        }
    }

    /// Whether the way is another one now: taking the echo away makes the frames louder.
    fn is_wrong(&self) -> bool {
        self.after > WRONG * self.before
    }
}
