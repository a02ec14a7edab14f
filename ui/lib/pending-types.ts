import type { PlaybookView } from "./bindings/PlaybookView";
import type { DeviceId } from "./bindings/DeviceId";
import type { Lane } from "./bindings/Lane";
import type { Notice } from "./bindings/Notice";

export type LevelReading = { lane: Lane; rms_db: number; peak_db: number };
export type Theme = "system" | "light" | "dark";
export type Settings = { agent_name: string; agent_device: DeviceId | null; customer_device: DeviceId | null; theme: Theme };
export type Readiness = "ready" | "missing" | "broken";
export type SpeechModelState = { id: string; state: Readiness; size_mb: number };
export type StoreState = "open" | "needs_passphrase" | "new_passphrase";
export type Home = { model: SpeechModelState; store: StoreState; settings: Settings; replay: string | null; version: string; notices: Notice[] };
export type StartedCall = { call: string; playbook: PlaybookView };
export type StartSource = { kind: "sample" } | { kind: "devices" } | { kind: "file"; path: string };
