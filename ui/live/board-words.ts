import type { Board } from "../lib/bindings/Board";
import type { Commitment } from "../lib/bindings/Commitment";
import type { Lane } from "../lib/bindings/Lane";
import { centsIn, money } from "./money";

/** A figure that was heard, once, with the last time that it was. */
export type HeardFigure = { words: string; lane: Lane; at: number };

/** Amounts and dates that were heard, each once, newest first. */
export function heardFigures(board: Board, jurisdiction: string): readonly HeardFigure[] {
  const figures = board.facts.map(({ kind, lane, value, evidence }) => ({
    words: kind === "amount" && value !== undefined ? money(centsIn(value), jurisdiction) : evidence.quote,
    lane,
    at: evidence.start,
  }));
  const last = new Map(figures.map((figure) => [figure.words.toLowerCase(), figure]));
  return [...last.values()].sort((a, b) => b.at - a.at);
}

/** A commitment in a few words: its sum and its day where they were named, else his own words. */
export function commitmentWords({ amount, date, evidence }: Commitment, jurisdiction: string): string {
  const sum = amount === undefined ? null : money(centsIn(amount), jurisdiction);
  if (sum === null) return `“${evidence.quote}”${date ? `, ${date.quote}` : ""}`;
  return date ? `${sum}, ${date.quote}` : sum;
}
