import type { BoardClue } from "../lib/bindings/BoardClue";
import type { CallContext } from "../lib/bindings/CallContext";
import type { Commitment } from "../lib/bindings/Commitment";
import type { OnTheLine } from "../lib/bindings/OnTheLine";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import { clock } from "../lib/clock";
import { cueTitle } from "../lib/cue-title";
import type { CallState } from "./call-state";
import { centsIn, money } from "./money";
import type { Raised } from "./raised";

/** The parts of a note, in the order in which they are read. */
export const NOTE_PARTS = {
  reason: "Reason for the call",
  revealed: "What the customer said",
  rights: "Disputes, requests and stop-orders",
  promises: "Promises",
  duties: "Missed or unsure",
  contact: "How and when to reach them",
  next: "For the next agent",
} as const;

export type NotePart = keyof typeof NOTE_PARTS;

/** One line of a note. */
export type NoteLine = {
  part: NotePart;
  text: string;
  /** Seconds of the call that the line rests on; null where no one moment is meant. */
  at: number | null;
};

/** Cues that tell how, when and in which language somebody wants to be reached. */
const CONTACT = new Set([
  "clue.channel", "clue.time", "trig.channel_preference", "trig.stop_medium", "trig.inconvenient_time", "trig.at_work",
  "trig.employer_prohibits", "trig.language_preference",
]);

const WHO: Record<OnTheLine, string> = {
  verified: "The right person was verified.",
  unsure: "It is not sure that the right person was on the line.",
  unverified: "Nobody was verified.",
  third_party: "Somebody else was on the line.",
  wrong_number: "Wrong number.",
};

/** A note of the call, made of what was heard and of nothing else. */
export function wrapUpDraft(call: CallState, playbook: PlaybookView): readonly NoteLine[] {
  const kinds = new Map(playbook.cues.map(({ id, kind }) => [id, kind]));
  const triggers = call.raised.filter(({ cue }) => kinds.get(cue) === "trigger");
  const clues = call.board?.clues ?? [];
  const lines: NoteLine[] = [];
  const add = (part: NotePart, text: string, at: number | null = null) => lines.push({ part, text, at });

  const reason = call.duties.find(({ cue, state }) => cue === "disc.reason_for_call" && state === "done");
  if (call.context) add("reason", reasonOf(call.context), reason?.at ?? null);
  if (call.board) add("reason", WHO[call.board.on_the_line]);

  for (const clue of clues) if (!CONTACT.has(clue.cue)) add("revealed", clueLine(clue, playbook), clue.evidence.start);
  for (const one of triggers) if (!CONTACT.has(one.cue)) add("rights", raisedLine(one, playbook), one.at);
  for (const one of call.board?.commitments ?? []) add("promises", promiseLine(one, call.context), one.evidence.start);
  for (const { cue, state, at, quote } of call.duties) {
    if (kinds.get(cue) !== "disclosure" || state === "done") continue;
    const heard = state === "unsure" && quote ? `unsure, half heard: “${quote}”` : state === "unsure" ? "unsure" : "not said";
    add("duties", `${cueTitle(playbook, cue)}: ${heard}`, state === "unsure" ? at : null);
  }
  for (const line of contactLines(clues, triggers, playbook)) lines.push(line);
  for (const text of nextLines(call, triggers, playbook)) add("next", text);
  return lines;
}

function reasonOf(context: CallContext): string {
  const { direction, communication, mode, creditor, debt_type, amount, customer_name, jurisdiction } = context;
  const who = customer_name || "the customer";
  const called = direction === "outbound" ? `We called ${who}` : `${customer_name || "The customer"} called us`;
  const account = [creditor, debt_type, amount === undefined ? "" : `balance ${money(centsIn(amount), jurisdiction)}`].filter((part) => part !== "").join(", ");
  const contact = mode === "customer_service" ? "" : communication === "initial" ? " First contact." : " Later contact.";
  return `${called}${account ? ` about ${account}` : ""}.${contact}`;
}

function clueLine({ cue, evidence, picked_up }: BoardClue, playbook: PlaybookView): string {
  return `${cueTitle(playbook, cue)}: “${evidence.quote}”${picked_up ? "" : ", not picked up"}`;
}

function raisedLine({ cue, quote, handledAt }: Raised, playbook: PlaybookView): string {
  return `${cueTitle(playbook, cue)}: “${quote}”, ${handledAt === null ? "not answered" : `answered at ${clock(handledAt)}`}`;
}

function promiseLine({ amount, date, evidence, read_back }: Commitment, context: CallContext | null): string {
  const sum = amount === undefined ? [] : [money(centsIn(amount), context?.jurisdiction ?? "")];
  const day = date ? [`day “${date.quote}”`] : [];
  return [...sum, ...day, `“${evidence.quote}”`, read_back ? "read back" : "not read back"].join(", ");
}

/** A clue and a trigger that rest on the same words are one line. */
function contactLines(clues: readonly BoardClue[], triggers: readonly Raised[], playbook: PlaybookView): NoteLine[] {
  const all = [
    ...triggers.map(({ cue, at, quote }) => ({ cue, at, quote })),
    ...clues.map(({ cue, evidence }) => ({ cue, at: evidence.start, quote: evidence.quote })),
  ].filter(({ cue }) => CONTACT.has(cue));
  const once = all.filter((one, i) => all.findIndex(({ at }) => Math.abs(at - one.at) < 1) === i);
  return once
    .sort((a, b) => a.at - b.at)
    .map(({ cue, at, quote }) => ({ part: "contact", text: `${cueTitle(playbook, cue)}: “${quote}”`, at }));
}

function nextLines(call: CallState, triggers: readonly Raised[], playbook: PlaybookView): string[] {
  const names = (cues: readonly { cue: string }[]) => cues.map(({ cue }) => cueTitle(playbook, cue)).join(", ");
  const open = triggers.filter(({ handledAt }) => handledAt === null);
  const passed = (call.board?.clues ?? []).filter(({ picked_up }) => !picked_up);
  return [
    ...(call.board?.payment_stopped ? ["Do not ask for payment: a stop-order stands."] : []),
    ...(open.length > 0 ? [`Answer first: ${names(open)}.`] : []),
    ...(passed.length > 0 ? [`Was not picked up: ${names(passed)}.`] : []),
    ...(call.board?.commitments.some(({ read_back }) => !read_back) ? ["Read the promise back before relying on it."] : []),
    ...(call.recordingEndedAt === null ? [] : [`Recording was stopped at ${clock(call.recordingEndedAt)}.`]),
  ];
}

/** A note as text: its parts with their titles, each line with its second. An empty line is left out. */
export function noteText(lines: readonly NoteLine[], more: string): string {
  const written = lines.filter(({ text }) => text.trim() !== "");
  const parts = (Object.keys(NOTE_PARTS) as NotePart[])
    .map((part) => ({ title: NOTE_PARTS[part], of: written.filter((line) => line.part === part) }))
    .filter(({ of }) => of.length > 0)
    .map(({ title, of }) => [title, ...of.map(({ text, at }) => `- ${text.trim()}${at === null ? "" : ` (${clock(at)})`}`)].join("\n"));
  return [...parts, more.trim()].filter((part) => part !== "").join("\n\n");
}
