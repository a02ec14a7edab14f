use crate::pace::{Effort, Pace};
use crate::settling::Settling;
use crate::span::seconds;
use crate::{
    DecodeJob, Decoded, Heard, JobKind, Recent, Said, Span, SpeechError, Transcribed, Utterance, edge,
};
use cueline_events::{Lane, Spoken};
use std::collections::VecDeque;

/// An utterance whose final is not out yet.
struct Open {
    lane: Lane,
    speech: u32,
    /// The first sample of its audio.
    start: u64,
    /// Its number in the call, once it has been shown.
    id: Option<u32>,
    revision: u32,
    shown: Spoken,
    /// The last sample that any job given out so far reached.
    looked_at: u64,
    /// What the looks so far agree on.
    settling: Settling,
    /// The words of an early decode, and the end of the voice that they reach.
    early: Option<(u64, Spoken)>,
    /// The last look at a pause or at the end, if it found words.
    said: Option<Said>,
    /// Once the utterance is over: where its voice lies, and the sample at which its final was asked for.
    over: Option<(Span, u64)>,
}

/// The job that the decoder is at.
struct AtWork {
    lane: Lane,
    speech: u32,
    kind: JobKind,
    voice_end: u64,
    /// An early job whose pause has lasted: its result is the final.
    promoted: bool,
}

/// Decides what the one decoder does next and what its results mean. It has no thread and no clock: `now` is given,
/// in seconds from call start.
///
/// | waiting | at most | gives way |
/// |---|---|---|
/// | ticks | one per lane | the newest replaces the older; an early or final job of the lane drops it; none are taken while the machine is busy |
/// | early jobs | one per lane | the newest replaces the older; the final takes it over |
/// | finals | one per finished utterance, 12 s of audio each | never; [`Transcriber::backlog`] says how much waits, so that a source that can wait does |
///
/// Order: finals as they came, early jobs as they came, then the customer's tick, then the agent's. Each utterance shows
/// partials with rising revisions, then one final, then nothing.
#[derive(Default)]
pub struct Transcriber {
    /// Finals and early jobs.
    urgent: VecDeque<DecodeJob>,
    ticks: [Option<DecodeJob>; 2],
    at_work: Option<AtWork>,
    open: VecDeque<Open>,
    /// Per lane, how many stretches of speech have been seen; what is below and not open is finished.
    seen: [u32; 2],
    ids: u32,
    pace: Pace,
    recent: Recent,
}

impl Transcriber {
    /// Nothing heard yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what a listener noticed. Returns what can be shown at once: the final of an utterance whose early decode
    /// turned out to be all of it.
    pub fn hear(&mut self, heard: Heard, now: f64) -> Vec<Transcribed> {
        match heard {
            Heard::VoiceStarted { .. } | Heard::VoiceEnded { .. } => Vec::new(),
            Heard::Wanted(job) => self.want(job, now).into_iter().collect(),
        }
    }

    /// The running utterance of a lane whose words up to its last pause are known and are a whole sentence, as its
    /// speech number and the end of the voice in samples: [`Listener::settle`] may end it there.
    ///
    /// [`Listener::settle`]: crate::Listener::settle
    pub fn complete(&self, lane: Lane) -> Option<(u32, u64)> {
        let open = self.open.iter().rfind(|open| open.lane == lane && open.over.is_none())?;
        let (voice_end, text) = open.early.as_ref()?;
        let last = text.as_str().trim_end().chars().next_back();
        matches!(last, Some('.' | '?' | '!')).then_some((open.speech, *voice_end))
    }

    /// The next job for the decoder, or nothing: then call again after the next [`Transcriber::hear`]. While a job is
    /// out there is no other; hand each one back with [`Transcriber::decoded`], whatever came of it.
    #[expect(clippy::should_implement_trait, reason = "not an iterator: nothing now may be something later")]
    pub fn next(&mut self) -> Option<DecodeJob> {
        if self.at_work.is_some() {
            return None;
        }
        let [agent, customer] = &mut self.ticks;
        let first = self.urgent.iter().position(|job| job.kind == JobKind::Final).unwrap_or(0);
        let mut job = self.urgent.remove(first).or_else(|| customer.take()).or_else(|| agent.take())?;
        self.at_work = Some(AtWork {
            lane: job.lane,
            speech: job.speech,
            kind: job.kind,
            voice_end: job.voiced.end,
            promoted: false,
        });
        if let Some(open) = self.find(job.lane, job.speech) {
            open.looked_at = open.looked_at.max(job.audio.end);
            job.settled = open.settling.within(job.audio);
        }
        if job.kind != JobKind::Tick {
            job.before = self.recent.before(&job);
        }
        Some(job)
    }

    /// Takes the result of the job that [`Transcriber::next`] gave out. A failed final ends its utterance with the
    /// words shown last; a failed tick or early job is as if it had not been asked for.
    pub fn decoded(
        &mut self,
        job: DecodeJob,
        result: Result<Decoded, SpeechError>,
        now: f64,
    ) -> Vec<Transcribed> {
        let at_work = self.at_work.take();
        if let Ok(decoded) = &result {
            self.pace.worked(now, decoded.seconds, job.kind == JobKind::Tick);
        }
        let text = result.ok().map(|decoded| {
            if let Some(open) = self.find(job.lane, job.speech) {
                if job.kind != JobKind::Tick {
                    open.said = Said::of(&job, &decoded);
                }
                open.settling.looked(job.audio, decoded.tokens);
            }
            decoded.text
        });
        let promoted = at_work.is_some_and(|w| w.promoted && w.lane == job.lane && w.speech == job.speech);
        let shown = match (job.kind, text) {
            (JobKind::Tick, Some(text)) => self.looked(&job, &text),
            (JobKind::Early, Some(text)) if promoted => self.finish(job.lane, job.speech, Some(text)),
            (JobKind::Early, None) if promoted => {
                self.urgent.push_front(DecodeJob { kind: JobKind::Final, ..job });
                None
            }
            (JobKind::Early, Some(text)) => {
                if let Some(open) = self.find(job.lane, job.speech) {
                    open.early = Some((job.voiced.end, text.clone()));
                }
                self.show(&job, text, seconds(job.voiced.end))
            }
            (JobKind::Final, text) => {
                let unheard = text.is_none().then(|| Transcribed::Unheard {
                    start: seconds(job.audio.start),
                    end: seconds(job.audio.end),
                });
                let last = self.finish(job.lane, job.speech, text);
                return last.into_iter().chain(unheard).collect();
            }
            (JobKind::Tick | JobKind::Early, None) => None,
        };
        shown.into_iter().collect()
    }

    /// How far the transcript is behind: for how many seconds the oldest outstanding final has been owed, counted
    /// from the moment its utterance was known to be over. 0 when none is owed.
    pub fn lag(&self, now: f64) -> f64 {
        let owed = self.open.iter().filter_map(|open| open.over).map(|(_, asked)| now - seconds(asked));
        owed.fold(0.0, f64::max)
    }

    /// Seconds from call start up to which everything that was said is out as finals, when each lane's listener has come as
    /// far as its [`Listener::settled`].
    ///
    /// [`Listener::settled`]: crate::Listener::settled
    pub fn understood(&self, settled: [u64; 2]) -> f64 {
        let open = self.open.iter().map(|open| open.start);
        seconds(settled.into_iter().chain(open).min().unwrap_or_default())
    }

    /// Seconds of speech whose final waits or is being decoded.
    pub fn backlog(&self) -> f64 {
        self.open.iter().filter_map(|open| open.over).map(|(voiced, _)| voiced.duration()).sum()
    }

    /// The share of the last ten seconds or so that the decoder was at work, by its own measure.
    pub fn load(&self, now: f64) -> f64 {
        self.pace.load(now)
    }

    /// True when nothing waits and nothing is being decoded.
    pub fn idle(&self) -> bool {
        self.at_work.is_none() && self.urgent.is_empty() && self.ticks.iter().all(Option::is_none)
    }

    fn want(&mut self, job: DecodeJob, now: f64) -> Option<Transcribed> {
        let lane = job.lane.index();
        if job.speech >= self.seen[lane] {
            self.seen[lane] = job.speech + 1;
            self.open.push_back(Open {
                lane: job.lane,
                speech: job.speech,
                start: job.audio.start,
                id: None,
                revision: 0,
                shown: Spoken::default(),
                looked_at: job.audio.start,
                settling: Settling::default(),
                early: None,
                said: None,
                over: None,
            });
        }
        match job.kind {
            JobKind::Tick => self.want_tick(job, now),
            JobKind::Early => {
                self.ticks[lane] = None;
                if self.pace.effort(now) == Effort::Finals {
                    return None;
                }
                match self.waiting_early(job.lane) {
                    Some(i) => self.urgent[i] = job,
                    None => self.urgent.push_back(job),
                }
            }
            JobKind::Final => {
                self.ticks[lane] = None;
                return self.want_final(job);
            }
        }
        None
    }

    /// Takes a tick if the lane's last look is long enough ago for this machine.
    fn want_tick(&mut self, job: DecodeJob, now: f64) {
        let period = self.pace.period(now, job.lane);
        let Some(open) = self.find(job.lane, job.speech) else { return };
        let new = seconds(job.audio.end.saturating_sub(open.looked_at));
        if open.over.is_none() && period.is_some_and(|period| new >= period) {
            let slot = job.lane.index();
            self.ticks[slot] = Some(job);
        }
    }

    /// An utterance is over. If an early job has reached the end of its voice, that one settles it.
    fn want_final(&mut self, job: DecodeJob) -> Option<Transcribed> {
        let voice_end = job.voiced.end;
        let open = self.find(job.lane, job.speech)?;
        open.over = Some((job.voiced, job.asked));
        if let Some((end, text)) = open.early.take()
            && end == voice_end
        {
            return self.finish(job.lane, job.speech, Some(text));
        }
        let waiting = self.waiting_early(job.lane);
        if let Some(work) = &mut self.at_work
            && (work.lane, work.speech, work.kind, work.voice_end)
                == (job.lane, job.speech, JobKind::Early, voice_end)
        {
            work.promoted = true;
            return None;
        }
        match waiting {
            Some(i) => self.urgent[i] = job,
            None => self.urgent.push_back(job),
        }
        None
    }

    /// Where the lane's early job waits.
    fn waiting_early(&self, lane: Lane) -> Option<usize> {
        self.urgent.iter().position(|job| job.lane == lane && job.kind == JobKind::Early)
    }

    fn find(&mut self, lane: Lane, speech: u32) -> Option<&mut Open> {
        self.open.iter_mut().find(|open| open.lane == lane && open.speech == speech)
    }

    /// Shows what a tick found, as far as it is settled.
    fn looked(&mut self, job: &DecodeJob, text: &Spoken) -> Option<Transcribed> {
        let (start, end) = (seconds(job.voiced.start), seconds(job.audio.end));
        let (settled, end) = edge::settled(text.as_str(), start, end);
        let settled = Spoken::from(settled);
        self.show(job, settled, end)
    }

    /// Shows words so far, unless there are none, they are known, or the utterance is over.
    fn show(&mut self, job: &DecodeJob, text: Spoken, end: f64) -> Option<Transcribed> {
        let ids = &mut self.ids;
        let open = self.open.iter_mut().find(|o| o.lane == job.lane && o.speech == job.speech)?;
        if text.is_empty() || text == open.shown || open.looked_at > job.audio.end {
            return None;
        }
        open.revision += 1;
        open.shown = text.clone();
        let id = open.number(ids);
        let utterance = Utterance { lane: open.lane, id, start: seconds(job.voiced.start), end, text };
        let paused = job.kind == JobKind::Early;
        Some(Transcribed::Partial { said: utterance, revision: open.revision, paused })
    }

    /// Ends an utterance with `text`, or with the words shown last. One that never had any leaves no trace.
    fn finish(&mut self, lane: Lane, speech: u32, text: Option<Spoken>) -> Option<Transcribed> {
        let i = self.open.iter().position(|o| o.lane == lane && o.speech == speech && o.over.is_some())?;
        let mut open = self.open.remove(i)?;
        let (voiced, _) = open.over?;
        if let Some(said) = open.said.take() {
            self.recent.note(lane, said);
        }
        let text = text.unwrap_or_else(|| open.shown.clone());
        if text.is_empty() && open.id.is_none() {
            return None;
        }
        let id = open.number(&mut self.ids);
        let (start, end) = (seconds(voiced.start), seconds(voiced.end));
        Some(Transcribed::Final(Utterance { lane, id, start, end, text }))
    }
}

impl Open {
    /// The utterance's number in the call, given at its first appearance.
    fn number(&mut self, ids: &mut u32) -> u32 {
        *self.id.get_or_insert_with(|| {
            *ids += 1;
            *ids
        })
    }
}
