//! One call's events against its reference.

use super::alignment::{Errors, align};
use super::reference::{Reference, Segment};
use super::transcript::{Shown, utterances};
use crate::scripts;
use cueline_cues::{ExpectedEvent, Playbook, compare};
use cueline_events::{CallEvent, CueEvent, CueEventKind, Lane};

/// Speech of one lane with shorter pauses than this is one stretch: nobody could tell its end earlier.
const PAUSE: f64 = 0.5;
/// How far the end of an utterance may lie from the end of the speech in the reference.
const SLACK: f64 = 0.7;

/// What was measured on one recording: counts and single latencies in seconds, to be put together with others.
#[derive(Default)]
pub(crate) struct Figures {
    /// Per lane that the recording has.
    pub(crate) errors: Vec<(Lane, Errors)>,
    /// From the end of a word to its first being shown, to its being shown for good, and to its final.
    pub(crate) first_shown: Vec<f64>,
    pub(crate) stable: Vec<f64>,
    pub(crate) word_final: Vec<f64>,
    /// From the end of speech to its final, and how many ends have none.
    pub(crate) speech_end: Vec<f64>,
    pub(crate) speech_end_missed: usize,
    /// From the end of the deciding words to the event of the cue that must fire or be satisfied.
    pub(crate) fires: CueLatency,
    pub(crate) satisfied: CueLatency,
    /// Forbidden cue events that happened.
    pub(crate) forbidden: Vec<String>,
    pub(crate) erased: usize,
    pub(crate) final_words: usize,
    /// Words where nobody spoke, and for how many seconds nobody did.
    pub(crate) invented: usize,
    pub(crate) quiet_seconds: f64,
}

#[derive(Default)]
pub(crate) struct CueLatency {
    pub(crate) seconds: Vec<f64>,
    pub(crate) missed: Vec<String>,
}

/// Measures the events of a replay of `reference`, `seconds` long.
pub(crate) fn measure(
    reference: &Reference,
    events: &[CallEvent],
    seconds: f64,
    playbook: &Playbook,
) -> Figures {
    let mut figures = Figures::default();
    let shown = utterances(events);
    for lane in reference.lanes() {
        let shown: Vec<&Shown> = shown.iter().filter(|shown| shown.lane == lane).collect();
        let segments: Vec<&Segment> = reference.segments.iter().filter(|s| s.lane == lane).collect();
        lane_figures(&mut figures, lane, &segments, &shown, reference.is_timed());
        if reference.is_timed() {
            figures.quiet_seconds += seconds - stretches(&segments).iter().map(|(a, b)| b - a).sum::<f64>();
        }
    }
    cue_figures(&mut figures, reference, events, playbook);
    figures
}

fn lane_figures(figures: &mut Figures, lane: Lane, segments: &[&Segment], shown: &[&Shown], timed: bool) {
    let reference: Vec<String> = segments.iter().flat_map(|segment| segment.words.clone()).collect();
    let ends: Vec<f64> = segments.iter().flat_map(|segment| word_ends(segment)).collect();
    // Each word of the transcript with its utterance and its place in it.
    let places: Vec<(usize, usize)> = shown
        .iter()
        .enumerate()
        .flat_map(|(u, s)| (0..s.words().len()).map(move |place| (u, place)))
        .collect();
    let transcript: Vec<String> = shown.iter().flat_map(|shown| shown.words().to_vec()).collect();
    let aligned = align(&reference, &transcript);
    figures.errors.push((lane, aligned.errors));
    figures.erased += shown.iter().map(|shown| shown.erased()).sum::<usize>();
    figures.final_words += transcript.len();
    if !timed {
        return;
    }
    for (said, written) in aligned.equal {
        let (utterance, place) = places[written];
        let (first, stable) = shown[utterance].word_shown(place);
        figures.first_shown.push(first - ends[said]);
        figures.stable.push(stable - ends[said]);
        figures.word_final.push(shown[utterance].final_at() - ends[said]);
    }
    let stretches = stretches(segments);
    for written in aligned.inserted {
        let (start, end) = shown[places[written].0].span;
        let near_speech = stretches.iter().any(|(from, to)| start < to + PAUSE && end > from - PAUSE);
        figures.invented += usize::from(!near_speech);
    }
    for (_, end) in stretches {
        // The final that reaches the end, told by the last utterance that begins before it.
        let last = shown.iter().rfind(|shown| shown.span.0 < end && !shown.words().is_empty());
        match last.filter(|shown| (shown.span.1 - end).abs() <= SLACK) {
            Some(shown) => figures.speech_end.push(shown.final_at() - end),
            None => figures.speech_end_missed += 1,
        }
    }
}

/// Where each word of a segment ends, in seconds: its share of the letters. Right to a few tenths of a second.
fn word_ends(segment: &Segment) -> Vec<f64> {
    let Some((start, end)) = segment.span else { return vec![0.0; segment.words.len()] };
    let all: usize = segment.words.iter().map(String::len).sum::<usize>().max(1);
    let mut before = 0;
    let ends = segment.words.iter().map(|word| {
        before += word.len();
        start + (end - start) * before as f64 / all as f64
    });
    ends.collect()
}

/// Speech without a real pause, in seconds.
fn stretches(segments: &[&Segment]) -> Vec<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = segments.iter().filter_map(|segment| segment.span).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start - last.1 < PAUSE => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn cue_figures(figures: &mut Figures, reference: &Reference, events: &[CallEvent], playbook: &Playbook) {
    let cues: Vec<CueEvent> = events
        .iter()
        .filter_map(|event| if let CallEvent::Cue(cue) = event { Some(cue.clone()) } else { None })
        .collect();
    let comparison = compare(&cues, &reference.turns, &reference.expected, playbook, scripts::SLACK);
    for outcome in comparison.outcomes {
        let Some(met) = outcome.met else { continue };
        let expected = &outcome.expected;
        let name = || format!("{}: turn {}: {}", reference.name, expected.turn, expected.cue);
        let (latency, kind) = match expected.event {
            ExpectedEvent::MustNotFire => {
                if !met {
                    figures.forbidden.push(name());
                }
                continue;
            }
            ExpectedEvent::Fires => (&mut figures.fires, CueEventKind::Fires),
            ExpectedEvent::Satisfied => (&mut figures.satisfied, CueEventKind::Satisfied),
        };
        let told = cues.iter().find(|cue| {
            cue.cue == expected.cue
                && cue.event == kind
                && outcome.at.is_some_and(|at| (cue.at - at).abs() < 1e-6)
        });
        match (met, told, expected.decided_at) {
            (true, Some(cue), Some(decided)) => latency.seconds.push(cue.emitted_at - decided),
            (true, ..) => {}
            (false, ..) => latency.missed.push(name()),
        }
    }
}
