import { expect, it } from "vitest";
import { cueEvent } from "../test/scripted-backend";
import { clueUptakes } from "./clue-uptake";

const evidence = (quote: string) => ({ lane: "customer" as const, evidence: { utterance: 1, start: 1, end: 2, quote } });

it("tells what was picked up from what was passed over", () => {
  const uptakes = clueUptakes([
    cueEvent("clue.job_loss", "fires", 5, evidence("lost my job")),
    cueEvent("clue.repeat_caller", "fires", 6, evidence("told the last guy")),
    cueEvent("clue.illness", "fires", 7, evidence("born early")),
    cueEvent("clue.job_loss", "fires", 8, evidence("laid off")),
    cueEvent("clue.job_loss", "satisfied", 9),
    cueEvent("listen.clue_missed", "fires", 20, evidence("told the last guy")),
  ]);
  expect(uptakes.map(({ cue, at, uptake }) => [cue, at, uptake])).toEqual([
    ["clue.job_loss", 1, "picked_up"],
    ["clue.repeat_caller", 1, "missed"],
    ["clue.illness", 1, "noted"],
  ]);
});

it("drops what was taken back", () => {
  expect(clueUptakes([cueEvent("clue.illness", "fires", 7), cueEvent("clue.illness", "retracted", 7)])).toEqual([]);
});
