use cueline_events::{Lane, Spoken};
use cueline_speech::{
    DecodeJob, Decoded, Heard, JobKind, Span, SpeechError, Token, Transcribed, Transcriber, Work,
};

const RATE: f64 = 16_000.0;

/// A job of which only the times matter: speech `speech` of `lane` with its voice from `start` to `end` seconds.
fn job(kind: JobKind, lane: Lane, speech: u32, start: f64, end: f64) -> DecodeJob {
    let at = |seconds: f64| (seconds * RATE) as u64;
    let voiced = Span { start: at(start), end: at(end) };
    let wait = match kind {
        JobKind::Tick => 0.0,
        JobKind::Early => 0.16,
        JobKind::Final => 0.5,
    };
    DecodeJob {
        lane,
        kind,
        speech,
        audio: voiced,
        voiced,
        asked: at(end + wait),
        samples: [].into(),
        settled: [].into(),
        before: Vec::new(),
    }
}

fn words(text: &str) -> Result<Decoded, SpeechError> {
    Ok(Decoded { text: Spoken::from(text), seconds: 0.1, tokens: Vec::new(), work: Work::default() })
}

/// The same with one token for each word, and eight of which nothing is settled by this look.
fn tokens(text: &str) -> Result<Decoded, SpeechError> {
    let token = |word: &str| Token(word.bytes().map(i32::from).sum());
    let tokens = text.split_whitespace().map(token).chain([Token(0); 8]).collect();
    Ok(Decoded { tokens, ..words(text)? })
}

fn failure() -> Result<Decoded, SpeechError> {
    Err(SpeechError::Decode { seconds: 1.0, reason: "scripted".into() })
}

/// A transcriber with the story of what it showed.
#[derive(Default)]
struct Told {
    transcriber: Transcriber,
    story: Vec<String>,
}

impl Told {
    fn hear(&mut self, job: DecodeJob) {
        let now = job.asked as f64 / RATE;
        let shown = self.transcriber.hear(Heard::Wanted(job), now);
        self.note(shown);
    }

    /// Gives the next job's result and says which it was.
    fn decode(&mut self, result: Result<Decoded, SpeechError>, now: f64) -> Option<(Lane, JobKind)> {
        let job = self.transcriber.next()?;
        let which = (job.lane, job.kind);
        let shown = self.transcriber.decoded(job, result, now);
        self.note(shown);
        Some(which)
    }

    fn note(&mut self, shown: Vec<Transcribed>) {
        for event in shown {
            self.story.push(match event {
                Transcribed::Partial { said: u, revision, .. } => {
                    format!("{}.{revision} {}", u.id, u.text.as_str())
                }
                Transcribed::Final(u) => format!("{} [{}]", u.id, u.text.as_str()),
                Transcribed::Unheard { start, end } => format!("unheard {start} to {end}"),
            });
        }
    }
}

use Lane::{Agent, Customer};

#[test]
fn finals_come_first_then_early_jobs_then_ticks_the_customers_before_the_agents() {
    let mut told = Told::default();
    told.hear(job(JobKind::Tick, Agent, 0, 0.0, 1.3));
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 1.0));
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.2));
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.3));
    told.hear(job(JobKind::Tick, Customer, 1, 2.0, 3.0));
    let order: Vec<_> = std::iter::from_fn(|| told.decode(words("so"), 3.0)).collect();
    assert_eq!(order, [(Customer, JobKind::Final), (Customer, JobKind::Tick), (Agent, JobKind::Tick)]);
    // What may still go on waits for what is over.
    told.hear(job(JobKind::Early, Agent, 1, 4.0, 5.0));
    told.hear(job(JobKind::Final, Customer, 2, 4.0, 5.2));
    let order: Vec<_> = std::iter::from_fn(|| told.decode(words("so"), 6.0)).collect();
    assert_eq!(order, [(Customer, JobKind::Final), (Agent, JobKind::Early)]);
}

#[test]
fn the_newest_tick_wins_and_ticks_keep_their_distance() {
    let mut told = Told::default();
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 0.7));
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 1.0));
    let taken = told.transcriber.next().unwrap();
    assert_eq!(taken.audio.end, 16_000);
    told.transcriber.decoded(taken, words("a b c d e f g h"), 1.1);
    // Half a second has not passed since the last look.
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 1.25));
    assert!(told.transcriber.idle());
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 1.5));
    assert!(!told.transcriber.idle());
}

#[test]
fn an_early_decode_becomes_the_final_when_the_pause_lasts() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    told.decode(words("I lost my job"), 1.3);
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.0));
    assert_eq!(told.story, ["1.1 I lost my job", "1 [I lost my job]"]);
    assert!(told.transcriber.idle());
}

#[test]
fn an_early_job_at_work_or_waiting_becomes_the_final_too() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    let at_work = told.transcriber.next().unwrap();
    told.hear(job(JobKind::Early, Agent, 0, 0.0, 1.0));
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.0));
    told.hear(job(JobKind::Final, Agent, 0, 0.0, 1.0));
    let shown = told.transcriber.decoded(at_work, words("not mine"), 2.0);
    told.note(shown);
    assert_eq!(told.decode(words("I see"), 2.2), Some((Agent, JobKind::Final)));
    assert_eq!(told.story, ["1 [not mine]", "2 [I see]"]);
    assert!(told.transcriber.idle());
}

#[test]
fn speech_after_an_early_decode_is_decoded_again() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    told.decode(words("I lost"), 1.3);
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 2.0));
    assert_eq!(told.decode(words("I lost my job"), 2.7), Some((Customer, JobKind::Final)));
    assert_eq!(told.story, ["1.1 I lost", "1 [I lost my job]"]);
}

#[test]
fn a_tick_that_comes_back_after_the_final_is_not_shown() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    told.decode(words("yes"), 1.2);
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 2.0));
    let late = told.transcriber.next().unwrap();
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.0));
    let shown = told.transcriber.decoded(late, words("yes but there is more of it"), 2.3);
    told.note(shown);
    assert_eq!(told.story, ["1.1 yes", "1 [yes]"]);
}

#[test]
fn a_tick_shows_no_word_at_the_edge_of_its_audio() {
    let mut told = Told::default();
    told.hear(job(JobKind::Tick, Customer, 0, 0.0, 2.0));
    told.decode(words("aaaa bbbb cccc dddd eee"), 2.2);
    assert_eq!(told.story, ["1.1 aaaa bbbb cccc dddd"]);
}

#[test]
fn revisions_count_what_changed() {
    let mut told = Told::default();
    for (end, text) in [(2.0, "a lawyer said it"), (3.0, "a lawyer said it"), (4.0, "")] {
        told.hear(job(JobKind::Early, Customer, 0, 0.0, end));
        told.decode(words(text), end + 0.2);
    }
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 5.0));
    told.decode(words("a lawyer sent it"), 5.2);
    assert_eq!(told.story, ["1.1 a lawyer said it", "1.2 a lawyer sent it"]);
}

#[test]
fn what_turns_out_to_be_nothing_is_taken_back_or_never_appears() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    told.decode(words("hm"), 1.2);
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.4));
    told.decode(words(""), 2.0);
    told.hear(job(JobKind::Final, Customer, 1, 3.0, 3.4));
    told.decode(words(""), 4.0);
    told.hear(job(JobKind::Final, Customer, 2, 5.0, 5.4));
    told.decode(words("yes"), 6.0);
    assert_eq!(told.story, ["1.1 hm", "1 []", "2 [yes]"]);
}

#[test]
fn a_failed_final_keeps_the_words_shown_and_a_failed_early_is_decoded_again() {
    let mut told = Told::default();
    told.hear(job(JobKind::Early, Customer, 0, 0.0, 1.0));
    told.decode(words("I owe nothing"), 1.2);
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.4));
    told.decode(failure(), 2.0);
    told.hear(job(JobKind::Early, Customer, 1, 3.0, 4.0));
    let at_work = told.transcriber.next().unwrap();
    told.hear(job(JobKind::Final, Customer, 1, 3.0, 4.0));
    let shown = told.transcriber.decoded(at_work, failure(), 4.6);
    told.note(shown);
    assert_eq!(told.decode(words("not a cent"), 5.0), Some((Customer, JobKind::Final)));
    assert_eq!(told.story, ["1.1 I owe nothing", "1 [I owe nothing]", "unheard 0 to 1.4", "2 [not a cent]"]);
    assert!(told.transcriber.idle());
}

#[test]
fn lag_is_the_age_of_the_oldest_owed_final() {
    let mut told = Told::default();
    told.hear(job(JobKind::Final, Customer, 0, 0.0, 1.0));
    told.hear(job(JobKind::Final, Agent, 0, 2.0, 3.0));
    assert_eq!((told.transcriber.lag(4.0), told.transcriber.backlog()), (2.5, 2.0));
    told.decode(words("so"), 4.0);
    assert_eq!((told.transcriber.lag(4.0), told.transcriber.backlog()), (0.5, 1.0));
    told.decode(words(""), 4.1);
    assert_eq!((told.transcriber.lag(9.0), told.transcriber.backlog()), (0.0, 0.0));
}

#[test]
fn a_job_is_given_the_words_that_two_looks_agreed_on_unless_it_ends_before_them() {
    let mut transcriber = Transcriber::new();
    let mut settled = |kind, end: f64, text| {
        transcriber.hear(Heard::Wanted(job(kind, Customer, 0, 0.0, end)), end);
        let job = transcriber.next().unwrap();
        let count = job.settled.len();
        transcriber.decoded(job, tokens(text), end);
        count
    };
    assert_eq!(settled(JobKind::Tick, 0.8, "I was just"), 0);
    assert_eq!(settled(JobKind::Tick, 1.6, "I was laid"), 0);
    assert_eq!(settled(JobKind::Early, 2.4, "I was laid off"), 2);
    assert_eq!(settled(JobKind::Early, 3.2, "I was laid off in March."), 3);
    // Speech without a pause is cut where it is quietest: before what the last looks heard.
    assert_eq!(settled(JobKind::Final, 2.0, "I was laid off"), 0);
}

#[test]
fn a_call_is_understood_up_to_its_oldest_utterance_without_a_final() {
    let mut told = Told::default();
    let understood = |told: &Told, agent: f64, customer: f64| {
        told.transcriber.understood([agent, customer].map(|at| (at * RATE) as u64))
    };
    assert_eq!(understood(&told, 3.0, 2.0), 2.0, "both lanes must have come so far");
    told.hear(job(JobKind::Tick, Agent, 0, 4.0, 5.0));
    told.hear(job(JobKind::Final, Customer, 0, 4.5, 6.0));
    assert_eq!(understood(&told, 9.0, 9.0), 4.0, "somebody still speaks");
    told.hear(job(JobKind::Final, Agent, 0, 4.0, 7.0));
    told.decode(words("so"), 8.0);
    assert_eq!(understood(&told, 9.0, 9.0), 4.0, "a final is owed");
    told.decode(words(""), 8.1);
    assert_eq!(understood(&told, 9.0, 9.0), 9.0);
}

#[test]
fn a_look_at_a_pause_is_given_what_the_lane_said_before_and_a_tick_is_not() {
    let mut transcriber = Transcriber::new();
    let mut before = |kind, lane, speech, start: f64, text| {
        let end = start + if kind == JobKind::Final { 1.0 } else { 0.8 };
        transcriber.hear(Heard::Wanted(job(kind, lane, speech, start, end)), end);
        let job = transcriber.next().unwrap();
        let count = job.before.len();
        transcriber.decoded(job, text, end);
        count
    };
    assert_eq!(before(JobKind::Final, Agent, 0, 0.0, tokens("Harper Valley National Bank.")), 0);
    assert_eq!(before(JobKind::Early, Agent, 1, 2.0, tokens("My name is")), 1, "what is over");
    assert_eq!(before(JobKind::Final, Agent, 1, 2.0, tokens("My name is Elizabeth.")), 1, "not what is said");
    assert_eq!(before(JobKind::Final, Customer, 0, 4.0, words("")), 0, "not what the other lane said");
    assert_eq!(before(JobKind::Final, Customer, 1, 6.0, tokens("Hi.")), 0, "nor what had no words");
    assert_eq!(before(JobKind::Tick, Customer, 2, 8.0, tokens("My name")), 0, "a tick must be quick");
    assert_eq!(before(JobKind::Final, Customer, 2, 8.0, tokens("My name is Patricia.")), 1);
}
