import { noticeOf, showCall } from "../lib/backend";
import type { CallSummary } from "../lib/bindings/CallSummary";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Notice } from "../lib/bindings/Notice";
import { listeningShares, type ListeningShares } from "../review/listening-measures";
import { spokenRecord } from "../review/spoken-record";

/** What only a call's own events tell: how the agent listened, and what became of the cards. */
export type HeardCall = ListeningShares & { agent: string; shown: number; heeded: number };

/** Calls whose events are read for the trends; each has to be read whole. */
const READ = 60;

/** Reads the newest calls one after another, as long as somebody looks. */
export class HeardCalls {
  calls: readonly HeardCall[] = $state.raw([]);
  /** How many will be read. */
  wanted = $state(0);
  notice: Notice | null = $state.raw(null);
  #left = false;

  async read(calls: readonly CallSummary[]): Promise<void> {
    const wanted = calls.filter(({ seconds }) => seconds !== undefined).slice(0, READ);
    this.wanted = wanted.length;
    try {
      for (const { id, agent } of wanted) {
        if (this.#left) return;
        const { rows, cues } = spokenRecord((await showCall(id, false)).events);
        this.calls = [...this.calls, { agent, ...listeningShares(rows.filter((row) => row.type === "final")), ...cardsOf(cues) }];
      }
    } catch (rejection) {
      this.notice = noticeOf(rejection);
    }
  }

  leave(): void {
    this.#left = true;
  }
}

/** Cards that were shown, and those among them whose need was met afterwards. */
export function cardsOf(cues: readonly CueEvent[]): { shown: number; heeded: number } {
  const shown = cues.filter(({ event, shown: card }) => event === "fires" && card === true);
  const heeded = shown.filter(({ cue, at }) => cues.some((later) => later.cue === cue && later.event === "satisfied" && later.at >= at));
  return { shown: shown.length, heeded: heeded.length };
}

/** The mean of what was measured; null where nothing was. */
export function mean(values: readonly (number | null)[]): number | null {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length;
}
