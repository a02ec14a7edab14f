use crate::DeviceId;
use cueline_events::{Lane, Notice};
use std::path::PathBuf;

/// Why a device or a recording cannot be used. The text says what happened, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}; {}", self.happened(), self.what_to_do())]
pub enum AudioError {
    /// No sound system answered.
    NoSoundSystem {
        /// What each of them said.
        detail: String,
    },
    /// The sound system has no microphone.
    NoMicrophone {
        /// The sound system, for example `pulseaudio`.
        host: String,
    },
    /// What the computer plays cannot be captured here.
    NoLoopback {
        /// The sound system.
        host: String,
    },
    /// The sound system has nothing to play through.
    NoOutput {
        /// The sound system.
        host: String,
    },
    /// The output is there and plays nothing.
    OutputFailed {
        /// What the sound system said.
        detail: String,
    },
    /// No device has this id now.
    DeviceNotFound {
        /// The id that was asked for.
        id: DeviceId,
    },
    /// The device is there and cannot be opened.
    DeviceFailed {
        /// The device's id.
        id: DeviceId,
        /// What the sound system said.
        detail: String,
        /// Whether it said that this program may not.
        denied: bool,
    },
    /// A recording cannot be read from disk.
    FileUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file is no WAV file, or its header is broken.
    BadHeader {
        /// The file.
        path: PathBuf,
        /// The byte at which the fault is.
        byte: u64,
        /// What is wrong there.
        fault: String,
    },
    /// A recording's sound data cannot be decoded.
    BadSamples {
        /// The file.
        path: PathBuf,
        /// The first frame that could not be decoded.
        frame: u64,
        /// What is wrong there.
        fault: String,
    },
    /// A recording without a single sample.
    EmptyFile {
        /// The file.
        path: PathBuf,
    },
    /// A recording with more than two channels.
    TooManyChannels {
        /// The file.
        path: PathBuf,
        /// How many it has.
        channels: u16,
    },
    /// A recording of one channel, and nobody said whose voice it is.
    LaneMissing {
        /// The file.
        path: PathBuf,
    },
    /// A recording of two channels was given as one lane.
    LaneUnwanted {
        /// The file.
        path: PathBuf,
        /// The lane it was given as.
        lane: Lane,
    },
}

impl AudioError {
    /// A stable name for the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSoundSystem { .. } => "no_sound_system",
            Self::NoMicrophone { .. } => "no_microphone",
            Self::NoLoopback { .. } => "no_loopback",
            Self::NoOutput { .. } => "no_output",
            Self::OutputFailed { .. } => "output_failed",
            Self::DeviceNotFound { .. } => "device_not_found",
            Self::DeviceFailed { denied: true, .. } => "device_denied",
            Self::DeviceFailed { denied: false, .. } => "device_failed",
            Self::FileUnreadable { .. } => "file_unreadable",
            Self::BadHeader { .. } => "bad_header",
            Self::BadSamples { .. } => "bad_samples",
            Self::EmptyFile { .. } => "empty_file",
            Self::TooManyChannels { .. } => "too_many_channels",
            Self::LaneMissing { .. } => "lane_missing",
            Self::LaneUnwanted { .. } => "lane_unwanted",
        }
    }

    /// The same for the person at the screen.
    pub fn notice(&self) -> Notice {
        Notice { code: self.code().into(), message: self.happened(), what_to_do: self.what_to_do().into() }
    }

    fn happened(&self) -> String {
        match self {
            Self::NoSoundSystem { detail } => format!("no sound system answered ({detail})"),
            Self::NoMicrophone { host } => format!("{host} has no microphone"),
            Self::NoLoopback { host } => format!("{host} cannot capture what the computer plays"),
            Self::NoOutput { host } => format!("{host} has nothing to play sound through"),
            Self::OutputFailed { detail } => format!("the sound output plays nothing: {detail}"),
            Self::DeviceNotFound { id } => format!("there is no audio device `{id}` now"),
            Self::DeviceFailed { id, detail, .. } => {
                format!("the audio device `{id}` cannot be opened: {detail}")
            }
            Self::FileUnreadable { path, source } => format!("{} cannot be read: {source}", path.display()),
            Self::BadHeader { path, byte, fault } => format!("{}, byte {byte}: {fault}", path.display()),
            Self::BadSamples { path, frame, fault } => format!("{}, frame {frame}: {fault}", path.display()),
            Self::EmptyFile { path } => format!("{} holds no sound", path.display()),
            Self::TooManyChannels { path, channels } => format!("{} has {channels} channels", path.display()),
            Self::LaneMissing { path } => {
                format!("{} has one channel and no lane was given for it", path.display())
            }
            Self::LaneUnwanted { path, lane } => {
                format!("{} has two channels and was given as the {lane} lane", path.display())
            }
        }
    }

    fn what_to_do(&self) -> &'static str {
        match self {
            Self::NoSoundSystem { .. } => {
                "start PulseAudio or PipeWire for this user (on Windows: the Windows Audio service), or check that \
                 the computer has a sound card"
            }
            Self::NoMicrophone { .. } => {
                "plug in a headset or a microphone (and on Linux see that PulseAudio or PipeWire runs)"
            }
            Self::NoLoopback { .. } => {
                "on Linux start PulseAudio or PipeWire (ALSA alone cannot do it); elsewhere connect speakers or a headset"
            }
            Self::NoOutput { .. } => {
                "connect a headset or speakers, and choose them in the system's sound settings"
            }
            Self::OutputFailed { .. } => {
                "choose another output in the system's sound settings, or close programs that hold this one alone"
            }
            Self::DeviceNotFound { .. } => "plug it in, or choose one that `cueline devices` lists",
            Self::DeviceFailed { denied: true, .. } => {
                "allow Cueline to use the microphone in the system's privacy settings"
            }
            Self::DeviceFailed { denied: false, .. } => {
                "close other programs that use it, or choose another device"
            }
            Self::FileUnreadable { .. } => "check the path and that you may read the file",
            Self::BadHeader { .. } | Self::BadSamples { .. } => {
                "convert it to a WAV file of 8 to 32 bit integers or 32 bit floats"
            }
            Self::EmptyFile { .. } => "choose a recording with sound in it",
            Self::TooManyChannels { .. } => {
                "convert it to two channels, left the agent and right the customer"
            }
            Self::LaneMissing { .. } => "say which lane it is: agent or customer",
            Self::LaneUnwanted { .. } => {
                "give it without a lane (left is the agent, right the customer), or convert it to one channel"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_notice_say_what_happened_where_and_what_to_do() {
        let error = AudioError::BadHeader { path: "call.wav".into(), byte: 36, fault: "no data".into() };
        assert_eq!(
            error.to_string(),
            "call.wav, byte 36: no data; convert it to a WAV file of 8 to 32 bit integers or 32 bit floats"
        );
        let notice = error.notice();
        assert_eq!(notice.code, "bad_header");
        assert_eq!(notice.message, "call.wav, byte 36: no data");
        assert!(notice.what_to_do.starts_with("convert it"));
    }
}
