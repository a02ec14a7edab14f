//! The customer out of a loudspeaker and into the agent's microphone, with two made-up voices.

use cueline_speech::{EchoGate, FRAME, SAMPLE_RATE};
use proptest::prelude::*;

const SECOND: usize = SAMPLE_RATE as usize;

/// Somebody who talks within these seconds, in syllables, over the noise of a line (-60 dB); as loud as a telephone's
/// voice.
fn talk(seed: u32, seconds: f64, turns: &[(f64, f64)]) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    let (mut low, mut loudness) = (0.0, 0.0);
    let sample = |n: usize| {
        if n.is_multiple_of(SECOND / 8) {
            loudness = 0.25 + 0.75 * noise().abs();
        }
        let at = n as f64 / SECOND as f64;
        low += 0.4 * (noise() - low);
        let voice = turns.iter().any(|(from, to)| (*from..*to).contains(&at));
        let syllable = (at * 4.0 * std::f64::consts::TAU).sin().max(0.0) as f32;
        0.0015 * noise() + if voice { 0.5 * loudness * syllable * low } else { 0.0 }
    };
    (0..(seconds * SECOND as f64) as usize).map(sample).collect()
}

/// Adds to a lane what comes of the other one, so many samples later and so many decibels louder.
fn add_echo(near: &mut [f32], far: &[f32], delay: usize, decibels: f32) {
    let gain = 10_f32.powf(decibels / 20.0);
    near[delay..].iter_mut().zip(far).for_each(|(near, far)| *near += gain * far);
}

/// Both lanes through a gate as a call brings them: in blocks, the agent's first.
fn gated(near: &[f32], far: &[f32]) -> Vec<f32> {
    let (mut gate, mut out) = (EchoGate::new(), Vec::new());
    let far = far.chunks(320).map(Some).chain(std::iter::repeat(None));
    for ((n, near), far) in near.chunks(320).enumerate().zip(far) {
        gate.push(n as u64 * 320, near, |start, samples| append(&mut out, start, samples));
        if let Some(far) = far {
            gate.hear_far(n as u64 * 320, far);
        }
    }
    gate.finish(|start, samples| append(&mut out, start, samples));
    assert_eq!(out.len(), near.len());
    out
}

fn append(out: &mut Vec<f32>, start: u64, samples: &[f32]) {
    assert_eq!(start, out.len() as u64, "every sample comes once, in order");
    out.extend(samples);
}

/// How many frames between two seconds are louder than so many decibels below full scale.
fn loud_frames(samples: &[f32], from: f64, to: f64, decibels: f32) -> usize {
    let span = &samples[(from * SECOND as f64) as usize..(to * SECOND as f64) as usize];
    let power = |frame: &[f32]| frame.iter().map(|s| s * s).sum::<f32>() / FRAME as f32;
    span.chunks_exact(FRAME).filter(|frame| 10.0 * power(frame).log10() > decibels).count()
}

/// How much of a signal is in another one: 1 when they are the same but for their loudness.
fn likeness(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn without_an_echo_every_sample_stays_what_it_is() {
    let far = talk(1, 20.0, &[(1.0, 4.0), (8.0, 14.0)]);
    for turns in [&[(4.5, 7.5), (15.0, 19.0)][..], &[(0.5, 19.0)], &[]] {
        let near = talk(2, 20.0, turns);
        assert_eq!(gated(&near, &far), near, "{turns:?}");
        assert_eq!(gated(&near, &[]), near, "no customer's lane at all");
    }
}

#[test]
fn the_customer_is_not_heard_in_the_agents_lane_from_the_first_word_on() {
    let far = talk(1, 12.0, &[(1.0, 4.0), (6.0, 11.0)]);
    for delay in [0, 48, 640, 3_200, 4_000] {
        for decibels in [-3.0, -12.0, -25.0] {
            let mut near = talk(2, 12.0, &[]);
            add_echo(&mut near, &far, delay, decibels);
            let before = loud_frames(&near, 0.0, 12.0, -50.0);
            let after = loud_frames(&gated(&near, &far), 0.0, 12.0, -50.0);
            assert!(before > 50, "{delay} samples, {decibels} dB: an echo of {before} frames");
            assert!(after <= 2, "{delay} samples, {decibels} dB: {after} frames of {before} are left");
        }
    }
}

/// What comes back from a room's walls too, and turned over, as some microphones do.
#[test]
fn an_echo_with_reflections_is_one() {
    let far = talk(1, 12.0, &[(1.0, 4.0), (6.0, 11.0)]);
    let mut near = talk(2, 12.0, &[]);
    add_echo(&mut near, &far.iter().map(|s| -s).collect::<Vec<_>>(), 320, -10.0);
    for (n, decibels) in [(400, -18.0), (533, -20.0), (701, -21.0), (1_150, -24.0), (1_600, -28.0)] {
        add_echo(&mut near, &far, 320 + n, decibels);
    }
    assert!(loud_frames(&gated(&near, &far), 0.0, 12.0, -50.0) <= 4);
}

#[test]
fn the_agents_own_words_are_kept_also_while_the_customer_speaks() {
    let far = talk(1, 24.0, &[(1.0, 5.0), (10.0, 22.0)]);
    for decibels in [-6.0, -12.0, -20.0] {
        let alone = talk(2, 24.0, &[(6.0, 9.0), (13.0, 18.0)]);
        let mut near = alone.clone();
        add_echo(&mut near, &far, 640, decibels);
        let out = gated(&near, &far);
        for (from, to, least) in [(6.1, 9.0, 0.999), (13.0, 18.0, 0.97)] {
            let span = (from * SECOND as f64) as usize..(to * SECOND as f64) as usize;
            let alike = likeness(&out[span.clone()], &alone[span]);
            assert!(alike > least, "{decibels} dB, from {from} s: {alike}");
        }
        for (from, to) in [(1.0, 5.3), (10.0, 12.9), (18.4, 22.3)] {
            let left = loud_frames(&out, from, to, -50.0);
            assert!(left <= 2, "{decibels} dB, from {from} s: {left} frames of the customer");
        }
    }
}

/// Another window is in front, the loudspeaker was changed: the way is another one from one moment to the next.
#[test]
fn a_delay_that_changes_is_found_again() {
    let far = talk(1, 24.0, &[(1.0, 23.0)]);
    let mut near = talk(2, 24.0, &[]);
    let (first, second) = near.split_at_mut(12 * SECOND);
    add_echo(first, &far, 640, -12.0);
    add_echo(second, &far[12 * SECOND - 2_400..], 0, -9.0);
    let out = gated(&near, &far);
    assert!(loud_frames(&out, 0.0, 12.0, -50.0) <= 2);
    // Less than a syllable, which no voice activity takes for a word.
    assert!(loud_frames(&out, 12.0, 24.0, -50.0) <= 10);
}

/// Two sound cards whose clocks differ by 100 ppm: the delay creeps, also while the customer is silent. The filter is
/// always a little behind, so now and then a frame gets through: too short for a voice.
#[test]
fn a_delay_that_creeps_is_followed() {
    let far = talk(1, 60.0, &[(1.0, 10.0), (20.0, 40.0), (50.0, 59.0)]);
    let mut near = talk(2, 60.0, &[]);
    let echo = |n: usize| {
        let at = (n as f64 - 640.0) * (1.0 - 100e-6);
        let (index, part) = (at.max(0.0) as usize, at.max(0.0).fract() as f32);
        0.25 * (far[index] * (1.0 - part) + far[index + 1] * part)
    };
    near.iter_mut().enumerate().for_each(|(n, sample)| *sample += echo(n));
    let before = loud_frames(&near, 0.0, 60.0, -50.0);
    let after = loud_frames(&gated(&near, &far), 0.0, 60.0, -50.0);
    assert!(after * 15 < before, "{after} frames of {before} are left");
}

/// The loudspeaker is put away in mid-call: after a second of the customer's voice nothing is touched any more.
#[test]
fn an_echo_that_ends_is_forgotten() {
    let far = talk(1, 24.0, &[(1.0, 8.0), (10.0, 14.0), (18.0, 22.0)]);
    let mut near = talk(2, 24.0, &[(15.0, 23.0)]);
    let unheard = near.clone();
    add_echo(&mut near[..9 * SECOND], &far, 640, -12.0);
    let out = gated(&near, &far);
    assert_eq!(out[15 * SECOND..], unheard[15 * SECOND..]);
}

/// A softphone that plays the agent to themselves: the customer's lane holds the agent's voice, which is no echo.
#[test]
fn the_agents_own_voice_in_the_headset_is_no_echo() {
    let near = talk(2, 12.0, &[(1.0, 11.0)]);
    let mut far = talk(1, 12.0, &[]);
    add_echo(&mut far, &near, 80, -10.0);
    assert_eq!(gated(&near, &far), near);
}

/// The customer's device is lost in mid-sentence: its lane stays behind and the agent's goes on.
#[test]
fn a_lost_customer_does_not_stall_the_agent() {
    let far = talk(1, 8.0, &[(1.0, 8.0)]);
    let mut near = talk(2, 20.0, &[(9.0, 19.0)]);
    add_echo(&mut near, &far, 640, -12.0);
    let (mut gate, mut out) = (EchoGate::new(), Vec::new());
    for (n, block) in near.chunks(320).enumerate() {
        let now = (n + 1) * 320;
        gate.push(n as u64 * 320, block, |start, samples| append(&mut out, start, samples));
        if let Some(far) = far.get(n * 320..now) {
            gate.hear_far(n as u64 * 320, far);
        }
        let behind = now - out.len();
        assert!(behind <= 8_192 + 1_920 + FRAME, "{behind} samples behind");
        assert!(n * 320 < 9 * SECOND || behind < FRAME, "{behind} samples behind without a customer");
    }
    gate.finish(|start, samples| append(&mut out, start, samples));
    assert_eq!(out[9 * SECOND..], near[9 * SECOND..]);
}

#[test]
fn missing_repeated_and_broken_samples_do_no_harm() {
    let mut gate = EchoGate::new();
    let mut out = Vec::new();
    let mut push = |gate: &mut EchoGate, start: u64, samples: &[f32]| {
        gate.push(start, samples, |start, samples| out.push((start, samples.to_vec())));
    };
    gate.hear_far(0, &[f32::NAN; 4_000]);
    push(&mut gate, 0, &[0.1; 1_000]);
    push(&mut gate, 500, &[0.2; 1_000]);
    push(&mut gate, 1_600, &[f32::INFINITY; 400]);
    push(&mut gate, 50_000, &[0.3; 320]);
    gate.finish(|start, samples| out.push((start, samples.to_vec())));
    let mut all = Vec::new();
    for (start, samples) in out {
        if start == 50_000 {
            assert_eq!(all.len(), 2_000);
            all.resize(50_000, 9.0);
        }
        append(&mut all, start, &samples);
    }
    assert_eq!(all.len(), 50_320);
    assert_eq!((all[999], all[1_000], all[1_499], all[1_500], all[1_999]), (0.1, 0.2, 0.2, 0.0, 0.0));
    assert_eq!((all[50_000], all[50_319]), (0.3, 0.3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// However the samples are cut into blocks, as long as the customer's are no more than 100 ms late.
    #[test]
    fn any_blocks_give_the_same_samples(sizes in prop::collection::vec((1_usize..1_600, 0_usize..1_600), 20..60)) {
        let far = talk(1, 6.0, &[(0.5, 5.5)]);
        let mut near = talk(2, 6.0, &[(3.0, 4.0)]);
        add_echo(&mut near, &far, 640, -12.0);
        let (mut gate, mut out) = (EchoGate::new(), Vec::new());
        let (mut given, mut heard) = (0, 0);
        for (near_size, lateness) in sizes.into_iter().cycle() {
            let until = (given + near_size).min(near.len());
            let far_until = until.saturating_sub(lateness).max(heard);
            gate.hear_far(heard as u64, &far[heard..far_until]);
            gate.push(given as u64, &near[given..until], |start, samples| append(&mut out, start, samples));
            (given, heard) = (until, far_until);
            if given == near.len() {
                break;
            }
        }
        gate.hear_far(heard as u64, &far[heard..]);
        gate.finish(|start, samples| append(&mut out, start, samples));
        prop_assert!(out == gated(&near, &far));
    }
}
