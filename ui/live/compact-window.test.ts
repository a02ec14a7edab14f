import { beforeEach, expect, it } from "vitest";
import { ScriptedBackend } from "../test/scripted-backend";
import { CompactWindow } from "./compact-window.svelte";

beforeEach(() => localStorage.clear());

it("says once that the desktop keeps no window on top", async () => {
  const backend = new ScriptedBackend({ set_compact: () => ({ on_top: false }) });
  const first = new CompactWindow();
  await first.toggle();
  expect([first.on, first.notOnTop]).toEqual([true, true]);
  first.told();
  await first.toggle();
  expect([first.on, first.notOnTop]).toEqual([false, false]);
  const second = new CompactWindow();
  await second.toggle();
  expect(second.notOnTop).toBe(false);
  expect(backend.asked.map(({ args }) => args["on"])).toEqual([true, false, true]);
});

it("asks for nothing that is so already", async () => {
  const backend = new ScriptedBackend({ set_compact: () => ({ on_top: true }) });
  await new CompactWindow().set(false);
  expect(backend.asked).toEqual([]);
});

it("does afterwards what is asked for while the desktop is at it", async () => {
  const backend = new ScriptedBackend({ set_compact: () => ({ on_top: true }) });
  const window = new CompactWindow();
  await Promise.all([window.toggle(), window.toggle()]);
  expect(window.on).toBe(false);
  await Promise.all([window.toggle(), window.toggle(), window.toggle()]);
  expect(window.on).toBe(true);
  expect(backend.asked.map(({ args }) => args["on"])).toEqual([true, false, true]);
});
