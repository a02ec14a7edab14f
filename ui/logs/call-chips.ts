import type { CallSummary } from "../lib/bindings/CallSummary";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import { cueTitle } from "../lib/cue-title";
import type { Tone } from "../lib/tone";

/** One word on a call in a list. */
export type Chip = { words: string; tone: Tone };

/** What a list says of a call, worst first. Nothing in it is a finding before a person has looked. */
export function callChips({ disclosures, digest }: CallSummary, playbook: PlaybookView | null): readonly Chip[] {
  const { due, said, unsure, missed } = disclosures;
  const counted = (count: number, words: string, tone: Tone): Chip[] => (count > 0 ? [{ words, tone }] : []);
  const titles = (cues: readonly string[] | undefined, before = ""): Chip[] => (cues ?? []).map((cue) => ({ words: before + cueTitle(playbook, cue), tone: "legal" }));
  const held = titles(digest?.held, "Held: ");
  const stopped = titles(digest?.stop_orders.filter((cue) => !digest.held.includes(cue)));
  const open = missed + due + unsure;
  return [
    ...held,
    ...counted(missed, `${missed} missed`, "legal"),
    ...counted(due, `${due} open`, "legal"),
    ...counted(unsure, `Unsure ×${unsure}`, "coaching"),
    ...stopped,
    ...counted(digest?.clues_missed ?? 0, `Clue missed ×${digest?.clues_missed}`, "coaching"),
    ...(open === 0 && said > 0 ? [{ words: `All ${said} said`, tone: "done" as const }] : []),
  ];
}
