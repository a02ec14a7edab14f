import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Player } from "./player.svelte";
import { RATE, type Sound } from "./sound";

/** A sound whose clock the test turns. */
class TurnedSound implements Sound {
  time = 0;
  readonly played: { at: number; seconds: number }[] = [];
  readonly muted = new Set<string>();
  stops = 0;

  now = () => this.time;
  play(samples: Int16Array, at: number) {
    this.played.push({ at, seconds: samples.length / 2 / RATE });
  }
  stop() {
    this.stops++;
  }
  hear(lane: string, on: boolean) {
    if (on) this.muted.delete(lane);
    else this.muted.add(lane);
  }
  close() {}
}

let sound: TurnedSound;
const fetch = vi.fn((start: number, end: number, speed: number) => Promise.resolve(new Int16Array(2 * Math.round(((end - start) / speed) * RATE))));

function player(length = 12) {
  return new Player({ length, voiced: [{ start: 2, end: 3 }, { start: 8, end: 9 }], fetch, sound: () => sound });
}

/** Lets so many seconds of sound pass, a look at a time. */
async function listen(seconds: number) {
  for (let passed = 0; passed < seconds - 1e-9; passed += 0.05) {
    sound.time += 0.05;
    await vi.advanceTimersByTimeAsync(50);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  fetch.mockClear();
  sound = new TurnedSound();
});
afterEach(() => vi.useRealTimers());

it("plays piece after piece without a gap, and stops at the end", async () => {
  const one = player();
  one.play();
  await listen(7);
  expect(one.position).toBeGreaterThan(6.5);
  expect(one.position).toBeLessThan(7.1);
  const [first, second] = sound.played;
  expect(second?.at).toBeCloseTo((first?.at ?? 0) + (first?.seconds ?? 0));
  await listen(6);
  expect([one.playing, one.position]).toEqual([false, 12]);
  expect(fetch.mock.calls.map(([start, end]) => [start, end])).toEqual([[0, 5], [5, 10], [10, 12]]);
  one.play();
  expect(one.position).toBe(0);
});

it("goes to a second and plays on there; an answer to before is not played", async () => {
  const one = player();
  one.play();
  one.seek(8);
  await listen(0.5);
  expect(sound.played.length).toBe(1);
  expect(one.position).toBeGreaterThan(8.3);
  one.seek(-3);
  expect(one.position).toBe(0);
});

it("plays faster", async () => {
  const one = player();
  one.nextSpeed();
  one.nextSpeed();
  expect(one.speed).toBe(1.5);
  one.play();
  await listen(2);
  expect(one.position).toBeGreaterThan(2.7);
  expect(fetch.mock.calls[0]).toEqual([0, 5, 1.5]);
  one.nextSpeed();
  one.nextSpeed();
  expect(one.speed).toBe(1);
});

it("passes over silence", async () => {
  const one = player();
  one.setSkipsSilence(true);
  one.play();
  await listen(1.5);
  expect(one.position).toBeGreaterThan(8);
  await listen(1);
  expect(one.playing).toBe(false);
});

it("plays a moment and stops", async () => {
  const one = player();
  one.playBetween(4, 6);
  await listen(3);
  expect([one.playing, one.position]).toEqual([false, 6]);
  one.play();
  await listen(3);
  expect(one.playing).toBe(true);
});

it("leaves a lane out", () => {
  const one = player();
  one.hear("agent", false);
  one.play();
  expect([...sound.muted]).toEqual(["agent"]);
  one.hear("agent", true);
  expect([...sound.muted]).toEqual([]);
});

it("says so when the sound's clock stands still", async () => {
  const one = player();
  one.play();
  await vi.advanceTimersByTimeAsync(3000);
  expect([one.playing, one.notice?.code]).toEqual([false, "no_sound"]);
});

it("says why nothing is heard", async () => {
  const one = player();
  fetch.mockRejectedValueOnce({ code: "damaged", message: "The recording is damaged.", what_to_do: "Read the transcript." });
  one.play();
  await listen(0.1);
  expect([one.playing, one.notice?.message]).toEqual([false, "The recording is damaged."]);
});
