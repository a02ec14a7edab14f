import { expect, it } from "vitest";
import type { Agreement } from "../lib/bindings/Agreement";
import { differenceWords, kappaWords, shareWords } from "./calibration-words";

const agreement = (more: Partial<Agreement>): Agreement => ({ both: 4, same_points: 2, same_grade: 3, ...more });

it("never makes up a figure", () => {
  expect([shareWords(3, 4), shareWords(0, 4), shareWords(0, 0)]).toEqual(["3 (75 %)", "0 (0 %)", "–"]);
  expect([kappaWords(agreement({})), differenceWords(agreement({}))]).toEqual(["–", "–"]);
});

it("has a sign where it means something", () => {
  expect([0.516, 1, 0, -0.2].map((kappa) => kappaWords(agreement({ kappa })))).toEqual(["0.52", "1.00", "0.00", "−0.20"]);
  expect([0.5, -1.25, 0, -0.001].map((mean_difference) => differenceWords(agreement({ mean_difference })))).toEqual(["+0.50", "−1.25", "0.00", "0.00"]);
});
