import { expect, it } from "vitest";
import type { CueView, PlaybookView } from "../lib/pending-types";
import type { Duty, DutyState } from "./call-state";
import { checklist } from "./checklist";

const duty = (cue: string, state: DutyState, at = 0): Duty => ({ cue, state, at, quote: null });

const cue = (id: string, kind: string): CueView => ({ id, kind, title: id, headline: "", prompt: "", say: "", why: "", source: "", severity: "high" });

const playbook: PlaybookView = {
  id: "p", version: "1", title: "P", cues: [cue("a", "disclosure"), cue("b", "disclosure"), cue("late", "disclosure"), cue("trig", "trigger")],
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
  const { rows, said } = checklist(duties, playbook, 3);
  expect(names(rows)).toEqual(["a", "c", "d"]);
  expect(names(said)).toEqual(["b"]);
});

it("never folds what is open, unsure or missed", () => {
  const duties = (["due", "overdue", "unsure", "missed"] as const).map((state) => duty(state, state));
  expect(checklist(duties, playbook, 2).rows).toHaveLength(4);
});

it("names the duties of the playbook that have not come up", () => {
  expect(checklist([duty("a", "due"), duty("b", "due")], playbook, 4).later.map((one) => one.id)).toEqual(["late"]);
});
