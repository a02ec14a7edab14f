import type { Readiness } from "../lib/bindings/Readiness";
import { serves, type Verdict } from "./verdict";

/** The steps of the first-run guide, in their order. */
export const STEPS = ["about", "model", "sound", "practice"] as const;

export type Step = (typeof STEPS)[number];

export const STEP_NAMES: Record<Step, string> = {
  about: "What Cueline does",
  model: "Speech model",
  sound: "Headset and sound",
  practice: "Practice",
};

/** How a step stands, in a word or two. */
export type StepState = { done: boolean; words: string };

/** How far a new agent has come with the guide. */
export class Guide {
  at: Step = $state("about");
  /** Steps that were up and left with Next. */
  passed: readonly Step[] = $state.raw([]);
  /** What the last sound check found. */
  verdict: Verdict | null = $state.raw(null);
  /** The sample call was played. */
  practised = $state(false);

  /** Whether the step that is up is the last one. */
  get last(): boolean {
    return this.at === STEPS.at(-1);
  }

  go(step: Step): void {
    this.at = step;
  }

  next(): void {
    if (!this.passed.includes(this.at)) this.passed = [...this.passed, this.at];
    this.at = STEPS[STEPS.indexOf(this.at) + 1] ?? this.at;
  }

  back(): void {
    this.at = STEPS[STEPS.indexOf(this.at) - 1] ?? this.at;
  }

  /** How a step stands, given the speech model. */
  stateOf(step: Step, model: Readiness): StepState {
    switch (step) {
      case "about":
        return this.passed.includes("about") ? { done: true, words: "Read" } : { done: false, words: "To read" };
      case "model":
        return model === "ready" ? { done: true, words: "Ready" } : { done: false, words: "Not downloaded yet" };
      case "sound":
        if (this.verdict === null) return { done: false, words: "Not checked yet" };
        return serves(this.verdict) ? { done: true, words: "Both sides are heard" } : { done: false, words: "Not right yet" };
      case "practice":
        return this.practised ? { done: true, words: "Played" } : { done: false, words: "Not played yet" };
    }
  }
}
