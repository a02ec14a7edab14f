use crate::arguments::Devices;
use crate::exit::Ended;
use crate::printing::{json, line};
use cueline_audio::DeviceKind;

pub(crate) fn run(arguments: &Devices) -> anyhow::Result<Ended> {
    let devices = cueline_audio::devices()?;
    if arguments.json {
        json(&devices)?;
        return Ok(Ended::Done);
    }
    for (kind, heading) in [
        (DeviceKind::Microphone, "Microphones (--agent)"),
        (DeviceKind::Loopback, "The customer's side (--customer)"),
    ] {
        line(heading)?;
        for device in devices.iter().filter(|device| device.kind == kind) {
            let mark = if device.is_default { '*' } else { ' ' };
            line(&format!("  {mark} {}\n      {}", device.name, device.id))?;
        }
    }
    Ok(Ended::Done)
}
