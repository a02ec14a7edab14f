import type { Channel, InvokeArgs } from "@tauri-apps/api/core";
import { mockIPC } from "@tauri-apps/api/mocks";
import type { CallContext } from "../lib/bindings/CallContext";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CueKind } from "../lib/bindings/CueKind";
import type { CueView } from "../lib/bindings/CueView";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { Home } from "../lib/bindings/Home";

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
};

export const home: Home = {
  model: { id: "base-q8_0", state: "ready", size_mb: 82 },
  store: "open",
  settings: { agent_name: "Marcus", agent_device: null, customer_device: null, theme: "system", improve_calls: true, model: null },
  replay: null,
  version: "0.1.0",
  notices: [],
};

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

  constructor(answers: Answers = {}) {
    const all: Answers = {
      home: () => home,
      devices: () => [],
      watch_levels: () => null,
      stop_levels: () => null,
      list_calls: () => [],
      list_models: () => [],
      watch_improvements: () => null,
      playbook_view: () => playbook,
      act_on_card: () => null,
      end_call: () => null,
      start_call: () => ({ call: "c1", playbook }),
      ...answers,
    };
    mockIPC((command: string, payload?: InvokeArgs) => {
      const args = (payload ?? {}) as Record<string, unknown>;
      this.asked.push({ command, args });
      if (command === "start_call") this.#events = args["channel"] as Channel<CallEvent>;
      const answer = all[command];
      if (!answer) throw new Error(`no answer to ${command}`);
      return answer(args);
    });
  }

  /** Sends events of the running call to the window. */
  emit(...events: CallEvent[]): void {
    for (const event of events) this.#events?.onmessage(event);
  }

  /** What a command was last asked with. */
  last(command: string): Record<string, unknown> | undefined {
    return this.asked.findLast((one) => one.command === command)?.args;
  }
}
