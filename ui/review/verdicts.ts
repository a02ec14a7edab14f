import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { Verdict } from "../lib/bindings/Verdict";
import type { Pin } from "./pins";
import { entriesOf } from "./scored";

/** What a person can say of a pin, in the order of the keys 1, 2, 3. */
export const VERDICTS: Record<Verdict, string> = { right: "Right", wrong: "Wrong", borderline: "Borderline" };

/** Seconds below which two times are one: a number that goes to the app and back may come with another last digit. */
const SAME = 0.001;

/** A person's newest word on a pin; null where nobody has judged it. */
export function verdictOn(pin: Pin, entries: readonly ReviewEntry[]): { verdict: Verdict; author: string } | null {
  const entry = entriesOf(entries, "verdict").findLast(({ mark }) => mark.cue === pin.cue && Math.abs(mark.at - pin.at) < SAME);
  return entry ? { verdict: entry.mark.verdict, author: entry.author } : null;
}
