import { expect, it } from "vitest";
import type { CallEvent } from "../lib/bindings/CallEvent";
import { zeroAfter } from "./call-clock";

const heard = (at: number): CallEvent => ({ type: "listening", at, overtalk_s: 0, silence_s: 0 });

it("is set by the first event that has a time", () => {
  expect(zeroAfter(null, { type: "lag", seconds: 1 }, 5000)).toBeNull();
  expect(zeroAfter(null, heard(2), 5000)).toBe(3000);
});

it("never runs behind an event, and is not held back by one that was late", () => {
  expect(zeroAfter(3000, heard(4), 6500)).toBe(2500);
  expect(zeroAfter(3000, heard(4), 9000)).toBe(3000);
});
