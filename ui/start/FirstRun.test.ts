import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import App from "../App.svelte";
import type { Device } from "../lib/bindings/Device";
import type { Home } from "../lib/bindings/Home";
import type { Settings } from "../lib/bindings/Settings";
import { context, home, ScriptedBackend, settings, started } from "../test/scripted-backend";

const devices: Device[] = [
  { id: "m", name: "Headset", kind: "microphone", is_default: true, host: "test" },
  { id: "l", name: "Headset", kind: "loopback", is_default: true, host: "test" },
];

/** An app that nobody has used yet. */
function fresh(more: Partial<Home> = {}, answers: ConstructorParameters<typeof ScriptedBackend>[0] = {}): ScriptedBackend {
  let kept: Settings = { ...settings, agent_name: "", first_run_done: false };
  let state: "missing" | "ready" = "missing";
  const backend = new ScriptedBackend({
    home: () => ({ ...home, first_run: true, settings: kept, model: { ...home.model, state }, ...more }),
    devices: () => devices,
    save_settings: ({ settings: next }) => ((kept = next as Settings), null),
    fetch_model: () => ((state = "ready"), null),
    ...answers,
  });
  render(App);
  return backend;
}

const step = (name: string) => screen.getByTestId(`guide-step-${name}`).textContent?.replace(/\s+/g, " ").trim();
const next = () => userEvent.click(screen.getByTestId("guide-next"));

it("leads through its four steps, and says of each what is done", async () => {
  const backend = fresh();
  await screen.findByTestId("first-run");
  expect(step("about")).toBe("1. What Cueline does To read");
  await userEvent.type(screen.getByTestId("agent-name"), "Priya");
  await next();
  expect(backend.last("save_settings")).toMatchObject({ settings: { agent_name: "Priya" } });
  expect(step("about")).toBe("1. What Cueline does Read");

  expect(step("model")).toBe("2. Speech model Not downloaded yet");
  await userEvent.click(screen.getByTestId("fetch-model"));
  await screen.findByTestId("model-ready");
  expect(step("model")).toBe("2. Speech model Ready");
  await next();

  expect(step("sound")).toBe("3. Headset and sound Not checked yet");
  await next();

  await userEvent.click(screen.getByTestId("sample-call"));
  backend.emit(started, { type: "call_ended", at: 3 });
  await userEvent.click(await screen.findByTestId("close-call"));
  await screen.findByTestId("first-run");
  expect(step("practice")).toBe("4. Practice Played");

  await userEvent.click(screen.getByTestId("finish-guide"));
  await screen.findByTestId("before-call");
  expect(backend.last("save_settings")).toMatchObject({ settings: { agent_name: "Priya", first_run_done: true } });
  expect(screen.queryByTestId("resume-guide")).toBeNull();
});

it("goes by the keyboard alone, and each step begins at its heading", async () => {
  fresh();
  await screen.findByTestId("first-run");
  screen.getByTestId("guide-next").focus();
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement?.textContent).toBe("Speech model");
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByTestId("fetch-model"));
});

it("says why the model did not arrive, and tries again", async () => {
  let tries = 0;
  fresh({}, {
    fetch_model: () => {
      tries += 1;
      throw { code: "model_download", message: "The model could not be fetched.", what_to_do: "See that the network works." };
    },
  });
  await screen.findByTestId("first-run");
  await next();
  await userEvent.click(screen.getByTestId("fetch-model"));
  expect((await screen.findByTestId("notice")).textContent).toContain("See that the network works.");
  expect(screen.getByTestId("fetch-model").textContent).toBe("Try again");
  await userEvent.click(screen.getByTestId("fetch-model"));
  await waitFor(() => expect(tries).toBe(2));
});

it("checks the sound and says what it found", async () => {
  const backend = fresh();
  await screen.findByTestId("first-run");
  await userEvent.click(within(screen.getByTestId("guide-step-sound")).getByRole("button"));
  await waitFor(() => expect(backend.last("watch_levels")).toBeDefined());
  await userEvent.click(screen.getByTestId("sound-check"));
  backend.level("agent", -66);
  await waitFor(() => expect(screen.getByTestId("sound-phase").textContent).toContain("Playing two tones"), { timeout: 3000 });
  backend.level("customer", -90);
  await waitFor(() => expect(screen.getByTestId("sound-phase").textContent).toContain("one, two, three"), { timeout: 3000 });
  backend.level("agent", -44);
  await screen.findByText(/^The customer's side is silent: choose another output\./, {}, { timeout: 6000 });
  expect(screen.getByText("Your microphone is very quiet: move it closer, or turn it up.")).toBeTruthy();
  expect(step("sound")).toBe("3. Headset and sound Not right yet");
  await userEvent.selectOptions(screen.getByTestId("device-customer"), "l");
  expect(step("sound")).toBe("3. Headset and sound Not checked yet");
}, 15_000);

it("can be left, does not come again by itself, and is opened from the settings", async () => {
  const backend = fresh();
  await userEvent.click(await screen.findByTestId("leave-guide"));
  await screen.findByTestId("before-call");
  expect(backend.last("save_settings")).toMatchObject({ settings: { first_run_done: true } });
  await userEvent.click(screen.getByTestId("settings"));
  await userEvent.click(screen.getByTestId("open-guide"));
  await screen.findByTestId("first-run");
});

it("stays out of the way of a call that a link has announced", async () => {
  fresh({ context });
  await screen.findByTestId("filled-in");
  expect(screen.queryByTestId("first-run")).toBeNull();
  await userEvent.click(screen.getByTestId("resume-guide"));
  await screen.findByTestId("first-run");
});

it("does not come to somebody who has used Cueline before", async () => {
  new ScriptedBackend({ home: () => ({ ...home, settings: { ...settings, first_run_done: false } }) });
  render(App);
  await screen.findByTestId("before-call");
  expect(screen.getByTestId("resume-guide")).toBeTruthy();
});
