import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { Duty } from "./duties";

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

/** Lines of text that an open duty takes: its name, and by when or what was half heard. One that is done takes one. */
const OPEN_LINES = 1.45;

/**
 * Chooses the rows of the checklist.
 *
 * Rows keep the order in which they came up. When they take more than `room` lines, those said longest ago are
 * folded; one that is open, unsure or missed never is.
 */
export function checklist(standing: readonly Duty[], playbook: PlaybookView, room: number): Checklist {
  const disclosures = playbook.cues.filter((cue) => cue.kind === "disclosure");
  const duties = standing.filter((duty) => disclosures.some((cue) => cue.id === duty.cue));
  const done = duties.filter((duty) => duty.state === "done");
  const lines = done.length + (duties.length - done.length) * OPEN_LINES;
  const said = [...done].sort((a, b) => a.at - b.at).slice(0, Math.max(0, Math.ceil(lines - room)));
  const listed = new Set(duties.map((duty) => duty.cue));
  return {
    rows: duties.filter((duty) => !said.includes(duty)),
    said,
    later: disclosures.filter((cue) => !listed.has(cue.id)),
    done: done.length,
    total: duties.length,
  };
}

/** The checklist in one line, for a window that has no room for more: `2 due: Recording notice, Own name`. */
export function checklistLine(standing: readonly Duty[], playbook: PlaybookView): string {
  const titles = new Map(playbook.cues.filter((cue) => cue.kind === "disclosure").map((cue) => [cue.id, cue.title]));
  const duties = standing.filter((duty) => titles.has(duty.cue));
  const groups = [
    ["due", duties.filter(({ state }) => state === "due" || state === "overdue")],
    ["unsure", duties.filter(({ state }) => state === "unsure")],
    ["missed", duties.filter(({ state }) => state === "missed")],
  ] as const;
  const open = groups.filter(([, group]) => group.length > 0);
  if (duties.length === 0) return "Nothing has to be said yet";
  if (open.length === 0) return `All ${duties.length} said so far`;
  const counts = open.map(([word, group]) => `${group.length} ${word}`).join(", ");
  return `${counts}: ${open.flatMap(([, group]) => group.map((duty) => titles.get(duty.cue))).join(", ")}`;
}
