import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PlaylistMoment } from "../lib/bindings/PlaylistMoment";
import { RATE, type Sound } from "../review/playback/sound";
import { ScriptedBackend } from "../test/scripted-backend";
import { byPlaylist, PlaylistPlayer } from "./playlist-player.svelte";

const moment = (n: number, more: Partial<PlaylistMoment> = {}): PlaylistMoment => ({
  id: `m${n}`, playlist: "Calm", call: `c${n}`, started_at: 0, agent: "Marcus", seconds: 60, at: 10, start: 8, end: 10, author: "Ana", recording: true, ...more,
});

let time = 0;
let closed = 0;
const sound = (): Sound => ({ now: () => time, play: () => {}, stop: () => {}, hear: () => {}, close: () => closed++ });

async function listen(seconds: number) {
  for (let passed = 0; passed < seconds - 1e-9; passed += 0.05) {
    time += 0.05;
    await vi.advanceTimersByTimeAsync(50);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  [time, closed] = [0, 0];
});
afterEach(() => vi.useRealTimers());

it("plays one moment after the other, each of its own call, and passes over what was not recorded", async () => {
  const backend = new ScriptedBackend({
    call_audio: ({ start, end }) => new Int16Array(2 * RATE * ((end as number) - (start as number))).buffer,
  });
  const player = new PlaylistPlayer(sound);
  player.play([moment(1), moment(2, { recording: false }), moment(3)]);
  await listen(1);
  expect(player.moment?.id).toBe("m1");
  expect(player.position).toBeGreaterThan(8.5);
  await listen(2);
  expect(player.moment?.id).toBe("m3");
  await listen(3);
  expect([player.moment, player.notice, closed]).toEqual([null, null, 2]);
  expect(backend.asked.map(({ args }) => [args["id"], args["start"], args["end"]])).toEqual([["c1", 8, 10], ["c3", 8, 10]]);
});

it("stops at once, and says why it is silent", async () => {
  new ScriptedBackend({
    call_audio: () => {
      throw { code: "damaged", message: "The recording is damaged.", what_to_do: "Read the transcript." };
    },
  });
  const player = new PlaylistPlayer(sound);
  player.play([moment(1), moment(2)]);
  await listen(0.5);
  expect([player.moment, player.notice?.code]).toEqual([null, "damaged"]);
  player.stop();
  expect([player.notice, closed]).toEqual([null, 1]);
});

it("knows the playlists by name and how long they are", () => {
  const lists = byPlaylist([moment(1, { playlist: "Repairs" }), moment(2), moment(3, { playlist: "Repairs", end: 13 })]);
  expect(lists.map(({ name, moments, seconds }) => [name, moments.map(({ id }) => id), seconds])).toEqual([["Calm", ["m2"], 2], ["Repairs", ["m1", "m3"], 7]]);
});
