import { expect, it } from "vitest";
import { nextSpan, spanAt, voicedSpans } from "./spans";

const spoken = [
  { start: 1, end: 2 },
  { start: 2.4, end: 3 },
  { start: 9, end: 10 },
];

it("joins what is a breath apart and leaves the pauses", () => {
  const spans = voicedSpans(spoken, 10.1);
  expect(spans.map(({ start, end }) => [start.toFixed(1), end.toFixed(1)])).toEqual([["0.7", "3.3"], ["8.7", "10.1"]]);
});

it("goes on piece by piece to the end", () => {
  expect(nextSpan(3, 10, 5, null)).toEqual({ start: 3, end: 8 });
  expect(nextSpan(8, 10, 5, null)).toEqual({ start: 8, end: 10 });
  expect(nextSpan(10, 10, 5, null)).toBeNull();
});

it("passes over silence", () => {
  const voiced = voicedSpans(spoken, 12);
  expect(nextSpan(0, 12, 5, voiced)?.start).toBeCloseTo(0.7);
  expect(nextSpan(3.3, 12, 5, voiced)).toEqual({ start: 8.7, end: 10.3 });
  expect(nextSpan(9, 12, 5, voiced)?.start).toBe(9);
  expect(nextSpan(10.3, 12, 5, voiced)).toBeNull();
});

it("knows in which stretch a second lies", () => {
  const spans = [{ start: 1, end: 2 }, { start: 4, end: 5 }];
  expect([0.9, 1, 1.9, 2, 4.5].map((at) => spanAt(spans, at))).toEqual([undefined, spans[0], spans[0], undefined, spans[1]]);
});
