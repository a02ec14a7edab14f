import type { CallContext } from "./bindings/CallContext";
import type { CallSource } from "./bindings/CallSource";
import type { CallEvent } from "./bindings/CallEvent";
import type { CueEventKind } from "./bindings/CueEventKind";
import type { Evidence } from "./bindings/Evidence";
import type { Lane } from "./bindings/Lane";
import type { Notice } from "./bindings/Notice";
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
export type Readiness = "ready" | "missing" | "broken";
export type SpeechModelState = { id: string; state: Readiness; size_mb: number };
export type StoreState = "open" | "needs_passphrase" | "new_passphrase";
export type Home = { model: SpeechModelState; store: StoreState; settings: Settings; replay: string | null; version: string; notices: Notice[] };
export type StartedCall = { call: string; playbook: PlaybookView };
export type CardAction = "done" | "not_now" | "wrong";
export type StartSource = { kind: "sample" } | { kind: "devices" } | { kind: "file"; path: string };
export type Disclosures = { due: number; said: number; unsure: number; missed: number };
export type CallSummary = {
  id: string; started_at: number; seconds?: number; running: boolean; repaired: boolean; source: CallSource; model: string;
  playbook: PlaybookId; agent: string; machine: string; customer_name: string; utterances: number; cards: number;
  disclosures: Disclosures; recording: boolean;
};
export type LedgerEntry = { number: number; cue: string; event: CueEventKind; at: number; lane?: Lane; evidence?: Evidence; hash: string };
export type LedgerState = { state: "intact"; rows: number } | { state: "broken"; first: number };
export type CallRecord = { call: CallSummary; context: CallContext; events: CallEvent[]; ledger: LedgerEntry[]; ledger_state: LedgerState };
export type SnippetPart = { text: string; hit: boolean };
export type SearchHit = {
  call: string; started_at: number; agent: string; lane: Lane; utterance: number; start: number; end: number; snippet: SnippetPart[];
};
