use crate::failure::Failure;
use crate::settings::Settings;
use crate::state::lock;
use cueline_audio::{Capture, LaneEvent, default_device};
use cueline_events::Lane;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tauri::async_runtime::{self, JoinHandle};
use tauri::ipc::Channel;
use ts_rs::TS;

/// How often a capture is read: as often as a call does it.
const PERIOD: Duration = Duration::from_millis(20);

/// The loudness of one lane over a tenth of a second.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export)]
pub(crate) struct LevelReading {
    /// Which lane.
    lane: Lane,
    /// Root mean square, dB below full scale, -90 at the lowest.
    rms_db: f32,
    /// Highest sample, dB below full scale, -90 at the lowest.
    peak_db: f32,
}

/// Measures the chosen devices while nobody calls, so that the agent sees that both sides are heard.
#[derive(Default)]
pub(crate) struct LevelWatch(Mutex<Option<Watching>>);

struct Watching {
    channel: Channel<LevelReading>,
    stop: Arc<AtomicBool>,
    reader: JoinHandle<()>,
}

impl LevelWatch {
    /// Opens both lanes' devices and sends their levels, ten times a second, until it is stopped.
    ///
    /// # Errors
    /// The first device that can't be opened. The other lane is measured all the same.
    pub(crate) fn start(&self, settings: &Settings, channel: Channel<LevelReading>) -> Result<(), Failure> {
        let mut watching = lock(&self.0);
        stop(watching.take());
        let (opened, failed): (Vec<_>, Vec<_>) =
            Lane::BOTH.into_iter().map(|lane| open(settings, lane)).partition(Result::is_ok);
        let captures: Vec<Capture> = opened.into_iter().flatten().collect();
        let stopped = Arc::new(AtomicBool::new(false));
        let (told, flag) = (channel.clone(), Arc::clone(&stopped));
        let reader = async_runtime::spawn_blocking(move || read(captures, &told, &flag));
        *watching = Some(Watching { channel, stop: stopped, reader });
        failed.into_iter().find_map(Result::err).map_or(Ok(()), Err)
    }

    /// Goes on with other devices, if it was measuring.
    ///
    /// # Errors
    /// As [`LevelWatch::start`].
    pub(crate) fn follow(&self, settings: &Settings) -> Result<(), Failure> {
        let channel = lock(&self.0).as_ref().map(|watching| watching.channel.clone());
        channel.map_or(Ok(()), |channel| self.start(settings, channel))
    }

    /// Lets go of the devices.
    pub(crate) fn stop(&self) {
        stop(lock(&self.0).take());
    }
}

fn stop(watching: Option<Watching>) {
    if let Some(watching) = watching {
        watching.stop.store(true, Ordering::Relaxed);
        // The reader looks at the flag every 20 ms; a fault in it was logged where it happened.
        let _ = async_runtime::block_on(watching.reader);
    }
}

fn open(settings: &Settings, lane: Lane) -> Result<Capture, Failure> {
    let device = match settings.device(lane) {
        Some(device) => device.clone(),
        None => default_device(lane)?.id,
    };
    Ok(Capture::open(lane, &device, Instant::now())?)
}

fn read(mut captures: Vec<Capture>, channel: &Channel<LevelReading>, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        for event in captures.iter_mut().flat_map(Capture::read) {
            if let LaneEvent::Level { lane, rms_db, peak_db } = event {
                // A window that is gone needs no levels; closing it stops this soon.
                let _ = channel.send(LevelReading { lane, rms_db, peak_db });
            }
        }
        std::thread::sleep(PERIOD);
    }
}
