import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NoteKeeper } from "./note-keeper.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("keeps once, after the typing", async () => {
  const keep = vi.fn(async (_: string) => true);
  const note = new NoteKeeper(keep);
  for (const text of ["P", "Pa", "Pay"]) {
    note.change(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(note.state).toBe("writing");
  await vi.advanceTimersByTimeAsync(500);
  expect(keep.mock.calls).toEqual([["Pay"]]);
  expect(note.state).toBe("kept");
});

it("keeps at once when the window goes, and not twice", async () => {
  const keep = vi.fn(async (_: string) => true);
  const note = new NoteKeeper(keep);
  note.change("Pay");
  await note.flush();
  await note.flush();
  await vi.advanceTimersByTimeAsync(1000);
  expect(keep).toHaveBeenCalledTimes(1);
});

it("keeps the newest words after slow ones, one at a time", async () => {
  const answers: (() => void)[] = [];
  const keep = vi.fn((_: string) => new Promise<boolean>((resolve) => answers.push(() => resolve(true))));
  const note = new NoteKeeper(keep);
  note.change("one");
  void note.flush();
  note.change("two");
  await vi.advanceTimersByTimeAsync(500);
  expect(keep).toHaveBeenCalledTimes(1);
  answers.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(keep.mock.calls).toEqual([["one"], ["two"]]);
  expect(note.state).toBe("writing");
  answers.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(note.state).toBe("kept");
});

it("says that it failed, and tries again", async () => {
  let works = false;
  const note = new NoteKeeper(async () => works);
  note.change("Pay");
  await note.flush();
  expect(note.state).toBe("failed");
  works = true;
  await note.flush();
  expect(note.state).toBe("kept");
});
