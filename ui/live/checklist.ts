import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { Duty } from "./call-state";

/** The checklist as it is drawn: a few rows, and the rest folded. */
export type Checklist = {
  /** What needs an eye now, and what was said last. */
  rows: readonly Duty[];
  /** Said before; folded so that open duties stay in view. */
  said: readonly Duty[];
  /** Of this playbook, but not due so far. */
  later: readonly CueView[];
  done: number;
  total: number;
};

/**
 * Chooses the rows of the checklist.
 *
 * Rows keep the order in which they came up. When there are more than `room`, those said longest ago are folded;
 * one that is open, unsure or missed never is.
 */
export function checklist(standing: readonly Duty[], playbook: PlaybookView, room: number): Checklist {
  const disclosures = playbook.cues.filter((cue) => cue.kind === "disclosure");
  const duties = standing.filter((duty) => disclosures.some((cue) => cue.id === duty.cue));
  const done = duties.filter((duty) => duty.state === "done");
  const excess = Math.max(0, duties.length - room);
  const said = [...done].sort((a, b) => a.at - b.at).slice(0, excess);
  const listed = new Set(duties.map((duty) => duty.cue));
  return {
    rows: duties.filter((duty) => !said.includes(duty)),
    said,
    later: disclosures.filter((cue) => !listed.has(cue.id)),
    done: done.length,
    total: duties.length,
  };
}
