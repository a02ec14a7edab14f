import { describe, expect, it } from "vitest";
import type { Lane } from "../lib/bindings/Lane";
import type { LevelReading } from "../lib/bindings/LevelReading";
import { findingsOf, serves, verdictOf, type Heard } from "./verdict";

const at = (lane: Lane, ...levels: number[]): LevelReading[] => levels.map((rms_db) => ({ lane, rms_db, peak_db: rms_db + 9 }));

/** A headset in a quiet room: the tones are played, the agent speaks. */
const good: Heard = {
  before: [...at("agent", -66, -64, -65), ...at("customer", -90, -90, -90)],
  tone: [...at("agent", -65, -64, -66), ...at("customer", -90, -22, -20, -90)],
  speech: [...at("agent", -64, -30, -26, -33), ...at("customer", -90, -90)],
};

const words = (heard: Heard) => findingsOf(verdictOf(heard)).map(({ text }) => text);

it("says that both sides are heard when they are", () => {
  expect(words(good)).toEqual(["Both sides are heard."]);
  expect(serves(verdictOf(good))).toBe(true);
});

describe("the customer's side", () => {
  it.each([
    ["silent", at("customer", -90, -90, -90), "The customer's side is silent: choose another output. The tones went to the computer's default output."],
    ["hissing", at("customer", -71, -70, -69), "The customer's side is silent: choose another output. The tones went to the computer's default output."],
    ["turned far down", at("customer", -90, -55, -54), "The customer's side is very quiet: turn the computer's volume up."],
    ["not measured", [], "The customer's side could not be measured: choose another output."],
  ])("is told when it is %s", (_, tone, text) => {
    expect(words({ ...good, tone })).toEqual([text, "Your microphone is heard."]);
    expect(serves(verdictOf({ ...good, tone }))).toBe(false);
  });
});

describe("the microphone", () => {
  it.each([
    ["muted", at("agent", -90, -90, -90), "Your microphone is silent: see whether it is muted, or choose another one."],
    ["far away", at("agent", -58, -46, -44), "Your microphone is very quiet: move it closer, or turn it up."],
    ["not measured", [], "Your microphone could not be measured: choose another one."],
    ["too loud", [...at("agent", -20), ...at("agent", -9, -9).map((one) => ({ ...one, peak_db: 0 }))], "Your microphone is too loud: turn it down, or move it away."],
  ])("is told when it is %s", (_, speech, text) => {
    expect(words({ ...good, speech })).toEqual(["The customer's side is heard.", text]);
  });

  it("is told when nothing but noise was heard", () => {
    const noisy = { ...good, before: at("agent", -38, -36, -37), speech: at("agent", -36, -35, -34) };
    expect(words(noisy)[1]).toBe("Your voice does not stand out from the noise: move the microphone closer and try again.");
  });

  it("is not called noisy for one slammed door", () => {
    expect(words({ ...good, before: at("agent", -66, -20, -65) })).toEqual(["Both sides are heard."]);
  });

  it("is not called too loud for one click", () => {
    expect(words({ ...good, speech: [...good.speech, { lane: "agent", rms_db: -30, peak_db: 0 }] })).toEqual(["Both sides are heard."]);
  });
});

it("advises a headset when the microphone hears the tones", () => {
  const loudspeaker = { ...good, tone: [...at("agent", -40, -35), ...at("customer", -22, -20)] };
  expect(words(loudspeaker)).toEqual([
    "Both sides are heard.",
    "Your microphone hears the customer too. Cueline takes that out, but a headset works better.",
  ]);
  expect(serves(verdictOf(loudspeaker))).toBe(true);
});
