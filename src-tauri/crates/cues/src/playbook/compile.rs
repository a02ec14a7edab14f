use super::check::CueTest;
use super::cue::{After, Cue, CueId, CueKind, Duty, Palette, Repeat, ScoreItem, Signal};
use super::file::{
    File, RawAfter, RawCue, RawDuty, RawOutside, RawPalette, RawPatterns, RawRepeat, RawScoreItem, RawWays,
};
use super::limits;
use super::party_rules::{IdentifierRules, PartyRules};
use super::position::Positions;
use super::way::{Pattern, RawWay, Way};
use super::{Fault, Playbook};
use crate::pattern::{
    GroupId, Needs, Node, PatternIndex, Scope, Vocabulary, WordId, WordLists, lightest_first, parse,
};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The score of cues that name none: the customer's heat.
const HEAT: &str = "heat";

/// Reads and compiles a playbook, or lists all that is wrong with it.
pub(super) fn compile(text: &str) -> Result<Playbook, Vec<Fault>> {
    if let Some(fault) = limits::too_large(text) {
        return Err(vec![fault]);
    }
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![Positions::of(text).fault(at, error.message())]
    })?;
    let mut compiler = Compiler::new(text, &file);
    let playbook = compiler.file(file);
    let mut faults = compiler.faults;
    if faults.is_empty() {
        return Ok(playbook);
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(faults)
}

pub(super) struct Compiler<'a> {
    text: &'a str,
    positions: Positions<'a>,
    pub(super) faults: Vec<Fault>,
    vocabulary: Vocabulary,
    group_ids: BTreeMap<String, GroupId>,
    groups: Vec<Node>,
    /// For each group the lists of words of which one each stands in every match.
    group_needs: Vec<Needs>,
    scope_ids: BTreeMap<String, usize>,
    /// The words that open each scope by themselves.
    openers: Vec<Vec<WordId>>,
    cue_ids: BTreeMap<String, CueId>,
    /// The scores that signals add to, in the order in which cues name them.
    scores: Vec<String>,
    index: PatternIndex,
    lists: WordLists,
}

impl<'a> Compiler<'a> {
    fn new(text: &'a str, file: &File) -> Self {
        let cue_ids =
            file.cue.iter().enumerate().map(|(i, cue)| (cue.get_ref().id.get_ref().clone(), i)).collect();
        Self {
            text,
            positions: Positions::of(text),
            faults: Vec::new(),
            vocabulary: Vocabulary::default(),
            group_ids: file.words.keys().enumerate().map(|(i, name)| (name.clone(), GroupId(i))).collect(),
            groups: Vec::new(),
            group_needs: Vec::new(),
            scope_ids: file.scopes.keys().enumerate().map(|(i, name)| (name.clone(), i)).collect(),
            openers: Vec::new(),
            cue_ids,
            scores: vec![HEAT.to_owned()],
            index: PatternIndex::default(),
            lists: WordLists::default(),
        }
    }

    pub(super) fn fault(&mut self, at: usize, reason: impl Into<String>) {
        self.faults.push(self.positions.fault(at, reason));
    }

    fn file(&mut self, file: File) -> Playbook {
        for (name, patterns) in &file.words {
            let nodes = self.nodes(patterns);
            self.check_group(name, patterns, &nodes);
            self.groups.push(Node::Any(nodes));
        }
        self.check_loops(&file);
        let (groups, lists) = (&self.groups, &mut self.lists);
        self.groups = groups.iter().map(|group| group.clone().sped_up(groups, lists)).collect();
        self.group_needs = self.needs_of_groups();
        let scopes = file.scopes.values().map(|raw| {
            let scope = raw.get_ref();
            limits::scope(self, raw);
            let stops = (!scope.stops.is_empty()).then(|| Node::Any(self.nodes(&scope.stops)));
            let opens = Node::Any(self.nodes(&scope.opens));
            Scope { opens, stops, reach: scope.reach, inside: scope.inside }
        });
        let scopes: Vec<Scope> = scopes.collect();
        self.openers = scopes.iter().map(Scope::single_words).collect();
        limits::head(self, &file);
        if let Some(budget) = &file.budget {
            limits::budget(self, budget);
        }
        let party = PartyRules {
            identifiers_required: *file.party.identifiers_required.get_ref(),
            verifies: self.patterns(&file.party.verifies),
            ask_unless: self.patterns(&file.party.ask_unless),
            refuses: self.patterns(&file.party.refuses),
            third_person: self.patterns(&file.party.third_person),
            hand_over: self.patterns(&file.party.hand_over),
            identifiers: file
                .party
                .identifier
                .iter()
                .map(|raw| IdentifierRules { asks: self.patterns(&raw.asks), shape: raw.shape })
                .collect(),
        };
        limits::party(self, &file.party);
        let handles = self.scopes(&file.outside.handles);
        let mut cues = Vec::new();
        let mut tests = Vec::new();
        for (id, raw) in file.cue.iter().enumerate() {
            limits::cue(self, raw, cues.as_slice());
            tests.extend(raw.get_ref().test.iter().flat_map(|test| CueTest::read(id, test, &self.positions)));
            cues.push(self.cue(raw.get_ref(), &file.outside, &handles));
        }
        Playbook {
            id: file.playbook.id.into_inner(),
            version: file.playbook.version,
            title: file.playbook.title,
            modes: file.playbook.modes.into_inner(),
            budget: file.budget.map(Spanned::into_inner).unwrap_or_default(),
            heat: file.heat,
            party,
            not_counted: self.patterns(&file.listening.not_counted),
            open_questions: self.patterns(&file.listening.open_questions),
            holds: self.patterns(&file.listening.holds),
            assents: self.patterns(&file.listening.assents),
            declines: self.patterns(&file.listening.declines),
            picks_up: self.patterns(&file.listening.picks_up),
            groups: std::mem::take(&mut self.groups),
            vocabulary: std::mem::take(&mut self.vocabulary),
            scopes,
            cues,
            scores: self.scores.len(),
            index: std::mem::take(&mut self.index),
            lists: std::mem::take(&mut self.lists),
            questions: file.question.iter().map(|palette| self.palette(palette)).collect(),
            scorecard: file.scorecard.iter().map(|item| self.score_item(item)).collect(),
            tests,
        }
    }

    fn cue(&mut self, raw: &RawCue, outside: &RawOutside, handles: &[usize]) -> Cue {
        let by_kind = match raw.kind {
            CueKind::Disclosure => &outside.disclosure,
            CueKind::Trigger => &outside.trigger,
            CueKind::Guard => &outside.guard,
            CueKind::Deescalation => &outside.deescalation,
            CueKind::Listening => &outside.listening,
            CueKind::Clue => &outside.clue,
            CueKind::Context => &outside.context,
        };
        let lane = limits::lane_of(raw);
        let mut handled = self.ways(&raw.handles);
        // What the agent says to handle a cue stands outside the scopes of `handles`; the rest are allowed there.
        for way in &mut handled {
            way.revocable = false;
            way.allow.extend((0..self.scope_ids.len()).filter(|scope| !handles.contains(scope)));
        }
        Cue {
            id: raw.id.get_ref().clone(),
            kind: raw.kind,
            title: raw.title.clone(),
            headline: raw.headline.get_ref().clone(),
            prompt: raw.prompt.get_ref().clone(),
            say: raw.say.clone(),
            why: raw.why.clone(),
            source: raw.source.clone(),
            severity: raw.severity,
            skill: raw.skill.clone(),
            lane,
            applies: raw.applies.clone(),
            fires: self.ways(&raw.fires),
            signals: raw
                .signals
                .iter()
                .map(|way| Signal { weight: way.get_ref().weight.unwrap_or(1.0), way: self.way(way) })
                .collect(),
            score: self.score(raw.score.as_deref()),
            threshold: raw.threshold.as_ref().map_or(0.0, |threshold| *threshold.get_ref()),
            satisfies: self.ways(&raw.satisfies),
            handles: handled,
            handle_steps: raw.handle_steps.iter().map(|step| self.patterns(step)).collect(),
            breaks: self.ways(&raw.breaks),
            unless: self.patterns(&raw.unless),
            outside: self.scopes(raw.outside.as_ref().unwrap_or(by_kind)),
            after: raw.after.as_ref().map(|after| self.after(after)),
            repeat: raw.repeat.as_ref().map(|repeat| self.repeat(repeat)),
            answer_within: raw.answer_within.as_ref().map(|turns| *turns.get_ref()),
            handled_after: self.cues(&raw.handled_after),
            reopened_by: self.patterns(&raw.reopened_by),
            duty: raw.duty.as_ref().map(|duty| self.duty(duty)),
            count: raw.count.as_ref().map(|count| count.get_ref().clone()),
            echo: raw.echo.as_ref().map(|echo| echo.get_ref().clone()),
            hints: self.patterns(&raw.hints),
            until_verified: raw.until_verified,
            third_party: raw.third_party,
            verification: raw.verification,
            stop_order: raw.stop_order,
            safety: raw.safety,
            wrong_number: raw.wrong_number,
            closes: raw.closes,
            commits: raw.commits,
            disputes: raw.disputes,
            holds_call: raw.holds_call,
            payment: raw.payment,
            early: raw.early,
            card: raw.card.unwrap_or(raw.kind != CueKind::Clue),
            cooldown: raw.cooldown_s.as_ref().map_or(0.0, |seconds| *seconds.get_ref()),
            per_call: raw.per_call.as_ref().map_or(u32::MAX, |times| *times.get_ref()),
        }
    }

    fn after(&mut self, raw: &RawAfter) -> After {
        After { cues: self.cues(&raw.cues), words: self.patterns(&raw.words), turns: raw.turns }
    }

    fn palette(&mut self, raw: &Spanned<RawPalette>) -> Palette {
        let palette = raw.get_ref();
        if palette.ask.is_empty() {
            self.fault(raw.span().start, "`ask` needs a question");
        }
        Palette { after: self.cues(&palette.after), stages: palette.stages.clone(), ask: palette.ask.clone() }
    }

    fn score_item(&mut self, raw: &Spanned<RawScoreItem>) -> ScoreItem {
        limits::score_item(self, raw);
        let item = raw.get_ref();
        ScoreItem {
            title: item.title.clone(),
            weight: item.weight,
            by: item.by,
            said: self.cues(&item.said),
            handled: self.cues(&item.handled),
            silent: self.cues(&item.silent),
        }
    }

    fn repeat(&mut self, raw: &RawRepeat) -> Repeat {
        if *raw.times.get_ref() < 2 {
            self.fault(raw.times.span().start, "`times` is 2 or more: once is what `fires` is for");
        }
        if !(raw.within_s.is_finite() && raw.within_s > 0.0) {
            self.fault(raw.times.span().start, "`within_s` must be above 0");
        }
        Repeat {
            of: self.ways(&raw.of),
            times: *raw.times.get_ref(),
            within_s: raw.within_s,
            after: self.cues(&raw.after),
            cleared_by: self.patterns(&raw.cleared_by),
        }
    }

    fn score(&mut self, name: Option<&str>) -> usize {
        let name = name.unwrap_or(HEAT);
        self.scores.iter().position(|known| known == name).unwrap_or_else(|| {
            self.scores.push(name.to_owned());
            self.scores.len() - 1
        })
    }

    fn duty(&mut self, raw: &RawDuty) -> Duty {
        if let (Some(before), true) = (&raw.before, raw.overdue_on.is_empty()) {
            self.fault(before.span().start, "`before` says in words when `overdue_on` is, which is missing");
        }
        Duty {
            due: *raw.due.get_ref(),
            due_on: self.moments(&raw.due_on),
            due_after: self.cues(&raw.due_after),
            seconds: raw.seconds.as_ref().map(|seconds| *seconds.get_ref()),
            turns: raw.turns,
            overdue_on: self.moments(&raw.overdue_on),
            before: raw.before.as_ref().map(|before| before.get_ref().clone()),
            again_for_new_party: raw.again_for_new_party,
            needs_verified: raw.needs_verified,
            repeats: raw.repeats,
            adjacent_turns: raw.adjacent_turns,
            assent: raw.assent,
        }
    }

    /// Words that make a duty due or overdue. What takes back a tick does not take these back.
    fn moments(&mut self, raw: &RawWays) -> Vec<Way> {
        let mut ways = self.ways(raw);
        ways.iter_mut().for_each(|way| way.revocable = false);
        ways
    }

    fn ways(&mut self, raw: &RawWays) -> Vec<Way> {
        raw.iter().map(|way| self.way(way)).collect()
    }

    fn way(&mut self, raw: &Spanned<RawWay>) -> Way {
        let RawWay { all, some, least, allow, plain, .. } = raw.get_ref();
        let mut patterns = self.patterns(all);
        if let Some(plain) = plain {
            patterns.extend(self.pattern(plain, raw.span()));
        }
        let least_of = least.as_ref().map_or(usize::from(!some.is_empty()), |least| *least.get_ref());
        if least_of > some.len() {
            self.fault(raw.span().start, format!("`least = {least_of}` of {} patterns", some.len()));
        }
        if patterns.is_empty() && some.is_empty() && plain.is_none() && all.is_empty() {
            self.fault(raw.span().start, "a way needs a pattern");
        }
        let some = self.patterns(some);
        let mentions = self.mentions(patterns.iter().chain(&some));
        Way { all: patterns, some, least: least_of, allow: self.scopes(allow), mentions, revocable: true }
    }

    /// The scopes whose opening word these patterns ask for: it is then part of what is meant.
    fn mentions<'p>(&self, patterns: impl Iterator<Item = &'p Pattern>) -> Vec<usize> {
        let mut words = Vec::new();
        patterns.for_each(|pattern| {
            pattern.node.words(&self.groups, &mut words);
        });
        let shares = |scope: &Vec<WordId>| words.iter().any(|word| scope.contains(word));
        self.openers.iter().enumerate().filter(|(_, scope)| shares(scope)).map(|(i, _)| i).collect()
    }

    fn patterns(&mut self, raw: &RawPatterns) -> Vec<Pattern> {
        raw.iter().filter_map(|pattern| self.pattern(pattern.get_ref(), pattern.span())).collect()
    }

    fn pattern(&mut self, text: &str, span: Range<usize>) -> Option<Pattern> {
        let node = self.node(text, span)?;
        let vocabulary = &self.vocabulary;
        let weight = |id| vocabulary.weight(id);
        let needs = lightest_first(node.needs(&self.group_needs, &weight), &weight);
        Some(Pattern::new(node, &self.groups, needs, &mut self.index, &mut self.lists))
    }

    fn nodes(&mut self, raw: &RawPatterns) -> Vec<Node> {
        raw.iter().filter_map(|pattern| self.node(pattern.get_ref(), pattern.span())).collect()
    }

    fn node(&mut self, text: &str, span: Range<usize>) -> Option<Node> {
        match parse(text, &mut self.vocabulary, &self.group_ids) {
            Ok(node) if node.size() > limits::PATTERN => {
                self.fault(span.start, format!("this pattern has more than {} parts", limits::PATTERN));
                None
            }
            Ok(node) => Some(node),
            Err(fault) => {
                let quotes =
                    self.text.get(span.clone()).map_or(1, |raw| raw.len().saturating_sub(text.len()) / 2);
                self.fault(span.start + quotes + fault.at, format!("pattern: {}", fault.reason));
                None
            }
        }
    }

    fn scopes(&mut self, raw: &RawPatterns) -> Vec<usize> {
        let known = |raw: &Spanned<String>, ids: &BTreeMap<String, usize>| ids.get(raw.get_ref()).copied();
        let mut found = Vec::new();
        for name in raw {
            match known(name, &self.scope_ids) {
                Some(id) => found.push(id),
                None => self.fault(name.span().start, format!("no scope `{}` in [scopes]", name.get_ref())),
            }
        }
        found
    }

    fn cues(&mut self, raw: &RawPatterns) -> Vec<CueId> {
        let mut found = Vec::new();
        for name in raw {
            match self.cue_ids.get(name.get_ref()) {
                Some(id) => found.push(*id),
                None => {
                    self.fault(name.span().start, format!("no cue `{}` in this playbook", name.get_ref()))
                }
            }
        }
        found
    }

    /// Groups refer to each other: their needs are worked out from the inside, one depth of reference a round.
    fn needs_of_groups(&self) -> Vec<Needs> {
        let weight = |id| self.vocabulary.weight(id);
        let mut needs: Vec<Needs> = vec![Vec::new(); self.groups.len()];
        loop {
            let next: Vec<Needs> = self
                .groups
                .iter()
                .map(|group| lightest_first(group.needs(&needs, &weight), &weight))
                .collect();
            if next == needs {
                return needs;
            }
            needs = next;
        }
    }

    fn check_group(&mut self, name: &str, patterns: &RawPatterns, nodes: &[Node]) {
        let at = patterns
            .first()
            .map_or_else(|| self.text.find("[words]").unwrap_or(0), |first| first.span().start);
        if patterns.is_empty() {
            self.fault(at, format!("the group `{name}` is empty"));
        }
        if nodes.iter().map(Node::size).sum::<usize>() > limits::GROUP {
            self.fault(at, format!("the group `{name}` has more than {} parts", limits::GROUP));
        }
    }

    /// A group that contains itself would never end.
    fn check_loops(&mut self, file: &File) {
        for (i, (name, patterns)) in file.words.iter().enumerate() {
            let mut seen = vec![false; self.groups.len()];
            let mut open = vec![GroupId(i)];
            let mut looped = false;
            while let Some(GroupId(id)) = open.pop() {
                let mut inner = Vec::new();
                if let Some(node) = self.groups.get(id) {
                    node.groups(&mut inner);
                }
                for next in inner {
                    looped |= next == GroupId(i);
                    if !std::mem::replace(&mut seen[next.0], true) {
                        open.push(next);
                    }
                }
            }
            if looped {
                let at = patterns.first().map_or(0, |first| first.span().start);
                self.fault(at, format!("the group `{name}` contains itself"));
            }
        }
        if self.faults.iter().any(|fault| fault.reason.contains("contains itself")) {
            self.groups.iter_mut().for_each(|group| *group = Node::Any(Vec::new()));
        }
    }
}
