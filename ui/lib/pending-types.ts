import type { DeviceId } from "./bindings/DeviceId";
import type { Lane } from "./bindings/Lane";
import type { Notice } from "./bindings/Notice";

export type CueKind = "disclosure" | "trigger" | "guard" | "deescalation" | "listening" | "clue";
export type Severity = "low" | "medium" | "high" | "critical";
export type CueView = {
  id: string; kind: CueKind; title: string; headline: string; prompt: string; say?: string; why?: string; source?: string; severity: Severity;
};
export type PlaybookView = { id: string; version: string; title: string; cues: CueView[] };
export type LevelReading = { lane: Lane; rms_db: number; peak_db: number };
export type Theme = "system" | "light" | "dark";
export type Settings = { agent_name: string; agent_device: DeviceId | null; customer_device: DeviceId | null; theme: Theme };
export type Readiness = "ready" | "missing" | "broken";
export type SpeechModelState = { id: string; state: Readiness; size_mb: number };
export type StoreState = "open" | "needs_passphrase" | "new_passphrase";
export type Home = { model: SpeechModelState; store: StoreState; settings: Settings; replay: string | null; version: string; notices: Notice[] };
export type StartedCall = { call: string; playbook: PlaybookView };
export type CardAction = "done" | "not_now" | "wrong";
export type StartSource = { kind: "sample" } | { kind: "devices" } | { kind: "file"; path: string };
