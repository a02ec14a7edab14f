import type { Channel, InvokeArgs } from "@tauri-apps/api/core";
import { mockIPC } from "@tauri-apps/api/mocks";
import type { Calibration } from "../lib/bindings/Calibration";
import type { CallContext } from "../lib/bindings/CallContext";
import type { CallSummary } from "../lib/bindings/CallSummary";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CueKind } from "../lib/bindings/CueKind";
import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { PlaylistMoment } from "../lib/bindings/PlaylistMoment";
import type { PracticeTask } from "../lib/bindings/PracticeTask";
import type { Home } from "../lib/bindings/Home";
import type { LabResult } from "../lib/bindings/LabResult";
import type { LevelReading } from "../lib/bindings/LevelReading";
import type { Settings } from "../lib/bindings/Settings";
import type { WindowRequest } from "../lib/bindings/WindowRequest";

export const context: CallContext = {
  mode: "third_party", direction: "outbound", communication: "initial", jurisdiction: "US-TX", recording: true, agency: "Calder Ridge",
  creditor: "Norfield", debt_type: "store card", customer_name: "Lorraine Pettit", time_barred: false, in_validation_period: true,
  legal_authorised: false, fees_authorised: false, level: "steady", prior_consent: false,
};

const cue = (id: string, kind: CueKind, title: string, headline: string, say: string): CueView => ({
  id, kind, title, headline, prompt: headline, say, why: "", source: "Reg F 1006.38", severity: "high", skill: "rights",
});

export const playbook: PlaybookView = {
  id: "collections-us", version: "1", title: "Collections",
  cues: [
    cue("disc.recording_notice", "disclosure", "Recorded line", "Say the call is recorded.", "This call is recorded."),
    cue("trig.dispute", "trigger", "Dispute", "Stop asking for payment.", "Thank you for telling me."),
    cue("listen.overtalk", "listening", "Talking over the customer", "Let them finish.", ""),
  ],
  limits: { pace_wpm: 170, talk_share: 0.7, overtalk_s: 3, silence_s: 8 },
};

/** The settings of an agent who has been through the guide. */
export const settings: Settings = {
  agent_name: "Marcus", role: "team_lead", role_minutes: 15, agent_device: null, customer_device: null, theme: "system", improve_calls: true, model: null, text_size: 100,
  start_at_login: false, global_keys: false, before_call: null, first_run_done: true,
  saved_views: [],
};

export const home: Home = {
  model: { id: "base-q8_0", state: "ready", size_mb: 82 },
  store: "open",
  settings,
  replay: null,
  version: "0.1.0",
  notices: [],
  context: null,
  first_run: false,
  data_dir: "/home/marcus/.local/share/cueline",
  log_dir: "/home/marcus/.local/share/cueline/logs",
};

/** A past call as a list shows it. */
export const summary: CallSummary = {
  id: "c1", started_at: 1763116920000, seconds: 62, running: false, repaired: false, source: "devices", model: "base-q8_0",
  playbook: { id: "collections-us", version: "1" }, agent: "Marcus", machine: "desk", customer_name: "Lorraine Pettit", utterances: 2, cards: 1,
  disclosures: { due: 0, said: 1, unsure: 0, missed: 0 }, recording: true, attention: 0,
  review: { reviewed: false, overridden: false, disputed: false, notes: 0, legal_hold: false },
  digest: { points: 81, of: 96, held: [], stop_orders: [], triggers: ["trig.dispute"], clues: 2, clues_missed: 0, outcome: "dispute" },
};

/** What the replay lab found: a dispute that would have moved, and one that would have been new. */
export const labResult: LabResult = {
  playbook: { id: "collections-us", version: "2" },
  asked: 3,
  totals: {
    calls: 2, differing: 1, in_part: 1,
    cues: { "trig.dispute": { same: 1, fired: 1, missed: 0, moved: 1, ends_otherwise: 0, before: { right: 1, wrong: 1, borderline: 0 }, after: { right: 1, wrong: 0, borderline: 0 } } },
  },
  differing: [{
    call: "c1", agent: "Marcus", started_at: 1763116920000, from: "part",
    cues: { "trig.dispute": { same: 0, fired: [40], missed: [], moved: [[9, 11]], ends_otherwise: false, before: { right: 0, wrong: 0, borderline: 0 }, after: { right: 0, wrong: 0, borderline: 0 } } },
  }],
  titles: { "trig.dispute": "Dispute" },
};

/** Two reviewers who scored the same two calls, and gave one item of one of them other points. */
export const compared: Calibration = {
  reviewers: [{ name: "Ana", calls: 3 }, { name: "Ben", calls: 2 }, { name: "Cy", calls: 1 }],
  compared: {
    reviewers: ["Ana", "Ben"],
    calls: 2,
    all: { both: 4, same_points: 2, same_grade: 3, kappa: 0.5, mean_difference: -0.75 },
    items: [
      { item: "Dignity", agreement: { both: 2, same_points: 2, same_grade: 2, mean_difference: 0 } },
      { item: "Recap", agreement: { both: 2, same_points: 0, same_grade: 1, kappa: 0, mean_difference: -1.5 } },
    ],
    furthest: [{ call: "c2", started_at: 1763116920000, agent: "Marcus", apart: 2, items: [{ item: "Recap", points: [6, 4], worth: 6 }] }],
  },
};

/** Something to practise, still open. */
export const task: PracticeTask = { id: "t1", call: "c2", started_at: 1763116920000, agent: "Marcus", author: "Ana", at: 1763117040000, text: "Name the feeling first.", done: false };

/** A moment in a playlist. */
export const moment: PlaylistMoment = { id: "m1", playlist: "Saying it back", call: "c2", started_at: 1763116920000, agent: "Marcus", seconds: 62, at: 12, start: 7, end: 17, author: "Ana", recording: true };

export const started: CallEvent = {
  type: "call_started", call: "c1", at: 0, source: "file", model: "base-q8_0", playbook: { id: "collections-us", version: "1" }, context,
};

export const said = (utterance: number, lane: "agent" | "customer", start: number, text: string): CallEvent => ({
  type: "final", lane, utterance, start, end: start + 2, text, emitted_at: start + 2.4,
});

export const cueEvent = (cue: string, event: CueEvent["event"], at: number, more: Partial<CueEvent> = {}): CueEvent => ({
  cue, event, at, emitted_at: at + 0.4, ...more,
});

type Answers = Record<string, (args: Record<string, unknown>) => unknown>;

/** A backend that answers as it is told to, and remembers what it was asked. */
export class ScriptedBackend {
  readonly asked: { command: string; args: Record<string, unknown> }[] = [];
  #events: Channel<CallEvent> | undefined;
  #levels: Channel<LevelReading> | undefined;
  #requests: Channel<WindowRequest> | undefined;

  constructor(answers: Answers = {}) {
    const all: Answers = {
      home: () => home,
      devices: () => [],
      watch_levels: () => null,
      stop_levels: () => null,
      list_calls: () => [],
      count_calls: () => 0,
      call_agents: () => [],
      call_review: () => [],
      call_scorecard: () => ({ items: [], points: 0, of: 0, held: [] }),
      call_waveform: () => null,
      role_state: () => ({ role: "agent", guard: { guarded: false, auditor: false }, seconds_left: null }),
      practice_tasks: () => [],
      playlist_moments: () => [],
      access_log: () => [],
      retention: () => ({ debts: {}, customer_service: {}, from_last_call: false }),
      export_folder: () => "/home/marcus/Documents/Cueline",
      list_models: () => [],
      watch_improvements: () => null,
      playbook_view: () => playbook,
      act_on_card: () => null,
      end_call: () => null,
      mark_said: () => null,
      pause_call: () => null,
      resume_call: () => null,
      end_recording: () => null,
      keep_note: () => null,
      set_compact: () => ({ on_top: true }),
      play_test_tone: () => null,
      watch_requests: () => null,
      save_settings: () => null,
      choose_device: () => null,
      start_call: () => ({ call: "c1", playbook }),
      ...answers,
    };
    mockIPC((command: string, payload?: InvokeArgs) => {
      const args = (payload ?? {}) as Record<string, unknown>;
      this.asked.push({ command, args });
      if (command === "start_call") this.#events = args["channel"] as Channel<CallEvent>;
      if (command === "watch_levels") this.#levels = args["channel"] as Channel<LevelReading>;
      if (command === "watch_requests") this.#requests = args["channel"] as Channel<WindowRequest>;
      const answer = all[command];
      if (!answer) throw new Error(`no answer to ${command}`);
      return answer(args);
    });
  }

  /** Sends events of the running call to the window. */
  emit(...events: CallEvent[]): void {
    for (const event of events) this.#events?.onmessage(event);
  }

  /** Sends one reading of a lane's loudness to the window. */
  level(lane: LevelReading["lane"], rms_db: number, peak_db = rms_db + 9): void {
    this.#levels?.onmessage({ lane, rms_db, peak_db });
  }

  /** Sends what comes from outside the page. */
  request(request: WindowRequest): void {
    this.#requests?.onmessage(request);
  }

  /** What a command was last asked with. */
  last(command: string): Record<string, unknown> | undefined {
    return this.asked.findLast((one) => one.command === command)?.args;
  }
}
