import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import App from "./App.svelte";
import { home, ScriptedBackend, started } from "./test/scripted-backend";

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

it("does not start with an amount that it can't read", async () => {
  new ScriptedBackend();
  render(App);
  await screen.findByTestId("start-call");
  await userEvent.type(screen.getByLabelText("Amount"), "lots");
  expect(screen.getByTestId("start-call")).toHaveProperty("disabled", true);
  expect(screen.getByLabelText("Amount").getAttribute("aria-invalid")).toBe("true");
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
  await screen.findByTestId("call-list");
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
  await screen.findByTestId("call-list");
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
  await screen.findByTestId("call-list");
});
