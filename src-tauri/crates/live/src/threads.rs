//! A call with threads: one a lane (or one that plays a file), the speech worker, the recorder and the call loop.

use crate::act::Act;
use crate::call_clock::CallClock;
use crate::call_loop::{CallLoop, OnEvent};
use crate::desk::{Desk, send};
use crate::hearing::Hearing;
use crate::intake::{FarEnd, Intake, broken_file};
use crate::live_call::LiveCall;
use crate::message::Message;
use crate::opened_call::{self, Facts};
use crate::{LiveError, SharedDecoder, recorder};
use crossbeam_channel::{Receiver, Sender, bounded, select, tick};
use cueline_audio::{AudioError, Block, CallFile, Capture, DeviceId};
use cueline_events::Lane;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Builder, JoinHandle};
use std::time::Duration;

/// Messages that may wait for the call loop. Levels and partials give way when it is full; everything else waits.
const MESSAGES: usize = 1_024;
/// What the agent did and the call loop has not seen yet: more than a person can press in the loop's longest pause.
const ACTS: usize = 16;
/// Customer's blocks that may wait for the agent's lane to look for their echo: two seconds.
const FAR_BLOCKS: usize = 100;
/// How often the call loop looks at the clock.
const CLOCK_PERIOD: Duration = Duration::from_millis(100);
/// How often a lane's thread empties its device's ring.
const LANE_PERIOD: Duration = Duration::from_millis(20);

/// A call from two devices.
pub(crate) fn listen(
    facts: Facts,
    decoder: SharedDecoder,
    devices: [Option<DeviceId>; 2],
    on_event: OnEvent,
) -> Result<LiveCall, LiveError> {
    let mut wiring = Wiring::new(&facts);
    for (lane, device) in Lane::BOTH.into_iter().zip(devices) {
        // Devices are opened before anything is said to have begun: a call that is deaf on one side must not start.
        if let Err(error) = wiring.open_lane(lane, device) {
            wiring.ending.store(true, Ordering::Relaxed);
            return Err(error);
        }
    }
    wiring.start(facts, decoder, on_event)
}

/// A recorded call at the speed at which it was spoken.
pub(crate) fn play(
    facts: Facts,
    decoder: SharedDecoder,
    file: CallFile,
    on_event: OnEvent,
) -> Result<LiveCall, LiveError> {
    let mut wiring = Wiring::new(&facts);
    let intakes = Lane::BOTH.map(|lane| wiring.intake(lane));
    let (clock, ending) = (wiring.clock, Arc::clone(&wiring.ending));
    let player =
        Builder::new().name("file".into()).spawn(move || play_file(file, clock, &ending, intakes))?;
    wiring.threads.push(player);
    wiring.start(facts, decoder, on_event)
}

/// The queues of one call, while its threads are being started.
struct Wiring {
    clock: CallClock,
    ending: Arc<AtomicBool>,
    hearing: Arc<Hearing>,
    desk: Arc<Desk>,
    out: Sender<Message>,
    messages: Receiver<Message>,
    /// The customer's blocks on their way to the agent's ears.
    far: (Sender<Block>, Receiver<Block>),
    /// Present when the call is recorded.
    blocks: Option<(Sender<Block>, Receiver<Block>)>,
    threads: Vec<JoinHandle<()>>,
}

impl Wiring {
    fn new(facts: &Facts) -> Self {
        let clock = CallClock::begin();
        let (out, messages) = bounded(MESSAGES);
        Self {
            clock,
            ending: Arc::default(),
            hearing: Arc::default(),
            desk: Arc::new(Desk::new(Lane::BOTH.len(), clock)),
            out,
            messages,
            far: bounded(FAR_BLOCKS),
            blocks: facts.records().then(|| bounded(recorder::QUEUE)),
            threads: Vec::new(),
        }
    }

    fn intake(&self, lane: Lane) -> Intake {
        let recorder = self.blocks.as_ref().map(|(sender, _)| sender.clone());
        let far = match lane {
            Lane::Agent => FarEnd::Takes(self.far.1.clone()),
            Lane::Customer => FarEnd::Gives(self.far.0.clone()),
        };
        Intake::new(lane, far, Arc::clone(&self.desk), self.out.clone(), recorder, Arc::clone(&self.hearing))
    }

    /// Starts a lane's thread and waits until its device is open. The capture lives on that thread: on some systems
    /// a stream can't move between threads.
    fn open_lane(&mut self, lane: Lane, device: Option<DeviceId>) -> Result<(), LiveError> {
        let (ready, opened) = bounded(1);
        let (clock, ending, intake) = (self.clock, Arc::clone(&self.ending), self.intake(lane));
        let body = move || match open_device(lane, device, clock) {
            Ok(capture) => {
                let _ = ready.send(Ok(()));
                listen_to(capture, &ending, intake);
            }
            Err(error) => {
                let _ = ready.send(Err(error));
                intake.close();
            }
        };
        self.threads.push(Builder::new().name(lane.name().into()).spawn(body)?);
        opened.recv().map_err(|_| LiveError::Fault)?.map_err(LiveError::from)
    }

    /// Opens the log and starts what is left: recorder, speech worker, call loop. The loop ends when every thread
    /// that can tell it something is gone, so each owns a sender and drops it with its life.
    fn start(self, facts: Facts, decoder: SharedDecoder, on_event: OnEvent) -> Result<LiveCall, LiveError> {
        let Self { clock, ending, hearing, desk, out, messages, far: _, blocks, mut threads } = self;
        let opened = opened_call::open(facts, &decoder, on_event).inspect_err(|_| {
            ending.store(true, Ordering::Relaxed);
        })?;
        if let (Some((writer, judged)), Some((_, recorded))) = (opened.recording, blocks) {
            let out = out.clone();
            let record = move || recorder::record(&recorded, &judged, writer, &out);
            threads.push(Builder::new().name("recorder".into()).spawn(record)?);
        }
        let worker = Arc::clone(&desk);
        let work = move || {
            let over = SpeechOver(out);
            worker.work(&decoder, &over.0);
        };
        threads.push(Builder::new().name("speech".into()).spawn(work)?);
        let (acts, acted) = bounded(ACTS);
        let call_loop = opened.call_loop;
        let run = move || run(call_loop, &messages, &acted, &desk, clock);
        let call_loop = Builder::new().name("call".into()).spawn(run)?;
        Ok(LiveCall { id: opened.id, clock, ending, hearing, acts, call_loop, others: threads })
    }
}

/// Tells the loop that nothing more will be transcribed, however the worker ends: the recorder waits for it.
struct SpeechOver(Sender<Message>);

impl Drop for SpeechOver {
    fn drop(&mut self) {
        send(&self.0, Message::SpeechOver { whole: !thread::panicking() });
    }
}

/// The call loop's life.
fn run(
    mut call_loop: CallLoop,
    messages: &Receiver<Message>,
    acted: &Receiver<Act>,
    desk: &Desk,
    clock: CallClock,
) {
    let ticks = tick(CLOCK_PERIOD);
    loop {
        select! {
            recv(messages) -> message => match message {
                Ok(message) => call_loop.take(message, clock.now()),
                Err(_) => break,
            },
            recv(acted) -> act => if let Ok(act) = act {
                call_loop.act(act, clock.now());
            },
            recv(ticks) -> _ => call_loop.clock(clock.now(), desk.lag()),
        }
    }
    call_loop.end(desk.closed(), clock.now());
}

fn open_device(lane: Lane, device: Option<DeviceId>, clock: CallClock) -> Result<Capture, AudioError> {
    let device = match device {
        Some(device) => device,
        None => cueline_audio::default_device(lane)?.id,
    };
    Capture::open(lane, &device, clock.start)
}

fn listen_to(mut capture: Capture, ending: &AtomicBool, mut intake: Intake) {
    while !ending.load(Ordering::Relaxed) {
        thread::sleep(LANE_PERIOD);
        capture.read().into_iter().for_each(|event| intake.take(event));
    }
    capture.finish().into_iter().for_each(|event| intake.take(event));
    intake.close();
}

/// Gives each lane its blocks when they would have been captured.
fn play_file(mut file: CallFile, clock: CallClock, ending: &AtomicBool, mut intakes: [Intake; 2]) {
    for notice in file.notices() {
        intakes[0].tell(Message::Notice(notice));
    }
    while !ending.load(Ordering::Relaxed) {
        let events = match file.read() {
            Ok(Some(events)) => events,
            Ok(None) => break,
            Err(error) => {
                intakes[0].tell(broken_file(&error));
                break;
            }
        };
        for event in events {
            if let Some(ahead) = event.end().map(|end| end - clock.now()).filter(|ahead| *ahead > 0.0) {
                thread::sleep(Duration::from_secs_f64(ahead));
            }
            intakes[event.lane().index()].take(event);
        }
    }
    intakes.into_iter().for_each(Intake::close);
}
