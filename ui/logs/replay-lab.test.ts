import { expect, it } from "vitest";
import type { CueChange } from "../lib/bindings/CueChange";
import { differences, firedAfter, firedBefore, precision } from "./replay-lab.svelte";

const nobody = { right: 0, wrong: 0, borderline: 0 };

const change = (more: Partial<CueChange>): CueChange => ({ same: 0, fired: [], missed: [], moved: [], ends_otherwise: false, before: nobody, after: nobody, ...more });

it("counts before and after by what stayed, went, came and moved", () => {
  const total = { same: 5, fired: 3, missed: 2, moved: 1, ends_otherwise: 0, before: nobody, after: nobody };
  expect([firedBefore(total), firedAfter(total)]).toEqual([8, 9]);
});

it("says a share only where somebody judged", () => {
  expect([nobody, { right: 2, wrong: 1, borderline: 4 }].map(precision)).toEqual(["–", "67 % of 3"]);
});

it("puts what would have been different in the order of the call", () => {
  const cues = {
    "trig.dispute": change({ fired: [40], moved: [[10, 12]] }),
    "clue.job_loss": change({ missed: [20], ends_otherwise: true }),
    "disc.recap": change({ ends_otherwise: true }),
  };
  expect(differences(cues, (seconds) => `${seconds} s`).map(({ cue, at, words }) => `${cue} ${at} ${words}`)).toEqual([
    "trig.dispute 10 would have fired at 12 s",
    "clue.job_loss 20 would not have fired",
    "trig.dispute 40 would have fired",
    "disc.recap Infinity would have ended otherwise",
  ]);
});
