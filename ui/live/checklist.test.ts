import { expect, it } from "vitest";
import type { CueKind } from "../lib/bindings/CueKind";
import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { Duty, DutyState } from "./duties";
import { checklist, checklistLine } from "./checklist";

const duty = (cue: string, state: DutyState, at = 0): Duty => ({ cue, state, at, dueAt: null, quote: null, byAgent: false, before: null });

const cue = (id: string, kind: CueKind): CueView => ({ id, kind, title: id, headline: "", prompt: "", say: "", why: "", source: "", severity: "high", skill: "" });

const playbook: PlaybookView = {
  id: "p", version: "1", title: "P", cues: [...["a", "b", "c", "d", "late"].map((id) => cue(id, "disclosure")), cue("trig", "trigger")],
  limits: { pace_wpm: null, talk_share: null, overtalk_s: null, silence_s: null },
};

const names = (duties: readonly { cue: string }[]) => duties.map((one) => one.cue);

it("shows everything in order while there is room", () => {
  const { rows, said, done, total } = checklist([duty("a", "done", 4), duty("b", "due")], playbook, 4);
  expect(names(rows)).toEqual(["a", "b"]);
  expect(said).toEqual([]);
  expect([done, total]).toEqual([1, 2]);
});

it("folds what was said longest ago", () => {
  const duties = [duty("a", "done", 40), duty("b", "done", 4), duty("c", "unsure"), duty("d", "due")];
  const { rows, said } = checklist(duties, playbook, 4);
  expect(names(rows)).toEqual(["a", "c", "d"]);
  expect(names(said)).toEqual(["b"]);
});

it("does not list a trigger whose need was met", () => {
  expect(checklist([duty("trig", "done"), duty("a", "due")], playbook, 4)).toMatchObject({ total: 1, done: 0, rows: [{ cue: "a" }] });
});

it("never folds what is open, unsure or missed", () => {
  const duties = [duty("a", "due"), duty("b", "overdue"), duty("c", "unsure"), duty("d", "missed")];
  expect(checklist(duties, playbook, 2).rows).toHaveLength(4);
});

it("names the duties of the playbook that have not come up", () => {
  expect(checklist([duty("a", "due"), duty("b", "due")], playbook, 4).later.map((one) => one.id)).toEqual(["c", "d", "late"]);
});

it.each([
  [[], "Nothing has to be said yet"],
  [[duty("a", "done"), duty("trig", "done")], "All 1 said so far"],
  [[duty("a", "due"), duty("b", "done"), duty("c", "overdue")], "2 due: a, c"],
  [[duty("a", "unsure"), duty("b", "due")], "1 due, 1 unsure: b, a"],
  [[duty("a", "missed")], "1 missed: a"],
])("fits on one line: %#", (duties, line) => {
  expect(checklistLine(duties, playbook)).toBe(line);
});
