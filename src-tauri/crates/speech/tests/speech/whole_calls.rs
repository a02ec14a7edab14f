use crate::{Script, sound};
use cueline_events::{Lane, Spoken};
use cueline_speech::{
    DecodeJob, Decoded, Decoder, Heard, JobKind, Listener, SAMPLE_RATE, SpeechError, Transcribed,
    Transcriber, Utterance, Work,
};
use proptest::prelude::*;
use std::collections::HashMap;

/// Says which speech it decoded and up to where; every `fails`-th job fails and every `blank`-th has no words.
struct Scripted {
    cost: f64,
    fails: usize,
    blank: usize,
    jobs: usize,
    settled: HashMap<(Lane, u32), Option<String>>,
}

impl Decoder for Scripted {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        self.jobs += 1;
        let blank = self.jobs.is_multiple_of(self.blank);
        let text = if blank {
            String::new()
        } else {
            // Now and then it looks like a whole sentence.
            let end = if self.jobs.is_multiple_of(3) { "." } else { "" };
            format!("{} is where speech {} went to{end}", job.voiced.end, job.speech)
        };
        if self.jobs.is_multiple_of(self.fails) {
            return Err(SpeechError::Decode { seconds: 0.0, reason: "scripted".into() });
        }
        if job.kind != JobKind::Tick {
            self.settled.insert((job.lane, job.speech), (!blank).then(|| text.clone()));
        }
        let seconds = self.cost * (0.2 + job.audio.duration() / 5.0);
        Ok(Decoded { text: Spoken::from(text), seconds, tokens: Vec::new(), work: Work::default() })
    }

    fn model(&self) -> &str {
        "scripted"
    }
}

/// What a call came to.
#[derive(Default)]
struct Outcome {
    events: Vec<(f64, Transcribed)>,
    /// After each block: how many events there had been, and up to which second the call was understood.
    understood: Vec<(usize, f64)>,
    /// Finals that the listeners asked for.
    asked: Vec<DecodeJob>,
    lag_at_end: f64,
}

/// Plays two lanes in virtual time: audio advances in blocks of 20 ms and each job takes as long as it says.
fn play(voices: [&[(f64, f64)]; 2], seconds: f64, decoder: &mut Scripted) -> Outcome {
    let mut outcome = Outcome::default();
    let mut listeners = Lane::BOTH.map(|lane| Listener::with_vad(lane, Script::new(voices[lane.index()])));
    let mut transcriber = Transcriber::new();
    let mut at_work: Option<(DecodeJob, Result<Decoded, SpeechError>, f64)> = None;
    let samples = sound(seconds, 3.0);
    let mut position = 0;
    let mut now = 0.0;
    loop {
        let block = &samples[position.min(samples.len())..(position + 320).min(samples.len())];
        let mut heard: Vec<Heard> = Vec::new();
        for (lane, listener) in Lane::BOTH.into_iter().zip(&mut listeners) {
            if let Some((speech, voice_end)) = transcriber.complete(lane) {
                heard.extend(listener.settle(speech, voice_end));
            }
            heard.extend(if block.is_empty() {
                listener.finish()
            } else {
                listener.push(position as u64, block)
            });
        }
        position += 320;
        now += 0.02;
        for event in heard {
            if let Heard::Wanted(job) = &event
                && job.kind == JobKind::Final
            {
                outcome.asked.push(job.clone());
            }
            outcome.events.extend(transcriber.hear(event, now).into_iter().map(|e| (now, e)));
        }
        let mut free_at = now;
        loop {
            if let Some((job, result, done)) = at_work.take_if(|(_, _, done)| *done <= now) {
                outcome.events.extend(transcriber.decoded(job, result, done).into_iter().map(|e| (done, e)));
                free_at = done;
            }
            if at_work.is_some() {
                break;
            }
            let Some(job) = transcriber.next() else { break };
            let result = decoder.decode(&job);
            let took = result.as_ref().map_or(0.01, |d| d.seconds);
            at_work = Some((job, result, free_at + took));
        }
        let understood = transcriber.understood([listeners[0].settled(), listeners[1].settled()]);
        outcome.understood.push((outcome.events.len(), understood));
        if block.is_empty() && transcriber.idle() {
            break;
        }
    }
    outcome.lag_at_end = transcriber.lag(now + 100.0);
    outcome
}

fn voices(longest: f64) -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.05..2.0_f64, 0.2..longest), 0..8).prop_map(|lengths| {
        let mut at = 0.0;
        let stretch = |(pause, voice): (f64, f64)| {
            let start = at + pause;
            at = start + voice;
            (start, at)
        };
        lengths.into_iter().map(stretch).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is said and however slow, forgetful or broken the decoder is.
    #[test]
    fn every_utterance_is_told_in_order_and_ends_once(
        agent in voices(8.0),
        customer in voices(8.0),
        cost in 0.0..6.0_f64,
        fails in 2..50_usize,
        blank in 2..50_usize,
    ) {
        let seconds = [&agent, &customer].iter().filter_map(|v| v.last()).fold(1.0, |s, v| v.1.max(s)) + 1.0;
        let mut decoder = Scripted { cost, fails, blank, jobs: 0, settled: HashMap::new() };
        let outcome = play([&agent, &customer], seconds, &mut decoder);

        let mut revisions: HashMap<u32, u32> = HashMap::new();
        let mut ended: HashMap<u32, (Lane, String)> = HashMap::new();
        let mut last_start = [-1.0; 2];
        let mut last = 0.0;
        for (at, event) in &outcome.events {
            prop_assert!(*at >= last - 0.021, "events come in the order of time");
            last = *at;
            let (u, revision) = match event {
                Transcribed::Partial { said: u, revision, .. } => (u, Some(*revision)),
                Transcribed::Final(u) => (u, None),
                Transcribed::Unheard { .. } => continue,
            };
            prop_assert!(!ended.contains_key(&u.id), "nothing follows a final");
            prop_assert!(u.id as usize <= revisions.len() + 1, "numbers are given in order of appearance");
            prop_assert!(u.start <= u.end);
            let count = revisions.entry(u.id).or_default();
            *count += 1;
            match revision {
                Some(revision) => prop_assert_eq!(revision, *count),
                None => {
                    prop_assert!(u.start > last_start[u.lane.index()], "a lane's finals come in order");
                    last_start[u.lane.index()] = u.start;
                    ended.insert(u.id, (u.lane, u.text.as_str().to_owned()));
                }
            }
        }
        prop_assert_eq!(ended.len(), revisions.len(), "what was shown ends");
        prop_assert_eq!(outcome.lag_at_end, 0.0, "no final is owed at the end");

        // Nothing is told of what was said before a second up to which everything was understood.
        for (told, until) in &outcome.understood {
            for (_, event) in &outcome.events[*told..] {
                let (Transcribed::Partial { said: Utterance { start, .. }, .. }
                | Transcribed::Final(Utterance { start, .. })
                | Transcribed::Unheard { start, .. }) = event;
                prop_assert!(start >= until, "{} after {}", start, until);
            }
        }
        let last = outcome.understood.last().map_or(0.0, |(_, until)| *until);
        prop_assert!(last > seconds - 1.0, "it goes on to the end: {} of {}", last, seconds);

        // A final has the words of the last decode of its whole speech, unless that one failed.
        let told: Vec<_> = ended.values().collect();
        for job in &outcome.asked {
            let settled = decoder.settled.get(&(job.lane, job.speech));
            if let Some(Some(text)) = settled && text.starts_with(&format!("{} ", job.voiced.end)) {
                let times = told.iter().filter(|(lane, said)| *lane == job.lane && said == text).count();
                prop_assert_eq!(times, 1, "{} {:?}", text, told);
            }
        }
    }
}

#[test]
fn finals_survive_a_decoder_three_times_too_slow_and_ticks_give_way() {
    let voice: Vec<_> = (0..10).map(|i| (f64::from(i) * 6.0 + 0.5, f64::from(i) * 6.0 + 5.0)).collect();
    let mut counts = Vec::new();
    for cost in [0.1, 6.0] {
        let mut decoder =
            Scripted { cost, fails: usize::MAX, blank: usize::MAX, jobs: 0, settled: HashMap::new() };
        let outcome = play([&voice, &voice], 61.0, &mut decoder);
        let finals = outcome.events.iter().filter(|(_, e)| matches!(e, Transcribed::Final(_))).count();
        assert_eq!(finals, 20);
        counts.push(decoder.jobs);
    }
    assert!(counts[0] > 100, "{counts:?}");
    assert!(counts[1] < 25, "{counts:?}");
}

#[test]
fn words_are_shown_while_they_are_said() {
    let mut decoder =
        Scripted { cost: 0.3, fails: usize::MAX, blank: usize::MAX, jobs: 0, settled: HashMap::new() };
    let outcome = play([&[], &[(1.0, 5.0)]], 6.0, &mut decoder);
    let shown: Vec<_> = outcome.events.iter().map(|(at, _)| *at).collect();
    assert!(shown[0] < 2.5, "first words at {:.2} s", shown[0]);
    assert!(shown.len() > 5);
    let early = outcome.asked[0].asked as f64 / f64::from(SAMPLE_RATE);
    assert!(shown[shown.len() - 1] <= early + 0.1, "the early decode had become the final by {early:.2} s");
}
