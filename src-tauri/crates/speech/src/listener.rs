use crate::lane_audio::LaneAudio;
use crate::span::seconds;
use crate::vad::{Earshot, FRAME, Vad};
use crate::voice_activity::{Activity, VoiceActivity};
use crate::{DecodeJob, Heard, JobKind, Span};
use cueline_events::Lane;

const fn ms(ms: u64) -> u64 {
    ms * crate::SAMPLE_RATE as u64 / 1000
}

/// Audio decoded from before the voice: soft onsets are missed by up to 0.1 s, and the decoder likes a lead-in.
const PRE_ROLL: u64 = ms(300);
/// A pause this long is decoded early: it is probably all that will be said. With 160 ms, finals come 0.05 s later and
/// are as often right; a fifth fewer looks are in vain.
const EARLY: u64 = ms(96);
/// A pause this long is announced, and an utterance may be parted there.
const PAUSE: u64 = ms(160);
/// A pause this long ends the utterance.
const ENDPOINT: u64 = ms(500);
/// A pause this long ends an utterance whose words, as they are known by then, are a whole sentence.
const SENTENCE_ENDPOINT: u64 = ms(300);
/// An utterance this long, lead-in included, ends at any announced pause after a whole sentence, even when the voice
/// has gone on meanwhile: what is decoded again and again stays short, and so does the wait for its words.
const LONG: u64 = ms(4_000);
/// The first look at the words of running speech, from its onset.
const FIRST_TICK: u64 = ms(700);
/// Later looks. The transcriber takes as many of them as the machine can afford.
const TICK: u64 = ms(256);
/// Speech without a pause is cut at this length, so that the cost of a job is bounded whatever is said. On one real
/// call, 8 s makes 61 jobs where 12 s makes 55, for a fifth more work and 16 of 731 words fewer.
const CAP: u64 = ms(12_000);
/// It is cut at the quietest [`CUT_WINDOW`] of so much before.
const CUT_WITHIN: u64 = ms(2_000);
const CUT_WINDOW: u64 = ms(100);
/// Less voice than this in a whole utterance is a click or a cough, and the decoder would invent words for it.
const LEAST_VOICE: u64 = ms(160);
/// Missing samples up to this long are filled with silence; after more the lane starts afresh.
const FILL: u64 = ms(1_000);

/// As far back as an onset reaches that is found in the next frame, lead-in included.
const ONSET_REACH: u64 = PRE_ROLL + 8 * FRAME as u64;

/// One stretch of speech that is not over yet.
struct Speech {
    number: u32,
    audio_start: u64,
    voiced: Span,
    /// Samples of voice, without the pauses.
    voice: u64,
    next_tick: u64,
    /// For which end of the voice an early decode was asked for.
    early: Option<u64>,
    /// Where the voice went on after that, and how many samples of it had come before.
    resumed: Option<(u64, u64)>,
}

/// Listens to one lane: finds the voice in it, cuts it into utterances, and says which audio to decode when.
///
/// It keeps the audio of the utterance being spoken and 0.3 s of silence: 1.5 MB at most, however long the call.
pub struct Listener<V = Earshot> {
    lane: Lane,
    activity: VoiceActivity<V>,
    audio: LaneAudio,
    /// One past the last sample that went through voice activity; a multiple of frames from `origin`.
    framed: u64,
    speech: Option<Speech>,
    voice_open: bool,
    /// Where the audio of the last utterance ended: the next one begins no earlier.
    spoken_for: u64,
    numbers: u32,
}

impl Listener {
    /// A listener for one lane, from the first sample of the call.
    pub fn new(lane: Lane) -> Self {
        Self::with_vad(lane, Earshot::default())
    }
}

impl<V: Vad> Listener<V> {
    /// A listener with another detector.
    pub fn with_vad(lane: Lane, vad: V) -> Self {
        Self {
            lane,
            activity: VoiceActivity::new(vad),
            audio: LaneAudio::default(),
            framed: 0,
            speech: None,
            voice_open: false,
            spoken_for: 0,
            numbers: 0,
        }
    }

    /// Takes the next samples of the lane (mono, 16 kHz, -1 to 1); `start` is the index of the first of them in the
    /// call. Samples that were already given are passed over; missing ones count as silence.
    pub fn push(&mut self, start: u64, samples: &[f32]) -> Vec<Heard> {
        let mut heard = Vec::new();
        let expected = self.audio.end();
        if start > expected {
            self.take(&vec![0.0; (start - expected).min(FILL) as usize], &mut heard);
            if self.audio.end() < start {
                self.close(self.framed, &mut heard);
                self.audio.restart(start);
                (self.framed, self.spoken_for) = (start, start);
            }
        }
        let known = (self.audio.end() - start).min(samples.len() as u64) as usize;
        self.take(&samples[known..], &mut heard);
        heard
    }

    /// The sample up to which the lane is understood as far as it depends on this listener: a voice before it is part of an
    /// utterance whose final was asked for, or was too short to be one.
    pub fn settled(&self) -> u64 {
        self.speech.as_ref().map_or(self.framed.saturating_sub(ONSET_REACH), |speech| speech.audio_start)
    }

    /// The call is over: ends the utterance being spoken.
    pub fn finish(&mut self) -> Vec<Heard> {
        let mut heard = Vec::new();
        let rest = (self.audio.end() - self.framed) as usize;
        if rest > 0 {
            self.take(&vec![0.0; FRAME - rest], &mut heard);
        }
        self.close(self.framed, &mut heard);
        heard
    }

    /// The words up to a pause are known, and they are a whole sentence: ends the utterance there if the pause has
    /// lasted a little or the utterance is long, and goes on with a new one if the voice has. `speech` and `voice_end`
    /// are those of the early job; when another has been asked for since, nothing happens.
    pub fn settle(&mut self, speech: u32, voice_end: u64) -> Vec<Heard> {
        let mut heard = Vec::new();
        let Some(current) = self.speech.as_ref().filter(|s| s.number == speech && s.early == Some(voice_end))
        else {
            return heard;
        };
        let long = voice_end.saturating_sub(current.audio_start) >= LONG;
        match current.resumed {
            None if long || self.framed.saturating_sub(voice_end) >= SENTENCE_ENDPOINT => {
                self.close(self.framed, &mut heard);
            }
            Some((onset, before)) if long && onset.saturating_sub(voice_end) >= PAUSE => {
                self.part(voice_end, onset, before, &mut heard)
            }
            _ => {}
        }
        heard
    }

    fn take(&mut self, samples: &[f32], heard: &mut Vec<Heard>) {
        self.audio.push(samples);
        while self.audio.end() - self.framed >= FRAME as u64 {
            let mut frame = [0.0; FRAME];
            let span = Span { start: self.framed, end: self.framed + FRAME as u64 };
            frame.copy_from_slice(self.audio.slice(span));
            self.framed = span.end;
            self.frame(&frame, heard);
        }
        self.audio.forget_before(self.settled());
    }

    fn frame(&mut self, frame: &[f32; FRAME], heard: &mut Vec<Heard>) {
        let now = self.framed;
        let delay = VoiceActivity::<V>::DELAY as u64;
        match self.activity.push(frame) {
            Activity::Begins { frames } => self.begin(now, (frames * FRAME) as u64, heard),
            Activity::Voice => {
                if let Some(speech) = &mut self.speech {
                    speech.voiced.end = speech.voiced.end.max(now - delay.min(now));
                    speech.voice += FRAME as u64;
                    if now >= speech.next_tick && speech.voice >= LEAST_VOICE {
                        speech.next_tick = now + TICK;
                        let job = self.job(JobKind::Tick, now);
                        heard.extend(job.map(Heard::Wanted));
                    }
                }
            }
            Activity::Quiet => self.quiet(now, heard),
        }
        if self.speech.as_ref().is_some_and(|s| now - s.audio_start >= CAP) {
            self.cut(heard);
        }
    }

    /// A voice began `voice` samples ago.
    fn begin(&mut self, now: u64, voice: u64, heard: &mut Vec<Heard>) {
        let delay = VoiceActivity::<V>::DELAY as u64;
        let onset = now.saturating_sub(voice + delay).max(self.spoken_for).max(self.audio.start());
        let end = now.saturating_sub(delay).max(onset);
        match &mut self.speech {
            Some(speech) => {
                if speech.early == Some(speech.voiced.end) {
                    speech.resumed = Some((onset.max(speech.voiced.end), speech.voice));
                }
                speech.voiced.end = speech.voiced.end.max(end);
                speech.voice += voice;
            }
            None => {
                let audio_start = onset.saturating_sub(PRE_ROLL).max(self.spoken_for).max(self.audio.start());
                self.speech = Some(Speech {
                    number: self.numbers,
                    audio_start,
                    voiced: Span { start: onset, end },
                    voice,
                    next_tick: onset + FIRST_TICK,
                    early: None,
                    resumed: None,
                });
                self.numbers += 1;
            }
        }
        if !self.voice_open {
            self.voice_open = true;
            heard.push(Heard::VoiceStarted { lane: self.lane, at: seconds(onset) });
        }
    }

    fn quiet(&mut self, now: u64, heard: &mut Vec<Heard>) {
        let Some(speech) = &mut self.speech else { return };
        let pause = now.saturating_sub(speech.voiced.end);
        if pause >= PAUSE && self.voice_open {
            self.voice_open = false;
            heard.push(Heard::VoiceEnded { lane: self.lane, at: seconds(speech.voiced.end) });
        }
        if pause >= EARLY && speech.voice >= LEAST_VOICE && speech.early != Some(speech.voiced.end) {
            speech.early = Some(speech.voiced.end);
            speech.resumed = None;
            let job = self.job(JobKind::Early, now);
            heard.extend(job.map(Heard::Wanted));
        }
        if pause >= ENDPOINT {
            self.close(now, heard);
        }
    }

    /// Ends the utterance being spoken, if there is one, with the audio up to a pause after its voice.
    fn close(&mut self, now: u64, heard: &mut Vec<Heard>) {
        let Some(speech) = &self.speech else { return };
        let end = speech.voiced.end;
        if self.voice_open {
            self.voice_open = false;
            heard.push(Heard::VoiceEnded { lane: self.lane, at: seconds(end) });
        }
        let audio_end = now.min(end + PAUSE);
        if speech.voice >= LEAST_VOICE {
            let job = self.job(JobKind::Final, audio_end);
            heard.extend(job.map(Heard::Wanted));
        }
        self.spoken_for = audio_end;
        self.speech = None;
    }

    /// Ends the utterance at a pause behind which the voice has gone on; that voice, from `onset`, is the next one.
    fn part(&mut self, voice_end: u64, onset: u64, before: u64, heard: &mut Vec<Heard>) {
        let end = onset.min(voice_end + PAUSE);
        let Some(mut job) = self.job(JobKind::Final, end) else { return };
        let Some(speech) = &mut self.speech else { return };
        job.voiced.end = voice_end;
        heard.push(Heard::Wanted(job));
        self.spoken_for = end;
        *speech = Speech {
            number: self.numbers,
            audio_start: onset.saturating_sub(PRE_ROLL).max(end),
            voiced: Span { start: onset, end: speech.voiced.end.max(onset) },
            voice: speech.voice.saturating_sub(before),
            next_tick: onset + FIRST_TICK,
            early: None,
            resumed: None,
        };
        self.numbers += 1;
    }

    /// Ends an utterance that became too long where it is quietest; what follows is the next one.
    fn cut(&mut self, heard: &mut Vec<Heard>) {
        let at = self.audio.quietest(Span { start: self.framed - CUT_WITHIN, end: self.framed }, CUT_WINDOW);
        let Some(mut job) = self.job(JobKind::Final, at) else { return };
        let Some(speech) = &mut self.speech else { return };
        job.voiced.end = job.voiced.end.min(at);
        heard.push(Heard::Wanted(job));
        self.spoken_for = at;
        if speech.voiced.end <= at {
            // The cut fell into a pause that has not become an endpoint yet: nothing is left to go on with.
            if self.voice_open {
                self.voice_open = false;
                heard.push(Heard::VoiceEnded { lane: self.lane, at: seconds(speech.voiced.end) });
            }
            self.speech = None;
            return;
        }
        let end = speech.voiced.end;
        *speech = Speech {
            number: self.numbers,
            audio_start: at,
            voiced: Span { start: at, end },
            // The rest of a word, however short: no click.
            voice: (end - at).max(LEAST_VOICE),
            next_tick: at + FIRST_TICK,
            early: None,
            resumed: None,
        };
        self.numbers += 1;
    }

    /// A job for the utterance being spoken, with its audio up to `end`.
    fn job(&self, kind: JobKind, end: u64) -> Option<DecodeJob> {
        let speech = self.speech.as_ref()?;
        let (audio, samples) = self.audio.copy(Span { start: speech.audio_start, end });
        Some(DecodeJob {
            lane: self.lane,
            kind,
            speech: speech.number,
            audio,
            voiced: speech.voiced,
            asked: self.framed,
            samples,
            settled: [].into(),
            before: Vec::new(),
        })
    }
}
