//! Calls that nobody made: the same ones every time.

use cueline_calls::{Digest, EndedCall, NewCall, Outcome};
use cueline_events::{
    CallContext, CallEvent, CallSource, CueEvent, CueEventKind, Evidence, Lane, PlaybookId,
};

/// Makes calls as they come in an office of twenty agents: half a minute apart, the newest last.
pub(super) struct Maker {
    calls: u32,
    utterances: u32,
    state: u64,
    ids: Vec<String>,
}

/// When the first call begins: 2025-01-01 UTC, in milliseconds.
const BEGINNING: i64 = 1_735_689_600_000;
/// Milliseconds between two calls.
const APART: i64 = 30_000;
const AGENTS: u64 = 20;

/// Words of such calls, the more common ones first.
const WORDS: [&str; 48] = [
    "the",
    "you",
    "that",
    "and",
    "pay",
    "account",
    "can",
    "month",
    "we",
    "balance",
    "this",
    "payment",
    "okay",
    "right",
    "for",
    "due",
    "call",
    "will",
    "card",
    "today",
    "bill",
    "was",
    "letter",
    "job",
    "friday",
    "amount",
    "never",
    "already",
    "insurance",
    "mother",
    "question",
    "address",
    "rest",
    "half",
    "plan",
    "bank",
    "hospital",
    "agree",
    "manager",
    "attorney",
    "bankruptcy",
    "complaint",
    "dispute",
    "paycheck",
    "landlord",
    "overtime",
    "refund",
    "receipt",
];
const NAMES: [&str; 8] = ["Okafor", "Pettit", "Ortega", "Whitlock", "Hale", "Vance", "Lindqvist", "Moreau"];
/// Cues that fire, with one call in so many.
const CUES: [(&str, u64); 7] = [
    ("listen.monologue", 2),
    ("clue.job_loss", 9),
    ("clue.illness", 11),
    ("trig.dispute", 12),
    ("trig.attorney", 60),
    ("guard.threat_legal", 90),
    ("trig.suicide_risk", 3_000),
];

impl Maker {
    pub(super) fn new(calls: u32, utterances: u32) -> Self {
        Self { calls, utterances, state: 0x2545_F491_4F6C_DD1D, ids: Vec::new() }
    }

    /// The `n`th call.
    pub(super) fn call(&mut self, n: u32) -> EndedCall {
        let started_at = BEGINNING + i64::from(n) * APART;
        let id = self.new_id(started_at);
        let name = NAMES[self.below(NAMES.len() as u64) as usize];
        let new = NewCall {
            id: Some(id),
            source: CallSource::Devices,
            model: "base-q8_0".into(),
            playbook: PlaybookId { id: "collections-us".into(), version: "1".into() },
            context: CallContext { customer_name: format!("{name} {n}"), ..CallContext::default() },
            agent: format!("agent {}", self.below(AGENTS)),
            machine: format!("desk {}", self.below(AGENTS)),
            started_at,
        };
        let share = |n: u32| u64::from(n) * u64::from(self.utterances) / u64::from(self.calls.max(1));
        let utterances = (share(n + 1) - share(n)) as u32;
        let mut events: Vec<CallEvent> = (0..utterances).map(|i| self.said(n, i)).collect();
        let fired = self.cues(utterances, &mut events);
        let seconds = f64::from(utterances) * 30.0 + self.below(300) as f64;
        EndedCall { new, digest: Some(self.digest(&fired)), events, seconds, observed: Vec::new() }
    }

    /// The id of one of the calls, a different one each time.
    pub(super) fn id(&self, n: u32) -> String {
        self.ids.get(n as usize * 7_919 % self.ids.len().max(1)).cloned().unwrap_or_default()
    }

    /// A word that was said, a different one each time.
    pub(super) fn words(&self, n: u32) -> &'static str {
        WORDS[n as usize % WORDS.len()]
    }

    /// When half of the calls had begun.
    pub(super) fn middle(&self) -> i64 {
        BEGINNING + i64::from(self.calls / 2) * APART
    }

    fn said(&mut self, call: u32, n: u32) -> CallEvent {
        let mut text: Vec<String> = (0..8 + self.below(12)).map(|_| self.word().to_owned()).collect();
        if n == 0 {
            text.push(format!("reference{call}"));
        }
        let start = f64::from(n) * 30.0;
        CallEvent::Final {
            lane: if n.is_multiple_of(2) { Lane::Agent } else { Lane::Customer },
            utterance: n + 1,
            start,
            end: start + 8.0,
            text: text.join(" ").into(),
            emitted_at: start + 8.5,
        }
    }

    /// A word; the first ones of the list the most often.
    fn word(&mut self) -> &'static str {
        let (a, b) = (self.below(WORDS.len() as u64), self.below(WORDS.len() as u64));
        WORDS[(a * b / WORDS.len() as u64) as usize]
    }

    /// Disclosures, and the cues of this call. Gives back which of them fired.
    fn cues(&mut self, utterances: u32, events: &mut Vec<CallEvent>) -> Vec<&'static str> {
        use CueEventKind::{Due, Fires, Missed, Satisfied, Unsure};
        for (i, cue) in
            ["disc.recording_notice", "disc.mini_miranda_initial", "disc.recap"].iter().enumerate()
        {
            events.push(event(cue, Due, i as f64, 0));
            let end = [Satisfied, Satisfied, Satisfied, Satisfied, Unsure, Missed];
            events.push(event(cue, end[self.below(end.len() as u64) as usize], 20.0 + i as f64, 1));
        }
        let mut fired = Vec::new();
        for (cue, one_in) in CUES {
            if self.below(one_in) == 0 {
                fired.push(cue);
                let utterance = self.below(u64::from(utterances.max(1))) as u32 + 1;
                events.push(event(cue, Fires, f64::from(utterance) * 30.0, utterance));
            }
        }
        fired
    }

    fn digest(&mut self, fired: &[&'static str]) -> Digest {
        let of = |beginning: &str| -> Vec<String> {
            fired.iter().filter(|cue| cue.starts_with(beginning)).map(|cue| (*cue).to_owned()).collect()
        };
        let stop_orders = [of("trig.attorney"), of("trig.suicide")].concat();
        let outcome = match (stop_orders.is_empty(), fired.contains(&"trig.dispute"), self.below(3)) {
            (false, ..) => Outcome::StopOrder,
            (_, true, _) => Outcome::Dispute,
            (_, _, 0) => Outcome::Promise,
            _ => Outcome::NothingAgreed,
        };
        Digest {
            points: self.below(80) as f64,
            of: 80.0,
            held: of("guard."),
            stop_orders,
            triggers: of("trig."),
            clues: of("clue.").len() as u32,
            clues_missed: 0,
            outcome,
        }
    }

    /// An id as a call of that time would have it (RFC 9562, version 7).
    fn new_id(&mut self, at: i64) -> String {
        let (a, b) = (self.next(), self.next());
        let id = format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}",
            at >> 16,
            at & 0xffff,
            a & 0xfff,
            0x8000 | (a >> 12) & 0x3fff,
            b & 0xffff_ffff_ffff
        );
        self.ids.push(id.clone());
        id
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    /// Numbers without a pattern, always the same ones (Marsaglia's xorshift).
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}

fn event(cue: &str, event: CueEventKind, at: f64, utterance: u32) -> CallEvent {
    let evidence =
        Evidence { utterance, start: at - 2.0, end: at, quote: "pay the rest of the balance".into() };
    CallEvent::Cue(CueEvent {
        cue: cue.to_owned(),
        event,
        at,
        emitted_at: at + 0.5,
        lane: (utterance > 0).then_some(Lane::Customer),
        evidence: (utterance > 0).then_some(evidence),
        shown: Some(event == CueEventKind::Fires),
        withheld: None,
        measure: None,
        by_agent: false,
    })
}
