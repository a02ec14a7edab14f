import type { Measure } from "../lib/bindings/Measure";

const UNITS: Record<string, string> = { wpm: "words a minute", s: "seconds", share: "per cent" };

/** A count and its mark in words, for a card that no one's words raised. */
export function measureWords({ value, threshold, unit }: Measure): string {
  const scale = unit === "share" ? 100 : 1;
  const number = (n: number) => String(Math.round(n * scale * 10) / 10);
  const name = UNITS[unit] ?? unit;
  return `Measured ${number(value)} ${name}; the mark is ${number(threshold)}.`;
}
