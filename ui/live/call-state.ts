import type { CallContext } from "../lib/bindings/CallContext";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CueEventKind } from "../lib/bindings/CueEventKind";
import type { Evidence } from "../lib/bindings/Evidence";
import type { Lane } from "../lib/bindings/Lane";
import type { Listening } from "../lib/bindings/Listening";
import type { Measure } from "../lib/bindings/Measure";
import type { Notice } from "../lib/bindings/Notice";

/** Lines kept during a call. Older ones are in the session log; the window does not grow with the call. */
export const LINES_KEPT = 200;

/** Utterances remembered as ended, so that a partial that arrives late does not bring one back. */
const ENDED_REMEMBERED = 2 * LINES_KEPT;

/** Notices kept; a repeated one replaces its earlier self. */
const NOTICES_KEPT = 5;

/** What one lane said between two pauses, as far as it is known. */
export type Line = {
  lane: Lane;
  utterance: number;
  start: number;
  text: string;
  /** False while it is a partial. */
  final: boolean;
  /** Of the partial; 0 once final. */
  revision: number;
  /** Words that made a cue fire. */
  triggers: readonly Trigger[];
};

/** The words that made a cue fire. */
export type Trigger = { cue: string; quote: string };

/** The one cue that is a card now. */
export type Card = {
  cue: string;
  /** Seconds at which the deciding words ended. */
  at: number;
  lane: Lane | null;
  evidence: Evidence | null;
  measure: Measure | null;
};

/** Where a duty of the checklist stands. */
export type DutyState = "due" | "overdue" | "unsure" | "done" | "missed";

/** Where one cue stands as a duty. The checklist shows those that are disclosures. */
export type Duty = {
  cue: string;
  state: DutyState;
  /** Seconds at which it came into this state. */
  at: number;
  /** What was heard, where words decided the state. */
  quote: string | null;
  /** Where it stood before its last event, which a final may take back. */
  before: Omit<Duty, "before"> | null;
};

/** Everything that the live screen draws, apart from what never changes during a call. */
export type CallState = {
  phase: "waiting" | "running" | "ended";
  context: CallContext | null;
  card: Card | null;
  /** In the order in which they came up. */
  duties: readonly Duty[];
  /** In the order of their beginnings. */
  lines: readonly Line[];
  listening: Listening | null;
  /** Seconds that the transcript is behind; null until measured. */
  lag: number | null;
  notices: readonly Notice[];
  /** Seconds: the length of the call once it ended. */
  length: number | null;
  /** Utterances that are final or were taken back. */
  ended: readonly number[];
};

/** The state before the first event. */
export const waiting: CallState = {
  phase: "waiting",
  context: null,
  card: null,
  duties: [],
  lines: [],
  listening: null,
  lag: null,
  notices: [],
  length: null,
  ended: [],
};

/** The state after one more event. Pure: the same events always give the same screen. */
export function reduce(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case "call_started":
      return { ...waiting, phase: "running", context: event.context, notices: state.notices };
    case "partial":
      return hasEnded(state, event.utterance) ? state : withPartial(state, event);
    case "final":
      return withFinal(state, event);
    case "cue":
      return withCue(state, event);
    case "listening":
      return { ...state, listening: event };
    case "lag":
      return { ...state, lag: event.seconds };
    case "notice":
      return withNotice(state, { code: event.code, message: event.message, what_to_do: event.what_to_do });
    case "call_ended":
      return { ...state, phase: "ended", card: null, length: event.at };
    // The window does not show the board yet.
    case "board":
    case "level":
    case "gap":
      return state;
  }
}

/** What moves a duty: a cue event, or a row of the ledger. */
export type DutyEvent = Pick<CueEvent, "cue" | "event" | "at" | "evidence">;

/** Where the duties stand after these events. */
export function dutiesOf(events: readonly DutyEvent[]): readonly Duty[] {
  return events.reduce(dutiesAfter, [] as readonly Duty[]);
}

/** Adds a notice; the same one again moves to the end. */
export function withNotice(state: CallState, notice: Notice): CallState {
  const others = state.notices.filter((known) => known.code !== notice.code);
  return { ...state, notices: [...others, notice].slice(-NOTICES_KEPT) };
}

/** Takes a notice away that the agent has read. */
export function withoutNotice(state: CallState, code: string): CallState {
  return { ...state, notices: state.notices.filter((notice) => notice.code !== code) };
}

function hasEnded(state: CallState, utterance: number): boolean {
  const oldest = state.ended[0];
  const forgotten = state.ended.length === ENDED_REMEMBERED && oldest !== undefined && utterance < oldest;
  return forgotten || state.ended.includes(utterance);
}

function withPartial(state: CallState, event: Extract<CallEvent, { type: "partial" }>): CallState {
  const known = state.lines.find((line) => line.utterance === event.utterance);
  if (known && known.revision >= event.revision) return state;
  const { lane, utterance, start, text, revision } = event;
  return withLine(state, { lane, utterance, start, text, revision, final: false, triggers: known?.triggers ?? [] });
}

function withFinal(state: CallState, event: Extract<CallEvent, { type: "final" }>): CallState {
  const { lane, utterance, start, text } = event;
  const ended = [...state.ended, utterance].slice(-ENDED_REMEMBERED);
  if (text === "") {
    return { ...state, ended, lines: state.lines.filter((line) => line.utterance !== utterance) };
  }
  const triggers = state.lines.find((line) => line.utterance === utterance)?.triggers ?? [];
  return withLine({ ...state, ended }, { lane, utterance, start, text, revision: 0, final: true, triggers });
}

/** Puts a line where its beginning belongs; the two lanes' finals do not arrive in that order. */
function withLine(state: CallState, line: Line): CallState {
  const lines = state.lines.filter((other) => other.utterance !== line.utterance);
  let at = lines.length;
  while (at > 0 && begins(lines[at - 1], line) > 0) at -= 1;
  lines.splice(at, 0, line);
  return { ...state, lines: lines.slice(-LINES_KEPT) };
}

function begins(a: Line | undefined, b: Line): number {
  return a ? a.start - b.start || a.utterance - b.utterance : 0;
}

function withCue(state: CallState, event: CueEvent): CallState {
  return { ...state, card: cardAfter(state.card, event), duties: dutiesAfter(state.duties, event), lines: triggersAfter(state.lines, event) };
}

function cardAfter(card: Card | null, event: CueEvent): Card | null {
  if (event.event === "fires" && event.shown) {
    const { cue, at, lane = null, evidence = null, measure = null } = event;
    return { cue, at, lane, evidence, measure };
  }
  const leaves = ["satisfied", "retracted", "expired", "dismissed", "missed"].includes(event.event);
  return leaves && card?.cue === event.cue ? null : card;
}

function dutiesAfter(duties: readonly Duty[], event: DutyEvent): readonly Duty[] {
  const known = duties.find((duty) => duty.cue === event.cue);
  const others = () => duties.filter((duty) => duty !== known);
  if (event.event === "expired") return others();
  if (event.event === "retracted") {
    if (!known) return duties;
    const { before } = known;
    return before ? duties.map((duty) => (duty === known ? { ...before, before: null } : duty)) : others();
  }
  const state = dutyState(known?.state, event.event);
  if (!state) return duties;
  const stays = known?.state === state;
  const duty: Duty = {
    cue: event.cue,
    state,
    at: stays ? known.at : event.at,
    quote: stays ? known.quote : (event.evidence?.quote ?? null),
    before: known ? withoutBefore(known) : null,
  };
  return known ? duties.map((other) => (other === known ? duty : other)) : [...duties, duty];
}

function withoutBefore({ cue, state, at, quote }: Duty): Omit<Duty, "before"> {
  return { cue, state, at, quote };
}

/** The state that an event brings a duty into; undefined where there is none. */
function dutyState(known: DutyState | undefined, event: Exclude<CueEventKind, "expired" | "retracted">): DutyState | undefined {
  switch (event) {
    case "due":
    case "unsure":
    case "missed":
      return event;
    case "satisfied":
      return "done";
    case "fires":
      return known === "due" ? "overdue" : known;
    case "dismissed":
      return known;
  }
}

function triggersAfter(lines: readonly Line[], event: CueEvent): readonly Line[] {
  const { cue, evidence } = event;
  if (event.event === "fires" && evidence) {
    return changed(lines, evidence.utterance, (line) => [...line.triggers.filter((known) => known.cue !== cue), { cue, quote: evidence.quote }]);
  }
  if (event.event === "retracted") {
    return lines.map((line) =>
      line.triggers.some((known) => known.cue === cue) ? { ...line, triggers: line.triggers.filter((known) => known.cue !== cue) } : line,
    );
  }
  return lines;
}

function changed(lines: readonly Line[], utterance: number, triggers: (line: Line) => readonly Trigger[]): readonly Line[] {
  return lines.map((line) => (line.utterance === utterance ? { ...line, triggers: triggers(line) } : line));
}
