import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { context, cueEvent, playbook, said, ScriptedBackend, started as bareStart } from "../test/scripted-backend";
import type { Board } from "../lib/bindings/Board";
import { passGlobalKey } from "../lib/global-key";
import { LiveCall } from "./live-call.svelte";
import LiveScreen from "./LiveScreen.svelte";

let backend: ScriptedBackend;
const started = { ...bareStart, context: { ...context, amount: 1840 } } as typeof bareStart;
const onlog = vi.fn();
const onclose = vi.fn();

const dispute = {
  type: "cue" as const,
  ...cueEvent("trig.dispute", "fires", 9, { lane: "customer", shown: true, evidence: { utterance: 2, start: 8, end: 9, quote: "not my debt" } }),
};

const board: { type: "board" } & Board = {
  type: "board", at: 20, stage: "discussion", on_the_line: "verified", payment_stopped: false, facts: [], question: "What changed?",
  clues: [{ cue: "trig.dispute", evidence: { utterance: 2, start: 8, end: 9, quote: "not my debt" }, picked_up: false }],
  commitments: [{ amount: 60, date: { utterance: 2, start: 9, end: 9, quote: "the third" }, evidence: { utterance: 2, start: 8, end: 9, quote: "I could do 60" }, read_back: false }],
};

beforeEach(async () => {
  localStorage.clear();
  vi.clearAllMocks();
  backend = new ScriptedBackend();
  const live = await LiveCall.start({ kind: "sample" }, { ...context, amount: 1840 });
  render(LiveScreen, { live, onlog, onclose });
  backend.emit(started, said(1, "agent", 2, "This call is recorded."), said(2, "customer", 7, "It's not my debt."));
});

const card = () => screen.getByTestId("now-card");

describe("the card", () => {
  it("says what to do, what to say and why", async () => {
    backend.emit(dispute);
    await waitFor(() => expect(card().textContent).toContain("Stop asking for payment."));
    expect(card().textContent).toContain("“Thank you for telling me.”");
    expect(card().textContent).toContain("Customer at 00:08: “It's not my debt.” · Reg F 1006.38");
    expect(card().querySelector("mark")?.textContent).toBe("not my debt");
  });

  it("interrupts a screen reader for a legal card alone", async () => {
    backend.emit(dispute);
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Stop asking for payment."));
    backend.emit({ type: "cue", ...cueEvent("listen.overtalk", "fires", 12, { shown: true, measure: { value: 3.4, threshold: 3, unit: "s" } }) });
    await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(""));
    expect(card().textContent).toContain("Measured 3.4 seconds; the mark is 3.");
  });

  it.each([
    ["1", "done"],
    ["2", "not_now"],
    ["3", "wrong"],
  ])("takes the key %s as %s", async (key, action) => {
    backend.emit(dispute);
    await screen.findByTestId("card-done");
    await userEvent.keyboard(key);
    expect(backend.last("act_on_card")).toMatchObject({ cue: "trig.dispute", action });
  });

  it("tells of a card once, however often a key is pressed, and of the next one too", async () => {
    backend.emit(dispute);
    await screen.findByTestId("card-done");
    await userEvent.keyboard("12");
    expect(backend.asked.filter(({ command }) => command === "act_on_card")).toHaveLength(1);
    backend.emit(dispute);
    await userEvent.keyboard("2");
    expect(backend.last("act_on_card")).toMatchObject({ action: "not_now" });
  });

  it("is calm when nothing is needed, and takes no key then", async () => {
    backend.emit(dispute, { type: "cue", ...cueEvent("trig.dispute", "dismissed", 14) });
    await screen.findByText("Nothing needed now");
    await userEvent.keyboard("1");
    expect(backend.last("act_on_card")).toBeUndefined();
  });
});

it("shows the words of both sides, and the marks of the checklist", async () => {
  backend.emit(
    { type: "cue", ...cueEvent("disc.recording_notice", "due", 0) },
    { type: "cue", ...cueEvent("disc.recording_notice", "satisfied", 4) },
  );
  await waitFor(() => expect(screen.getByTestId("checklist").textContent).toContain("Recorded line"));
  expect(screen.getByTestId("checklist").textContent).toContain("said at 00:04");
  const lanes = [...screen.getByTestId("transcript").querySelectorAll("[data-lane]")].map((line) => line.getAttribute("data-lane"));
  expect(lanes).toEqual(["agent", "customer"]);
});

describe("the checklist", () => {
  const due = { type: "cue" as const, ...cueEvent("disc.recording_notice", "due", 0) };

  it("lets the agent say that something was said, and shows that as the agent's word", async () => {
    backend.emit(due);
    await userEvent.click(await screen.findByTestId("mark-said"));
    expect(backend.last("mark_said")).toMatchObject({ cue: "disc.recording_notice" });
    backend.emit({ type: "cue", ...cueEvent("disc.recording_notice", "satisfied", 12, { by_agent: true }) });
    expect(await screen.findByText("you said so")).toBeTruthy();
    expect(screen.queryByTestId("mark-said")).toBeNull();
  });

  it("shows what was half heard, and what was said with its words", async () => {
    backend.emit(due, { type: "cue", ...cueEvent("disc.recording_notice", "unsure", 4, { evidence: { utterance: 1, start: 2, end: 4, quote: "is recorded" } }) });
    await waitFor(() => expect(screen.getByTestId("checklist").textContent).toContain("unsure, half heard: “is recorded”"));
    backend.emit({ type: "cue", ...cueEvent("disc.recording_notice", "satisfied", 4, { evidence: { utterance: 1, start: 2, end: 4, quote: "This call is recorded" } }) });
    await waitFor(() => expect(screen.getByTestId("checklist").textContent).toContain("“This call is recorded”"));
  });
});

it("turns amber only past the playbook's mark, and says what is counted", async () => {
  const { pace_wpm } = playbook.limits;
  backend.emit({ type: "listening", at: 30, agent_wpm: pace_wpm ?? 0, talk_share: 0.99, overtalk_s: 0, silence_s: 0 });
  await waitFor(() => expect(screen.getByRole("meter", { name: "Talk share" }).getAttribute("aria-valuetext")).toContain("over"));
  const pace = screen.getByRole("meter", { name: "Your pace" });
  expect(pace.getAttribute("aria-valuetext")).toContain(`within ${pace_wpm}`);
  expect(document.getElementById(pace.getAttribute("aria-describedby") ?? "")?.textContent).toContain("words a minute");
  expect(pace.tabIndex).toBe(0);
});

describe("the clue board", () => {
  it("keeps what the customer revealed and promised, and the question to ask", async () => {
    backend.emit(board);
    await waitFor(() => expect(screen.getByTestId("clue").textContent).toMatch(/Dispute\s+00:08\s+not picked up/));
    expect(screen.getByTestId("commitment").textContent).toMatch(/\$60\.00, the third\s+not read back yet/);
    expect(screen.getByTestId("question").textContent).toBe("Ask: “What changed?”");
    backend.emit({ ...board, clues: board.clues.map((clue) => ({ ...clue, picked_up: true })) });
    await waitFor(() => expect(screen.getByTestId("clue").textContent).not.toContain("not picked up"));
  });

  it("leads to the words in the transcript", async () => {
    localStorage.setItem("cueline.transcript-folded", "yes");
    backend.emit(board);
    await userEvent.click(await screen.findByTestId("clue"));
    await waitFor(() => expect(screen.getByTestId("transcript").querySelector(".found")?.textContent).toContain("not my debt"));
  });

  it("reckons a payment plan of what is known, and gives words to read it back", async () => {
    backend.emit(board);
    await userEvent.click(await screen.findByTestId("open-plan"));
    expect(screen.getByLabelText("Balance")).toHaveProperty("value", "1,840.00");
    expect(document.activeElement).toBe(screen.getByLabelText("Balance"));
    await fireEvent.input(screen.getByLabelText("First payment on"), { target: { value: "2999-12-06" } });
    expect((await screen.findByTestId("plan-sentence")).textContent).toContain("30 payments of $60.00 every two weeks");
    await userEvent.clear(screen.getByLabelText("Each payment"));
    await userEvent.type(screen.getByLabelText("Each payment"), "lots");
    expect(screen.getByLabelText("Each payment").getAttribute("aria-invalid")).toBe("true");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByTestId("plan-calculator")).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId("open-plan"));
  });

  it("offers no plan while a stop-order stands", async () => {
    backend.emit({ ...board, payment_stopped: true });
    await screen.findByTestId("payment-stopped");
    expect(screen.queryByTestId("open-plan")).toBeNull();
  });
});

describe("a pause", () => {
  it("is one key away, is said plainly, and one key back", async () => {
    await userEvent.keyboard("{F8}");
    expect(backend.last("pause_call")).toBeDefined();
    backend.emit({ type: "paused", at: 12.3 });
    expect((await screen.findByTestId("pause-banner")).textContent).toContain("Paused: nothing is transcribed or recorded");
    expect(screen.getByTestId("call-condition").textContent).toContain("Paused");
    await userEvent.click(screen.getByTestId("pause"));
    expect(backend.last("resume_call")).toBeDefined();
    backend.emit({ type: "resumed", at: 40.1 });
    await waitFor(() => expect(screen.queryByTestId("pause-banner")).toBeNull());
  });

  it("comes from a key of any window too", async () => {
    passGlobalKey("pause");
    await waitFor(() => expect(backend.last("pause_call")).toBeDefined());
  });

  it("ends the recording for good once that was confirmed", async () => {
    await userEvent.click(screen.getByTestId("call-menu"));
    await userEvent.click(screen.getByTestId("end-recording"));
    expect(backend.last("end_recording")).toBeUndefined();
    await userEvent.click(screen.getByTestId("end-recording-confirm"));
    expect(backend.last("end_recording")).toBeDefined();
    backend.emit({ type: "recording_ended", at: 20 });
    expect((await screen.findByTestId("call-condition")).textContent).toBe("Not recorded");
    await userEvent.click(screen.getByTestId("call-menu"));
    expect(screen.getByTestId("end-recording")).toHaveProperty("disabled", true);
    await userEvent.keyboard("{Escape}");
    expect(document.activeElement).toBe(screen.getByTestId("call-menu"));
  });
});

describe("the window", () => {
  it("folds the transcript away and remembers it", async () => {
    await userEvent.keyboard("t");
    expect(screen.getByTestId("transcript").dataset["folded"]).toBe("true");
    expect(localStorage.getItem("cueline.transcript-folded")).toBe("yes");
    await userEvent.click(screen.getByTestId("fold-transcript"));
    expect(screen.getByTestId("transcript").dataset["folded"]).toBe("false");
  });

  it("becomes small and large again, and says once where it can't stay on top", async () => {
    await userEvent.keyboard("{F9}");
    expect(backend.last("set_compact")).toEqual({ on: true });
    await userEvent.keyboard("{F9}");
    expect(backend.last("set_compact")).toEqual({ on: false });
    expect(screen.queryByText("Can't stay on top on this desktop.")).toBeNull();
  });

  it("shows every key", async () => {
    await userEvent.keyboard("?");
    expect((await screen.findByTestId("keys-overview")).textContent).toContain("Ctrl+Alt+P");
    await userEvent.keyboard("{F8}");
    expect(backend.last("pause_call")).toBeUndefined();
  });

  it("ends the call by its key only when that is pressed twice", async () => {
    await userEvent.keyboard("e");
    expect(screen.getByTestId("end-call").textContent).toContain("End now?");
    expect(backend.last("end_call")).toBeUndefined();
    await userEvent.keyboard("e");
    expect(backend.last("end_call")).toBeDefined();
  });
});

it("says what is wrong until it was read", async () => {
  backend.emit({ type: "notice", code: "device_lost", message: "The headset is gone.", what_to_do: "Plug it in." });
  await screen.findByText("The headset is gone.");
  await userEvent.click(screen.getByText("Got it"));
  expect(screen.queryByTestId("notice")).toBeNull();
});

it("tells of lost sound in the place of the voices", async () => {
  backend.emit({ type: "notice", code: "device_lost", message: "The customer's headset is gone.", what_to_do: "Plug it in." });
  await waitFor(() => expect(screen.getByTestId("voice-strip").textContent).toContain("The customer's headset is gone."));
  backend.emit({ type: "notice", code: "disk_full", message: "The disk is full.", what_to_do: "Free some space." });
  await waitFor(() => expect(screen.getByTestId("transcript").textContent).toContain("The disk is full."));
});

describe("the wrap-up", () => {
  const ended = { type: "call_ended" as const, at: 62 };

  it("is there when the call has ended, from facts, and is kept", async () => {
    backend.emit(board, dispute, ended);
    expect((await screen.findByTestId("wrap-up")).textContent).toContain("Note of the call");
    expect(screen.queryByTestId("now-card")).toBeNull();
    const lines = screen.getAllByTestId<HTMLTextAreaElement>("note-line").map(({ value }) => value);
    expect(lines).toContain("$60.00, day “the third”, “I could do 60”, not read back");
    expect(lines).toContain("Dispute: “not my debt”, not answered");
    await waitFor(() => expect(screen.getByTestId("note-state").textContent).toBe("Kept in the log"));
    expect(backend.last("keep_note")).toMatchObject({ call: "c1", text: expect.stringContaining("Promises\n- $60.00") });
  });

  it("keeps what is typed, takes keys as letters, and leads to the second", async () => {
    backend.emit(board, dispute, ended);
    await userEvent.type(await screen.findByTestId("note-more"), "Owns a dog, tea at 3");
    await waitFor(() => expect(backend.last("keep_note")).toMatchObject({ text: expect.stringContaining("Owns a dog, tea at 3") }));
    await userEvent.click(screen.getAllByTestId("note-second")[0] as HTMLElement);
    await waitFor(() => expect(screen.getByTestId("transcript").querySelector(".found")).not.toBeNull());
  });

  it("says when the note could not be kept, and keeps it at the next try", async () => {
    let full = true;
    backend = new ScriptedBackend({
      keep_note: () => {
        if (full) throw { code: "disk_full", message: "The disk is full.", what_to_do: "Free some space." };
        return null;
      },
    });
    const live = await LiveCall.start({ kind: "sample" }, context);
    document.body.replaceChildren();
    render(LiveScreen, { live, onlog, onclose });
    backend.emit(started, ended);
    await waitFor(() => expect(screen.getByTestId("note-state").textContent).toBe("Not kept"));
    full = false;
    await userEvent.click(screen.getByText("Try again"));
    await waitFor(() => expect(screen.getByTestId("note-state").textContent).toBe("Kept in the log"));
  });

  it("is never in the way of the next call", async () => {
    backend.emit(ended);
    await userEvent.click(await screen.findByTestId("close-call"));
    expect(onclose).toHaveBeenCalled();
  });
});

it("ends, and leads to the log", async () => {
  await userEvent.click(screen.getByTestId("end-call"));
  expect(backend.last("end_call")).toBeDefined();
  backend.emit({ type: "call_ended", at: 62 });
  await userEvent.click(await screen.findByTestId("open-log"));
  expect(screen.getByTestId("call-clock").textContent).toBe("01:02");
  expect(onlog).toHaveBeenCalledWith("c1");
});
