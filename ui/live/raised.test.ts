import { expect, it } from "vitest";
import type { CueEvent } from "../lib/bindings/CueEvent";
import { raisedAfter, type Raised } from "./raised";

const event = (kind: CueEvent["event"], at: number, quote?: string): CueEvent => ({
  cue: "trig.dispute", event: kind, at, emitted_at: at, ...(quote ? { evidence: { utterance: 1, start: at - 1, end: at, quote } } : {}),
});

const after = (...events: CueEvent[]) => events.reduce(raisedAfter, [] as readonly Raised[]);

it("keeps the first words, and how often they came", () => {
  expect(after(event("fires", 9, "not my debt"), event("fires", 40, "I paid that"))).toEqual([
    { cue: "trig.dispute", at: 8, quote: "not my debt", times: 2, handledAt: null },
  ]);
});

it("is open again when it is raised again", () => {
  expect(after(event("fires", 9, "a"), event("satisfied", 12))).toMatchObject([{ handledAt: 12 }]);
  expect(after(event("fires", 9, "a"), event("satisfied", 12), event("fires", 20, "b"))).toMatchObject([{ handledAt: null }]);
});

it("goes when its words are taken back, and stays when only the second time is", () => {
  expect(after(event("fires", 9, "a"), event("retracted", 10))).toEqual([]);
  expect(after(event("fires", 9, "a"), event("fires", 20, "b"), event("retracted", 21))).toMatchObject([{ times: 1, quote: "a" }]);
});

it("is open again when the words that met it are taken back", () => {
  expect(after(event("fires", 9, "a"), event("satisfied", 12), event("retracted", 13))).toMatchObject([{ times: 1, handledAt: null }]);
});

it("is not moved by a count", () => {
  expect(after(event("fires", 9), event("satisfied", 10))).toEqual([]);
});
