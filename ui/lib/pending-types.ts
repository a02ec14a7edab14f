import type { CallContext } from "./bindings/CallContext";
import type { CallSource } from "./bindings/CallSource";
import type { CueEvent } from "./bindings/CueEvent";
import type { Lane } from "./bindings/Lane";
import type { PlaybookId } from "./bindings/PlaybookId";

export type CueView = {
  id: string; kind: string; title: string; headline: string; prompt: string; say: string; why: string; source: string; severity: string;
};
export type PlaybookView = { id: string; version: string; title: string; cues: CueView[] };
export type DeviceKind = "microphone" | "loopback";
export type Device = { id: string; name: string; kind: DeviceKind; is_default: boolean; host: string };
export type LevelReading = { lane: Lane; rms_db: number; peak_db: number };
export type Theme = "system" | "light" | "dark";
export type Settings = { agent_name: string; agent_device: string | null; customer_device: string | null; theme: Theme };
export type ModelState = { id: string; state: "ready" | "missing" | "broken"; size_mb: number };
export type StoreState = "open" | "needs_passphrase" | "new_passphrase";
export type Home = { model: ModelState; store: StoreState; settings: Settings; replay: string | null; version: string };
export type StartedCall = { call: string; playbook: PlaybookView };
export type FetchProgress = { stage: string; done: number; total: number };
export type CardAction = "done" | "not_now" | "wrong";
export type StartSource = { kind: "sample" } | { kind: "devices" } | { kind: "file"; path: string };
export type CallSummary = {
  id: string; started_at: string; duration: number; source: CallSource; context: CallContext; playbook: PlaybookId;
  said: number; unsure: number; missed: number;
};
export type RecordLine = { lane: Lane; utterance: number; start: number; end: number; text: string };
export type CallRecord = { summary: CallSummary; utterances: RecordLine[]; cues: CueEvent[]; ledger: "intact" | "broken" };
export type SearchHit = { call: string; started_at: string; lane: Lane; start: number; text: string };
