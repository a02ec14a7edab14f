import type { CueEvent } from "../lib/bindings/CueEvent";

/** What became of a clue: the agent took it up, passed over it, or the call went on before it was either. */
export type Uptake = "picked_up" | "missed" | "noted";

/** Something the customer revealed, and whether the agent picked it up; `at` is when the words begin. */
export type ClueUptake = { cue: string; at: number; quote: string | null; uptake: Uptake };

/** What the customer revealed in a call, in the order in which it came up; what is told again is one clue. */
export function clueUptakes(cues: readonly CueEvent[]): readonly ClueUptake[] {
  const clues: ClueUptake[] = [];
  for (const { cue, event, at, evidence } of cues) {
    const known = clues.findLast((clue) => clue.cue === cue);
    if (cue.startsWith("clue.") && event === "fires") {
      if (!known) clues.push({ cue, at: evidence?.start ?? at, quote: evidence?.quote ?? null, uptake: "noted" });
      else if (known.uptake !== "picked_up") known.uptake = "noted";
    } else if (known && event === "satisfied") known.uptake = "picked_up";
    else if (known?.uptake === "noted" && event === "retracted") clues.splice(clues.indexOf(known), 1);
    else if (cue === "listen.clue_missed" && event === "fires") {
      // It quotes the clue that was passed over.
      const missed = clues.findLast((clue) => clue.uptake === "noted" && clue.quote === evidence?.quote);
      if (missed) missed.uptake = "missed";
    }
  }
  return clues;
}
