import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ScriptedBackend } from "../test/scripted-backend";
import { SoundCheck } from "./sound-check.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const reading = (lane: "agent" | "customer", rms_db: number) => ({ lane, rms_db, peak_db: rms_db + 9 });

it("measures silence, the tones and the voice each in its own time", async () => {
  const backend = new ScriptedBackend();
  const check = new SoundCheck();
  check.hear(reading("customer", -10));
  const run = check.run();
  expect(check.phase).toBe("before");
  check.hear(reading("agent", -70));
  await vi.advanceTimersByTimeAsync(700);
  expect(check.phase).toBe("tone");
  expect(backend.last("play_test_tone")).toBeDefined();
  check.hear(reading("customer", -20));
  await vi.advanceTimersByTimeAsync(500);
  expect(check.phase).toBe("speech");
  check.hear(reading("agent", -30));
  await vi.advanceTimersByTimeAsync(4000);
  await run;
  expect(check.phase).toBe("idle");
  expect(check.verdict).toEqual({ customer: "heard", agent: "heard", echo: false });
});

it("says why the tones could not be played, and can be started again", async () => {
  new ScriptedBackend({
    play_test_tone: () => {
      throw { code: "device_failed", message: "No output.", what_to_do: "Connect one." };
    },
  });
  const check = new SoundCheck();
  const run = check.run();
  await vi.advanceTimersByTimeAsync(6000);
  await run;
  expect(check.notice?.message).toBe("No output.");
  expect([check.verdict, check.phase]).toEqual([null, "idle"]);
});

it("plays nothing once its screen is gone", async () => {
  const backend = new ScriptedBackend();
  const check = new SoundCheck();
  void check.run();
  check.stop();
  await vi.advanceTimersByTimeAsync(6000);
  expect(backend.last("play_test_tone")).toBeUndefined();
});
