//! The engine: observations in, cue events out.
//!
//! Each part of the call's state is a machine in a file of its own: `turns` (what each lane is saying), `voices` (when
//! each spoke), `pauses` (when nothing was heard), `mutes` (when the microphone was off), `party` (who is on the line, verified or not), `duties` (each
//! disclosure), `handling` (whether the agent has answered a cue), `waiting` (words that are counted or want an answer),
//! `orders` (stop-orders), `heat`, `repeats`, `questions`, `clues` and `counters` (listening), `early` (cues raised on
//! partials), `cards` (what is shown) and `call_board` (what stands beside the transcript). `customer` and `agent` say what
//! an utterance of that lane does to them, `own_word` what the agent says was said, `tick` what time does, `settle` turns
//! what was raised into events.

mod agent;
mod call_board;
mod cards;
mod clues;
mod counters;
mod customer;
mod duties;
mod early;
mod handling;
mod heat;
mod mutes;
mod observation;
mod orders;
mod own_word;
mod party;
mod pauses;
mod questions;
mod repeats;
mod settle;
mod tick;
mod turns;
mod voices;
mod waiting;

pub use observation::{CardAction, Observation, Progress};

use crate::pattern::Names;
use crate::playbook::{CueId, CueKind, Palette, Playbook};
use crate::reading::Reading;
use crate::text::tokens;
use call_board::CallBoard;
use cards::Cards;
use clues::Clues;
use counters::Counters;
use cueline_events::{Board, CallContext, CallStage, CueEvent, CueEventKind, Lane, Level, Listening};
use duties::DutyState;
use early::Early;
use handling::Handling;
use heat::Heat;
use mutes::Mutes;
use orders::Orders;
use party::Party;
use pauses::Pauses;
use questions::Questions;
use repeats::Repeats;
use settle::{Held, Raised};
use std::sync::Arc;
use turns::{Said, Turn, Turns};
use voices::Voices;
use waiting::Waiting;

/// The longest call, in seconds: a time beyond it is a mistake of the caller's and counts as this.
const LONGEST_CALL: f64 = 172_800.0;

/// One call's cue engine.
///
/// Only observations move it, and time rules are looked at on a fixed grid, so that the same observations give the
/// same events however often a clock ticks between them.
pub struct Engine {
    playbook: Arc<Playbook>,
    names: Names,
    active: Vec<CueId>,
    now: f64,
    step: u64,
    turns: Turns,
    voices: Voices,
    pauses: Pauses,
    mutes: Mutes,
    party: Party,
    duties: Vec<DutyState>,
    handling: Vec<Handling>,
    orders: Orders,
    /// One a score of the playbook's.
    heat: Vec<Heat>,
    waiting: Vec<Waiting>,
    repeats: Repeats,
    counters: Counters,
    questions: Questions,
    clues: Clues,
    board: CallBoard,
    level: Level,
    /// Which cues that wait for words of the agent's have heard them.
    said: Vec<bool>,
    /// The words said last, by either side, asked for a moment.
    holding: bool,
    early: Early,
    cards: Cards,
    /// Until which of its lane's turns a cue with `after` listens.
    armed: Vec<u32>,
    /// The turn of each lane in which a cue fired last.
    fired: Vec<[u32; 2]>,
    /// Up to when each lane is transcribed.
    heard_until: [f64; 2],
    /// Until when a count that passed its limit says nothing more.
    quiet_until: Vec<f64>,
    disclosed: Option<f64>,
    raised: Vec<Raised>,
    held: Vec<Held>,
    events: Vec<CueEvent>,
}

impl Engine {
    /// An engine at the start of a call.
    pub fn new(playbook: Arc<Playbook>, context: CallContext) -> Self {
        let cues = playbook.cues.len();
        Self {
            names: names(&context),
            active: (0..cues).filter(|id| playbook.cues[*id].applies.to(&context)).collect(),
            now: 0.0,
            step: 0,
            turns: Turns::default(),
            voices: Voices::default(),
            pauses: Pauses::default(),
            mutes: Mutes::default(),
            party: Party::default(),
            duties: (0..cues).map(|_| DutyState::default()).collect(),
            handling: vec![Handling::default(); cues],
            orders: Orders::default(),
            heat: vec![Heat::new(playbook.heat.half_life_s); playbook.scores],
            waiting: vec![Waiting::default(); cues],
            repeats: Repeats::default(),
            counters: Counters::default(),
            questions: Questions::default(),
            clues: Clues::default(),
            board: CallBoard::default(),
            level: context.level,
            said: vec![false; cues],
            holding: false,
            early: Early::default(),
            cards: Cards::new(cues),
            armed: vec![0; cues],
            fired: vec![[0; 2]; cues],
            heard_until: [0.0; 2],
            quiet_until: vec![0.0; cues],
            disclosed: None,
            raised: Vec::new(),
            held: Vec::new(),
            events: Vec::new(),
            playbook,
        }
    }

    /// Takes in one observation and says what follows from it, in order.
    ///
    /// A final may end earlier than now, as transcription takes time; an observation without a usable time is passed
    /// over.
    pub fn observe(&mut self, observation: &Observation) -> Vec<CueEvent> {
        let at = match observation {
            Observation::Utterance { at, .. }
            | Observation::VoiceStarted { at, .. }
            | Observation::VoiceEnded { at, .. }
            | Observation::Clock { at }
            | Observation::MarkedSaid { at, .. }
            | Observation::Muted { at }
            | Observation::Unmuted { at }
            | Observation::Paused { at }
            | Observation::Resumed { at }
            | Observation::Action { at, .. } => *at,
        };
        if !at.is_finite() {
            return Vec::new();
        }
        self.advance(at);
        match observation {
            Observation::Utterance { lane, utterance, start, end, text, progress, .. } => {
                if start.is_finite() && end.is_finite() {
                    let said = Said { lane: *lane, utterance: *utterance, start: *start, end: *end, text };
                    match progress {
                        Progress::Speaking => self.hear_partial(&said, false),
                        Progress::Paused => self.hear_partial(&said, true),
                        Progress::Final => self.hear_final(&said),
                    }
                }
            }
            Observation::VoiceStarted { lane, at } => self.voices.start(*lane, *at),
            Observation::VoiceEnded { lane, at } => self.voices.end(*lane, *at),
            Observation::Clock { .. } => {}
            Observation::MarkedSaid { cue, .. } => self.mark_said(cue),
            // During a pause nothing is heard on purpose.
            Observation::Muted { at } if !self.pauses.running() => self.mutes.begin(*at),
            Observation::Muted { .. } => {}
            Observation::Unmuted { at } => self.mutes.end(*at),
            Observation::Paused { at } => self.pauses.begin(*at),
            Observation::Resumed { at } => self.pauses.end(*at),
            Observation::Action { cue, action, .. } => self.act(cue, *action),
        }
        self.settle();
        std::mem::take(&mut self.events)
    }

    /// The listening counters as they stand.
    pub fn listening(&self) -> Listening {
        let listening = self.counters.listening(&self.voices, self.now);
        Listening { silence_s: self.silence(), ..listening }
    }

    /// Seconds since anybody spoke, without those in which nobody could be heard.
    fn silence(&self) -> f64 {
        let silence = self.voices.silence(self.now);
        (silence - self.pauses.within(self.now - silence, self.now)).max(0.0)
    }

    /// The call as it stands, when that has changed since this was asked last.
    pub fn board(&mut self) -> Option<Board> {
        if !std::mem::take(&mut self.board.news) {
            return None;
        }
        let stage = self.stage();
        Some(Board {
            at: self.now,
            stage,
            on_the_line: self.party.on_the_line(),
            payment_stopped: self.orders.any(),
            clues: self.board.clues.clone(),
            facts: self.board.facts.clone(),
            commitments: self.board.commitments.clone(),
            question: self.question(stage),
        })
    }

    fn stage(&self) -> CallStage {
        let told = self.party.may_know() || self.playbook.party.identifiers_required == 0;
        if self.board.closing {
            CallStage::Closing
        } else if !self.board.commitments.is_empty() {
            CallStage::Agreement
        } else if told {
            CallStage::Discussion
        } else if self.turns.of(Lane::Agent).number > 1 {
            CallStage::Verification
        } else {
            CallStage::Opening
        }
    }

    /// The first question that fits what came up last, or else the stage. With a life at risk there is none.
    fn question(&self, stage: CallStage) -> Option<String> {
        if self.orders.safety() {
            return None;
        }
        let in_stage = |palette: &&Palette| palette.stages.is_empty() || palette.stages.contains(&stage);
        let fitting = || self.playbook.questions.iter().filter(in_stage);
        let lately = self.board.lately.iter().rev();
        let about = lately.filter_map(|cue| fitting().find(|palette| palette.after.contains(cue))).next();
        let palette = about.or_else(|| fitting().find(|palette| palette.after.is_empty()))?;
        let turn = self.turns.of(Lane::Agent).number as usize;
        palette.ask.get(turn % palette.ask.len().max(1)).cloned()
    }

    /// The call has ended: what was due and never said is missed.
    pub fn finish(&mut self, at: f64) -> Vec<CueEvent> {
        if at.is_finite() {
            self.advance(at);
        }
        self.release_held();
        self.retract_unsettled();
        let playbook = Arc::clone(&self.playbook);
        for id in self.active.clone() {
            if playbook.cues[id].duty.is_some() && self.duties[id].is_open() && !self.duties[id].is_unsure() {
                self.push(id, CueEventKind::Missed, self.now, None, None);
            }
        }
        self.settle();
        std::mem::take(&mut self.events)
    }

    fn hear_final(&mut self, said: &Said<'_>) {
        let playbook = Arc::clone(&self.playbook);
        let ends_other = self.turns.hear(said, &playbook.vocabulary);
        let turn = self.turns.of(said.lane).clone();
        let names = std::mem::take(&mut self.names);
        let mut reading = Reading::new(&playbook, &turn.window, &names, turn.new_from);
        match said.lane {
            Lane::Customer => {
                if ends_other {
                    self.agent_turn_over(&playbook);
                }
                self.customer(&playbook, said, &turn, &mut reading);
            }
            Lane::Agent => self.agent(&playbook, said, &turn, &mut reading),
        }
        self.holding = reading.any(&playbook.holds).is_some();
        self.due_on_words(&playbook, &turn, &mut reading);
        self.board.hear(said.lane, &turn, &names);
        self.names = names;
        self.repeats.hear(said.lane, turn.number, said.end, &turn.window);
        let until = &mut self.heard_until[said.lane.index()];
        *until = until.max(said.end);
    }

    /// A cue fires: what follows from that at once, whether it is shown or not.
    fn raise(&mut self, playbook: &Playbook, raised: Raised, answer_after: usize) {
        let (id, cue) = (raised.cue, &playbook.cues[raised.cue]);
        if self.orders.safety() && !cue.safety && settle::silent_in_safety(cue.kind) {
            return;
        }
        self.orders.give(id, cue);
        let agent_turn = self.turns.of(Lane::Agent).number;
        self.handling[id].open(agent_turn, answer_after);
        if cue.wrong_number {
            self.party.wrong_number();
        }
        if cue.safety || cue.wrong_number {
            self.expire_duties(playbook);
        }
        if settle::is_hard_disclosure(cue) {
            self.disclosed = Some(raised.at);
        }
        if let (CueKind::Clue, Some(evidence)) = (cue.kind, &raised.evidence) {
            let window = &self.turns.of(Lane::Customer).window;
            self.clues.reveal(id, evidence.clone(), window, agent_turn);
            self.board.reveal(&cue.id, evidence.clone());
        }
        if let (true, Some(evidence)) = (cue.commits, &raised.evidence) {
            self.board.commit(self.turns.of(Lane::Customer), &self.names, evidence.clone());
        }
        self.board.fired(id);
        for other in self.active.clone() {
            let entry = &playbook.cues[other];
            if entry.after.as_ref().is_some_and(|after| after.cues.contains(&id)) {
                self.arm(other, entry);
            }
            if entry.repeat.as_ref().is_some_and(|repeat| repeat.after.contains(&id)) {
                self.waiting[other].open();
            }
            if entry.duty.as_ref().is_some_and(|duty| duty.due_after.contains(&id)) {
                self.make_due(other, raised.at, false);
            }
        }
        self.raised.push(raised);
    }

    fn arm(&mut self, id: CueId, cue: &crate::playbook::Cue) {
        let turns = cue.after.as_ref().map_or(0, |after| after.turns);
        self.armed[id] = self.turns.of(cue.lane).number + turns;
    }

    fn make_due(&mut self, id: CueId, at: f64, again: bool) {
        if !self.party.is_wrong_number()
            && !self.orders.safety()
            && self.duties[id].make_due(self.now, self.turns.of(Lane::Agent).number, again)
        {
            self.push(id, CueEventKind::Due, at, None, None);
        }
    }

    fn expire_duties(&mut self, playbook: &Playbook) {
        for id in self.active.clone() {
            if playbook.cues[id].duty.is_some() && self.duties[id].expire() {
                self.cards.take_down(id);
                self.push(id, CueEventKind::Expired, self.now, None, None);
            }
        }
    }

    /// Disclosures that words of either lane ask for.
    fn due_on_words(&mut self, playbook: &Playbook, turn: &Turn, reading: &mut Reading<'_>) {
        for id in self.active.clone() {
            let cue = &playbook.cues[id];
            let Some(duty) = &cue.duty else { continue };
            if self.duties[id].satisfied_in(self.turns.of(Lane::Agent).number) {
                continue;
            }
            if let Some(hit) = reading.ways(&duty.due_on, cue) {
                let at = turn.span(hit).1;
                self.make_due(id, at, duty.repeats);
            }
        }
    }

    /// The agent acts on the card that is up; a card that has gone in the meantime needs nothing.
    fn act(&mut self, cue: &str, action: CardAction) {
        let Some(id) = self.playbook.cue(cue).filter(|id| self.cards.up() == Some(*id)) else { return };
        self.cards.take_down(id);
        if action != CardAction::Done {
            let until = self.now + self.playbook.budget.not_now_s;
            self.cards.snooze(id, until);
        }
        self.push(id, CueEventKind::Dismissed, self.now, None, None);
    }
}

fn names(context: &CallContext) -> Names {
    let words =
        |name: &str| tokens(name).into_iter().map(|token| token.form).filter(|form| form.len() > 1).collect();
    Names {
        agency: words(&context.agency),
        creditor: words(&context.creditor),
        customer: words(&context.customer_name),
    }
}
