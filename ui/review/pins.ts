import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CueEventKind } from "../lib/bindings/CueEventKind";
import type { Withheld } from "../lib/bindings/Withheld";
import { cueTitle } from "../lib/cue-title";
import type { TranscriptVersion } from "../lib/bindings/TranscriptVersion";
import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import { toneOf, type Tone } from "../lib/tone";
import { measureWords } from "../live/card-reason";
import type { Said } from "./spoken-record";

/** One thing the cue engine noticed, pinned under the words that made it notice. */
export type Pin = {
  /** Tells it from the call's others. */
  key: string;
  cue: string;
  event: CueEventKind;
  /** Seconds at which it was decided. */
  at: number;
  /** Seconds at which the words begin that decided it; the same where no words did. */
  from: number;
  tone: Tone;
  /** The cue's title. */
  title: string;
  /** The title with what came of it. */
  text: string;
  quote: string | null;
  /** It fired and became no card. */
  withheld: boolean;
  /** The cue's rule and reason, where today's playbook still has it. */
  source: string | undefined;
  why: string | undefined;
};

const WITHHELD: Record<Withheld, string> = {
  budget: "no card, another was up or had just been",
  cooldown: "no card, it had just been shown",
  limit: "no card, shown often enough",
  agent_speaking: "no card, the agent was speaking",
  stop_order: "no card, a stop order silenced it",
  stale: "no card, its moment had passed",
  level: "no card at this agent's level",
};

/**
 * Cue events by the utterance they are pinned under.
 *
 * An event without words of its own, such as a count, goes under the utterance that was being said then. What was
 * taken back stays, and says so. What a cue quotes is an utterance of the live transcript; in the improved one the pin
 * goes under what the same lane said in those seconds.
 */
export function pinsByUtterance(
  lines: readonly Said[],
  events: readonly CueEvent[],
  playbook: PlaybookView | null,
  version: TranscriptVersion["version"],
): Map<number, Pin[]> {
  const pins = new Map<number, Pin[]>();
  events.forEach((event, i) => {
    const pin = pinOf(event, i, events, playbook);
    const quoted = version === "live" ? event.evidence?.utterance : sameSeconds(lines, event);
    const under = quoted ?? lines.findLast(({ start }) => start <= event.at)?.utterance ?? lines[0]?.utterance;
    if (pin === null || under === undefined) return;
    pins.set(under, [...(pins.get(under) ?? []), pin]);
  });
  return pins;
}

function pinOf(event: CueEvent, i: number, events: readonly CueEvent[], playbook: PlaybookView | null): Pin | null {
  const text = pinText(event, events.slice(i + 1), playbook);
  if (text === null) return null;
  const cue = cueOf(event, playbook);
  return {
    key: `${i} ${event.cue}`,
    cue: event.cue,
    event: event.event,
    at: event.at,
    from: event.evidence?.start ?? event.at,
    tone: pinTone(event, playbook),
    title: cueTitle(playbook, event.cue),
    text,
    quote: event.evidence?.quote ?? null,
    withheld: event.event === "fires" && event.shown !== true && cue?.kind !== "clue",
    source: cue?.source,
    why: cue?.why,
  };
}

/** The utterance of the event's lane that shares most of the quote's seconds. */
function sameSeconds(lines: readonly Said[], { lane, evidence }: CueEvent): number | undefined {
  if (!evidence) return undefined;
  const shared = ({ start, end }: Said) => Math.min(end, evidence.end) - Math.max(start, evidence.start);
  const candidates = lines.filter((line) => line.lane === lane && shared(line) > 0);
  return candidates.sort((a, b) => shared(b) - shared(a))[0]?.utterance;
}

function cueOf(event: CueEvent, playbook: PlaybookView | null): CueView | undefined {
  return playbook?.cues.find(({ id }) => id === event.cue);
}

function pinTone(event: CueEvent, playbook: PlaybookView | null): Tone {
  if (event.event === "satisfied") return "done";
  return event.event === "unsure" ? "coaching" : toneOf(cueOf(event, playbook));
}

/** What the pin says; null where the event has none of its own. */
function pinText(event: CueEvent, later: readonly CueEvent[], playbook: PlaybookView | null): string | null {
  const title = cueTitle(playbook, event.cue);
  const kind = cueOf(event, playbook)?.kind;
  switch (event.event) {
    case "satisfied":
      return `${title}, ${kind === "disclosure" ? "said" : kind === "clue" ? "picked up" : "answered"}`;
    case "unsure":
      return `${title}, half heard, needs review`;
    case "fires": {
      const parts = [title, event.shown ? `card shown after ${Math.max(0, event.emitted_at - event.at).toFixed(1)} s` : event.withheld && WITHHELD[event.withheld]];
      if (event.measure) parts.push(measureWords(event.measure));
      parts.push(outcome(event, later));
      if (kind === "guard") parts.push("needs review");
      return parts.filter((part) => part !== undefined && part !== "").join(" · ");
    }
    default:
      return null;
  }
}

/** How a card left, where the agent or a final decided it. */
function outcome(fired: CueEvent, later: readonly CueEvent[]): string | undefined {
  const next = later.find(({ cue, event }) => cue === fired.cue && event !== "unsure" && event !== "due");
  if (next?.event === "dismissed") return "card closed by the agent";
  return next?.event === "retracted" ? "taken back, the final words differ" : undefined;
}
