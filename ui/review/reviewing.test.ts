import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { ReviewMark } from "../lib/bindings/ReviewMark";
import type { Role } from "../lib/bindings/Role";
import type { Scorecard } from "../lib/bindings/Scorecard";
import { context, cueEvent, said, ScriptedBackend, summary } from "../test/scripted-backend";
import Review from "./Review.svelte";

const quote = { utterance: 2, start: 8, end: 9, quote: "not my debt" };

const dispute = cueEvent("trig.dispute", "fires", 9, { shown: true, lane: "customer", evidence: quote });

const record: CallRecord = {
  call: summary,
  context,
  transcript: { version: "live", model: "base-q8_0" },
  events: [said(1, "agent", 2, "This call is recorded."), said(2, "customer", 7, "It's not my debt."), { type: "cue", ...dispute }, { type: "cue", ...cueEvent("trig.dispute", "satisfied", 14) }],
  ledger: [{ number: 1, cue: "disc.recording_notice", event: "satisfied", at: 4, hash: "" }],
  ledger_state: { state: "intact", rows: 1 },
  note: null,
};

const scorecard: Scorecard = {
  items: [
    { title: "Rights handled", weight: 8, by: "suggested", state: "needs_review", points: 8, evidence: [{ cue: "trig.dispute", event: "fires", at: 9, quote }] },
    { title: "Dignity", weight: 5, by: "human", state: "human", evidence: [] },
    { title: "Recap", weight: 6, by: "auto", state: "not_applicable", evidence: [] },
  ],
  points: 8, of: 8, held: [],
};

async function open(role: Role = "team_lead", entries: ReviewEntry[] = []) {
  const changed = vi.fn();
  const closed = vi.fn();
  const backend = new ScriptedBackend({
    show_call: () => record,
    call_scorecard: () => scorecard,
    call_review: () => entries,
    call_waveform: () => ({ seconds: 62, agent: [0, 90, 0], customer: [0, 0, 200], silenced: [{ start: 7, end: 11 }] }),
    // A number that went to the app and back may come with another last digit.
    keep_review: ({ mark }) => {
      const kept = mark as ReviewMark;
      return { id: "e1", call: "c1", author: "Ana", role, at: 1763117040000, mark: kept.kind === "verdict" ? { ...kept, at: kept.at + 2e-15 } : kept };
    },
    delete_call: () => null,
  });
  render(Review, { id: "c1", role, me: "Ana", onclose: closed, onchanged: changed });
  await screen.findByTestId("score-total");
  await screen.findByRole("img", { name: "Agent's voice" });
  return { backend, changed, closed };
}

const text = (testid: string) => screen.getByTestId(testid).textContent?.replace(/\s+/g, " ").trim();
const item = (title: string) => {
  const row = screen.getAllByTestId("score-item").find(({ dataset }) => dataset["item"] === title);
  if (!row) throw new Error(`no item ${title}`);
  return within(row);
};

it("leads from a pin and from a score to the second", async () => {
  await open();
  await userEvent.click(screen.getAllByTestId("cue-pin")[0] as HTMLElement);
  expect(text("position")).toBe("00:08 / 01:02");
  expect(screen.getByText("not my debt").closest("li")?.getAttribute("aria-current")).toBe("true");
  await userEvent.keyboard("{ArrowLeft}");
  expect(text("position")).toBe("00:03 / 01:02");
  await userEvent.click(item("Rights handled").getByRole("button", { name: /Rights handled/ }));
  await userEvent.click(item("Rights handled").getByRole("button", { name: "Dispute, at 00:08" }));
  expect(text("position")).toBe("00:08 / 01:02");
});

it("shows where the recording was silenced, and says so there", async () => {
  await open();
  expect(screen.getAllByTestId("silenced").map(({ title }) => title)).toEqual(["00:07 to 00:11: silenced, as figures were said that must not be kept"]);
  expect(text("silenced-here")).toBe("");
  await userEvent.click(screen.getAllByTestId("cue-pin")[0] as HTMLElement);
  expect(text("silenced-here")).toBe("silenced: figures that must not be kept");
  expect(screen.getByTestId("timeline").getAttribute("aria-valuetext")).toBe("00:08 of 01:02, silenced");
});

it("goes from pin to pin and takes a word on each, with keys alone", async () => {
  const { backend, changed } = await open();
  await userEvent.keyboard(".");
  expect(text("position")).toBe("00:08 / 01:02");
  expect(screen.getByText("Heard: “not my debt”")).toBeTruthy();
  await userEvent.keyboard("2");
  await waitFor(() => expect(text("pin-verdict")).toBe("· wrong, says Ana"));
  expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "verdict", cue: "trig.dispute", at: 9, verdict: "wrong" } });
  expect(changed).toHaveBeenCalledWith(false);
  await userEvent.keyboard(".");
  expect(text("position")).toBe("00:14 / 01:02");
  await userEvent.keyboard(",");
  expect(text("position")).toBe("00:08 / 01:02");
});

it("takes points with a reason in the place of the events'", async () => {
  const { backend } = await open();
  expect(text("score-total")).toBe("8 of 8");
  expect(item("Dignity").getByText("your call")).toBeTruthy();
  await userEvent.click(item("Dignity").getByRole("button", { name: /Dignity/ }));
  await userEvent.type(item("Dignity").getByLabelText(/Points of 5/), "6");
  await userEvent.click(item("Dignity").getByTestId("give-points"));
  expect(backend.last("keep_review")).toBeUndefined();
  expect(item("Dignity").getByText(": a number from 0 to 5")).toBeTruthy();
  await userEvent.clear(item("Dignity").getByLabelText(/Points of 5/));
  await userEvent.type(item("Dignity").getByLabelText(/Points of 5/), "4");
  await userEvent.type(item("Dignity").getByLabelText(/Why/), "One sigh.{Enter}");
  await waitFor(() => expect(text("score-total")).toBe("12 of 13"));
  expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "score", item: "Dignity", points: 4, reason: "One sigh." } });
  expect(text("personal-score")).toBe("Ana gave 4: One sigh.");
});

it("says reviewed with R, by whom, and takes it back", async () => {
  const { backend } = await open();
  await userEvent.keyboard("r");
  expect((await screen.findByTestId("reviewed-by")).textContent).toContain("Reviewed by Ana");
  await userEvent.keyboard("R");
  await waitFor(() => expect(screen.queryByTestId("reviewed-by")).toBeNull());
  expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "reviewed", done: false } });
});

it("keeps a note on the moment, with its tags", async () => {
  const { backend, closed } = await open();
  await userEvent.keyboard(".n");
  const field = await screen.findByTestId("note-text");
  expect(document.activeElement).toBe(field);
  await userEvent.keyboard("Thanked, then r:ecorded.");
  await userEvent.type(screen.getByLabelText(/Tags/), "Rights, calm");
  await userEvent.click(screen.getByTestId("keep-coaching"));
  await screen.findByTestId("coaching-note");
  expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "note", at: 8, text: "Thanked, then r:ecorded.", tags: ["rights", "calm"] } });
  await userEvent.keyboard("n");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByTestId("coaching-form")).toBeNull();
  expect(closed).not.toHaveBeenCalled();
});

it("lets an agent dispute, not score, and reads notes first", async () => {
  const note: ReviewEntry = { id: "n1", call: "c1", author: "Ana", role: "team_lead", at: 1, mark: { kind: "note", text: "Well calmed.", tags: [] } };
  const task: ReviewEntry = { ...note, id: "t1", mark: { kind: "task", text: "Open with your name." } };
  const { backend } = await open("agent", [note, task]);
  const order = [...screen.getByRole("complementary").querySelectorAll("h2")].map((heading) => heading.textContent);
  expect(order.slice(0, 2)).toEqual(["Coaching", "Scorecard"]);
  expect(screen.queryByTestId("reviewed")).toBeNull();
  expect(screen.queryByTestId("delete")).toBeNull();
  await userEvent.click(item("Rights handled").getByRole("button", { name: /Rights handled/ }));
  expect(item("Rights handled").queryByTestId("give-points")).toBeNull();
  await userEvent.type(item("Rights handled").getByLabelText(/Why it is wrong/), "I did mark it.{Enter}");
  await waitFor(() => expect(text("objection")).toBe("Ana disputes: I did mark it."));
  await userEvent.click(screen.getByTestId("practice-task"));
  await waitFor(() => expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "task_done", task: "t1" } }));
});

it("holds a call, and deletes one that is not held after a second word", async () => {
  const { backend, changed } = await open();
  await userEvent.click(screen.getByTestId("delete"));
  await userEvent.type(screen.getByLabelText(/Why it is deleted/), "Asked by the customer.{Enter}");
  expect(backend.last("delete_call")).toBeUndefined();
  expect(screen.getByRole("alert").textContent).toContain("go for good");
  await userEvent.click(screen.getByTestId("delete-confirm"));
  await waitFor(() => expect(changed).toHaveBeenCalledWith(true));
  expect(backend.last("delete_call")).toEqual({ id: "c1", reason: "Asked by the customer." });
});

it("does not delete what is held", async () => {
  const { backend } = await open();
  await userEvent.click(screen.getByTestId("hold"));
  await userEvent.type(screen.getByLabelText(/Why it is held/), "A suit.{Enter}");
  expect((await screen.findByTestId("legal-hold")).textContent).toBe("Legal hold: A suit.");
  expect(backend.last("keep_review")).toEqual({ id: "c1", mark: { kind: "hold", on: true, reason: "A suit." } });
  expect(screen.getByTestId("delete")).toHaveProperty("disabled", true);
});

it("scores blind: what others gave an item stays hidden until there are points of one's own, on the next call as well", async () => {
  const ben: ReviewEntry = { id: "e0", call: "c1", author: "Ben", role: "team_lead", at: 1, mark: { kind: "score", item: "Dignity", points: 2, reason: "Too short." } };
  await open("team_lead", [ben]);
  const before = text("score-total");
  await userEvent.click(screen.getByTestId("score-blind"));
  expect(text("score-total")).not.toBe(before);
  await userEvent.click(item("Dignity").getByRole("button", { expanded: false }));
  expect(item("Dignity").queryByTestId("personal-score")).toBeNull();
  await userEvent.type(item("Dignity").getByLabelText(/Points/), "4");
  await userEvent.type(item("Dignity").getByLabelText("Why"), "Calm.");
  await userEvent.click(item("Dignity").getByTestId("give-points"));
  await waitFor(() => expect(item("Dignity").getAllByTestId("personal-score").map(({ textContent }) => textContent)).toEqual(["Ben gave 2: Too short.", "Ana gave 4: Calm."]));
  cleanup();
  await open("team_lead", [ben]);
  expect(screen.getByTestId("score-blind")).toHaveProperty("checked", true);
  await userEvent.click(screen.getByTestId("score-blind"));
});
