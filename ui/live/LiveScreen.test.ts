import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { context, cueEvent, said, ScriptedBackend, started } from "../test/scripted-backend";
import { LiveCall } from "./live-call.svelte";
import LiveScreen from "./LiveScreen.svelte";

let backend: ScriptedBackend;
const onlog = vi.fn();
const onclose = vi.fn();

const dispute = {
  type: "cue" as const,
  ...cueEvent("trig.dispute", "fires", 9, { lane: "customer", shown: true, evidence: { utterance: 2, start: 8, end: 9, quote: "not my debt" } }),
};

beforeEach(async () => {
  backend = new ScriptedBackend();
  const live = await LiveCall.start({ kind: "sample" }, context);
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

it("turns amber only past the mark", async () => {
  backend.emit({ type: "listening", at: 30, agent_wpm: 170, talk_share: 0.71, overtalk_s: 0, silence_s: 0 });
  await waitFor(() => expect(screen.getByRole("meter", { name: "Talk share" }).getAttribute("aria-valuetext")).toContain("over 70"));
  expect(screen.getByRole("meter", { name: "Your pace" }).getAttribute("aria-valuetext")).toContain("within 170");
});

it("says what is wrong until it was read", async () => {
  backend.emit({ type: "notice", code: "device_lost", message: "The headset is gone.", what_to_do: "Plug it in." });
  await screen.findByText("The headset is gone.");
  await userEvent.click(screen.getByText("Got it"));
  expect(screen.queryByTestId("notice")).toBeNull();
});

it("ends, and leads to the log", async () => {
  await userEvent.click(screen.getByTestId("end-call"));
  expect(backend.last("end_call")).toBeDefined();
  backend.emit({ type: "call_ended", at: 62 });
  await userEvent.click(await screen.findByTestId("open-log"));
  expect(screen.getByTestId("call-clock").textContent).toBe("01:02");
  expect(onlog).toHaveBeenCalledWith("c1");
});
