import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { CallSummary } from "../lib/bindings/CallSummary";
import type { Settings } from "../lib/bindings/Settings";
import { RoleWatch } from "../lib/role-watch.svelte";
import { compared, context, labResult, moment, said, ScriptedBackend, settings, summary, task } from "../test/scripted-backend";
import { startedAt } from "../review/call-words";
import SessionLogs from "./SessionLogs.svelte";

const call = (n: number, more: Partial<CallSummary> = {}): CallSummary => ({ ...summary, id: `c${n}`, customer_name: `Customer ${n}`, ...more });

const recordOf = (one: CallSummary): CallRecord => ({
  call: one, context, transcript: { version: "live", model: "base-q8_0" }, events: [said(1, "agent", 2, "This call is recorded.")],
  ledger: [], ledger_state: { state: "intact", rows: 0 }, note: null,
});

type Page = { filter: object; order: string; limit: number; offset: number };

async function open(calls: readonly CallSummary[], more: Partial<Settings> = {}, answers: ConstructorParameters<typeof ScriptedBackend>[0] = {}) {
  const closed = vi.fn();
  const kept = vi.fn();
  const backend = new ScriptedBackend({
    list_calls: (asked) => calls.slice((asked as Page).offset, (asked as Page).offset + (asked as Page).limit),
    count_calls: ({ filter }) => (JSON.stringify(filter) === '{"needs_review":true}' ? 3 : calls.length),
    call_agents: () => ["Ana", "Marcus"],
    show_call: ({ id }) => recordOf(calls.find((one) => one.id === id) ?? call(0)),
    ...answers,
  });
  render(SessionLogs, { settings: { ...settings, ...more }, roles: new RoleWatch(), opened: null, onkept: kept, onkeys: vi.fn(), onclose: closed });
  await screen.findByTestId("call-list");
  await waitFor(() => expect(screen.getByTestId("log-counts").textContent).toContain("3 not reviewed"));
  return { backend, closed, kept };
}

const rows = () => screen.getAllByTestId("call-row").map((row) => row.textContent?.replace(/\s+/g, " ").trim());

it("says of each call what needs a person, in the playbook's words", async () => {
  const digest = { points: 40, of: 96, held: ["trig.dispute"], stop_orders: [], triggers: [], clues: 2, clues_missed: 1, outcome: "dispute" as const };
  await open([
    call(1, { digest, disclosures: { due: 0, said: 3, unsure: 1, missed: 1 }, review: { ...summary.review, notes: 2, disputed: true } }),
    call(2, { review: { ...summary.review, reviewed: true } }),
  ]);
  await waitFor(() => expect(rows()[0]).toContain("Held: Dispute"));
  expect(rows()[0]).toMatch(/Marcus · dispute · 2 notes · disputed by the agent.*Held: Dispute.*1 missed.*Unsure ×1.*Clue missed ×1/);
  expect(rows()[1]).toMatch(/reviewed.*All 1 said/);
});

it("reads a long list page by page, as it is looked at", async () => {
  const calls = Array.from({ length: 100_000 }, (_, n) => call(n));
  const { backend } = await open(calls);
  expect(screen.getAllByTestId("call-row").length).toBeLessThan(30);
  const list = screen.getByTestId("call-list");
  list.focus();
  await userEvent.keyboard("{End}");
  list.scrollTop = 99_999 * 82;
  list.dispatchEvent(new Event("scroll"));
  await waitFor(() => expect(rows().at(-1)).toContain("Customer 99999"));
  expect(backend.last("list_calls")).toMatchObject({ limit: 50, offset: 99_950, order: "attention" });
  expect(screen.getAllByTestId("call-row").at(-1)?.getAttribute("aria-posinset")).toBe("100000");
});

it("opens with the arrows and Enter, goes on with J and K, and Escape leads back", async () => {
  const { closed } = await open([call(1), call(2), call(3)]);
  screen.getByTestId("call-list").focus();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect((await screen.findByRole("heading", { name: /Customer 2/ })).textContent).toContain("Norfield store card");
  await userEvent.keyboard("j");
  await screen.findByRole("heading", { name: /Customer 3/ });
  await userEvent.keyboard("kk");
  await screen.findByRole("heading", { name: /Customer 1/ });
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByTestId("review")).toBeNull();
  expect(closed).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  expect(closed).toHaveBeenCalledOnce();
});

it("filters, and keeps a view without the customer's name", async () => {
  const { backend } = await open([call(1)]);
  await userEvent.click(screen.getByTestId("filter"));
  await userEvent.selectOptions(screen.getByTestId("filter-agent"), "Ana");
  await userEvent.click(screen.getByTestId("filter-unsure"));
  await userEvent.selectOptions(screen.getByTestId("filter-cue"), "trig.dispute");
  await userEvent.type(screen.getByTestId("filter-customer"), "Pettit{Tab}");
  await waitFor(() => expect(backend.last("list_calls")).toMatchObject({ filter: { agent: "Ana", unsure: true, cue: "trig.dispute", customer: "Pettit" } }));
  expect(screen.getByTestId("filter").textContent).toContain("(4)");
  await userEvent.type(screen.getByTestId("view-name"), "Ana's disputes{Enter}");
  const { settings: saved } = backend.last("save_settings") as { settings: Settings };
  expect(saved.saved_views).toEqual([{ name: "Ana's disputes", order: "attention", filter: { agent: "Ana", unsure: true, cue: "trig.dispute" } }]);
});

it("shows a kept view, and the newest first where that is wanted", async () => {
  const { backend } = await open([call(1)], { saved_views: [{ name: "Long ones", order: "newest", filter: { min_seconds: 600 } }] });
  await userEvent.selectOptions(screen.getByTestId("view"), "Long ones");
  await waitFor(() => expect(backend.last("list_calls")).toMatchObject({ filter: { min_seconds: 600 }, order: "newest" }));
  await userEvent.selectOptions(screen.getByTestId("order"), "attention");
  await waitFor(() => expect(backend.last("list_calls")).toMatchObject({ filter: { min_seconds: 600 }, order: "attention" }));
  await userEvent.click(screen.getByTestId("filter"));
  await userEvent.click(screen.getByTestId("forget-view"));
  await waitFor(() => expect(backend.last("save_settings")).toMatchObject({ settings: { saved_views: [] } }));
});

it("searches what was said, by whom, and opens the second", async () => {
  const hit = { call: "c1", started_at: 1763116920000, agent: "Marcus", lane: "agent", utterance: 1, start: 2, end: 4, improved: false, snippet: [{ text: "This call is ", hit: false }, { text: "recorded", hit: true }] };
  const { backend } = await open([call(1)], {}, { search_calls: () => [hit] });
  await userEvent.keyboard("/");
  expect(document.activeElement).toBe(screen.getByTestId("call-search"));
  await userEvent.keyboard("recorded");
  await screen.findByTestId("search-hit");
  await userEvent.click(screen.getByRole("radio", { name: "Agent" }));
  await waitFor(() => expect(backend.last("search_calls")).toEqual({ query: { words: "recorded", lane: "agent" } }));
  await userEvent.click(await screen.findByTestId("search-hit"));
  expect((await screen.findByTestId("position")).textContent).toBe("00:02 / 01:02");
});

it("finds more moments like one", async () => {
  const hit = { call: "c2", started_at: 1763116920000, agent: "Ana", lane: "customer", utterance: 3, start: 12, end: 14, improved: false, snippet: [{ text: "I paid that", hit: true }] };
  const cue = { type: "cue" as const, cue: "trig.dispute", event: "fires" as const, at: 3, emitted_at: 3.4, shown: true };
  const { backend } = await open([call(1), call(2)], {}, {
    search_calls: () => [hit],
    show_call: ({ id }) => ({ ...recordOf(call(id === "c1" ? 1 : 2)), events: [said(1, "customer", 2, "I paid that."), cue] }),
  });
  await userEvent.click(screen.getAllByTestId("call-row")[0] as HTMLElement);
  await userEvent.click(await screen.findByTestId("cue-pin"));
  await userEvent.click(screen.getByTestId("more-like-this"));
  expect((await screen.findByTestId("search-hit")).textContent).toContain("I paid that");
  expect(backend.last("search_calls")).toEqual({ query: { words: "", cue: "trig.dispute" } });
  await userEvent.click(screen.getByTestId("end-like"));
  await screen.findByTestId("call-list");
});

it("shows an agent their own calls, what was noted on them first", async () => {
  const noted = call(1, { review: { ...summary.review, notes: 1 } });
  const { backend } = await open([noted, call(2)], { role: "agent", agent_name: "Marcus" });
  expect(backend.asked.find(({ command }) => command === "list_calls")?.args).toMatchObject({ filter: { agent: "Marcus" } });
  expect((await screen.findByTestId("for-you")).textContent).toMatch(/Customer 1.*1 note/);
});

it("proves that all is as it was written, or names what is not", async () => {
  let faults: object[] = [];
  await open([call(1)], {}, { verify_calls: () => ({ calls: 1, entries: 9, unchained: 0, imported: 0, chains: [], faults }) });
  await userEvent.click(screen.getByTestId("verify"));
  expect((await screen.findByTestId("proof")).textContent).toContain("Intact: 1 call, 9 ledger rows");
  faults = [{ what: "ledger", call: "c1", first: 4 }];
  await userEvent.click(screen.getByTestId("verify"));
  await waitFor(() => expect(screen.getByTestId("proof").textContent).toContain("the ledger of call c1 from row 4 on"));
});

it("exports the call that is open", async () => {
  const { backend } = await open([call(1)], {}, { export_calls: () => ["/home/marcus/Documents/Cueline/c1.json"] });
  await userEvent.click(screen.getAllByTestId("call-row")[0] as HTMLElement);
  await userEvent.click(await screen.findByTestId("export"));
  await userEvent.click(await screen.findByText("JSON"));
  await waitFor(() => expect(screen.getByTestId("export-folder")).toHaveProperty("value", "/home/marcus/Documents/Cueline"));
  await userEvent.click(screen.getByTestId("export-write"));
  expect((await screen.findByTestId("exported")).textContent).toContain("c1.json");
  expect(backend.last("export_calls")).toEqual({ calls: [{ id: "c1", started: startedAt(summary.started_at, true) }], format: "json", audio: false, folder: "/home/marcus/Documents/Cueline" });
});

it("imports calls and shows them", async () => {
  const calls = [call(1)];
  const { backend } = await open(calls, {}, {
    export_folder: () => "/home/marcus/Documents/Cueline",
    import_calls: () => {
      calls.push(call(2));
      return { imported: 1, already: 2, refused: [{ code: "import_changed", message: "/home/marcus/c9.json: it was changed", what_to_do: "Get it again." }] };
    },
  });
  await userEvent.click(screen.getByTestId("import-calls"));
  await waitFor(() => expect(screen.getByTestId("import-from")).toHaveProperty("value", "/home/marcus/Documents/Cueline"));
  await userEvent.click(screen.getByTestId("import-from"));
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("imported").textContent).toContain("1 call imported, 2 were already here, 1 file was refused."));
  expect(screen.getByTestId("imported").textContent).toContain("c9.json: it was changed. Get it again.");
  expect(backend.last("import_calls")).toMatchObject({ from: "/home/marcus/Documents/Cueline" });
  await waitFor(() => expect(rows()).toHaveLength(2));
});

it("offers no import to whom it is not given", async () => {
  const role = vi.spyOn(RoleWatch.prototype, "guarded", "get").mockReturnValue(true);
  await open([call(1)], { role: "auditor" });
  expect(screen.queryByTestId("import-calls")).toBeNull();
  role.mockRestore();
});

it("shows who did what, one kind of it, and opens the call of a row", async () => {
  const row = { machine: "desk", place: 1, at: 1763117040000, name: "Ana", role: "team_lead" as const, what: "call_opened" as const, call: "c2", detail: "" };
  const { backend } = await open([call(1), call(2)], {}, {
    access_log: ({ filter }) => ((filter as { what?: string }).what === "deleted" ? [] : [{ ...row, place: 2, what: "wrong_passphrase", call: undefined }, row]),
  });
  await userEvent.click(screen.getByTestId("access-log"));
  await waitFor(() => expect(screen.getAllByTestId("access-row").map((line) => line.textContent)).toHaveLength(2));
  expect(screen.getAllByTestId("access-row")[0]?.textContent).toMatch(/Ana, team lead.*Wrong passphrase/);
  await userEvent.selectOptions(screen.getByTestId("access-what"), "deleted");
  await screen.findByText("Nothing of this kind.");
  expect(backend.last("access_log")).toMatchObject({ filter: { what: "deleted" }, offset: 0 });
  await userEvent.selectOptions(screen.getByTestId("access-what"), "");
  await userEvent.click(await screen.findByRole("button", { name: /Open call/ }));
  await screen.findByRole("heading", { name: /Customer 2/ });
});

it("keeps what is not an agent's out of an agent's session logs, and asks for the role's passphrase", async () => {
  const roles = new RoleWatch();
  roles.state = { role: "agent", guard: { guarded: true, auditor: false }, seconds_left: null };
  new ScriptedBackend({ list_calls: () => [], count_calls: () => 0 });
  render(SessionLogs, { settings, roles, opened: null, onkept: vi.fn(), onkeys: vi.fn(), onclose: vi.fn() });
  await userEvent.click(await screen.findByTestId("act-as"));
  expect(screen.getByTestId("role-dialog")).toBeTruthy();
  expect(screen.queryByTestId("access-log") ?? screen.queryByTestId("export-shown")).toBeNull();
});

it("tells the list's calls again to a playbook, shows what would be different, and leads to the second and back", async () => {
  let finish: (() => void) | undefined;
  const { backend } = await open([call(1)], {}, {
    run_lab: ({ channel }) => {
      (channel as { onmessage: (progress: object) => void }).onmessage({ done: 1, total: 3 });
      return new Promise((resolve) => (finish = () => resolve(labResult)));
    },
    stop_lab: () => {
      finish?.();
      return null;
    },
  });
  await userEvent.click(screen.getByTestId("lab"));
  await userEvent.type(screen.getByTestId("lab-playbook"), "/tmp/changed.toml{Enter}");
  expect(backend.last("run_lab")).toMatchObject({ filter: {}, playbook: "/tmp/changed.toml" });
  expect(await screen.findByText("1 of 3 calls")).toBeTruthy();
  expect(screen.getByTestId("lab-progress")).toMatchObject({ value: 1, max: 3 });
  await userEvent.click(screen.getByTestId("lab-stop"));
  const summary = (await screen.findByTestId("lab-summary")).textContent?.replace(/\s+/g, " ").trim();
  expect(summary).toBe("1 of 2 calls would have been different with collections-us 2. It was stopped before the other 1. 1 could be told in part only.");
  const row = screen.getByTestId("lab-cues").querySelector("[data-cue='trig.dispute']");
  expect([...(row?.children ?? [])].map(({ textContent }) => textContent)).toEqual(["Dispute", "2", "3", "1", "0", "1", "0", "50 % of 2", "100 % of 1"]);
  expect(screen.getByText(/Dispute would have fired at 00:11/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Dispute, at 00:40" }));
  expect((await screen.findByTestId("position")).textContent).toContain("00:40");
  await userEvent.click(screen.getByTestId("lab"));
  expect(screen.getByTestId("lab-cues")).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByTestId("lab-screen")).toBeNull();
});

it("compares two reviewers, others where they are chosen, and leads to a call's scorecard", async () => {
  const { backend } = await open([call(1), call(2)], {}, {
    calibration: ({ reviewers }) => (reviewers === null ? compared : { reviewers: compared.reviewers, compared: { reviewers, calls: 0, all: { both: 0, same_points: 0, same_grade: 0 }, items: [], furthest: [] } }),
  });
  await userEvent.click(screen.getByTestId("calibration"));
  const cells = (await screen.findAllByRole("row")).map((row) => [...row.children].map(({ textContent }) => textContent));
  expect(cells.slice(1)).toEqual([
    ["Dignity", "2", "2 (100 %)", "2 (100 %)", "–", "0.00"],
    ["Recap", "2", "0 (0 %)", "1 (50 %)", "0.00", "−1.50"],
    ["All items, each time counted", "4", "2 (50 %)", "3 (75 %)", "0.50", "−0.75"],
  ]);
  expect(screen.getByTestId("calibration-calls").textContent).toContain("Recap: Ana 6, Ben 4 of 6");
  await userEvent.selectOptions(screen.getByTestId("calibration-second"), "Cy");
  expect(backend.last("calibration")).toEqual({ filter: {}, reviewers: ["Ana", "Cy"] });
  expect((await screen.findByText(/have not scored/)).textContent).toBe("Ana and Cy have not scored the same item of any call.");
  await userEvent.click(screen.getByTestId("close-calibration"));
  await userEvent.click(screen.getByTestId("calibration"));
  await userEvent.click(await screen.findByTestId("calibration-call"));
  await screen.findByRole("heading", { name: /Customer 2/ });
  expect(screen.getByRole("radio", { name: "Score and coaching" })).toHaveProperty("checked", true);
});

it("says what is missing where nobody can be compared, and shows it to the team lead alone", async () => {
  await open([call(1)], {}, { calibration: () => ({ reviewers: [{ name: "Ana", calls: 1 }] }) });
  await userEvent.click(screen.getByTestId("calibration"));
  expect((await screen.findByTestId("calibration-none")).textContent).toContain("Only Ana has scored these calls.");
});

it("has no calibration for an auditor", async () => {
  await open([call(1)], { role: "auditor" });
  expect(screen.queryByTestId("calibration")).toBeNull();
});

it("gathers tasks and playlists over the calls: a press finishes a task, a moment opens at its second", async () => {
  const { backend } = await open([call(1), call(2)], {}, {
    practice_tasks: () => [task, { ...task, id: "t0", text: "Let them finish.", done: true }],
    playlist_moments: () => [moment, { ...moment, id: "m2", call: "c1", recording: false }],
    keep_review: ({ mark }) => ({ id: "e9", call: "c2", author: "Ana", role: "team_lead", at: 1, mark }),
  });
  await userEvent.click(screen.getByTestId("coaching-across"));
  const tasks = await screen.findByTestId("open-tasks");
  expect(tasks.textContent).toMatch(/Marcus: Name the feeling first\..*from Ana.*1 done/s);
  await userEvent.click(screen.getAllByTestId("task-done")[0] as HTMLElement);
  expect(backend.last("keep_review")).toEqual({ id: "c2", mark: { kind: "task_done", task: "t1" } });
  await screen.findByText("2 done");
  expect(screen.getByTestId("playlist").textContent).toMatch(/Saying it back 2 moments, 00:20.*00:07 to 00:17.*not recorded/s);
  expect(screen.getByTestId("playlists").textContent).not.toContain("Customer");
  await userEvent.click(screen.getAllByTestId("open-moment")[0] as HTMLElement);
  expect((await screen.findByTestId("position")).textContent).toContain("00:12");
});

it("shows an agent what there is to practise first, until it is done", async () => {
  const { backend } = await open([call(1), call(2)], { role: "agent", agent_name: "Marcus" }, {
    practice_tasks: () => [task],
    keep_review: ({ mark }) => ({ id: "e9", call: "c2", author: "Marcus", role: "agent", at: 1, mark }),
  });
  await userEvent.click(await screen.findByTestId("task-done"));
  expect(backend.last("practice_tasks")).toEqual({ filter: { agent: "Marcus" } });
  await waitFor(() => expect(screen.queryByTestId("tasks-for-you")).toBeNull());
});
