import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Lane } from "../lib/bindings/Lane";

/** Lines kept during a call. Older ones are in the session log; the window does not grow with the call. */
export const LINES_KEPT = 200;

/** Utterances remembered as ended, so that a partial that arrives late does not bring one back. */
const ENDED_REMEMBERED = 2 * LINES_KEPT;

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

/** The transcript as far as the window keeps it. */
export type Lines = {
  /** In the order of their beginnings. */
  lines: readonly Line[];
  /** Utterances that are final or were taken back. */
  ended: readonly number[];
  /** Whether lines were let go that are only in the log now. */
  cut: boolean;
};

/** The transcript after one more partial. */
export function afterPartial<T extends Lines>(state: T, event: Extract<CallEvent, { type: "partial" }>): T {
  if (hasEnded(state, event.utterance)) return state;
  const known = state.lines.find((line) => line.utterance === event.utterance);
  if (known && known.revision >= event.revision) return state;
  const { lane, utterance, start, text, revision } = event;
  return withLine(state, { lane, utterance, start, text, revision, final: false, triggers: known?.triggers ?? [] });
}

/** The transcript after one more final. One without words takes its utterance back. */
export function afterFinal<T extends Lines>(state: T, event: Extract<CallEvent, { type: "final" }>): T {
  const { lane, utterance, start, text } = event;
  const ended = [...state.ended, utterance].slice(-ENDED_REMEMBERED);
  if (text === "") {
    return { ...state, ended, lines: state.lines.filter((line) => line.utterance !== utterance) };
  }
  const triggers = state.lines.find((line) => line.utterance === utterance)?.triggers ?? [];
  return withLine({ ...state, ended }, { lane, utterance, start, text, revision: 0, final: true, triggers });
}

/** The lines with the words marked that made a cue fire, or without the mark where that was taken back. */
export function triggersAfter(lines: readonly Line[], event: CueEvent): readonly Line[] {
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

/** The line that was being said at a second: the last that had begun. Null where the window no longer has it. */
export function lineAt(lines: readonly Line[], second: number): Line | null {
  return lines.findLast((line) => line.start <= second + 0.05) ?? null;
}

function hasEnded({ ended }: Lines, utterance: number): boolean {
  const oldest = ended[0];
  const forgotten = ended.length === ENDED_REMEMBERED && oldest !== undefined && utterance < oldest;
  return forgotten || ended.includes(utterance);
}

/** Puts a line where its beginning belongs; the two lanes' finals do not arrive in that order. */
function withLine<T extends Lines>(state: T, line: Line): T {
  const lines = state.lines.filter((other) => other.utterance !== line.utterance);
  let at = lines.length;
  while (at > 0 && begins(lines[at - 1], line) > 0) at -= 1;
  lines.splice(at, 0, line);
  return { ...state, lines: lines.slice(-LINES_KEPT), cut: state.cut || lines.length > LINES_KEPT };
}

function begins(a: Line | undefined, b: Line): number {
  return a ? a.start - b.start || a.utterance - b.utterance : 0;
}

function changed(lines: readonly Line[], utterance: number, triggers: (line: Line) => readonly Trigger[]): readonly Line[] {
  return lines.map((line) => (line.utterance === utterance ? { ...line, triggers: triggers(line) } : line));
}
