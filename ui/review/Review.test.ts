import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { ImprovementState } from "../lib/bindings/ImprovementState";
import type { LedgerEntry } from "../lib/bindings/LedgerEntry";
import type { LedgerState } from "../lib/bindings/LedgerState";
import { context, cueEvent, said, ScriptedBackend, summary } from "../test/scripted-backend";
import { startedAt } from "./call-words";
import Review from "./Review.svelte";

const quote = { utterance: 2, start: 8, end: 9, quote: "not my debt" };

const entry = (number: number, { cue, event, at }: CueEvent): LedgerEntry => ({ number, cue, event, at, hash: "" });

function record(cues: CueEvent[], ledger_state: LedgerState = { state: "intact", rows: 2 }): CallRecord {
  const gap: CallEvent = { type: "gap", lane: "customer", start: 4, end: 6.5 };
  return {
    call: { ...summary },
    context,
    transcript: { version: "live", model: "base-q8_0" },
    events: [said(2, "customer", 7, "It's not my debt."), said(1, "agent", 2, "This call is recorded."), gap, ...cues.map((one) => ({ type: "cue" as const, ...one }))],
    ledger: cues.filter(({ cue }) => cue.startsWith("disc.")).map((one, i) => entry(i + 1, one)),
    ledger_state,
    note: null,
  };
}

async function show(shown: CallRecord) {
  new ScriptedBackend({ show_call: () => shown });
  render(Review, { id: "c1", role: "team_lead", me: "Ana", onclose: vi.fn() });
  await screen.findByText(/Lorraine Pettit/);
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
  expect(pins()).toEqual([]);
  await userEvent.click(screen.getByTestId("show-withheld"));
  expect(pins()).toEqual(["Talking over the customer · no card, the agent was speaking · Measured 3.4 seconds; the mark is 3."]);
  expect(screen.getByText("This call is recorded.").closest("li")?.textContent).toContain("Measured");
});

it("says of a missed disclosure that it needs review", async () => {
  await show(record([cueEvent("disc.recording_notice", "due", 0), cueEvent("disc.recording_notice", "missed", 62)]));
  expect(screen.getByRole("region", { name: "Must say" }).textContent).toContain("missed, needs review at 01:02");
});

it("shows the agent's note as text, with its time", async () => {
  await show({ ...record([]), note: { text: "Wants a text on <Friday>\nPaid in March", at: 1763117040000 } });
  const note = screen.getByRole("region", { name: "The agent's note" });
  expect(note.querySelector(".text")?.textContent).toBe("Wants a text on <Friday>\nPaid in March");
  expect(note.textContent).toContain(`Kept ${startedAt(1763117040000)}`);
});

it("has no place for a note that was not kept", async () => {
  await show(record([]));
  expect(screen.queryByTestId("call-note")).toBeNull();
});

/** The same call by its improved transcript: other words, other numbers. */
function improvedOf(live: CallRecord): CallRecord {
  const events = live.events.map((event) => (event.type === "final" && event.utterance === 2 ? said(1, "customer", 7.2, "That is not my debt.") : event));
  return { ...live, events: events.filter((event) => event.type !== "final" || event.lane === "customer"), transcript: { version: "improved", model: "small.en-q8_0", made_at: 0 } };
}

it("switches between the transcripts, says which it shows, and keeps the pins under their seconds", async () => {
  const cues = [cueEvent("trig.dispute", "fires", 9, { shown: true, lane: "customer", evidence: quote })];
  const live = record(cues);
  live.call.improved_with = "small.en-q8_0";
  const backend = new ScriptedBackend({ show_call: ({ improved }) => (improved ? improvedOf(live) : live) });
  render(Review, { id: "c1", role: "team_lead", me: "Ana", onclose: vi.fn() });
  await screen.findByText(/Lorraine Pettit/);
  expect(screen.getByTestId("transcript-version").textContent).toContain("written during the call, by base-q8_0");
  await userEvent.click(screen.getByRole("radio", { name: "Improved transcript" }));
  await screen.findByText(/That is/);
  expect(backend.last("show_call")).toEqual({ id: "c1", improved: true });
  expect(screen.getByTestId("transcript-version").textContent).toContain("by small.en-q8_0");
  expect(screen.getByText("not my debt").closest("li")?.textContent).toContain("Dispute");
});

it("tells how far the pass over the recording is, and offers the transcript once it is kept", async () => {
  let tell: ((state: ImprovementState) => void) | undefined;
  const live = record([]);
  new ScriptedBackend({
    show_call: () => live,
    watch_improvements: ({ channel }) => {
      tell = (channel as { onmessage: (state: ImprovementState) => void }).onmessage;
    },
  });
  render(Review, { id: "c1", role: "team_lead", me: "Ana", onclose: vi.fn() });
  await screen.findByText(/Lorraine Pettit/);
  expect(screen.queryByRole("radio", { name: "Improved transcript" })).toBeNull();
  tell?.({ call: "another", done: 1, total: 2, step: { is: "working" } });
  expect(screen.queryByRole("status")).toBeNull();
  tell?.({ call: "c1", done: 31, total: 62, step: { is: "working" } });
  expect((await screen.findByRole("status")).textContent).toContain("50 %");
  live.call = { ...live.call, improved_with: "base-q8_0" };
  tell?.({ call: "c1", done: 62, total: 62, step: { is: "kept" } });
  await screen.findByRole("radio", { name: "Improved transcript" });
});

it("says when the ledger is not as it was written", async () => {
  await show(record([], { state: "broken", first: 3 }));
  expect(screen.getByTestId("ledger").textContent).toContain("Ledger changed from row 3");
});
