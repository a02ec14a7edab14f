import type { Board } from "../lib/bindings/Board";
import type { CallContext } from "../lib/bindings/CallContext";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Evidence } from "../lib/bindings/Evidence";
import type { Lane } from "../lib/bindings/Lane";
import type { Listening } from "../lib/bindings/Listening";
import type { Measure } from "../lib/bindings/Measure";
import type { Notice } from "../lib/bindings/Notice";
import { dutiesAfter, type Duty } from "./duties";
import { afterFinal, afterPartial, triggersAfter, type Lines } from "./lines";
import { withNotice } from "./notices";
import { raisedAfter, type Raised } from "./raised";

/** The one cue that is a card now. */
export type Card = {
  cue: string;
  /** Seconds at which the deciding words ended. */
  at: number;
  lane: Lane | null;
  evidence: Evidence | null;
  measure: Measure | null;
};

/** Everything that the live screen draws, apart from what never changes during a call. */
export type CallState = Lines & {
  phase: "waiting" | "running" | "ended";
  context: CallContext | null;
  card: Card | null;
  /** In the order in which they came up. */
  duties: readonly Duty[];
  /** What words raised, in the order of the first time. */
  raised: readonly Raised[];
  /** What the customer revealed and promised; null until there is something. */
  board: Board | null;
  listening: Listening | null;
  /** Seconds that the transcript is behind; null until measured. */
  lag: number | null;
  notices: readonly Notice[];
  /** Seconds at which the call was paused; null while it is not. */
  pausedAt: number | null;
  /** Seconds from which on nothing is recorded; null where that was not asked for. */
  recordingEndedAt: number | null;
  /** Seconds: the length of the call once it ended. */
  length: number | null;
};

/** The state before the first event. */
export const waiting: CallState = {
  phase: "waiting",
  context: null,
  card: null,
  duties: [],
  raised: [],
  board: null,
  lines: [],
  ended: [],
  cut: false,
  listening: null,
  lag: null,
  notices: [],
  pausedAt: null,
  recordingEndedAt: null,
  length: null,
};

/** The state after one more event. Pure: the same events always give the same screen. */
export function reduce(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case "call_started":
      return { ...waiting, phase: "running", context: event.context, notices: state.notices };
    case "partial":
      return afterPartial(state, event);
    case "final":
      return afterFinal(state, event);
    case "cue":
      return afterCue(state, event);
    case "board":
      return { ...state, board: event };
    case "listening":
      return { ...state, listening: event };
    case "lag":
      return { ...state, lag: event.seconds };
    case "notice":
      return { ...state, notices: withNotice(state.notices, { code: event.code, message: event.message, what_to_do: event.what_to_do }) };
    case "paused":
      return { ...state, pausedAt: event.at };
    case "resumed":
      return { ...state, pausedAt: null };
    case "recording_ended":
      return { ...state, recordingEndedAt: event.at };
    case "call_ended":
      return { ...state, phase: "ended", card: null, pausedAt: null, length: event.at };
    case "level":
    case "gap":
      return state;
  }
}

function afterCue(state: CallState, event: CueEvent): CallState {
  return {
    ...state,
    card: cardAfter(state.card, event),
    duties: dutiesAfter(state.duties, event),
    raised: raisedAfter(state.raised, event),
    lines: triggersAfter(state.lines, event),
  };
}

function cardAfter(card: Card | null, event: CueEvent): Card | null {
  if (event.event === "fires" && event.shown) {
    const { cue, at, lane = null, evidence = null, measure = null } = event;
    return { cue, at, lane, evidence, measure };
  }
  const leaves = ["satisfied", "retracted", "expired", "dismissed", "missed"].includes(event.event);
  return leaves && card?.cue === event.cue ? null : card;
}
