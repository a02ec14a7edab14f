//! Sounds without words, made here: what a line carries while nobody speaks.

use std::f64::consts::TAU;

/// Samples per second of what is made.
pub(crate) const RATE: u32 = 16_000;
/// Seconds of each sound.
pub(crate) const SECONDS: u32 = 60;

/// A sound: its value at a second.
pub(crate) type Sound = fn(f64, &mut Noise) -> f64;

/// Every kind by name.
pub(crate) const KINDS: &[(&str, Sound)] = &[
    ("silence", |_, _| 0.0),
    ("white noise", |_, noise| 0.03 * noise.white()),
    ("loud white noise", |_, noise| 0.2 * noise.white()),
    ("pink noise", |_, noise| 0.3 * noise.pink()),
    ("mains hum", |t, noise| {
        let hum: f64 =
            [(60.0, 0.1), (120.0, 0.05), (180.0, 0.03)].iter().map(|(f, a)| a * (TAU * f * t).sin()).sum();
        hum + 0.002 * noise.white()
    }),
    ("hold music", music),
    ("breath", |t, noise| {
        let swell = (TAU * t / 4.0).sin().max(0.0).powi(2);
        0.25 * swell * noise.pink() + 0.001 * noise.white()
    }),
    ("laughter-like bursts", |t, noise| {
        // Five bursts a second of a falling voice, for a second and a half in every four.
        let (phase, burst) = (t % 4.0, (t * 5.0).fract());
        if phase > 1.5 {
            return 0.001 * noise.white();
        }
        let pitch = 320.0 - 60.0 * phase;
        let envelope = (1.0 - burst * 1.6).max(0.0);
        envelope
            * (0.12 * (TAU * pitch * t).sin() + 0.05 * (TAU * 2.0 * pitch * t).sin() + 0.2 * noise.pink())
    }),
    ("line clicks", |t, noise| {
        let click = (t * 3.0).fract() < 0.002;
        if click { 0.5 * noise.white() } else { 0.003 * noise.white() }
    }),
    (
        "ringing",
        |t, _| {
            if t % 6.0 < 2.0 { 0.1 * ((TAU * 440.0 * t).sin() + (TAU * 480.0 * t).sin()) } else { 0.0 }
        },
    ),
    ("keyboard", |t, noise| {
        let key = (t * 7.0 + 0.3 * (t * 1.7).sin()).fract();
        0.15 * noise.white() * (-key * 60.0).exp() + 0.001 * noise.white()
    }),
];

/// The samples of one kind, from -1 to 1.
pub(crate) fn sound(make: Sound) -> Vec<f32> {
    let mut noise = Noise { state: 0x2545_F491_4F6C_DD1D, pink: [0.0; 3] };
    let sample = |i: u32| make(f64::from(i) / f64::from(RATE), &mut noise).clamp(-1.0, 1.0) as f32;
    (0..RATE * SECONDS).map(sample).collect()
}

/// Plucked chords with a melody above.
fn music(t: f64, _: &mut Noise) -> f64 {
    const CHORDS: [[f64; 3]; 4] =
        [[261.6, 329.6, 392.0], [220.0, 261.6, 329.6], [174.6, 220.0, 261.6], [196.0, 246.9, 293.7]];
    const MELODY: [f64; 8] = [523.3, 587.3, 659.3, 523.3, 440.0, 493.9, 392.0, 440.0];
    let chord = CHORDS[(t / 2.0) as usize % 4];
    let fade = (-(t % 2.0) * 1.2).exp();
    let under: f64 = chord.iter().map(|f| (TAU * f * t).sin() + 0.3 * (TAU * 2.0 * f * t).sin()).sum();
    let note = MELODY[(t * 2.0) as usize % 8];
    let vibrato = 1.0 + 0.004 * (TAU * 5.5 * t).sin();
    let above = (TAU * note * vibrato * t).sin() * (-(t * 2.0).fract() * 2.0).exp();
    0.06 * fade * under + 0.15 * above
}

/// Noise that is the same every time.
pub(crate) struct Noise {
    state: u64,
    pink: [f64; 3],
}

impl Noise {
    fn white(&mut self) -> f64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// Three one-pole filters whose sum falls by about 3 dB an octave.
    fn pink(&mut self) -> f64 {
        let white = self.white();
        for (state, (keep, take)) in self.pink.iter_mut().zip([(0.997, 0.1), (0.963, 0.3), (0.57, 1.0)]) {
            *state = *state * keep + white * take * 0.1;
        }
        self.pink.iter().sum()
    }
}
