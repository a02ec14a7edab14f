import { describe, expect, it } from "vitest";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEventKind } from "../lib/bindings/CueEventKind";
import { reduce, waiting, type CallState } from "./call-state";
import { LINES_KEPT } from "./lines";

const context = {
  mode: "third_party", direction: "outbound", communication: "initial", jurisdiction: "US-TX", recording: true, agency: "", creditor: "Norfield",
  debt_type: "", customer_name: "", time_barred: false, in_validation_period: false, legal_authorised: false, fees_authorised: false, level: "steady", prior_consent: false,
} as const;

const started: CallEvent = {
  type: "call_started", call: "1", at: 0, source: "file", model: "base", playbook: { id: "collections-us", version: "1" }, context,
};

const partial = (utterance: number, revision: number, text: string, start = utterance): CallEvent => ({
  type: "partial", lane: "customer", utterance, revision, start, end: start + 1, text, emitted_at: start + 1,
});

const final = (utterance: number, text: string, start = utterance, lane: "agent" | "customer" = "customer"): CallEvent => ({
  type: "final", lane, utterance, start, end: start + 1, text, emitted_at: start + 2,
});

const cue = (id: string, event: CueEventKind, more: Partial<Extract<CallEvent, { type: "cue" }>> = {}): CallEvent => ({
  type: "cue", cue: id, event, at: 10, emitted_at: 10.4, ...more,
});

const shown = (id: string, at = 10): CallEvent => cue(id, "fires", { at, shown: true });

const after = (...events: CallEvent[]): CallState => [started, ...events].reduce(reduce, waiting);

describe("the card", () => {
  it("appears when a cue that fires is shown, with its evidence", () => {
    const evidence = { utterance: 3, start: 8, end: 10, quote: "not my debt" };
    const { card } = after(cue("trig.dispute", "fires", { shown: true, lane: "customer", evidence }));
    expect(card).toEqual({ cue: "trig.dispute", at: 10, lane: "customer", evidence, measure: null });
  });

  it("does not appear when the cue was withheld", () => {
    expect(after(cue("listen.overtalk", "fires", { shown: false, withheld: "budget" })).card).toBeNull();
  });

  it.each(["satisfied", "retracted", "expired", "dismissed"] as const)("leaves when its cue is %s", (event) => {
    expect(after(shown("trig.dispute"), cue("trig.dispute", event)).card).toBeNull();
  });

  it.each(["satisfied", "retracted", "expired", "dismissed"] as const)("stays when another cue is %s", (event) => {
    expect(after(shown("trig.dispute"), cue("trig.attorney", event)).card?.cue).toBe("trig.dispute");
  });

  it("stays when its cue is heard only in part", () => {
    expect(after(shown("disc.recap"), cue("disc.recap", "unsure")).card?.cue).toBe("disc.recap");
  });

  it("is replaced by a newer one", () => {
    expect(after(shown("trig.dispute"), shown("trig.attorney", 12)).card).toMatchObject({ cue: "trig.attorney", at: 12 });
  });

  it("leaves when the call ends", () => {
    expect(after(shown("trig.dispute"), { type: "call_ended", at: 60 })).toMatchObject({ card: null, phase: "ended", length: 60 });
  });
});

describe("the transcript", () => {
  const texts = (state: CallState) => state.lines.map((line) => line.text);

  it("shows a later revision in place of an earlier one", () => {
    const { lines } = after(partial(1, 1, "I already"), partial(1, 2, "I already paid"));
    expect(lines).toMatchObject([{ text: "I already paid", final: false }]);
  });

  it("ignores an earlier revision that arrives later", () => {
    expect(texts(after(partial(1, 2, "I already paid"), partial(1, 1, "I already")))).toEqual(["I already paid"]);
  });

  it("ends an utterance with its final", () => {
    const { lines } = after(partial(1, 4, "I already paid"), final(1, "I already paid that."));
    expect(lines).toMatchObject([{ text: "I already paid that.", final: true }]);
  });

  it("ignores a partial after its final", () => {
    expect(texts(after(final(1, "I already paid that."), partial(1, 9, "I already")))).toEqual(["I already paid that."]);
  });

  it("takes back what turned out not to be speech, for good", () => {
    expect(texts(after(partial(1, 1, "thank you"), final(1, ""), partial(1, 2, "thank you")))).toEqual([]);
  });

  it("orders lines by their beginnings, whichever lane ends first", () => {
    const state = after(final(2, "Yes.", 5.5, "agent"), final(1, "A long sentence.", 3), partial(3, 1, "and", 9));
    expect(texts(state)).toEqual(["A long sentence.", "Yes.", "and"]);
  });

  it("marks the words that made a cue fire, and takes the mark back", () => {
    const evidence = { utterance: 1, start: 1, end: 2, quote: "not mine" };
    const heard = after(partial(1, 1, "it's not mine"), cue("trig.dispute", "fires", { shown: true, evidence }), final(1, "It's not mine."));
    expect(heard.lines[0]?.triggers).toEqual([{ cue: "trig.dispute", quote: "not mine" }]);
    expect(reduce(heard, cue("trig.dispute", "retracted")).lines[0]?.triggers).toEqual([]);
  });

  it("does not grow with the call, nor let early utterances return", () => {
    const long = Array.from({ length: 1200 }, (_, i) => final(i + 1, `Line ${i + 1}.`));
    const state = after(...long, partial(2, 99, "an echo from long ago"));
    expect(state.lines).toHaveLength(LINES_KEPT);
    expect(state.lines.at(-1)?.text).toBe("Line 1200.");
    expect(state.lines[0]?.text).toBe("Line 1001.");
    expect(state.ended.length).toBeLessThanOrEqual(2 * LINES_KEPT);
  });

  it("leaves other lines as they are, so that they are not drawn again", () => {
    const before = after(final(1, "One."), partial(2, 1, "Tw"));
    const next = reduce(before, partial(2, 2, "Two"));
    expect(next.lines[0]).toBe(before.lines[0]);
  });
});

describe("the checklist", () => {
  const heard = { utterance: 1, start: 30, end: 31, quote: "attempt to collect a debt" };

  it.each([
    ["is due", [cue("disc.x", "due")], "due"],
    ["is overdue once it fires", [cue("disc.x", "due"), shown("disc.x")], "overdue"],
    ["is unsure when half heard", [cue("disc.x", "due"), cue("disc.x", "unsure", { evidence: heard })], "unsure"],
    ["is done when all of it was heard", [cue("disc.x", "due"), cue("disc.x", "unsure"), cue("disc.x", "satisfied")], "done"],
    ["is done even when late", [cue("disc.x", "due"), shown("disc.x"), cue("disc.x", "satisfied")], "done"],
    ["is missed when the call ends without it", [cue("disc.x", "due"), cue("disc.x", "missed")], "missed"],
    ["is due again when a new person joins", [cue("disc.x", "due"), cue("disc.x", "satisfied"), cue("disc.x", "due")], "due"],
    ["is due again when the final takes its words back", [cue("disc.x", "due"), cue("disc.x", "satisfied"), cue("disc.x", "retracted")], "due"],
  ] as const)("%s", (_, events, state) => {
    expect(after(...events).duties).toMatchObject([{ cue: "disc.x", state }]);
  });

  it("keeps what was half heard", () => {
    expect(after(cue("disc.x", "due"), cue("disc.x", "unsure", { evidence: heard })).duties[0]?.quote).toBe("attempt to collect a debt");
  });

  it("drops a duty that no longer applies", () => {
    expect(after(cue("disc.x", "due"), cue("disc.x", "expired")).duties).toEqual([]);
  });

  it("forgets what was heard in part when the final takes it back, and nothing else", () => {
    const heardInPart = [cue("disc.x", "due"), cue("disc.x", "unsure", { evidence: heard })];
    expect(after(...heardInPart, cue("disc.x", "retracted")).duties).toMatchObject([{ state: "due" }]);
    expect(after(...heardInPart, shown("disc.x"), cue("disc.x", "retracted")).duties).toMatchObject([{ state: "unsure", quote: heard.quote }]);
    expect(after(cue("disc.x", "unsure"), cue("disc.x", "retracted")).duties).toEqual([]);
  });

  it("keeps the second at which it was said when its card is put aside", () => {
    const { duties } = after(cue("disc.x", "due"), cue("disc.x", "satisfied", { at: 4 }), cue("disc.x", "dismissed", { at: 9 }));
    expect(duties).toMatchObject([{ state: "done", at: 4 }]);
  });

  it("tells what the agent says was said from what was heard", () => {
    const heardOf = after(cue("disc.x", "due"), cue("disc.x", "satisfied", { at: 4, evidence: heard })).duties;
    expect(heardOf).toMatchObject([{ state: "done", quote: heard.quote, byAgent: false }]);
    expect(after(cue("disc.x", "missed"), cue("disc.x", "satisfied", { by_agent: true })).duties).toMatchObject([{ state: "done", quote: null, byAgent: true }]);
  });

  it("remembers since when it has been due", () => {
    expect(after(cue("disc.x", "due", { at: 3 }), cue("disc.x", "unsure", { at: 9 })).duties).toMatchObject([{ dueAt: 3, at: 9 }]);
    expect(after(cue("disc.x", "due", { at: 3 }), cue("disc.x", "satisfied", { at: 9 }), cue("disc.x", "due", { at: 50 })).duties).toMatchObject([{ dueAt: 50 }]);
  });

  it("keeps its order when states change", () => {
    const { duties } = after(cue("disc.a", "due"), cue("disc.b", "due"), cue("disc.a", "satisfied"));
    expect(duties.map((duty) => duty.cue)).toEqual(["disc.a", "disc.b"]);
  });
});

describe("health", () => {
  it("keeps the newest measure of each kind", () => {
    const state = after({ type: "lag", seconds: 3 }, { type: "lag", seconds: 0.4 }, { type: "listening", at: 20, overtalk_s: 1.2, silence_s: 0 });
    expect(state).toMatchObject({ lag: 0.4, listening: { overtalk_s: 1.2 } });
  });

  it("shows a repeated notice once", () => {
    const lost: CallEvent = { type: "notice", code: "device_lost", message: "The headset is gone.", what_to_do: "Plug it in." };
    expect(after(lost, lost).notices).toHaveLength(1);
  });

  it("knows since when the call is paused, and that it is not recorded any more", () => {
    const paused = after({ type: "paused", at: 12.3 }, { type: "recording_ended", at: 20 });
    expect(paused).toMatchObject({ pausedAt: 12.3, recordingEndedAt: 20 });
    expect(reduce(paused, { type: "resumed", at: 40.1 })).toMatchObject({ pausedAt: null, recordingEndedAt: 20 });
    expect(reduce(paused, { type: "call_ended", at: 41 }).pausedAt).toBeNull();
  });

  it("keeps the newest board", () => {
    const board = { type: "board", at: 9, stage: "discussion", on_the_line: "verified", payment_stopped: false, clues: [], facts: [], commitments: [] } as const;
    expect(after({ ...board, clues: [], facts: [], commitments: [] }).board).toMatchObject({ at: 9 });
  });

  it("starts afresh with every call", () => {
    expect(reduce(after(shown("trig.dispute"), final(1, "Hello.")), started)).toEqual(after());
  });
});
