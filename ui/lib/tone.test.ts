import { expect, it } from "vitest";
import { toneOf } from "./tone";

it.each([
  ["disclosure", "critical", "legal"],
  ["trigger", "high", "legal"],
  ["guard", "critical", "legal"],
  ["trigger", "low", "information"],
  ["disclosure", "medium", "information"],
  ["listening", "high", "coaching"],
  ["deescalation", "critical", "coaching"],
  ["clue", "high", "information"],
  ["context", "critical", "legal"],
] as const)("a %s cue that is %s is %s", (kind, severity, tone) => {
  expect(toneOf({ kind, severity })).toBe(tone);
});

it("keeps red for cues that it knows", () => {
  expect(toneOf(undefined)).toBe("information");
});
