import { expect, it } from "vitest";
import { deadlineWords } from "./deadline";

it.each([
  [{ seconds: 20 }, 0, 0, "in 20 s"],
  [{ seconds: 20 }, 0, 8.9, "in 12 s"],
  [{ seconds: 20, turns: 2, before: "before payment" }, 10, 11, "in 19 s"],
  [{ seconds: 20 }, 0, 20, "now"],
  [{ seconds: 20 }, 0, 45, "now"],
  [{ seconds: 120 }, 0, 1, "in 2 min"],
  [{ seconds: 120 }, 0, 60, "in 1 min"],
  [{ seconds: 120 }, 0, 61, "in 59 s"],
  [{ seconds: 20 }, null, 3, "due"],
  [{ before: "before the call ends", turns: 3 }, 0, 3, "before the call ends"],
  [{ turns: 1 }, 0, 3, "in your next turn"],
  [{ turns: 3 }, 0, 3, "in your next 3 turns"],
  [undefined, 0, 3, "due"],
])("%o, due at %s s, now %s s: %s", (deadline, dueAt, now, words) => {
  expect(deadlineWords(deadline, dueAt, now)).toBe(words);
});

it("changes once a second at most", () => {
  const words = Array.from({ length: 8 }, (_, i) => deadlineWords({ seconds: 20 }, 3.7, 5 + i / 8));
  expect(new Set(words).size).toBe(1);
});
