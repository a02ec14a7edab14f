/**
 * The commands that the app answers. Each rejects with a `Notice`.
 *
 * This is the only file that talks to the other side of the window.
 */
import { Channel, invoke } from "@tauri-apps/api/core";
import type { AccessEntry } from "./bindings/AccessEntry";
import type { AccessFilter } from "./bindings/AccessFilter";
import type { AdvisedModel } from "./bindings/AdvisedModel";
import type { Calibration } from "./bindings/Calibration";
import type { CallContext } from "./bindings/CallContext";
import type { CallEvent } from "./bindings/CallEvent";
import type { CallFilter } from "./bindings/CallFilter";
import type { CallOrder } from "./bindings/CallOrder";
import type { CompactState } from "./bindings/CompactState";
import type { ImportProgress } from "./bindings/ImportProgress";
import type { ImportResult } from "./bindings/ImportResult";
import type { LabProgress } from "./bindings/LabProgress";
import type { LabResult } from "./bindings/LabResult";
import type { Lane } from "./bindings/Lane";
import type { Notice } from "./bindings/Notice";
import type { PlaylistMoment } from "./bindings/PlaylistMoment";
import type { PracticeTask } from "./bindings/PracticeTask";
import type { Progress } from "./bindings/Progress";
import type { Proof } from "./bindings/Proof";
import type { CallRecord } from "./bindings/CallRecord";
import type { CallToExport } from "./bindings/CallToExport";
import type { CallSummary } from "./bindings/CallSummary";
import type { ImprovementState } from "./bindings/ImprovementState";
import type { ExportFormat } from "./bindings/ExportFormat";
import type { Retention } from "./bindings/Retention";
import type { RetentionPreview } from "./bindings/RetentionPreview";
import type { ReviewEntry } from "./bindings/ReviewEntry";
import type { ReviewMark } from "./bindings/ReviewMark";
import type { Role } from "./bindings/Role";
import type { RoleState } from "./bindings/RoleState";
import type { Scorecard } from "./bindings/Scorecard";
import type { SearchHit } from "./bindings/SearchHit";
import type { SearchQuery } from "./bindings/SearchQuery";
import type { Waveform } from "./bindings/Waveform";
import type { CardAction } from "./bindings/CardAction";
import type { PlaybookView } from "./bindings/PlaybookView";
import type { Home } from "./bindings/Home";
import type { LevelReading } from "./bindings/LevelReading";
import type { Settings } from "./bindings/Settings";
import type { StartedCall } from "./bindings/StartedCall";
import type { StartSource } from "./bindings/StartSource";
import type { Device } from "./bindings/Device";
import type { WindowRequest } from "./bindings/WindowRequest";

function channel<T>(onMessage: (message: T) => void): Channel<T> {
  const opened = new Channel<T>();
  opened.onmessage = onMessage;
  return opened;
}

/** What the first screen needs to know. */
export const home = () => invoke<Home>("home");

/** Opens the store of past calls; sets the passphrase where there is none yet. */
export const unlock = (passphrase: string) => invoke<null>("unlock", { passphrase });

/** Audio devices, as they are plugged in now. */
export const devices = () => invoke<Device[]>("devices");

/** Remembers which device one lane is captured from, and measures that one from now on. */
export const chooseDevice = (lane: Lane, id: string) => invoke<null>("choose_device", { lane, id });

/** Measures both chosen devices about ten times a second until `stopLevels`. */
export const watchLevels = (onLevel: (level: LevelReading) => void) =>
  invoke<null>("watch_levels", { channel: channel(onLevel) });

/** Lets go of the devices. */
export const stopLevels = () => invoke<null>("stop_levels");

/** Starts a call; its events arrive in order until `call_ended`. */
export const startCall = (source: StartSource, context: CallContext, onEvent: (event: CallEvent) => void) =>
  invoke<StartedCall>("start_call", { source, context, channel: channel(onEvent) });

/** Ends the running call; `call_ended` follows once the last words are transcribed. */
export const endCall = () => invoke<null>("end_call");

/** What the agent did with a card. */
export const actOnCard = (cue: string, action: CardAction) => invoke<null>("act_on_card", { cue, action });

/** The agent says that a disclosure on the checklist was said; a cue event `satisfied` follows. */
export const markSaid = (cue: string) => invoke<null>("mark_said", { cue });

/** Stops transcription and recording of both lanes; `paused` follows. */
export const pauseCall = () => invoke<null>("pause_call");

/** Goes on after a pause; `resumed` follows. */
export const resumeCall = () => invoke<null>("resume_call");

/** Ends the recording and nothing else; `recording_ended` follows. */
export const endRecording = () => invoke<null>("end_recording");

/** Keeps the agent's note of a call; the newest note counts. */
export const keepNote = (call: string, text: string) => invoke<null>("keep_note", { call, text });

/** Makes the window the small one that stays on top, or gives it back its former size and place. */
export const setCompact = (on: boolean) => invoke<CompactState>("set_compact", { on });

/** Plays two short tones through the system's default output; resolves when they have been played. */
export const playTestTone = () => invoke<null>("play_test_tone");

/** Tells from now on what comes from outside the page: links, global shortcuts, notices. Only the newest listener is told. */
export const watchRequests = (onRequest: (request: WindowRequest) => void) =>
  invoke<null>("watch_requests", { channel: channel(onRequest) });

/** Past calls that a filter lets through, in an order. */
export const listCalls = (filter: CallFilter, order: CallOrder, limit: number, offset: number) =>
  invoke<CallSummary[]>("list_calls", { filter, order, limit, offset });

/** How many past calls a filter lets through. */
export const countCalls = (filter: CallFilter) => invoke<number>("count_calls", { filter });

/** Whose calls there are. */
export const callAgents = () => invoke<string[]>("call_agents");

/** One past call, with its live transcript or with the one that was made of its recording afterwards. */
export const showCall = (id: string, improved: boolean) => invoke<CallRecord>("show_call", { id, improved });

/** Tells from now on how far the pass over recordings has come; only the newest listener is told. */
export const watchImprovements = (onState: (state: ImprovementState) => void) =>
  invoke<null>("watch_improvements", { channel: channel(onState) });

/** Where in past calls something was said or cued. */
export const searchCalls = (query: SearchQuery) => invoke<SearchHit[]>("search_calls", { query });

/** A past call's scorecard, as its events propose it. */
export const callScorecard = (id: string) => invoke<Scorecard>("call_scorecard", { id });

/** What people said of a past call, the oldest first. */
export const callReview = (id: string) => invoke<ReviewEntry[]>("call_review", { id });

/** Keeps what the person at the screen says of a past call. */
export const keepReview = (id: string, mark: ReviewMark) => invoke<ReviewEntry>("keep_review", { id, mark });

/** The peaks of a past call's recording, so many of each lane; null where there is none. */
export const callWaveform = (id: string, buckets: number) => invoke<Waveform | null>("call_waveform", { id, buckets });

/** Some seconds of a past call's recording at a speed: interleaved samples (agent, customer), 16,000 a second of each. */
export const callAudio = async (id: string, start: number, end: number, speed: number) =>
  new Int16Array(await invoke<ArrayBuffer>("call_audio", { id, start, end, speed }));

/** Writes past calls into a folder and says which files it made. */
export const exportCalls = (calls: readonly CallToExport[], format: ExportFormat, audio: boolean, folder: string) =>
  invoke<string[]>("export_calls", { calls, format, audio, folder });

/** The folder that an export goes to unless another is chosen. */
export const exportFolder = () => invoke<string>("export_folder");

/** Brings past calls in from an export as JSON, or from a folder of them. */
export const importCalls = (from: string, onProgress: (progress: ImportProgress) => void) =>
  invoke<ImportResult>("import_calls", { from, channel: channel(onProgress) });

/** Tells past calls again to a playbook file, or each to the playbook that it ran with where none is named. */
export const runLab = (filter: CallFilter, playbook: string, onProgress: (progress: LabProgress) => void) =>
  invoke<LabResult>("run_lab", { filter, playbook, channel: channel(onProgress) });

/** Ends the run of the lab; `runLab` then resolves with what it has. */
export const stopLab = () => invoke<null>("stop_lab");

/** Follows the ledgers of all past calls, and the chain that joins the calls. */
export const verifyCalls = () => invoke<Proof>("verify_calls");

/** Deletes a past call for good. */
export const deleteCall = (id: string, reason: string) => invoke<null>("delete_call", { id, reason });

/** How far two reviewers agree over the past calls that a filter lets through; null for the two who scored the most together. */
export const calibration = (filter: CallFilter, reviewers: readonly [string, string] | null) => invoke<Calibration>("calibration", { filter, reviewers });

/** The moments in playlists of the past calls that a filter lets through, in the order in which they were put there. */
export const playlistMoments = (filter: CallFilter) => invoke<PlaylistMoment[]>("playlist_moments", { filter });

/** What was given to practise on the past calls that a filter lets through, the oldest first. */
export const practiceTasks = (filter: CallFilter) => invoke<PracticeTask[]>("practice_tasks", { filter });

/** In which role the window works now; `busy` says that somebody has just done something in it. */
export const roleState = (busy: boolean) => invoke<RoleState>("role_state", { busy });

/** Takes up a role with its passphrase. */
export const takeRole = (role: Role, passphrase: string) => invoke<RoleState>("take_role", { role, passphrase });

/** Goes back to the agent's role. */
export const leaveRole = () => invoke<RoleState>("leave_role");

/** Sets a role's passphrase; the team lead's comes with a recovery code, which is told this once. */
export const setRolePassphrase = (role: Role, passphrase: string) => invoke<string | null>("set_role_passphrase", { role, passphrase });

/** Takes the roles' passphrases away. */
export const removeRolePassphrases = () => invoke<RoleState>("remove_role_passphrases");

/** Rows of the access log, the newest first. */
export const accessLog = (filter: AccessFilter, limit: number, offset: number) => invoke<AccessEntry[]>("access_log", { filter, limit, offset });

/** The retention rules in force. */
export const retention = () => invoke<Retention>("retention");

/** What would go now by retention rules. */
export const previewRetention = (rules: Retention) => invoke<RetentionPreview>("preview_retention", { rules });

/** Puts retention rules in force. */
export const setRetention = (rules: Retention) => invoke<null>("set_retention", { rules });

/** Downloads a model and makes it ready. The only command that uses the network. */
export const fetchModel = (id: string, onProgress: (progress: Progress) => void) =>
  invoke<null>("fetch_model", { id, channel: channel(onProgress) });

/** Which speech models there are, and which suits this machine. */
export const listModels = () => invoke<AdvisedModel[]>("list_models");

/** The cues that apply to a call with this context. */
export const playbookView = (context: CallContext) => invoke<PlaybookView>("playbook_view", { context });

/** Keeps the settings. */
export const saveSettings = (settings: Settings) => invoke<null>("save_settings", { settings });

/** What a rejected command says; anything that is not a notice is a fault of the program, and is said as one. */
export function noticeOf(rejection: unknown): Notice {
  if (typeof rejection === "object" && rejection !== null && "message" in rejection && "what_to_do" in rejection) {
    return rejection as Notice;
  }
  return {
    code: "unexpected",
    message: `Something went wrong that Cueline did not expect: ${String(rejection)}`,
    what_to_do: "Try again; if it happens again, restart Cueline.",
  };
}
