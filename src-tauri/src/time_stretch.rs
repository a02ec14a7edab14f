use cueline_events::Lane;

/// One sample of each lane.
type Frame = [i16; Lane::BOTH.len()];

/// Frames that each piece of the output is long, 20 ms: no shorter than a voice's period.
const PIECE: usize = 320;
/// How far around its place the best continuation is looked for, 10 ms: a voice's period at 100 Hz.
const SEARCH: usize = 160;
/// The first look at the candidates takes every fourth, and every second frame of them.
const COARSE: usize = 4;
const THIN: usize = 2;

/// Speeds sound up or slows it down without changing its pitch (waveform similarity overlap-add, Verhelst and Roelands
/// 1993). `samples` are interleaved (agent, customer) at 16 kHz; both lanes are cut at the same places. The result
/// begins and ends with the very frames of the input, so that pieces that are stretched one by one join.
pub(crate) fn stretch(samples: &[i16], speed: f64) -> Vec<i16> {
    let (input, _) = samples.as_chunks::<{ Lane::BOTH.len() }>();
    let length = (input.len() as f64 / speed).round() as usize;
    if speed == 1.0 || input.len() < 4 * PIECE || length < 2 * PIECE {
        return samples.to_vec();
    }
    let mut output: Vec<Frame> = Vec::with_capacity(length);
    output.extend_from_slice(&input[..PIECE]);
    // Where in the input the words go on that the last piece began.
    let mut goes_on = PIECE;
    while output.len() < length {
        let left = length - output.len();
        let next = if left <= PIECE {
            input.len() - left
        } else {
            let place = (output.len() as f64 * speed).round() as usize;
            best_start(input, goes_on, place.min(input.len() - PIECE))
        };
        let piece = left.min(PIECE);
        output.extend((0..piece).map(|i| {
            let (from, to) = (input.get(goes_on + i).unwrap_or(&[0, 0]), &input[next + i]);
            faded(from, to, (i as f64 + 0.5) / piece as f64)
        }));
        goes_on = next + piece;
    }
    output.into_flattened()
}

/// Where around `place` the input looks most like what goes on at `goes_on`.
fn best_start(input: &[Frame], goes_on: usize, place: usize) -> usize {
    let last = input.len() - PIECE;
    if goes_on > last {
        return place;
    }
    let (from, to) = (place.saturating_sub(SEARCH), (place + SEARCH).min(last));
    let best = |candidates: &mut dyn Iterator<Item = usize>, thin: usize| {
        candidates
            .map(|start| (start, likeness(&input[goes_on..], &input[start..], thin)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(place, |(start, _)| start)
    };
    let near = best(&mut (from..=to).step_by(COARSE), THIN);
    best(&mut (near.saturating_sub(COARSE).max(from)..=(near + COARSE).min(to)), 1)
}

/// How alike two stretches are: their correlation, lane by lane, against the second's own strength.
fn likeness(a: &[Frame], b: &[Frame], thin: usize) -> f64 {
    let (mut product, mut strength) = (0.0, 1.0);
    for (a, b) in a[..PIECE].iter().zip(&b[..PIECE]).step_by(thin) {
        for (a, b) in a.iter().zip(b) {
            let (a, b) = (f64::from(*a), f64::from(*b));
            product += a * b;
            strength += b * b;
        }
    }
    product / strength.sqrt()
}

fn faded(from: &Frame, to: &Frame, share: f64) -> Frame {
    std::array::from_fn(|lane| {
        (f64::from(from[lane]) * (1.0 - share) + f64::from(to[lane]) * share).round() as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// A second of two tones, one a lane.
    fn tones() -> Vec<i16> {
        let tone = |i: usize, hertz: f64| ((i as f64 * hertz * TAU / 16_000.0).sin() * 12_000.0) as i16;
        (0..16_000).flat_map(|i| [tone(i, 200.0), tone(i, 330.0)]).collect()
    }

    /// How often a lane goes up through zero in a second of it.
    fn pitch(samples: &[i16], lane: usize) -> f64 {
        let lane: Vec<i16> = samples.iter().skip(lane).step_by(2).copied().collect();
        let rises = lane.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
        rises as f64 * 16_000.0 / lane.len() as f64
    }

    #[test]
    fn it_is_shorter_and_no_higher() {
        for speed in [1.25, 1.5, 2.0, 0.75] {
            let fast = stretch(&tones(), speed);
            assert_eq!(fast.len() / 2, (16_000.0 / speed).round() as usize, "{speed}");
            for (lane, hertz) in [(0, 200.0), (1, 330.0)] {
                assert!((pitch(&fast, lane) - hertz).abs() < 8.0, "{speed}: {}", pitch(&fast, lane));
            }
        }
    }

    #[test]
    fn it_begins_and_ends_as_the_input_does() {
        let (input, fast) = (tones(), stretch(&tones(), 1.5));
        assert_eq!(input[..2 * PIECE], fast[..2 * PIECE]);
        assert_eq!(
            input[input.len() - 2..].iter().map(|s| s / 100).collect::<Vec<_>>(),
            fast[fast.len() - 2..].iter().map(|s| s / 100).collect::<Vec<_>>()
        );
    }

    #[test]
    fn silence_stays_silent_and_what_is_too_short_stays_as_it_is() {
        assert!(stretch(&[0; 32_000], 1.5).iter().all(|&sample| sample == 0));
        assert_eq!(stretch(&[5; 100], 2.0), [5; 100]);
        assert_eq!(stretch(&[], 2.0), Vec::<i16>::new());
        assert_eq!(stretch(&tones(), 1.0), tones());
    }
}
