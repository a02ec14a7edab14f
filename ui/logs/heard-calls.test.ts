import { expect, it } from "vitest";
import type { CallRecord } from "../lib/bindings/CallRecord";
import { context, cueEvent, said, ScriptedBackend, summary } from "../test/scripted-backend";
import { calmedOf, cardsOf, HeardCalls, mean, median } from "./heard-calls.svelte";

it("counts the cards whose need was met afterwards", () => {
  const cues = [
    cueEvent("trig.dispute", "fires", 9, { shown: true }), cueEvent("trig.dispute", "satisfied", 14),
    cueEvent("deesc.anger", "satisfied", 15), cueEvent("deesc.anger", "fires", 20, { shown: true }),
    cueEvent("listen.overtalk", "fires", 30, { shown: false }),
  ];
  expect(cardsOf(cues)).toMatchObject({ shown: 2, heeded: 1 });
  expect([mean([1, null, 3]), mean([null])]).toEqual([2, null]);
});

it("takes the delay of cards that words caused", () => {
  const evidence = { utterance: 1, start: 8, end: 9, quote: "I already paid" };
  const cues = [
    cueEvent("trig.dispute", "fires", 9, { shown: true, evidence, emitted_at: 9.5 }), cueEvent("disc.recap", "fires", 90, { shown: true, emitted_at: 92 }),
    cueEvent("deesc.anger", "fires", 20, { shown: false, evidence, emitted_at: 29 }),
  ];
  expect(cardsOf(cues).delays).toEqual([0.5]);
  expect([median([3, 1, 2]), median([4, 1]), median([])]).toEqual([2, 2.5, null]);
});

it.each([
  [[], null],
  [[cueEvent("deesc.recovered", "fires", 9), cueEvent("deesc.agent_heat", "fires", 9)], null],
  [[cueEvent("deesc.anger", "fires", 9), cueEvent("deesc.anger", "satisfied", 12)], false],
  [[cueEvent("deesc.recovered", "fires", 5), cueEvent("deesc.anger", "fires", 9)], false],
  [[cueEvent("deesc.anger", "fires", 9), cueEvent("deesc.recovered", "fires", 60)], true],
])("tells whether an upset customer calmed down", (cues, calmed) => {
  expect(calmedOf(cues)).toBe(calmed);
});

it("reads calls one by one until nobody looks any more", async () => {
  const record: CallRecord = {
    call: summary, context, transcript: { version: "live", model: "m" }, events: [said(1, "agent", 2, "This call is recorded."), said(2, "customer", 4, "Fine.")],
    ledger: [], ledger_state: { state: "intact", rows: 0 }, note: null,
  };
  const backend = new ScriptedBackend({ show_call: () => record });
  const heard = new HeardCalls();
  await heard.read([summary, summary]);
  expect(heard.calls).toEqual(Array(2).fill({ agent: "Marcus", share: 0.5, pace: 120, shown: 0, heeded: 0, delays: [], calmed: null }));
  heard.leave();
  await heard.read([summary]);
  expect(backend.asked.filter(({ command }) => command === "show_call")).toHaveLength(2);
});
