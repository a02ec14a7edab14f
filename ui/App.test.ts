import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import App from "./App.svelte";
import { context, cueEvent, home, ScriptedBackend, settings, started } from "./test/scripted-backend";

it("plays the sample call at one click", async () => {
  const backend = new ScriptedBackend();
  render(App);
  await userEvent.click(await screen.findByTestId("sample-call"));
  backend.emit(started);
  await screen.findByTestId("now-card");
  expect(backend.last("start_call")).toMatchObject({ source: { kind: "sample" } });
  expect(backend.last("stop_levels")).toBeDefined();
});

it("starts a call with what the form says", async () => {
  const backend = new ScriptedBackend();
  render(App);
  await screen.findByTestId("start-call");
  await userEvent.click(screen.getByText("Later contact"));
  await userEvent.type(screen.getByLabelText("Amount"), "1,840.50");
  await userEvent.click(screen.getByTestId("start-call"));
  expect(backend.last("start_call")).toMatchObject({
    source: { kind: "devices" },
    context: { mode: "third_party", communication: "subsequent", amount: 1840.5, recording: true },
  });
});

it("keeps the form's account until its own call has started", async () => {
  const backend = new ScriptedBackend();
  render(App);
  await userEvent.type(await screen.findByLabelText("Name to verify"), "Lorraine Pettit");
  await userEvent.click(screen.getByTestId("sample-call"));
  backend.emit(started, { type: "call_ended", at: 3 });
  await userEvent.click(await screen.findByTestId("close-call"));
  expect(await screen.findByLabelText("Name to verify")).toHaveProperty("value", "Lorraine Pettit");
  await userEvent.click(screen.getByTestId("start-call"));
  backend.emit(started, { type: "call_ended", at: 3 });
  await userEvent.click(await screen.findByTestId("close-call"));
  expect(await screen.findByLabelText("Name to verify")).toHaveProperty("value", "");
});

it("says why a call can't start, and measures the devices again", async () => {
  const backend = new ScriptedBackend({
    start_call: () => {
      throw { code: "no_device", message: "There is no microphone.", what_to_do: "Plug one in." };
    },
  });
  render(App);
  await userEvent.click(await screen.findByTestId("start-call"));
  expect((await screen.findByTestId("notice")).textContent).toContain("There is no microphone.");
  await waitFor(() => expect(backend.asked.filter(({ command }) => command === "watch_levels")).toHaveLength(2));
});

it("does not start with an amount that it can't read, and leads to it", async () => {
  const backend = new ScriptedBackend();
  render(App);
  const amount = await screen.findByLabelText("Amount");
  await userEvent.type(amount, "lots");
  expect(amount.getAttribute("aria-invalid")).toBe("false");
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(amount.getAttribute("aria-invalid")).toBe("true"));
  expect(document.activeElement).toBe(amount);
  expect(screen.getByText(": write it like 1,840.50")).toBeTruthy();
  expect(backend.last("start_call")).toBeUndefined();
});

it("starts with Enter from any field, a list included", async () => {
  const backend = new ScriptedBackend();
  render(App);
  (await screen.findByLabelText("Where the customer is")).focus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(backend.last("start_call")).toMatchObject({ source: { kind: "devices" } }));
});

it("keeps what the agent's calls share, and nothing about the customer", async () => {
  const backend = new ScriptedBackend();
  render(App);
  await userEvent.type(await screen.findByLabelText("Name to verify"), "Lorraine Pettit");
  await userEvent.click(screen.getByText("They called"));
  await userEvent.click(screen.getByTestId("start-call"));
  await waitFor(() => expect(backend.last("save_settings")).toBeDefined());
  const { settings: kept } = backend.last("save_settings") as { settings: { before_call: object } };
  expect(kept.before_call).toEqual({ mode: "third_party", direction: "inbound", communication: "initial", jurisdiction: "", recording: true, level: "steady" });
  expect(JSON.stringify(kept)).not.toContain("Pettit");
});

it("starts the form with what was kept", async () => {
  const before_call = { mode: "first_party", direction: "inbound", communication: "subsequent", jurisdiction: "US-TX", recording: false, level: "new" };
  new ScriptedBackend({ home: () => ({ ...home, settings: { ...settings, before_call } }) });
  render(App);
  expect(await screen.findByLabelText("Where the customer is")).toHaveProperty("value", "US-TX");
  expect(screen.getByLabelText("First party")).toHaveProperty("checked", true);
  expect(screen.getByLabelText("The call is recorded")).toHaveProperty("checked", false);
});

describe("a link", () => {
  const link = { ...context, customer_name: "Robin Hale", jurisdiction: "US-XX" };

  it("fills the form in, says so, and Enter starts", async () => {
    const backend = new ScriptedBackend();
    render(App);
    await userEvent.type(await screen.findByLabelText("Name to verify"), "Typed by hand");
    backend.request({ kind: "context", context: link });
    await screen.findByTestId("filled-in");
    expect(screen.getByLabelText("Name to verify")).toHaveProperty("value", "Robin Hale");
    expect(screen.getByLabelText("Where the customer is")).toHaveProperty("value", "US-XX");
    expect(document.activeElement).toBe(screen.getByTestId("start-call"));
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("start_call")).toMatchObject({ context: { customer_name: "Robin Hale" } }));
    expect(backend.last("save_settings")).toBeUndefined();
  });

  it("is taken back with what stood there before", async () => {
    new ScriptedBackend({ home: () => ({ ...home, context: link }) });
    render(App);
    await userEvent.click(await screen.findByTestId("undo-filled-in"));
    expect(screen.queryByTestId("filled-in")).toBeNull();
    expect(screen.getByLabelText("Name to verify")).toHaveProperty("value", "");
  });

  it("leads from the settings to the form", async () => {
    const backend = new ScriptedBackend();
    render(App);
    await userEvent.click(await screen.findByTestId("settings"));
    backend.request({ kind: "context", context: link });
    await screen.findByTestId("filled-in");
  });

  it("waits while a call runs, and says so there", async () => {
    const backend = new ScriptedBackend();
    render(App);
    await userEvent.click(await screen.findByTestId("sample-call"));
    backend.emit(started);
    backend.request({ kind: "context", context: link });
    await screen.findByText("A link has filled in the form for the next call.");
    expect(screen.getByTestId("now-card")).toBeTruthy();
    backend.emit({ type: "call_ended", at: 3 });
    await userEvent.click(await screen.findByTestId("close-call"));
    await screen.findByTestId("filled-in");
  });

  it("that is malformed is said, until it was read", async () => {
    const backend = new ScriptedBackend();
    render(App);
    await screen.findByTestId("before-call");
    backend.request({ kind: "notice", notice: { code: "link_malformed", message: "The link has an unknown part: colour.", what_to_do: "Tell who made it." } });
    await screen.findByText("The link has an unknown part: colour.");
    await userEvent.click(screen.getByText("Got it"));
    expect(screen.queryByText("The link has an unknown part: colour.")).toBeNull();
  });
});

it("passes a global shortcut to the call", async () => {
  const backend = new ScriptedBackend();
  render(App);
  await userEvent.click(await screen.findByTestId("sample-call"));
  backend.emit(started, { type: "cue", ...cueEvent("trig.dispute", "fires", 9, { shown: true }) });
  await screen.findByTestId("card-done");
  backend.request({ kind: "key", action: "not_now" });
  await waitFor(() => expect(backend.last("act_on_card")).toMatchObject({ action: "not_now" }));
});

it("shows the keys from anywhere but a field that is being typed in", async () => {
  new ScriptedBackend();
  render(App);
  await userEvent.type(await screen.findByLabelText("Name to verify"), "?");
  expect(screen.queryByRole("dialog")).toBeNull();
  screen.getByTestId("settings").focus();
  await userEvent.keyboard("?");
  await screen.findByRole("dialog");
});

it("ends a call that it knows nothing of, where that keeps the next one from starting", async () => {
  let running = true;
  const backend = new ScriptedBackend({
    watch_levels: () => {
      if (running) throw { code: "call_running", message: "A call is using the devices.", what_to_do: "End the call first." };
      return null;
    },
    end_call: () => ((running = false), null),
  });
  render(App);
  await userEvent.click(await screen.findByTestId("end-other-call"));
  expect(backend.last("end_call")).toBeDefined();
  await waitFor(() => expect(screen.queryByTestId("end-other-call")).toBeNull());
});

it("says beside a lane that its device is missing, and sees by itself that it was plugged in", async () => {
  let plugged = false;
  new ScriptedBackend({
    devices: () => (plugged ? [{ id: "m", name: "Headset", kind: "microphone", is_default: true, host: "test" }] : []),
    watch_levels: () => {
      throw { code: "no_microphone", message: "pulseaudio has no microphone", what_to_do: "plug in" };
    },
  });
  render(App);
  await waitFor(() => expect(screen.getByTestId("fault-agent").textContent).toContain("No microphone was found. Plug in a headset"));
  expect(screen.queryByText(/pulseaudio/)).toBeNull();
  expect(screen.getByTestId("fault-customer").textContent).toContain("No output was found");
  plugged = true;
  window.dispatchEvent(new Event("focus"));
  await waitFor(() => expect(screen.getByTestId("fault-agent").textContent).toBe(""));
});

it("asks for the passphrase when the store turns out to be locked", async () => {
  let store = "open";
  new ScriptedBackend({
    home: () => ({ ...home, store }),
    start_call: () => {
      store = "needs_passphrase";
      throw { code: "store_locked", message: "The session logs are locked.", what_to_do: "Enter the passphrase." };
    },
  });
  render(App);
  await userEvent.click(await screen.findByTestId("start-call"));
  await screen.findByTestId("passphrase");
});

it("asks for the model first where there is none, and goes on once it is there", async () => {
  let state = "missing";
  const backend = new ScriptedBackend({
    home: () => ({ ...home, model: { ...home.model, state } }),
    fetch_model: () => ((state = "ready"), null),
  });
  render(App);
  await userEvent.click(await screen.findByTestId("fetch-model"));
  expect(backend.last("fetch_model")).toMatchObject({ id: "base-q8_0" });
  await waitFor(() => expect(screen.queryByTestId("fetch-model")).toBeNull());
  expect(screen.getByTestId("sample-call")).toHaveProperty("disabled", false);
});

it("asks for the passphrase, says when it is wrong, and opens with the right one", async () => {
  let store = "needs_passphrase";
  new ScriptedBackend({
    home: () => ({ ...home, store }),
    unlock: ({ passphrase }) => {
      if (passphrase !== "right") throw { code: "wrong_passphrase", message: "It does not open.", what_to_do: "Try another." };
      store = "open";
      return null;
    },
  });
  render(App);
  await userEvent.type(await screen.findByTestId("passphrase"), "wrong{Enter}");
  expect((await screen.findByTestId("notice")).textContent).toContain("It does not open.");
  await userEvent.clear(screen.getByTestId("passphrase"));
  await userEvent.type(screen.getByTestId("passphrase"), "right");
  await userEvent.click(screen.getByTestId("unlock"));
  await screen.findByTestId("recent-calls");
});

it("sets a new passphrase only when it was typed twice alike", async () => {
  new ScriptedBackend({ home: () => ({ ...home, store: "new_passphrase" }) });
  render(App);
  await userEvent.type(await screen.findByTestId("passphrase"), "four plain words");
  expect(screen.getByTestId("unlock")).toHaveProperty("disabled", true);
  await userEvent.type(screen.getByTestId("passphrase-again"), "four plain word");
  expect(screen.getByText("The two are not the same.")).toBeTruthy();
  await userEvent.type(screen.getByTestId("passphrase-again"), "s");
  expect(screen.getByTestId("unlock")).toHaveProperty("disabled", false);
});

it("plays the recording that the app was started with, once", async () => {
  const backend = new ScriptedBackend({ home: () => ({ ...home, replay: "/calls/a.wav" }) });
  render(App);
  await screen.findByTestId("now-card");
  expect(backend.last("start_call")).toMatchObject({ source: { kind: "file", path: "/calls/a.wav" } });
  backend.emit(started, { type: "call_ended", at: 3 });
  await userEvent.click(await screen.findByTestId("close-call"));
  await screen.findByTestId("recent-calls");
  expect(backend.asked.filter(({ command }) => command === "start_call")).toHaveLength(1);
});

it("says what went wrong when the app does not answer, and tries again", async () => {
  let broken = true;
  new ScriptedBackend({
    home: () => {
      if (broken) throw { code: "store_broken", message: "The session logs can't be opened.", what_to_do: "Look at the disk." };
      return home;
    },
  });
  render(App);
  expect((await screen.findByTestId("notice")).textContent).toContain("Look at the disk.");
  broken = false;
  await userEvent.click(screen.getByText("Try again"));
  await screen.findByTestId("recent-calls");
});
