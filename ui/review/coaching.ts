import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import { entriesOf } from "./scored";

/** Seconds before and after a moment that a playlist plays. */
export const AROUND = 5;

/** A note on a call or a moment of it. */
export type CoachingNote = { id: string; author: string; at: number; moment: number | null; text: string; tags: readonly string[] };

/** Something to practise. */
export type PracticeTask = { id: string; author: string; text: string; done: boolean };

/** A moment that is worth hearing again. */
export type PlaylistMoment = { id: string; at: number; start: number; end: number; name: string };

export type Coaching = { notes: readonly CoachingNote[]; tasks: readonly PracticeTask[]; moments: readonly PlaylistMoment[] };

/** What coaching there is on a call. */
export function coachingOf(entries: readonly ReviewEntry[]): Coaching {
  const done = new Set(entriesOf(entries, "task_done").map(({ mark }) => mark.task));
  return {
    notes: entriesOf(entries, "note").map(({ id, author, at, mark }) => ({ id, author, at, moment: mark.at ?? null, text: mark.text, tags: mark.tags })),
    tasks: entriesOf(entries, "task").map(({ id, author, mark }) => ({ id, author, text: mark.text, done: done.has(id) })),
    moments: entriesOf(entries, "playlist").map(({ id, mark: { at, start, end, name } }) => ({ id, at, start, end, name })),
  };
}

/** The tags in a line of words with commas between them, each once. */
export function tagsOf(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
