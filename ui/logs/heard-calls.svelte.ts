import { noticeOf, showCall } from "../lib/backend";
import type { CallSummary } from "../lib/bindings/CallSummary";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Notice } from "../lib/bindings/Notice";
import { listeningShares, type ListeningShares } from "../review/listening-measures";
import { spokenRecord } from "../review/spoken-record";

/** What only a call's own events tell: how the agent listened, what became of the cards, and how a heated customer left. */
export type HeardCall = ListeningShares & CardOutcome & { agent: string; calmed: boolean | null };

/** Cards that were shown, those among them whose need was met afterwards, and seconds from the words to each card. */
export type CardOutcome = { shown: number; heeded: number; delays: readonly number[] };

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
        this.calls = [...this.calls, { agent, ...listeningShares(rows.filter((row) => row.type === "final")), ...cardsOf(cues), calmed: calmedOf(cues) }];
      }
    } catch (rejection) {
      this.notice = noticeOf(rejection);
    }
  }

  leave(): void {
    this.#left = true;
  }
}

/** What became of a call's cards. */
export function cardsOf(cues: readonly CueEvent[]): CardOutcome {
  const shown = cues.filter(({ event, shown: card }) => event === "fires" && card === true);
  const heeded = shown.filter(({ cue, at }) => cues.some((later) => later.cue === cue && later.event === "satisfied" && later.at >= at));
  const caused = shown.filter(({ evidence }) => evidence !== undefined);
  return { shown: shown.length, heeded: heeded.length, delays: caused.map(({ at, emitted_at }) => emitted_at - at) };
}

/** Whether a customer who was upset was heard to have calmed down afterwards; null where nobody was upset. */
export function calmedOf(cues: readonly CueEvent[]): boolean | null {
  const fired = cues.filter(({ cue, event }) => event === "fires" && cue.startsWith("deesc.") && cue !== "deesc.agent_heat");
  const upset = fired.filter(({ cue }) => cue !== RECOVERED);
  return upset.length === 0 ? null : fired.some(({ cue, at }) => cue === RECOVERED && upset.some((before) => before.at <= at));
}

const RECOVERED = "deesc.recovered";

/** The middle of what was measured; null where nothing was. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The mean of what was measured; null where nothing was. */
export function mean(values: readonly (number | null)[]): number | null {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length;
}
