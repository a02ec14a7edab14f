import { expect, it } from "vitest";
import type { Limits } from "../lib/bindings/Limits";
import { voiceGauges } from "./voice-gauges";

const limits: Limits = { pace_wpm: 160, talk_share: 0.65, overtalk_s: 1.5, silence_s: 8 };
const none: Limits = { pace_wpm: null, talk_share: null, overtalk_s: null, silence_s: null };

it("measures against the playbook's own thresholds", () => {
  const [pace, share, overtalk, silence] = voiceGauges({ at: 9, agent_wpm: 161, talk_share: 0.65, overtalk_s: 1.6, silence_s: 0 }, limits);
  expect(pace).toMatchObject({ value: "161", limit: "over 160", over: true, mark: 0.8, spoken: "161 words a minute, over 160" });
  expect(share).toMatchObject({ value: "65 %", limit: "up to 65 %", over: false, spoken: "65 per cent, within 65" });
  expect(overtalk).toMatchObject({ value: "1.6 s", over: true });
  expect(silence).toMatchObject({ value: "0 s", filled: 0, over: false });
});

it("says what is not measured yet, and shows no number for it", () => {
  expect(voiceGauges(null, limits)[0]).toMatchObject({ value: null, filled: 0, spoken: "not measured yet" });
});

it("is over nothing where the playbook has no mark", () => {
  const [pace, , , silence] = voiceGauges({ at: 9, agent_wpm: 300, overtalk_s: 0, silence_s: 40 }, none);
  expect(pace).toMatchObject({ over: false, mark: null, limit: "no mark", filled: 1, spoken: "300 words a minute" });
  expect(silence).toMatchObject({ over: false });
});
