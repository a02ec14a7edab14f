use crate::{AudioError, DeviceId};
use cpal::traits::{DeviceTrait, HostTrait};
use std::sync::{Arc, Mutex, PoisonError};

/// The sound systems of this platform, best first.
///
/// On Linux PulseAudio comes first (PipeWire answers to it too): only it can capture what is played, as the monitor
/// of a sink. ALSA is for machines with neither.
#[cfg(target_os = "linux")]
const HOSTS: [cpal::HostId; 2] = [cpal::HostId::PulseAudio, cpal::HostId::Alsa];
#[cfg(target_os = "windows")]
const HOSTS: [cpal::HostId; 1] = [cpal::HostId::Wasapi];
#[cfg(target_os = "macos")]
const HOSTS: [cpal::HostId; 1] = [cpal::HostId::CoreAudio];

/// The connection to PulseAudio, once there is one.
///
/// The client behind cpal's PulseAudio host never ends its thread nor its connection, and a server takes 64 of them:
/// so there is one for the whole program, and a new one only when the server went away.
static PULSEAUDIO: Mutex<Option<Arc<cpal::Host>>> = Mutex::new(None);

/// The best sound system that answers.
pub(crate) fn best_host() -> Result<Arc<cpal::Host>, AudioError> {
    let mut faults = Vec::new();
    for id in HOSTS {
        match connect(id) {
            Ok(host) => return Ok(host),
            Err(error) => faults.push(format!("{id}: {error}")),
        }
    }
    Err(AudioError::NoSoundSystem { detail: faults.join(", ") })
}

/// The sound system that an id names.
pub(crate) fn host_of(id: &DeviceId) -> Result<Arc<cpal::Host>, AudioError> {
    let host: cpal::HostId = id.host().parse().map_err(|_| AudioError::DeviceNotFound { id: id.clone() })?;
    connect(host).map_err(|error| AudioError::NoSoundSystem { detail: format!("{host}: {error}") })
}

/// The sound system's device with this id, if it is there now.
pub(crate) fn find(host: &cpal::Host, id: &DeviceId) -> Result<Option<cpal::Device>, AudioError> {
    let no_answer = |error| AudioError::NoSoundSystem { detail: format!("{}: {error}", host.id()) };
    let mut devices = host.devices().map_err(no_answer)?;
    Ok(devices.find(|device| device.id().is_ok_and(|found| found.to_string() == id.as_str())))
}

/// Whether this is PulseAudio, which has its own ways: sinks cannot be captured but their monitors can, the server
/// may move a stream to another source without telling, and a stream's fragments are two seconds long unless asked
/// otherwise.
pub(crate) fn is_pulseaudio(host: &str) -> bool {
    host == "pulseaudio"
}

fn connect(id: cpal::HostId) -> Result<Arc<cpal::Host>, cpal::Error> {
    if !is_pulseaudio(&id.to_string()) {
        return cpal::host_from_id(id).map(Arc::new);
    }
    // The lock is held for the time it takes to copy a pointer, never while the server is asked.
    let kept = PULSEAUDIO.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(host) = kept.filter(|host| host.devices().is_ok()) {
        return Ok(host);
    }
    let host = Arc::new(cpal::host_from_id(id)?);
    *PULSEAUDIO.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&host));
    Ok(host)
}
