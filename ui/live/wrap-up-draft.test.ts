import { describe, expect, it } from "vitest";
import type { Board } from "../lib/bindings/Board";
import type { CueKind } from "../lib/bindings/CueKind";
import type { CueView } from "../lib/bindings/CueView";
import { context, playbook } from "../test/scripted-backend";
import { waiting, type CallState } from "./call-state";
import type { Duty } from "./duties";
import type { Raised } from "./raised";
import { noteText, wrapUpDraft, type NotePart } from "./wrap-up-draft";

const cue = (id: string, kind: CueKind, title: string): CueView => ({ id, kind, title, headline: "", prompt: "", severity: "high", skill: "" });

const cues = [
  cue("disc.recap", "disclosure", "Recap"),
  cue("disc.reason_for_call", "disclosure", "Reason for the call"),
  cue("trig.dispute", "trigger", "Dispute"),
  cue("trig.channel_preference", "trigger", "Preferred channel or time"),
  cue("deesc.anger", "deescalation", "Anger"),
  cue("clue.job_loss", "clue", "Job loss"),
  cue("clue.channel", "clue", "Preferred channel"),
];

const evidence = (start: number, quote: string) => ({ utterance: 1, start, end: start + 1, quote });
const board: Board = { at: 60, stage: "closing", on_the_line: "verified", payment_stopped: false, clues: [], facts: [], commitments: [] };
const duty = (id: string, state: Duty["state"], quote: string | null = null): Duty => ({ cue: id, state, at: 41, dueAt: 3, quote, byAgent: false, before: null });
const raised = (id: string, at: number, quote: string, handledAt: number | null = null): Raised => ({ cue: id, at, quote, times: 1, handledAt });

const draft = (call: Partial<CallState>) => wrapUpDraft({ ...waiting, phase: "ended", context: { ...context, amount: 612 }, board, ...call }, { ...playbook, cues });
const of = (part: NotePart, call: Partial<CallState>) => draft(call).filter((line) => line.part === part).map(({ text, at }) => [text, at]);

describe("the draft", () => {
  it("begins with who was called about what, and who answered", () => {
    expect(of("reason", { duties: [duty("disc.reason_for_call", "done")] })).toEqual([
      ["We called Lorraine Pettit about Norfield, store card, balance $612.00. First contact.", 41],
      ["The right person was verified.", null],
    ]);
    const bare = { ...context, direction: "inbound", customer_name: "", creditor: "", debt_type: "", mode: "customer_service" } as const;
    expect(of("reason", { context: bare, board: null })).toEqual([["The customer called us.", null]]);
  });

  it("keeps what the customer revealed, in his own words", () => {
    const clues = [{ cue: "clue.job_loss", evidence: evidence(12, "let me go"), picked_up: false }];
    expect(of("revealed", { board: { ...board, clues } })).toEqual([["Job loss: “let me go”, not picked up", 12]]);
    expect(of("next", { board: { ...board, clues } })).toEqual([["Was not picked up: Job loss.", null]]);
  });

  it("names disputes and whether they were answered, and nothing about anybody's temper", () => {
    const call = { raised: [raised("trig.dispute", 8, "not my debt", 44), raised("deesc.anger", 9, "you people")] };
    expect(of("rights", call)).toEqual([["Dispute: “not my debt”, answered at 00:44", 8]]);
    expect(of("next", { raised: [raised("trig.dispute", 8, "not my debt")] })).toEqual([["Answer first: Dispute.", null]]);
  });

  it("names promises with sum, day and whether they were read back", () => {
    const commitments = [
      { amount: 60, date: evidence(31, "the third"), evidence: evidence(30, "I could do 60"), read_back: true },
      { evidence: evidence(50, "I'll pay"), read_back: false },
    ];
    expect(of("promises", { board: { ...board, commitments } })).toEqual([
      ["$60.00, day “the third”, “I could do 60”, read back", 30],
      ["“I'll pay”, not read back", 50],
    ]);
    expect(of("next", { board: { ...board, commitments } })).toEqual([["Read the promise back before relying on it.", null]]);
  });

  it("lists disclosures that were missed or unsure, and no others", () => {
    const duties = [duty("disc.recap", "unsure", "so to recap"), duty("disc.reason_for_call", "missed"), duty("trig.dispute", "unsure")];
    expect(of("duties", { duties })).toEqual([
      ["Recap: unsure, half heard: “so to recap”", 41],
      ["Reason for the call: not said", null],
    ]);
    expect(of("duties", { duties: [duty("disc.recap", "done")] })).toEqual([]);
  });

  it("says once how they want to be reached, in the order of the call", () => {
    const clues = [
      { cue: "clue.channel", evidence: evidence(80, "text me"), picked_up: true },
      { cue: "clue.channel", evidence: evidence(20, "no calls"), picked_up: true },
    ];
    expect(of("contact", { board: { ...board, clues }, raised: [raised("trig.channel_preference", 80.2, "text me please")] })).toEqual([
      ["Preferred channel: “no calls”", 20],
      ["Preferred channel or time: “text me please”", 80.2],
    ]);
  });

  it("tells the next agent of a stop-order and of a recording that was stopped", () => {
    expect(of("next", { board: { ...board, payment_stopped: true }, recordingEndedAt: 80 })).toEqual([
      ["Do not ask for payment: a stop-order stands.", null],
      ["Recording was stopped at 01:20.", null],
    ]);
  });

  it("makes nothing up about a call of which nothing is known", () => {
    expect(wrapUpDraft(waiting, playbook)).toEqual([]);
  });
});

describe("the text", () => {
  it("has titles, seconds and what was added, and leaves emptied lines out", () => {
    const lines = [
      { part: "next", text: "Call after six. ", at: null },
      { part: "reason", text: "We called.", at: 65 },
      { part: "rights", text: "  ", at: 8 },
    ] as const;
    expect(noteText(lines, " Owns a dog.\n")).toBe("Reason for the call\n- We called. (01:05)\n\nFor the next agent\n- Call after six.\n\nOwns a dog.");
    expect(noteText([], "")).toBe("");
  });
});
