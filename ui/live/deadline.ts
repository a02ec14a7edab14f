import type { Deadline } from "../lib/bindings/Deadline";

/**
 * By when a duty has to be said, in calm words that change once a second at most.
 *
 * Seconds are counted down where the playbook has them, since they are what passes by itself; else it is said before
 * what. A number of turns is not counted down: what is a turn is the engine's to decide.
 */
export function deadlineWords(deadline: Deadline | undefined, dueAt: number | null, now: number): string {
  if (deadline?.seconds !== undefined && dueAt !== null) {
    const left = Math.ceil(dueAt + deadline.seconds - Math.floor(now));
    if (left <= 0) return "now";
    return left < 60 ? `in ${left} s` : `in ${Math.ceil(left / 60)} min`;
  }
  if (deadline?.before !== undefined) return deadline.before;
  if (deadline?.turns === 1) return "in your next turn";
  if (deadline?.turns !== undefined) return `in your next ${deadline.turns} turns`;
  return "due";
}
