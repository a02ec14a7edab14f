use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a device for good: the sound system and its own name for the device, for example
/// `pulseaudio:alsa_input.usb-Jabra-00.mono-fallback`.
///
/// It survives restarts and hot-plugging and holds no position in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export, type = "string")]
pub struct DeviceId(String);

impl DeviceId {
    /// The id as it is stored in settings and given on the command line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sound system's name: what stands before the first colon.
    pub(crate) fn host(&self) -> &str {
        self.0.split_once(':').map_or("", |(host, _)| host)
    }
}

impl From<&str> for DeviceId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<String> for DeviceId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl std::fmt::Display for DeviceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
