import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect, it, vi } from "vitest";
import App from "../App.svelte";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { Device } from "../lib/bindings/Device";
import type { Home } from "../lib/bindings/Home";
import { compared, context, cueEvent, home, labResult, moment, said, ScriptedBackend, settings, started, summary, task } from "./scripted-backend";

// A whole screen takes axe seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

// axe asks whether a letter is drawn as an icon; nothing is drawn here.
HTMLCanvasElement.prototype.getContext = () => null;

/** What axe finds that would keep somebody from using the screen. Contrast needs a drawn page: see `tokens.test.ts`. */
async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

function open(more: Partial<Home> = {}, answers: ConstructorParameters<typeof ScriptedBackend>[0] = {}): ScriptedBackend {
  document.documentElement.lang = "en";
  document.title = "Cueline";
  const backend = new ScriptedBackend({ home: () => ({ ...home, ...more }), ...answers });
  render(App);
  return backend;
}

const devices: Device[] = [
  { id: "m", name: "Headset", kind: "microphone", is_default: true, host: "test" },
  { id: "l", name: "Headset", kind: "loopback", is_default: true, host: "test" },
];

const missing = { ...home.model, state: "missing" as const };

const record: CallRecord = {
  call: { ...summary, disclosures: { due: 0, said: 1, unsure: 0, missed: 1 }, improved_with: "small.en-q8_0" },
  context,
  transcript: { version: "live", model: "base-q8_0" },
  events: [said(1, "agent", 2, "This call is recorded."), { type: "gap", lane: "customer", start: 4, end: 6.5 }, said(2, "customer", 7, "It's not my debt.")],
  ledger: [{ number: 1, cue: "disc.recording_notice", event: "satisfied", at: 4, hash: "" }],
  ledger_state: { state: "intact", rows: 1 },
  note: { text: "Wants a text on Friday.", at: 1763117040000 },
};

const dispute = {
  type: "cue" as const,
  ...cueEvent("trig.dispute", "fires", 9, { lane: "customer", shown: true, evidence: { utterance: 2, start: 8, end: 9, quote: "not my debt" } }),
};

it("finds what it is there for", async () => {
  document.body.innerHTML = "<main><h1>Cueline</h1><button></button></main>";
  expect((await faults()).join()).toContain("button-name");
  document.body.innerHTML = "";
});

it("before a call, with everything that can be wrong there", async () => {
  const notices = [{ code: "call_repaired", message: "A call was cut off.", what_to_do: "Read it." }];
  open({ model: missing, context, notices, settings: { ...settings, first_run_done: false } }, { list_calls: () => [record.call] });
  await screen.findByTestId("call-row");
  expect(await faults()).toEqual([]);
});

it("before a call, ready to start", async () => {
  open({}, { devices: () => devices });
  await screen.findByText("Headset", { selector: "[data-testid=device-agent] option" });
  await userEvent.click(screen.getByText("More about the account"));
  await userEvent.type(screen.getByLabelText("Amount"), "lots{Enter}");
  expect(await faults()).toEqual([]);
});

it("the passphrase", async () => {
  open({ store: "new_passphrase" });
  await screen.findByTestId("passphrase");
  expect(await faults()).toEqual([]);
});

it.each(["about", "model", "sound", "practice"])("the first-run guide, step %s", async (step) => {
  open({ first_run: true, model: missing, settings: { ...settings, first_run_done: false } }, { devices: () => devices });
  const steps = await screen.findByTestId(`guide-step-${step}`);
  await userEvent.click(steps.querySelector("button") ?? steps);
  expect(await faults()).toEqual([]);
});

it("the settings", async () => {
  open({}, { devices: () => devices });
  await userEvent.click(await screen.findByTestId("settings"));
  await screen.findByTestId("playbook");
  expect(await faults()).toEqual([]);
});

it("the settings of a team lead whose role has a passphrase, the dialog of a role, and the access log", async () => {
  const row = { machine: "desk", place: 1, at: 1763117040000, name: "Ana", role: "team_lead", what: "call_opened", call: "01a20492-e44f-75b1", detail: "" };
  open({}, {
    role_state: () => ({ role: "team_lead", guard: { guarded: true, auditor: false }, seconds_left: 900 }),
    preview_retention: () => ({ calls: 1, recordings: 2, held: 3 }),
    access_log: () => [row],
  });
  await userEvent.click(await screen.findByTestId("settings"));
  await userEvent.click(await screen.findByTestId("auditor-passphrase"));
  await userEvent.click(screen.getByTestId("retention-preview"));
  await screen.findByTestId("retention-counts");
  await userEvent.click(screen.getByLabelText("Auditor"));
  await screen.findByTestId("role-dialog");
  expect(await faults()).toEqual([]);
  await userEvent.click(within(screen.getByTestId("role-dialog")).getByRole("button", { name: "Cancel" }));
  await userEvent.click(screen.getByTestId("back"));
  await userEvent.click(await screen.findByTestId("open-logs"));
  await userEvent.click(await screen.findByTestId("access-log"));
  await screen.findByTestId("access-row");
  expect(await faults()).toEqual([]);
});

it("the keys", async () => {
  open();
  await userEvent.click(await screen.findByTestId("keys"));
  await screen.findByRole("dialog");
  expect(await faults()).toEqual([]);
});

it("a call with a card, and its end", async () => {
  const backend = open();
  await userEvent.click(await screen.findByTestId("sample-call"));
  backend.emit(
    started,
    said(1, "agent", 2, "This call is recorded."),
    said(2, "customer", 7, "It's not my debt."),
    { type: "cue", ...cueEvent("disc.recording_notice", "due", 0) },
    { type: "listening", at: 30, agent_wpm: 170, talk_share: 0.71, overtalk_s: 0, silence_s: 0 },
    { type: "notice", code: "device_lost", message: "The headset is gone.", what_to_do: "Plug it in." },
    dispute,
  );
  await screen.findByTestId("card-done");
  expect(await faults()).toEqual([]);
  backend.emit({ type: "paused", at: 40 });
  await screen.findAllByText(/pause/i);
  expect(await faults()).toEqual([]);
  backend.emit({ type: "call_ended", at: 62 });
  await screen.findByTestId("open-log");
  expect(await faults()).toEqual([]);
});

it("the session logs, with a call, its filter and the export", async () => {
  open({}, {
    list_calls: () => [record.call],
    count_calls: () => 1,
    show_call: () => ({ ...record, events: [...record.events, dispute] }),
    call_waveform: () => ({ seconds: 62, agent: [0, 90], customer: [80, 0], silenced: [{ start: 7, end: 11 }] }),
    call_scorecard: () => ({ items: [{ title: "Dignity", weight: 5, by: "human", state: "human", evidence: [] }], points: 0, of: 0, held: [] }),
  });
  await userEvent.click(await screen.findByTestId("open-logs"));
  await userEvent.click(await screen.findByTestId("filter"));
  await userEvent.click(await screen.findByTestId("call-row"));
  await screen.findByTestId("call-note");
  await userEvent.click(await screen.findByTestId("cue-pin"));
  await userEvent.click(screen.getByRole("button", { name: /Dignity/ }));
  await userEvent.click(screen.getByTestId("add-note"));
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByTestId("export"));
  await screen.findByTestId("export-dialog");
  expect(await faults()).toEqual([]);
});

it("the replay lab with what it found", async () => {
  open({}, { list_calls: () => [record.call], count_calls: () => 1, run_lab: () => labResult });
  await userEvent.click(await screen.findByTestId("open-logs"));
  await userEvent.click(await screen.findByTestId("lab"));
  await waitFor(() => expect(screen.getByTestId("lab-run")).toHaveProperty("disabled", false));
  await userEvent.click(screen.getByTestId("lab-run"));
  await screen.findByTestId("lab-cues");
  expect(await faults()).toEqual([]);
});

it("two reviewers compared, and coaching over the calls", async () => {
  open({}, { list_calls: () => [record.call], count_calls: () => 1, calibration: () => compared, practice_tasks: () => [task, { ...task, id: "t2", done: true }], playlist_moments: () => [moment] });
  await userEvent.click(await screen.findByTestId("open-logs"));
  await userEvent.click(await screen.findByTestId("calibration"));
  await screen.findByTestId("calibration-items");
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByTestId("coaching-across"));
  await screen.findByTestId("playlist");
  expect(await faults()).toEqual([]);
});
