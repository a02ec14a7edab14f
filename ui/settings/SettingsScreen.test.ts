import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import App from "../App.svelte";
import { applyTextSize } from "../lib/text-size";
import { ScriptedBackend } from "../test/scripted-backend";

async function open(answers: ConstructorParameters<typeof ScriptedBackend>[0] = {}): Promise<ScriptedBackend> {
  const backend = new ScriptedBackend(answers);
  render(App);
  await userEvent.click(await screen.findByTestId("settings"));
  await screen.findByTestId("settings-screen");
  return backend;
}

const kept = (backend: ScriptedBackend) => backend.last("save_settings")?.["settings"];

afterEach(() => applyTextSize(100));

it("draws the window with larger text at once", async () => {
  window.innerWidth = 1000;
  const backend = await open();
  expect(document.documentElement.hasAttribute("data-wide")).toBe(true);
  await userEvent.click(screen.getByLabelText("125 %"));
  await waitFor(() => expect(kept(backend)).toMatchObject({ text_size: 125 }));
  expect(document.documentElement.hasAttribute("data-wide")).toBe(false);
});

it.each([
  ["start-at-login", { start_at_login: true }],
  ["global-keys", { global_keys: true }],
  ["improve-calls", { improve_calls: false }],
])("keeps the box %s", async (testid, change) => {
  const backend = await open();
  await userEvent.click(screen.getByTestId(testid));
  await waitFor(() => expect(kept(backend)).toMatchObject(change));
});

it("takes a box back that could not be kept, and says why", async () => {
  await open({
    save_settings: () => {
      throw { code: "keys_taken", message: "Another program uses these keys.", what_to_do: "Close it and try again." };
    },
  });
  await userEvent.click(screen.getByTestId("global-keys"));
  await screen.findByText("Another program uses these keys.");
  expect(screen.getByTestId("global-keys")).toHaveProperty("checked", false);
});

it("sets how much coaching a form begins with", async () => {
  const backend = await open();
  await userEvent.selectOptions(screen.getByTestId("default-level"), "new");
  await waitFor(() => expect(kept(backend)).toMatchObject({ before_call: { mode: "third_party", level: "new" } }));
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByLabelText("Coaching cards")).toHaveProperty("value", "new");
});

it("says where everything is, what is kept and for how long", async () => {
  await open();
  expect(screen.getByTestId("data-dir").textContent).toBe("/home/marcus/.local/share/cueline");
  expect(screen.getByTestId("log-dir").textContent).toBe("/home/marcus/.local/share/cueline/logs");
  expect((await screen.findByTestId("retention-in-force")).textContent).toContain("Everything is kept until somebody deletes it.");
  expect(screen.getByTestId("offline-command").textContent).toBe("unshare -rn cueline replay CALL.wav");
  expect((await screen.findByTestId("playbook")).textContent).toContain("Collections, version 1");
});

it("leads to a section and takes the keyboard there", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "0 bytes sent" }));
  expect(document.activeElement?.textContent).toBe("0 bytes sent");
});

it("stays when Escape closes the keys", async () => {
  await open();
  await userEvent.click(screen.getByTestId("show-keys"));
  await screen.findByRole("dialog");
  await userEvent.keyboard("{Escape}");
  expect(screen.getByTestId("settings-screen")).toBeTruthy();
});
