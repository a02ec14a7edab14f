use super::Fault;
use super::compile::Compiler;
use super::cue::{Cue, CueKind, Due, Measured, ScoredBy};
use super::file::{Budget, File, RawCue, RawParty, RawScope, RawScoreItem};
use super::position::Positions;
use cueline_events::Lane;
use toml::Spanned;

/// Parts of one pattern.
pub(super) const PATTERN: usize = 400;
/// Parts of one group of words.
pub(super) const GROUP: usize = 4000;
const FILE: usize = 2 * 1024 * 1024;
const CUES: usize = 1000;
const PROMPT_WORDS: usize = 12;
const HEADLINE_WORDS: usize = 8;

/// A file that no playbook needs to be.
pub(super) fn too_large(text: &str) -> Option<Fault> {
    (text.len() > FILE)
        .then(|| Positions::of("").fault(0, format!("the file is larger than {} KiB", FILE / 1024)))
}

/// Whose words a cue listens to: what the file says, or what its kind implies.
pub(super) fn lane_of(raw: &RawCue) -> Lane {
    match raw.kind {
        _ if raw.lane.is_some() => raw.lane.as_ref().map_or(Lane::Agent, |lane| *lane.get_ref()),
        CueKind::Disclosure | CueKind::Guard | CueKind::Listening | CueKind::Context => Lane::Agent,
        CueKind::Trigger | CueKind::Deescalation | CueKind::Clue => Lane::Customer,
    }
}

pub(super) fn head(compiler: &mut Compiler<'_>, file: &File) {
    if file.playbook.id.get_ref().is_empty() {
        compiler.fault(file.playbook.id.span().start, "the playbook needs an id");
    }
    if file.playbook.modes.get_ref().is_empty() {
        compiler.fault(file.playbook.modes.span().start, "name at least one mode");
    }
    if file.cue.len() > CUES {
        compiler.fault(file.cue[CUES].span().start, format!("more than {CUES} cues"));
    }
    if !(file.heat.half_life_s.is_finite() && file.heat.half_life_s > 0.0) {
        compiler.fault(0, "`heat.half_life_s` must be above 0");
    }
}

pub(super) fn budget(compiler: &mut Compiler<'_>, budget: &Spanned<Budget>) {
    let at = budget.span().start;
    let b = budget.get_ref();
    let seconds = [
        ("coaching_gap_s", b.coaching_gap_s),
        ("quiet_start_s", b.quiet_start_s),
        ("quiet_after_disclosure_s", b.quiet_after_disclosure_s),
        ("speaking_grace_s", b.speaking_grace_s),
        ("hold_s", b.hold_s),
        ("stale_s", b.stale_s),
        ("card_min_s", b.card_min_s),
        ("coaching_card_s", b.coaching_card_s),
        ("legal_card_s", b.legal_card_s),
        ("not_now_s", b.not_now_s),
    ];
    for (name, value) in seconds {
        if !(value.is_finite() && value >= 0.0) {
            compiler.fault(at, format!("budget: `{name}` must be 0 or more"));
        }
    }
    for (name, level) in [("new", b.new), ("steady", b.steady), ("expert", b.expert)] {
        if level.coaching_per_5_min > level.coaching_per_call {
            let reason = format!("budget: `{name}` has more coaching in five minutes than in the whole call");
            compiler.fault(at, reason);
        }
    }
    if b.card_min_s > b.coaching_card_s {
        compiler.fault(at, "budget: `card_min_s` is longer than `coaching_card_s`");
    }
    if b.dismissals_to_mute == 0 {
        compiler.fault(at, "budget: `dismissals_to_mute` must be 1 or more");
    }
}

pub(super) fn score_item(compiler: &mut Compiler<'_>, raw: &Spanned<RawScoreItem>) {
    let item = raw.get_ref();
    let events = !(item.said.is_empty() && item.handled.is_empty() && item.silent.is_empty());
    let fault = match item.by {
        _ if !(item.weight.is_finite() && item.weight > 0.0) => "an item's `weight` is above 0",
        ScoredBy::Auto | ScoredBy::Suggested if !events => {
            "nothing decides this item: name cues in `said`, `handled` or `silent`"
        }
        _ => return,
    };
    compiler.fault(raw.span().start, fault);
}

pub(super) fn scope(compiler: &mut Compiler<'_>, raw: &Spanned<RawScope>) {
    let scope = raw.get_ref();
    if scope.opens.is_empty() {
        compiler.fault(raw.span().start, "a scope needs words that open it");
    }
    if !(1..=40).contains(&scope.reach) {
        compiler.fault(raw.span().start, "a scope reaches 1 to 40 words");
    }
}

pub(super) fn party(compiler: &mut Compiler<'_>, party: &RawParty) {
    let required = *party.identifiers_required.get_ref();
    if required > party.identifier.len() {
        compiler.fault(
            party.identifiers_required.span().start,
            format!("{required} identifiers are required and {} are described", party.identifier.len()),
        );
    }
}

pub(super) fn cue(compiler: &mut Compiler<'_>, raw: &Spanned<RawCue>, before: &[Cue]) {
    let cue = raw.get_ref();
    let id = cue.id.get_ref();
    let at = cue.id.span().start;
    if before.iter().any(|earlier| earlier.id == *id) {
        compiler.fault(at, format!("`{id}` is defined twice"));
    }
    if !id.contains('.')
        || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_'))
    {
        compiler.fault(at, format!("`{id}` is no cue id: write `family.name` in lower case"));
    }
    for (name, text, most) in
        [("prompt", &cue.prompt, PROMPT_WORDS), ("headline", &cue.headline, HEADLINE_WORDS)]
    {
        let words = text.get_ref().split_whitespace().count();
        if words == 0 || words > most {
            compiler
                .fault(text.span().start, format!("the {name} has {words} words; 1 to {most} fit on a card"));
        }
    }
    if let Some(seconds) = &cue.cooldown_s
        && !(seconds.get_ref().is_finite() && *seconds.get_ref() >= 0.0)
    {
        compiler.fault(seconds.span().start, "`cooldown_s` must be 0 or more");
    }
    if let Some(times) = &cue.per_call
        && *times.get_ref() == 0
    {
        compiler.fault(times.span().start, "`per_call = 0` would never show it: leave the cue out instead");
    }
    shape(compiler, cue, at);
}

/// A cue must have what its kind works with.
fn shape(compiler: &mut Compiler<'_>, cue: &RawCue, at: usize) {
    let id = cue.id.get_ref();
    let listens = !cue.fires.is_empty()
        || !cue.signals.is_empty()
        || cue.count.is_some()
        || cue.echo.is_some()
        || cue.repeat.is_some();
    match cue.kind {
        CueKind::Disclosure if cue.satisfies.is_empty() => {
            compiler.fault(at, format!("`{id}` is a disclosure and nothing satisfies it"));
        }
        CueKind::Disclosure if cue.duty.is_none() => {
            compiler.fault(at, format!("`{id}` is a disclosure without [cue.duty]: when is it due?"));
        }
        CueKind::Disclosure | CueKind::Context => {}
        _ if !listens => compiler
            .fault(at, format!("`{id}` can never fire: it has no fires, signals, repeat, count or echo")),
        _ if cue.duty.is_some() => compiler.fault(at, format!("`{id}`: only a disclosure has [cue.duty]")),
        _ => {}
    }
    if let Some(duty) = &cue.duty {
        if *duty.due.get_ref() == Due::Words && duty.due_on.is_empty() && duty.due_after.is_empty() {
            compiler.fault(duty.due.span().start, "`due = \"words\"` needs `due_on` or `due_after`");
        }
        if let Some(seconds) = &duty.seconds
            && !(seconds.get_ref().is_finite() && *seconds.get_ref() > 0.0)
        {
            compiler.fault(seconds.span().start, "a deadline is above 0 seconds");
        }
    }
    if !cue.signals.is_empty()
        && cue.threshold.as_ref().is_none_or(|t| t.get_ref().is_nan() || *t.get_ref() <= 0.0)
    {
        compiler.fault(at, format!("`{id}` has signals and needs a `threshold` above 0"));
    }
    if cue.echo.is_none() && !cue.hints.is_empty() {
        compiler.fault(at, format!("`{id}` has `hints` and no [cue.echo]"));
    }
    if cue.early && cue.lane.as_ref().is_some_and(|lane| *lane.get_ref() == Lane::Agent) {
        compiler.fault(at, format!("`{id}`: only what the customer says may raise a card early"));
    }
    if lane_of(cue) == Lane::Customer && !cue.breaks.is_empty() && !cue.stop_order {
        compiler.fault(at, format!("`{id}` has `breaks` and is no stop-order"));
    }
    if let Some(count) = &cue.count {
        let c = count.get_ref();
        let fault = match c.measure {
            _ if !(c.over.is_finite() && c.over > 0.0) => Some("`over` must be above 0"),
            Measured::TalkShare if c.over >= 1.0 => Some("a share is below 1"),
            Measured::TalkShare | Measured::SpeechRate | Measured::RapidFire if c.window_s <= 0.0 => {
                Some("`window_s` must be above 0")
            }
            Measured::Overtalk if c.times > 0 && c.each_s <= 0.0 => Some("`times` needs `each_s`"),
            Measured::Overtalk if c.each_s > c.over => Some("`each_s` is longer than `over`"),
            _ => None,
        };
        if let Some(fault) = fault {
            compiler.fault(count.span().start, fault);
        }
    }
}
