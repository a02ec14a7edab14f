import { expect, it } from "vitest";
import type { CallSummary } from "../lib/bindings/CallSummary";
import { summary } from "../test/scripted-backend";
import { periodStart, trendsOf } from "./trends";

const on = (year: number, month: number, day: number, agent: string, missed: number): CallSummary => ({
  ...summary, agent, started_at: new Date(year, month - 1, day, 10).getTime(), disclosures: { due: 0, said: 4, unsure: 1, missed },
});

it("counts by week and by agent, in the order of time and of names", () => {
  const { periods, agents, all, daily } = trendsOf([on(2026, 11, 20, "Priya", 1), on(2026, 11, 18, "Ana", 0), on(2026, 10, 5, "Priya", 3)]);
  expect(daily).toBe(false);
  expect(periods.map(({ from, calls, said, missed }) => [new Date(from).getDate(), calls, said, missed])).toEqual([[5, 1, 4, 3], [16, 2, 8, 1]]);
  expect(agents.map(({ agent, missed }) => [agent, missed])).toEqual([["Ana", 0], ["Priya", 4]]);
  expect([all.calls, all.unsure, all.score, all.picked]).toEqual([3, 3, 81 / 96, 1]);
});

it("goes by day where the calls lie close together, and leaves out what has not ended", () => {
  const { seconds: _, ...running } = on(2026, 11, 20, "Priya", 1);
  expect(trendsOf([on(2026, 11, 20, "Priya", 1), on(2026, 11, 19, "Priya", 1), running])).toMatchObject({ daily: true, all: { calls: 2 } });
  expect(trendsOf([]).all).toMatchObject({ calls: 0, score: null, picked: null });
  expect(new Date(periodStart(new Date(2026, 10, 22, 9).getTime(), false)).getDate()).toBe(16);
});
