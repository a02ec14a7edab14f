import type { PlaylistMoment } from "../lib/bindings/PlaylistMoment";
import type { PracticeTask } from "../lib/bindings/PracticeTask";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import { entriesOf } from "./scored";

/** Seconds before and after a moment that a playlist plays. */
export const AROUND = 5;

/** A note on a call or a moment of it. */
export type CoachingNote = { id: string; author: string; at: number; moment: number | null; text: string; tags: readonly string[] };

/** What coaching there is on one call. */
export type Coaching = {
  notes: readonly CoachingNote[];
  tasks: readonly Pick<PracticeTask, "id" | "author" | "text" | "done">[];
  moments: readonly Pick<PlaylistMoment, "id" | "at" | "start" | "end" | "playlist">[];
};

/** What coaching there is on a call. */
export function coachingOf(entries: readonly ReviewEntry[]): Coaching {
  const done = new Set(entriesOf(entries, "task_done").map(({ mark }) => mark.task));
  return {
    notes: entriesOf(entries, "note").map(({ id, author, at, mark }) => ({ id, author, at, moment: mark.at ?? null, text: mark.text, tags: mark.tags })),
    tasks: entriesOf(entries, "task").map(({ id, author, mark }) => ({ id, author, text: mark.text, done: done.has(id) })),
    moments: entriesOf(entries, "playlist").map(({ id, mark: { at, start, end, name } }) => ({ id, at, start, end, playlist: name })),
  };
}

/** The tags in a line of words with commas between them, each once. */
export function tagsOf(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
