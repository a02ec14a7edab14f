use super::voices::{Voices, overlap};
use crate::playbook::{Count, Measured};
use cueline_events::{Lane, Listening, Measure};

/// A voice's end is known only some time after it: what lies closer to now than this is not judged yet.
const SETTLED: f64 = 0.5;
/// The voice strip's windows.
const RATE_WINDOW: f64 = 20.0;
const SHARE_WINDOW: f64 = 240.0;
const OVERTALK_WINDOW: f64 = 60.0;
/// Below these the strip shows no figure.
const RATE_WORDS: u32 = 15;
const SHARE_SECONDS: f64 = 20.0;
/// The customer's pace is that of his last minute, once he has said so many words in it.
const CUSTOMER_WINDOW: f64 = 60.0;
const CUSTOMER_WORDS: u32 = 20;
/// An utterance of so many words from the customer is a turn, not a nod.
const NOD_WORDS: usize = 2;

/// Counts of speaking and listening: words, seconds, overlaps.
#[derive(Default)]
pub(super) struct Counters {
    /// What each lane said.
    spoken: [Vec<Spoke>; 2],
    /// The agent's stretches that do not count as talking: disclosures, read-backs, recaps.
    uncounted: Vec<(f64, f64)>,
    /// Since when the customer has had no turn.
    monologue_from: f64,
    /// Words before this no longer count for the rate: a prompt was about them.
    rate_from: f64,
}

/// What a lane said in one utterance.
struct Spoke {
    start: f64,
    end: f64,
    words: f64,
}

/// A count that passed its limit.
pub(super) struct Passed {
    pub at: f64,
    pub measure: Measure,
}

impl Counters {
    /// The agent said so many words.
    pub(super) fn agent_spoke(&mut self, start: f64, end: f64, words: usize) {
        self.spoke(Lane::Agent, start, end, words);
    }

    /// These seconds of the agent's are a disclosure, a read-back or a recap.
    pub(super) fn do_not_count(&mut self, start: f64, end: f64) {
        self.uncounted.push((start, end));
    }

    /// The customer said so many words: a turn, or only a nod.
    pub(super) fn customer_spoke(&mut self, start: f64, end: f64, words: usize) -> bool {
        self.spoke(Lane::Customer, start, end, words);
        let turn = words > NOD_WORDS;
        if turn {
            self.monologue_from = self.monologue_from.max(end);
        }
        turn
    }

    fn spoke(&mut self, lane: Lane, start: f64, end: f64, words: usize) {
        self.spoken[lane.index()].push(Spoke { start, end, words: words as f64 });
    }

    fn last_of_agent(&self) -> Option<&Spoke> {
        self.spoken[Lane::Agent.index()].last()
    }

    /// The agent's rate up to now has been prompted or is in order again: it starts afresh.
    pub(super) fn restart_rate(&mut self, at: f64) {
        self.rate_from = self.rate_from.max(at);
    }

    /// The agent's words per minute of one utterance.
    pub(super) fn rate_of_last(&self) -> Option<(f64, f64)> {
        let last = self.last_of_agent()?;
        let seconds = last.end - last.start;
        (seconds > 0.5).then(|| (last.words, last.words * 60.0 / seconds))
    }

    /// Whether the count is past its limit at a time. Overtalk and the share follow the voices, so they are asked
    /// as time goes on; rate and monologue follow what was transcribed.
    pub(super) fn passed(&self, count: &Count, voices: &Voices, now: f64) -> Option<Passed> {
        match count.measure {
            Measured::Overtalk => overtalk(count, voices, now),
            Measured::TalkShare => self.talk_share(count, voices, now),
            Measured::SpeechRate => self.speech_rate(count, voices),
            Measured::PaceGap => self.pace_gap(count, voices),
            Measured::Monologue => self.monologue(count, voices),
            Measured::Interruption => self.interruption(count, voices),
            _ => None,
        }
    }

    /// The last utterance began while the customer was speaking, who went on for a while.
    fn interruption(&self, count: &Count, voices: &Voices) -> Option<Passed> {
        let last = self.last_of_agent().filter(|last| last.words >= f64::from(count.min_words))?;
        let overlaps = voices.overlaps((last.start - 1.0).max(0.0), last.end);
        let cut_in = overlaps.iter().find(|o| {
            o.agent_second && o.end - o.start >= count.over && (o.start - last.start).abs() < SETTLED
        })?;
        past(cut_in.end - cut_in.start, count.over, "s", last.end)
    }

    /// The rate of the utterance that said a disclosure.
    pub(super) fn disclosure_rate(&self, count: &Count, at: f64) -> Option<Passed> {
        let (words, rate) = self.rate_of_last()?;
        if words < f64::from(count.min_words) {
            return None;
        }
        past(rate, count.over, "wpm", at)
    }

    fn speech_rate(&self, count: &Count, voices: &Voices) -> Option<Passed> {
        let last = self.last_of_agent()?;
        let rate = self.rate(Lane::Agent, voices, self.rate_window(last.end, count), count.min_words)?;
        past(rate, count.over, "wpm", last.end)
    }

    /// How much faster the agent speaks than the customer did lately.
    fn pace_gap(&self, count: &Count, voices: &Voices) -> Option<Passed> {
        let last = self.last_of_agent()?;
        let agent = self.rate(Lane::Agent, voices, self.rate_window(last.end, count), count.min_words)?;
        past(agent - self.customer_rate(voices, last.end)?, count.over, "wpm", last.end)
    }

    /// The customer's words per minute of voiced time, as far as he has lately said enough to tell.
    pub(super) fn customer_rate(&self, voices: &Voices, now: f64) -> Option<f64> {
        self.rate(Lane::Customer, voices, (now - CUSTOMER_WINDOW, now), CUSTOMER_WORDS)
    }

    fn rate_window(&self, to: f64, count: &Count) -> (f64, f64) {
        ((to - count.window_s).max(self.rate_from), to)
    }

    fn rate(&self, lane: Lane, voices: &Voices, window: (f64, f64), min_words: u32) -> Option<f64> {
        let (words, seconds) = self.words(lane, voices, window);
        (words >= f64::from(min_words) && seconds > 0.0).then(|| words * 60.0 / seconds)
    }

    /// Words and voiced seconds of a lane between two times.
    fn words(&self, lane: Lane, voices: &Voices, (from, to): (f64, f64)) -> (f64, f64) {
        let (mut words, mut seconds) = (0.0, 0.0);
        for spoke in self.spoken[lane.index()].iter().rev().take_while(|spoke| spoke.end > from) {
            let (start, end) = (spoke.start.max(from), spoke.end.min(to));
            let length = spoke.end - spoke.start;
            if end > start && length > 0.0 {
                words += spoke.words * (end - start) / length;
                // A voice heard for less than half of what was transcribed was not reported at all.
                let voiced = voices.voiced(lane, start, end);
                seconds += if voiced * 2.0 >= end - start { voiced } else { end - start };
            }
        }
        (words, seconds)
    }

    fn monologue(&self, count: &Count, voices: &Voices) -> Option<Passed> {
        let last = self.last_of_agent()?;
        let mut seconds = 0.0;
        for spoke in
            self.spoken[Lane::Agent.index()].iter().rev().take_while(|spoke| spoke.end > self.monologue_from)
        {
            let from = spoke.start.max(self.monologue_from);
            let voiced = voices.voiced(Lane::Agent, from, spoke.end);
            let voiced = if voiced * 2.0 >= spoke.end - from { voiced } else { spoke.end - from };
            seconds += (voiced - self.uncounted_in(from, spoke.end)).max(0.0);
        }
        past(seconds, count.over, "s", last.end)
    }

    fn talk_share(&self, count: &Count, voices: &Voices, now: f64) -> Option<Passed> {
        let from = (now - count.window_s).max(0.0);
        if voices.voiced(Lane::Agent, 0.0, now) + voices.voiced(Lane::Customer, 0.0, now) < count.min_voiced_s
        {
            return None;
        }
        past(self.share(voices, from, now)?, count.over, "share", now)
    }

    fn share(&self, voices: &Voices, from: f64, to: f64) -> Option<f64> {
        let agent = (voices.voiced(Lane::Agent, from, to) - self.uncounted_in(from, to)).max(0.0);
        let both = agent + voices.voiced(Lane::Customer, from, to);
        (both >= SHARE_SECONDS).then(|| agent / both)
    }

    fn uncounted_in(&self, from: f64, to: f64) -> f64 {
        // Spans may lie inside each other: each second counts once.
        let mut spans: Vec<(f64, f64)> =
            self.uncounted.iter().copied().filter(|span| overlap(*span, (from, to)) > 0.0).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut reached = from;
        let mut total = 0.0;
        for (start, end) in spans {
            let start = start.max(reached);
            total += (end.min(to) - start).max(0.0);
            reached = reached.max(end);
        }
        total
    }

    /// The figures for the voice strip.
    pub(super) fn listening(&self, voices: &Voices, now: f64) -> Listening {
        let rate_from = (now - RATE_WINDOW).max(self.rate_from);
        let overlaps = voices.overlaps((now - OVERTALK_WINDOW).max(0.0), now);
        Listening {
            at: now,
            agent_wpm: self.rate(Lane::Agent, voices, (rate_from, now), RATE_WORDS),
            talk_share: self.share(voices, (now - SHARE_WINDOW).max(0.0), now),
            overtalk_s: overlaps.iter().fold(0.0, |sum, overlap| sum + overlap.end - overlap.start),
            silence_s: voices.silence(now),
        }
    }
}

fn past(value: f64, threshold: f64, unit: &str, at: f64) -> Option<Passed> {
    let round = |x: f64| (x * 100.0).round() / 100.0;
    (value > threshold)
        .then(|| Passed { at, measure: Measure { value: round(value), threshold, unit: unit.to_owned() } })
}

fn overtalk(count: &Count, voices: &Voices, now: f64) -> Option<Passed> {
    let settled = now - SETTLED;
    let from = (settled - count.window_s).max(0.0);
    let overlaps = voices.overlaps(from, settled);
    let ours = || overlaps.iter().filter(|overlap| overlap.agent_second);
    if let Some(long) = ours().find(|o| o.end - o.start >= count.over && settled - o.end < SETTLED) {
        let measure = Measure { value: long.end - long.start, threshold: count.over, unit: "s".into() };
        return Some(Passed { at: long.start + count.over, measure });
    }
    let short: Vec<_> = ours().filter(|o| o.end - o.start > count.each_s).collect();
    let last = short.last().filter(|o| count.times > 0 && settled - o.end < SETTLED)?;
    (short.len() >= count.times as usize).then(|| Passed {
        at: last.end,
        measure: Measure {
            value: short.len() as f64,
            threshold: f64::from(count.times),
            unit: "overlaps".into(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(measure: Measured, over: f64) -> Count {
        Count {
            measure,
            over,
            window_s: 20.0,
            times: 3,
            each_s: 0.7,
            min_words: 45,
            min_voiced_s: 60.0,
            ..Count::default()
        }
    }

    #[test]
    fn rate_is_words_over_voiced_time() {
        for (words, fast) in [(60, true), (50, false)] {
            let mut counters = Counters::default();
            counters.agent_spoke(0.0, 20.0, words);
            let passed = counters.passed(&count(Measured::SpeechRate, 170.0), &Voices::default(), 20.0);
            assert_eq!(passed.is_some(), fast, "{words}");
            counters.restart_rate(20.0);
            assert!(counters.passed(&count(Measured::SpeechRate, 170.0), &Voices::default(), 21.0).is_none());
        }
    }

    #[test]
    fn the_agent_is_faster_than_the_customer_by_words_a_minute() {
        for (customer, words, faster) in [(30, 60, true), (50, 60, false), (10, 60, false), (30, 20, false)] {
            let mut counters = Counters::default();
            counters.customer_spoke(0.0, 20.0, customer);
            counters.agent_spoke(20.0, 40.0, words);
            let passed = counters.passed(&count(Measured::PaceGap, 40.0), &Voices::default(), 40.0);
            assert_eq!(
                passed.is_some(),
                faster,
                "{customer} words of the customer's, {words} of the agent's"
            );
        }
    }

    #[test]
    fn a_monologue_ends_with_the_customer_and_leaves_disclosures_out() {
        let rule = count(Measured::Monologue, 30.0);
        let mut counters = Counters::default();
        counters.agent_spoke(0.0, 25.0, 60);
        counters.do_not_count(0.0, 10.0);
        counters.do_not_count(2.0, 8.0);
        counters.agent_spoke(25.0, 44.0, 40);
        let passed = counters.passed(&rule, &Voices::default(), 44.0).unwrap();
        assert!((passed.measure.value - 34.0).abs() < 1e-9, "{}", passed.measure.value);
        assert!(!counters.customer_spoke(44.2, 44.5, 1));
        assert!(counters.passed(&rule, &Voices::default(), 45.0).is_some());
        assert!(counters.customer_spoke(45.0, 46.0, 5));
        assert!(counters.passed(&rule, &Voices::default(), 46.0).is_none());
    }

    #[test]
    fn overtalk_is_the_agent_coming_second() {
        for (agent, customer, found) in [(4.0, 1.0, true), (1.0, 4.0, false)] {
            let mut voices = Voices::default();
            voices.start(Lane::Agent, agent);
            voices.start(Lane::Customer, customer);
            let rule = count(Measured::Overtalk, 1.5);
            let counters = Counters::default();
            assert!(counters.passed(&rule, &voices, 5.75).is_none());
            assert_eq!(counters.passed(&rule, &voices, 6.0).map(|p| p.at), found.then_some(5.5));
        }
    }
}
