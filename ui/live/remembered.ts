/** What somebody folded away, was told already or wants hidden, on this computer. Nothing about calls is kept so. */
export type RememberedFact = "transcript-folded" | "told-not-on-top" | "scores-blind";

const nameOf = (fact: RememberedFact) => `cueline.${fact}`;

/** Whether it was remembered. */
export function remembered(fact: RememberedFact): boolean {
  return localStorage.getItem(nameOf(fact)) === "yes";
}

/** Remembers it, or forgets it. */
export function remember(fact: RememberedFact, yes: boolean): void {
  if (yes) localStorage.setItem(nameOf(fact), "yes");
  else localStorage.removeItem(nameOf(fact));
}
