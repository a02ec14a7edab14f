import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import App from "../App.svelte";
import type { RoleState } from "../lib/bindings/RoleState";
import { home, ScriptedBackend, settings } from "../test/scripted-backend";

const LEAD = "five random words here";

/** An app whose roles need passphrases, as the real one answers. */
async function open(guarded: boolean, role: RoleState["role"] = "agent") {
  let state: RoleState = { role, guard: { guarded, auditor: false }, seconds_left: guarded && role !== "agent" ? 900 : null };
  const backend = new ScriptedBackend({
    home: () => ({ ...home, settings: { ...settings, role: guarded ? "agent" : "team_lead" } }),
    role_state: () => state,
    take_role: ({ role: asked, passphrase }) => {
      if (passphrase !== LEAD) throw { code: "role_passphrase_wrong", message: "That is not the passphrase of the team lead.", what_to_do: "Try again." };
      return (state = { ...state, role: asked as RoleState["role"], seconds_left: 900 });
    },
    leave_role: () => (state = { ...state, role: "agent", seconds_left: null }),
    set_role_passphrase: ({ role: of }) => {
      state = { ...state, guard: { guarded: true, auditor: of === "auditor" } };
      return of === "team_lead" ? "ABCDE-FGHJK" : null;
    },
    remove_role_passphrases: () => (state = { role: "team_lead", guard: { guarded: false, auditor: false }, seconds_left: null }),
  });
  render(App);
  await userEvent.click(await screen.findByTestId("settings"));
  await screen.findByTestId("settings-screen");
  return backend;
}

const guard = () => screen.getByTestId("role-guard").textContent;

it("says plainly that a role is no lock, and sets the first passphrase with its recovery code", async () => {
  const backend = await open(false);
  expect(guard()).toContain("whoever is at this computer may choose any role");
  await userEvent.click(screen.getByTestId("lead-passphrase"));
  await userEvent.type(screen.getByTestId("new-passphrase"), LEAD);
  await userEvent.type(screen.getByTestId("new-passphrase-again"), "something else");
  expect(screen.getByText("The two are not the same.")).toBeTruthy();
  await userEvent.click(screen.getByTestId("set-passphrase"));
  expect(backend.last("set_role_passphrase")).toBeUndefined();
  await userEvent.clear(screen.getByTestId("new-passphrase-again"));
  await userEvent.type(screen.getByTestId("new-passphrase-again"), `${LEAD}{Enter}`);
  expect((await screen.findByTestId("recovery-code")).textContent).toContain("ABCDE-FGHJK");
  expect(backend.last("take_role")).toEqual({ role: "team_lead", passphrase: LEAD });
  expect(guard()).toContain("falls back to agent when Cueline starts, and after 15 minutes");
  await userEvent.click(screen.getByTestId("code-written"));
  expect(screen.queryByTestId("recovery-code")).toBeNull();
});

it("asks for the passphrase of a role, says when it is wrong, and goes back to what held on Cancel", async () => {
  const backend = await open(true);
  expect(screen.queryByTestId("role-passphrases")).toBeNull();
  await userEvent.click(screen.getByLabelText("Team lead"));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.getByLabelText("Agent")).toHaveProperty("checked", true));
  expect(backend.last("save_settings")).toBeUndefined();

  await userEvent.click(screen.getByLabelText("Team lead"));
  await userEvent.type(screen.getByTestId("role-passphrase"), "not these words{Enter}");
  await screen.findByText(/That is not the passphrase/);
  expect(screen.getByTestId("role-passphrase")).toHaveProperty("value", "");
  await userEvent.type(screen.getByTestId("role-passphrase"), `${LEAD}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("role-dialog")).toBeNull());
  expect(screen.getByLabelText("Team lead")).toHaveProperty("checked", true);
  await screen.findByTestId("role-passphrases");
  await userEvent.click(screen.getByLabelText("Agent"));
  await waitFor(() => expect(screen.queryByTestId("role-passphrases")).toBeNull());
});

it("takes the passphrases away only after a second word", async () => {
  const backend = await open(true, "team_lead");
  await userEvent.click(screen.getByTestId("remove-passphrases"));
  expect(backend.last("remove_role_passphrases")).toBeUndefined();
  await userEvent.click(screen.getByTestId("remove-passphrases"));
  await waitFor(() => expect(guard()).toContain("No passphrase is set"));
});

it("shows what would go before rules are put in force, and lets the team lead alone", async () => {
  const rules = { debts: { log_days: 1096, recording_days: 1096 }, customer_service: {}, from_last_call: true };
  let asked: object | null = null;
  const backend = new ScriptedBackend({
    preview_retention: ({ rules: looked }) => {
      asked = looked as object;
      return { calls: 12, recordings: 30, held: 2 };
    },
    set_retention: () => null,
  });
  render(App);
  await userEvent.click(await screen.findByTestId("settings"));
  await screen.findByText("Everything is kept until somebody deletes it.");
  await userEvent.type(screen.getByLabelText("Customer service, days"), "soon");
  await userEvent.click(screen.getByTestId("retention-preview"));
  expect(screen.getByText(/a whole number of days/)).toBeTruthy();
  expect(asked).toBeNull();
  await userEvent.click(screen.getByTestId("retention-reg-f"));
  await userEvent.click(screen.getByTestId("retention-preview"));
  expect((await screen.findByTestId("retention-counts")).textContent).toContain("Now 12 calls would go, and 30 recordings of calls that stay. 2 under legal hold stay.");
  expect(asked).toEqual(rules);
  await userEvent.click(screen.getByTestId("from-last-call"));
  expect(screen.queryByTestId("retention-counts")).toBeNull();
  await userEvent.click(screen.getByTestId("from-last-call"));
  await userEvent.click(screen.getByTestId("retention-set"));
  await waitFor(() => expect(backend.last("set_retention")).toEqual({ rules }));
  expect(screen.getByTestId("retention-in-force").textContent).toContain("kept 1096 days from the newest call");
});

it("shows an agent the rules in force and no fields", async () => {
  await open(true);
  await screen.findByTestId("retention-in-force");
  expect(screen.getByText("The team lead says how long.")).toBeTruthy();
  expect(screen.queryByTestId("retention-preview")).toBeNull();
});
