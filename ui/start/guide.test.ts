import { expect, it } from "vitest";
import { Guide, STEPS } from "./guide.svelte";

it("goes through its steps and back, and no further than its ends", () => {
  const guide = new Guide();
  guide.back();
  expect(guide.at).toBe("about");
  STEPS.forEach(() => guide.next());
  expect([guide.at, guide.last]).toEqual(["practice", true]);
  guide.back();
  expect(guide.at).toBe("sound");
});

it("says of each step what is done", () => {
  const guide = new Guide();
  const words = (model: "ready" | "missing") => STEPS.map((step) => guide.stateOf(step, model).words);
  expect(words("missing")).toEqual(["To read", "Not downloaded yet", "Not checked yet", "Not played yet"]);
  guide.next();
  guide.practised = true;
  guide.verdict = { customer: "silent", agent: "heard", echo: false };
  expect(words("ready")).toEqual(["Read", "Ready", "Not right yet", "Played"]);
  guide.verdict = { customer: "heard", agent: "heard", echo: true };
  expect(guide.stateOf("sound", "ready")).toEqual({ done: true, words: "Both sides are heard" });
});
