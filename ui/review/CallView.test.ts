import { render, screen, within } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { LedgerEntry } from "../lib/bindings/LedgerEntry";
import type { LedgerState } from "../lib/bindings/LedgerState";
import { context, cueEvent, said, ScriptedBackend } from "../test/scripted-backend";
import CallView from "./CallView.svelte";

const quote = { utterance: 2, start: 8, end: 9, quote: "not my debt" };

const entry = (number: number, { cue, event, at }: CueEvent): LedgerEntry => ({ number, cue, event, at, hash: "" });

function record(cues: CueEvent[], ledger_state: LedgerState = { state: "intact", rows: 2 }): CallRecord {
  const gap: CallEvent = { type: "gap", lane: "customer", start: 4, end: 6.5 };
  return {
    call: {
      id: "c1", started_at: 1763116920000, seconds: 62, running: false, repaired: false, source: "devices", model: "base-q8_0",
      playbook: { id: "collections-us", version: "1" }, agent: "Marcus", machine: "desk", customer_name: "Lorraine Pettit", utterances: 2, cards: 1,
      disclosures: { due: 0, said: 1, unsure: 0, missed: 0 }, recording: true,
    },
    context,
    events: [said(2, "customer", 7, "It's not my debt."), said(1, "agent", 2, "This call is recorded."), gap, ...cues.map((one) => ({ type: "cue" as const, ...one }))],
    ledger: cues.filter(({ cue }) => cue.startsWith("disc.")).map((one, i) => entry(i + 1, one)),
    ledger_state,
  };
}

async function show(shown: CallRecord) {
  new ScriptedBackend({ show_call: () => shown });
  render(CallView, { id: "c1", at: undefined, onclose: vi.fn() });
  await screen.findByText("Lorraine Pettit");
}

const pins = () => screen.queryAllByTestId("cue-pin").map((pin) => pin.textContent);

it("shows both sides in the order in which they began, and where sound is missing", async () => {
  await show(record([]));
  const rows = within(screen.getByRole("list", { name: "Transcript" })).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent?.replace(/\s+/g, " ").trim())).toEqual([
    "00:02 Agent This call is recorded.",
    "00:04 · 2.5 s of the customer's sound is missing",
    "00:07 Customer It's not my debt.",
  ]);
});

it("pins what was noticed under the words, with what became of it", async () => {
  await show(record([cueEvent("trig.dispute", "fires", 9, { shown: true, lane: "customer", evidence: quote }), cueEvent("trig.dispute", "dismissed", 14)]));
  expect(pins()).toEqual(["Dispute · card shown after 0.4 s · card closed by the agent"]);
  expect(screen.getByText("not my debt").tagName).toBe("MARK");
});

it("says why there was no card, and pins a count under what was being said", async () => {
  const measure = { value: 3.4, threshold: 3, unit: "s" };
  await show(record([cueEvent("listen.overtalk", "fires", 3.5, { shown: false, withheld: "agent_speaking", measure })]));
  expect(pins()).toEqual(["Talking over the customer · no card, the agent was speaking · Measured 3.4 seconds; the mark is 3."]);
  expect(screen.getByText("This call is recorded.").closest("li")?.textContent).toContain("Measured");
});

it("says of a missed disclosure that it needs review", async () => {
  await show(record([cueEvent("disc.recording_notice", "due", 0), cueEvent("disc.recording_notice", "missed", 62)]));
  expect(screen.getByRole("region", { name: "Must say" }).textContent).toContain("missed, needs review");
});

it("says when the ledger is not as it was written", async () => {
  await show(record([], { state: "broken", first: 3 }));
  expect(screen.getByTestId("ledger").textContent).toContain("Ledger changed from row 3");
});
