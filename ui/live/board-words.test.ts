import { expect, it } from "vitest";
import type { Board } from "../lib/bindings/Board";
import { commitmentWords, heardFigures } from "./board-words";

const evidence = (start: number, quote: string) => ({ utterance: 1, start, end: start + 1, quote });

it("shows each figure once, the newest first, as money where it is", () => {
  const facts: Board["facts"] = [
    { kind: "amount", lane: "agent", value: 1840, evidence: evidence(42, "$1,840") },
    { kind: "date", lane: "customer", evidence: evidence(93, "Friday") },
    { kind: "date", lane: "agent", evidence: evidence(125, "friday") },
    { kind: "amount", lane: "customer", value: 60, evidence: evidence(130, "60") },
  ];
  const board: Board = { at: 0, stage: "discussion", on_the_line: "verified", payment_stopped: false, clues: [], facts, commitments: [] };
  expect(heardFigures(board, "US-TX")).toEqual([
    { words: "$60.00", lane: "customer", at: 130 },
    { words: "friday", lane: "agent", at: 125 },
    { words: "$1,840.00", lane: "agent", at: 42 },
  ]);
});

it.each([
  [{ amount: 60, date: evidence(3, "the third") }, "$60.00, the third"],
  [{ amount: 60 }, "$60.00"],
  [{ date: evidence(3, "the third") }, "“I can do like 50”, the third"],
  [{}, "“I can do like 50”"],
])("names a commitment %#", (named, words) => {
  expect(commitmentWords({ ...named, evidence: evidence(2, "I can do like 50"), read_back: false }, "US-TX")).toBe(words);
});
