import type { BeforeCall } from "../lib/bindings/BeforeCall";
import type { CallContext } from "../lib/bindings/CallContext";
import { draftOf, newDraft, nextDraft, type Draft } from "./draft";

/** The form before a call, and whether it was the agent who filled it in. */
export class CallForm {
  draft: Draft = $state(newDraft(null));
  /** What the agent had in the form before a link filled it in; null while what stands there is the agent's own. */
  #own: Draft | null = $state.raw(null);

  /** Whether a link has filled the form in. */
  get filled(): boolean {
    return this.#own !== null;
  }

  /** Begins with what the agent's calls share. */
  begin(kept: BeforeCall | null): void {
    this.draft = newDraft(kept);
    this.#own = null;
  }

  /** Takes what a link or another program knows of the next call. */
  fill(context: CallContext): void {
    this.#own ??= $state.snapshot(this.draft);
    this.draft = draftOf(context);
  }

  /** Puts back what stood in the form before it was filled in. */
  undo(): void {
    if (this.#own) this.draft = this.#own;
    this.#own = null;
  }

  /** Makes room for the next call. What a link said goes with its call. */
  next(): void {
    this.draft = nextDraft(this.#own ?? this.draft);
    this.#own = null;
  }
}
