use crate::sound_hosts::{best_host, is_pulseaudio};
use crate::{AudioError, DeviceId};
use cpal::traits::{DeviceTrait, HostTrait};
use cueline_events::Lane;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a device gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DeviceKind {
    /// The voice of the person in front of it: the agent's lane.
    Microphone,
    /// What the computer plays on one output: the customer's lane. On PulseAudio it is the monitor of a sink, on
    /// Windows and macOS the output itself.
    Loopback,
}

/// Something that a lane can be captured from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Device {
    /// Stays the same across restarts and hot-plugging.
    pub id: DeviceId,
    /// The name that the system shows. A loopback is named after its output.
    pub name: String,
    /// Microphone or loopback.
    pub kind: DeviceKind,
    /// Whether the system uses it unless told otherwise.
    pub is_default: bool,
    /// The sound system: `pulseaudio`, `alsa`, `wasapi` or `coreaudio`.
    pub host: String,
}

/// Everything that can be captured now, microphones first.
///
/// # Errors
/// [`AudioError::NoSoundSystem`] when no sound system answers. A sound system without devices gives an empty list.
pub fn devices() -> Result<Vec<Device>, AudioError> {
    let host = best_host()?;
    let name = host.id().to_string();
    let no_answer = |error| AudioError::NoSoundSystem { detail: format!("{name}: {error}") };
    let known: Vec<Endpoint> = host.devices().map_err(no_answer)?.filter_map(Endpoint::of).collect();
    let default_of = |device: Option<cpal::Device>| device.and_then(|d| d.id().ok()).map(|id| id.to_string());
    let defaults = Defaults {
        input: default_of(host.default_input_device()),
        output: default_of(host.default_output_device()),
    };
    Ok(capturable(&name, &known, &defaults))
}

/// The device that a lane is captured from unless the agent chose one: the system's microphone for the agent, what
/// the system's output plays for the customer.
///
/// # Errors
/// [`AudioError::NoSoundSystem`], or that there is no microphone or no loopback.
pub fn default_device(lane: Lane) -> Result<Device, AudioError> {
    let kind = match lane {
        Lane::Agent => DeviceKind::Microphone,
        Lane::Customer => DeviceKind::Loopback,
    };
    let mut fitting: Vec<Device> = devices()?.into_iter().filter(|device| device.kind == kind).collect();
    // A sound system may name no default, or one that is no microphone: then the first of the kind serves.
    let chosen = fitting.iter().position(|device| device.is_default).unwrap_or(0);
    if fitting.is_empty() {
        let host = best_host()?.id().to_string();
        return Err(match kind {
            DeviceKind::Microphone => AudioError::NoMicrophone { host },
            DeviceKind::Loopback => AudioError::NoLoopback { host },
        });
    }
    Ok(fitting.swap_remove(chosen))
}

/// A device as the sound system describes it.
struct Endpoint {
    id: String,
    name: String,
    input: bool,
    output: bool,
}

impl Endpoint {
    /// `None` for a device that vanished while it was looked at.
    fn of(device: cpal::Device) -> Option<Self> {
        let id = device.id().ok()?.to_string();
        let name = device.description().ok()?.name().to_owned();
        Some(Self { id, name, input: device.supports_input(), output: device.supports_output() })
    }
}

/// The ids of the sound system's own choices.
struct Defaults {
    input: Option<String>,
    output: Option<String>,
}

/// Whether a device is more than an ALSA plug-in: ALSA lists dozens, among them one that records silence. Of a card,
/// the device that converts and shares is taken, under the card's name; its number is one in a list.
fn is_hardware(host: &str, id: &str) -> bool {
    let card = id.strip_prefix("alsa:sysdefault:CARD=");
    host != "alsa" || card.is_some_and(|card| !card.starts_with(|first: char| first.is_ascii_digit()))
}

/// Sorts a sound system's devices into microphones and loopbacks.
fn capturable(host: &str, known: &[Endpoint], defaults: &Defaults) -> Vec<Device> {
    let device = |endpoint: &Endpoint, name: &str, kind, is_default| Device {
        id: DeviceId::from(endpoint.id.as_str()),
        name: name.to_owned(),
        kind,
        is_default,
        host: host.to_owned(),
    };
    let is = |default: &Option<String>, id: &str| default.as_deref() == Some(id);
    let sink_of = |endpoint: &Endpoint| {
        let sink = endpoint.id.strip_suffix(".monitor").filter(|_| is_pulseaudio(host) && endpoint.input)?;
        known.iter().find(|other| other.output && other.id == sink)
    };
    let microphone = |endpoint: &Endpoint| {
        let is_default = is(&defaults.input, &endpoint.id);
        let wanted = endpoint.input && sink_of(endpoint).is_none() && is_hardware(host, &endpoint.id);
        wanted.then(|| device(endpoint, &endpoint.name, DeviceKind::Microphone, is_default))
    };
    let loopback = |endpoint: &Endpoint| match host {
        _ if is_pulseaudio(host) => {
            let sink = sink_of(endpoint)?;
            Some(device(endpoint, &sink.name, DeviceKind::Loopback, is(&defaults.output, &sink.id)))
        }
        "alsa" => None,
        // A device that is both (some headsets on macOS) would give its microphone: it is listed as one above.
        _ => (endpoint.output && !endpoint.input).then(|| {
            device(endpoint, &endpoint.name, DeviceKind::Loopback, is(&defaults.output, &endpoint.id))
        }),
    };
    known.iter().filter_map(microphone).chain(known.iter().filter_map(loopback)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(id: &str, name: &str, input: bool, output: bool) -> Endpoint {
        Endpoint { id: id.into(), name: name.into(), input, output }
    }

    fn listed(
        host: &str,
        known: &[Endpoint],
        input: &str,
        output: &str,
    ) -> Vec<(String, String, DeviceKind, bool)> {
        let defaults = Defaults { input: Some(input.into()), output: Some(output.into()) };
        let devices = capturable(host, known, &defaults);
        assert!(devices.iter().all(|d| d.host == host));
        devices.into_iter().map(|d| (d.id.to_string(), d.name, d.kind, d.is_default)).collect()
    }

    #[test]
    fn pulseaudio_monitors_are_loopbacks_and_other_sources_microphones() {
        let known = [
            endpoint("pulseaudio:headset", "Headset", false, true),
            endpoint("pulseaudio:headset.monitor", "Monitor of Headset", true, false),
            endpoint("pulseaudio:virtual_mic", "Remapped", true, false),
            endpoint("pulseaudio:my.monitor", "A microphone with an odd name", true, false),
        ];
        assert_eq!(
            listed("pulseaudio", &known, "pulseaudio:virtual_mic", "pulseaudio:headset"),
            [
                ("pulseaudio:virtual_mic".into(), "Remapped".into(), DeviceKind::Microphone, true),
                (
                    "pulseaudio:my.monitor".into(),
                    "A microphone with an odd name".into(),
                    DeviceKind::Microphone,
                    false
                ),
                ("pulseaudio:headset.monitor".into(), "Headset".into(), DeviceKind::Loopback, true),
            ]
        );
    }

    /// Without a microphone PulseAudio calls a monitor its default source; the customer must not become the agent.
    #[test]
    fn a_monitor_is_never_the_default_microphone() {
        let known = [
            endpoint("pulseaudio:auto_null", "Dummy Output", false, true),
            endpoint("pulseaudio:auto_null.monitor", "Monitor of Dummy Output", true, false),
        ];
        let listed = listed("pulseaudio", &known, "pulseaudio:auto_null.monitor", "pulseaudio:auto_null");
        assert_eq!(
            listed,
            [("pulseaudio:auto_null.monitor".into(), "Dummy Output".into(), DeviceKind::Loopback, true)]
        );
    }

    #[test]
    fn elsewhere_outputs_are_loopbacks() {
        let known = [
            endpoint("x:mic", "Microphone", true, false),
            endpoint("x:speakers", "Speakers", false, true),
            endpoint("x:headset", "Headset", true, true),
        ];
        let microphones = [
            ("x:mic".into(), "Microphone".into(), DeviceKind::Microphone, true),
            ("x:headset".into(), "Headset".into(), DeviceKind::Microphone, false),
        ];
        let speakers = ("x:speakers".into(), "Speakers".into(), DeviceKind::Loopback, true);
        let [first, second] = microphones;
        assert_eq!(listed("wasapi", &known, "x:mic", "x:speakers"), [first, second, speakers]);
    }

    /// On a machine without a sound card the first "microphone" was `null`, which records silence.
    #[test]
    fn alsa_gives_the_microphones_of_its_cards_and_no_plug_ins() {
        let known = [
            endpoint("alsa:null", "Discard all samples", true, true),
            endpoint("alsa:pulse", "PulseAudio Sound Server", true, true),
            endpoint("alsa:sysdefault:CARD=Headset", "Jabra", true, true),
            endpoint("alsa:hw:CARD=0,DEV=0", "Jabra", true, true),
            endpoint("alsa:sysdefault:CARD=HDMI", "Screen", false, true),
        ];
        let listed = listed("alsa", &known, "alsa:default", "alsa:default");
        assert_eq!(
            listed,
            [("alsa:sysdefault:CARD=Headset".into(), "Jabra".into(), DeviceKind::Microphone, false)]
        );
    }
}
