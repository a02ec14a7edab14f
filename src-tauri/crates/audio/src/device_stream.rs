use crate::background::Background;
use crate::capture_callback::{RingReader, RingWriter, ring};
use crate::sound_hosts::{find, host_of, is_pulseaudio};
use crate::{AudioError, DeviceId, DeviceKind};
use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{BufferSize, Error, ErrorKind, FromSample, SampleFormat, SizedSample, StreamConfig};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long the sound system may take to set up a stream.
const OPENING: Duration = Duration::from_secs(3);

/// How much sound PulseAudio may keep for us while we do not read: one second.
///
/// cpal takes one number for this reserve and for the pieces in which the server collects sound before it sends it on,
/// and the server drops a piece without a word when the reserve has no room for it. With one number for both, 100 or
/// 200 ms, it dropped whole pieces whenever two met: half a second of a minute's speech on a busy machine. So a second
/// stream asks for small pieces, which the server then makes for both, and the first one keeps a large reserve.
const RESERVE_S: u32 = 1;

/// How many pieces a second the second stream asks for: 40 ms each.
const PIECES_PER_SECOND: u32 = 25;

/// Where a lane's streams come from: a device of the sound system, or a test's own.
pub(crate) trait StreamSource: Send + Sync + 'static {
    /// Holds a stream open; dropping it ends the stream.
    type Hold: Send + 'static;

    /// Opens the device; sound flows into the ring from now on.
    fn open(&self, call_start: Instant) -> Result<OpenStream<Self::Hold>, AudioError>;

    /// Whether the device is there.
    fn is_present(&self) -> Result<bool, AudioError>;

    /// Whether the sound system may quietly go on with another device when this one vanishes.
    fn may_be_moved(&self) -> bool;

    /// Asks what may take long without keeping the lane waiting.
    fn ask<T: Send + 'static>(question: impl FnOnce() -> T + Send + 'static) -> Background<T> {
        Background::ask(question)
    }
}

/// A stream that runs.
pub(crate) struct OpenStream<H> {
    pub(crate) hold: H,
    pub(crate) ring: RingReader,
    /// Frames per second in the ring.
    pub(crate) rate: u32,
    pub(crate) kind: DeviceKind,
    /// The device's name for people.
    pub(crate) name: String,
    /// Set once the sound system said that the stream is over.
    pub(crate) ended: Arc<AtomicBool>,
}

/// A device of the sound system.
pub(crate) struct DeviceSource(pub(crate) DeviceId);

impl StreamSource for DeviceSource {
    type Hold = DeviceHold;

    fn open(&self, call_start: Instant) -> Result<OpenStream<DeviceHold>, AudioError> {
        let host = host_of(&self.0)?;
        let device =
            find(&host, &self.0)?.ok_or_else(|| AudioError::DeviceNotFound { id: self.0.clone() })?;
        let failed = |error: Error| AudioError::DeviceFailed {
            id: self.0.clone(),
            denied: error.kind() == ErrorKind::PermissionDenied,
            detail: error.to_string(),
        };
        let sink = self.monitored_sink(&host);
        let name = sink.as_ref().unwrap_or(&device).description().map_err(failed)?.name().to_owned();
        let is_input = device.supports_input();
        // A loopback is captured in the format that its output plays.
        let offered = if is_input { device.default_input_config() } else { device.default_output_config() };
        let offered = offered.map_err(failed)?;
        let rate = offered.sample_rate();
        let mut config = StreamConfig::from(offered);
        let mut pace = None;
        if is_pulseaudio(self.0.host()) {
            config.channels = config.channels.min(2);
            config.buffer_size = BufferSize::Fixed(rate / PIECES_PER_SECOND);
            let stream = device.build_input_stream_raw(
                config,
                offered.sample_format(),
                |_, _| {},
                |_| {},
                Some(OPENING),
            );
            pace = Some(stream.map_err(failed)?);
            config.buffer_size = BufferSize::Fixed(rate * RESERVE_S);
        }
        let kind = if !is_input || sink.is_some() { DeviceKind::Loopback } else { DeviceKind::Microphone };
        let (writer, ring) = ring(rate, config.channels, call_start);
        let ended = Arc::new(AtomicBool::new(false));
        let hold = build(&device, config, offered.sample_format(), writer, &ended).map_err(failed)?;
        for stream in pace.iter().chain([&hold]) {
            stream.play().map_err(failed)?;
        }
        Ok(OpenStream { hold: DeviceHold { _sound: hold, _pace: pace }, ring, rate, kind, name, ended })
    }

    fn is_present(&self) -> Result<bool, AudioError> {
        let host = host_of(&self.0)?;
        Ok(find(&host, &self.0)?.is_some())
    }

    fn may_be_moved(&self) -> bool {
        is_pulseaudio(self.0.host())
    }
}

/// The streams of a device that runs.
pub(crate) struct DeviceHold {
    _sound: cpal::Stream,
    /// Under PulseAudio: keeps the server's pieces small.
    _pace: Option<cpal::Stream>,
}

impl DeviceSource {
    /// The sink whose monitor this is, if it is one.
    fn monitored_sink(&self, host: &cpal::Host) -> Option<cpal::Device> {
        let sink = self.0.as_str().strip_suffix(".monitor").filter(|_| is_pulseaudio(self.0.host()))?;
        let sink = find(host, &DeviceId::from(sink)).ok()??;
        sink.supports_output().then_some(sink)
    }
}

/// Sets up the stream in the format that the device has; the callback converts.
fn build(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    writer: RingWriter,
    ended: &Arc<AtomicBool>,
) -> Result<cpal::Stream, Error> {
    match format {
        SampleFormat::I8 => build_as::<i8>(device, config, writer, ended),
        SampleFormat::I16 => build_as::<i16>(device, config, writer, ended),
        SampleFormat::I24 => build_as::<cpal::I24>(device, config, writer, ended),
        SampleFormat::I32 => build_as::<i32>(device, config, writer, ended),
        SampleFormat::U8 => build_as::<u8>(device, config, writer, ended),
        SampleFormat::U16 => build_as::<u16>(device, config, writer, ended),
        SampleFormat::U24 => build_as::<cpal::U24>(device, config, writer, ended),
        SampleFormat::U32 => build_as::<u32>(device, config, writer, ended),
        SampleFormat::F32 => build_as::<f32>(device, config, writer, ended),
        SampleFormat::F64 => build_as::<f64>(device, config, writer, ended),
        other => Err(Error::with_message(
            ErrorKind::UnsupportedConfig,
            format!("its samples are {other}, which Cueline does not read"),
        )),
    }
}

fn build_as<S: SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    mut writer: RingWriter,
    ended: &Arc<AtomicBool>,
) -> Result<cpal::Stream, Error>
where
    f32: FromSample<S>,
{
    let ended = Arc::clone(ended);
    device.build_input_stream(
        config,
        move |samples: &[S], _| writer.on_samples(samples),
        move |error| {
            if ends_the_stream(error.kind()) {
                ended.store(true, Ordering::Relaxed);
            }
        },
        Some(OPENING),
    )
}

/// Whether a stream is over after this error. What an overrun lost shows in the stamps.
fn ends_the_stream(kind: ErrorKind) -> bool {
    !matches!(kind, ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged)
}
