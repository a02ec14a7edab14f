use crate::AudioError;
use crate::sound_hosts::{best_host, is_pulseaudio};
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, Error, ErrorKind, FromSample, SampleFormat, SizedSample, StreamConfig};
use std::f32::consts::TAU;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long the sound system may take to set up a stream.
const OPENING: Duration = Duration::from_secs(3);
/// How long after the last sample was handed over the system may still be playing it.
const DRAINING: Duration = Duration::from_millis(300);
/// How many pieces a second an output under PulseAudio asks for: 50 ms each.
const PIECES_PER_SECOND: u32 = 20;
/// An output that has taken nothing for so long beyond the tones' own time plays nothing.
const PATIENCE: Duration = Duration::from_secs(3);

/// Two tones of 0.3 s with 0.2 s between them: pitch in hertz and when each begins, in seconds.
const TONES: [(f32, f32); 2] = [(440.0, 0.0), (660.0, 0.5)];
const TONE: f32 = 0.3;
const LENGTH: f32 = 0.8;
/// Seconds in which a tone swells and fades, so that it does not click.
const FADE: f32 = 0.02;
/// The highest sample, 12 dB below full scale: clear in a headset, and not loud.
const LOUDNESS: f32 = 0.25;

/// Plays two short tones (0.8 s) through the system's default output and waits for their end: whoever captures what the
/// computer plays hears them, so that the customer's lane can be checked without a customer.
///
/// # Errors
/// [`AudioError::NoSoundSystem`], [`AudioError::NoOutput`], or [`AudioError::OutputFailed`] with what the system said.
pub fn play_test_tone() -> Result<(), AudioError> {
    let host = best_host()?;
    let none = || AudioError::NoOutput { host: host.id().to_string() };
    let device = host.default_output_device().ok_or_else(none)?;
    // ALSA names a default where there is no sound card, and says so only when it is used.
    let failed = |error: Error| match error.kind() {
        ErrorKind::DeviceNotAvailable => none(),
        _ => AudioError::OutputFailed { detail: error.to_string() },
    };
    let offered = device.default_output_config().map_err(failed)?;
    let tone = Tone::new(offered.sample_rate(), offered.channels());
    let (over, lost) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let ends = Ends { over: Arc::clone(&over), lost: Arc::clone(&lost) };
    let mut config = StreamConfig::from(offered);
    if is_pulseaudio(&host.id().to_string()) {
        // By itself the server asks for two seconds at once, and drops what it has not played when the stream closes.
        config.buffer_size = BufferSize::Fixed(offered.sample_rate() / PIECES_PER_SECOND);
    }
    let stream = build(&device, config, offered.sample_format(), tone, ends).map_err(failed)?;
    stream.play().map_err(failed)?;
    let late = Instant::now() + Duration::from_secs_f32(LENGTH) + PATIENCE;
    while !over.load(Ordering::Relaxed) {
        if lost.load(Ordering::Relaxed) || Instant::now() > late {
            return Err(AudioError::OutputFailed { detail: "it takes no sound".into() });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(DRAINING);
    Ok(())
}

/// What the output's callbacks report.
struct Ends {
    /// The last sample was handed over.
    over: Arc<AtomicBool>,
    /// The device is gone.
    lost: Arc<AtomicBool>,
}

/// The tones, sample by sample.
struct Tone {
    rate: f32,
    channels: usize,
    frame: u32,
}

impl Tone {
    fn new(rate: u32, channels: u16) -> Self {
        Self { rate: rate as f32, channels: usize::from(channels.max(1)), frame: 0 }
    }

    fn next(&mut self) -> f32 {
        let second = self.frame as f32 / self.rate;
        self.frame = self.frame.saturating_add(1);
        let sounding = TONES.iter().find(|(_, from)| (*from..*from + TONE).contains(&second));
        sounding.map_or(0.0, |(pitch, from)| {
            let within = second - from;
            let fade = (within.min(TONE - within) / FADE).clamp(0.0, 1.0);
            (TAU * pitch * within).sin() * fade * LOUDNESS
        })
    }

    /// The same sample on every channel. True once the last tone is over.
    fn fill<S: SizedSample + FromSample<f32>>(&mut self, out: &mut [S]) -> bool {
        for frame in out.chunks_mut(self.channels) {
            frame.fill(S::from_sample(self.next()));
        }
        self.frame as f32 / self.rate >= LENGTH
    }
}

fn build(
    device: &cpal::Device,
    config: StreamConfig,
    format: SampleFormat,
    tone: Tone,
    ends: Ends,
) -> Result<cpal::Stream, Error> {
    match format {
        SampleFormat::I16 => build_as::<i16>(device, config, tone, ends),
        SampleFormat::I24 => build_as::<cpal::I24>(device, config, tone, ends),
        SampleFormat::I32 => build_as::<i32>(device, config, tone, ends),
        SampleFormat::U8 => build_as::<u8>(device, config, tone, ends),
        SampleFormat::U16 => build_as::<u16>(device, config, tone, ends),
        SampleFormat::F32 => build_as::<f32>(device, config, tone, ends),
        SampleFormat::F64 => build_as::<f64>(device, config, tone, ends),
        other => Err(Error::with_message(
            ErrorKind::UnsupportedConfig,
            format!("it takes samples as {other}, which Cueline does not write"),
        )),
    }
}

fn build_as<S: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: StreamConfig,
    mut tone: Tone,
    ends: Ends,
) -> Result<cpal::Stream, Error> {
    let Ends { over, lost } = ends;
    device.build_output_stream(
        config,
        move |out: &mut [S], _| {
            if tone.fill(out) {
                over.store(true, Ordering::Relaxed);
            }
        },
        move |error| {
            if !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged)
            {
                lost.store(true, Ordering::Relaxed);
            }
        },
        Some(OPENING),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tones_without_a_click_on_every_channel() {
        let mut tone = Tone::new(8_000, 2);
        let mut played = vec![0.0_f32; 2 * 8_000];
        assert!(tone.fill(&mut played), "0.8 s are over within a second");
        assert!(played.chunks(2).all(|frame| frame[0] == frame[1]));
        let left: Vec<f32> = played.iter().step_by(2).copied().collect();
        let loudest = |from: f32, to: f32| {
            let range = (from * 8_000.0) as usize..(to * 8_000.0) as usize;
            left[range].iter().fold(0.0_f32, |most, sample| most.max(sample.abs()))
        };
        assert!(loudest(0.05, 0.25) > 0.2 && loudest(0.55, 0.75) > 0.2, "two tones");
        assert!(
            loudest(0.31, 0.49) == 0.0 && loudest(0.81, 1.0) == 0.0,
            "and nothing between and after them"
        );
        assert!(left.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.15), "no jump that clicks");
        assert!(loudest(0.0, 1.0) <= LOUDNESS);
    }
}
