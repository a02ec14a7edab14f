import type { CueEvent } from "../lib/bindings/CueEvent";

/** A cue that words raised during the call, for the note that is written after it. */
export type Raised = {
  cue: string;
  /** Seconds at which the words began, the first time. */
  at: number;
  quote: string;
  /** How often it was raised and not taken back. */
  times: number;
  /** Seconds at which the agent met the need; null while it is open. */
  handledAt: number | null;
};

/** What words have raised after one more event, one entry a cue, in the order of the first time. */
export function raisedAfter(raised: readonly Raised[], { cue, event, at, evidence }: CueEvent): readonly Raised[] {
  const known = raised.find((one) => one.cue === cue);
  const changed = (next: Raised) => raised.map((one) => (one === known ? next : one));
  if (event === "fires" && evidence) {
    if (known) return changed({ ...known, times: known.times + 1, handledAt: null });
    return [...raised, { cue, at: evidence.start, quote: evidence.quote, times: 1, handledAt: null }];
  }
  if (event === "satisfied" && known) return changed({ ...known, handledAt: at });
  if (event === "retracted" && known) {
    // What is taken back is what came last.
    if (known.handledAt !== null) return changed({ ...known, handledAt: null });
    return known.times > 1 ? changed({ ...known, times: known.times - 1 }) : raised.filter((one) => one !== known);
  }
  return raised;
}
