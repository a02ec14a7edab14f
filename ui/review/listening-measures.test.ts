import { expect, it } from "vitest";
import { cueEvent } from "../test/scripted-backend";
import { listeningMeasures } from "./listening-measures";
import type { Said } from "./spoken-record";

const line = (utterance: number, lane: "agent" | "customer", start: number, end: number, text: string): Said => ({
  type: "final", lane, utterance, start, end, text, emitted_at: end + 0.4,
});

const limits = { pace_wpm: 170, talk_share: 0.7, overtalk_s: 3, silence_s: 8 };

const called = [
  line(1, "agent", 0, 6, "Hi, this is Priya on a recorded line. How are you today?"),
  line(2, "customer", 6, 8, "Fine I guess."),
  line(3, "agent", 9, 15, "So what happened in March? Did you pay it?"),
  line(4, "agent", 16, 20, "Take your time."),
  line(5, "customer", 19, 21, "I paid it."),
];

it("counts what was said in a call", () => {
  const cues = [cueEvent("listen.interruption", "fires", 19.5), cueEvent("listen.interruption", "satisfied", 24)];
  const values = listeningMeasures(called, cues, limits).map(({ label, value, over, at }) => [label, value, over, at]);
  expect(values).toEqual([
    ["Talk share", "80 %", true, null],
    ["Pace", "90 a minute", false, null],
    ["Both at once", "1.0 s", false, null],
    ["Cut in, made good", "1, 1", false, 19.5],
    ["Longest stretch", "11 s", false, 9],
    ["Questions, open ones", "3, 2", false, null],
  ]);
});

it("has no number for a call in which nobody spoke, and no pace where the agent did not", () => {
  expect(listeningMeasures([], [], limits)).toEqual([]);
  const labels = listeningMeasures([line(1, "customer", 0, 2, "Hello?")], [], null).map(({ label }) => label);
  expect(labels).not.toContain("Pace");
});
