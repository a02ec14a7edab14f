import type { Agreement } from "../lib/bindings/Agreement";

/** How often, and which share of all times; a dash where there was no time. */
export function shareWords(times: number, of: number): string {
  return of === 0 ? "–" : `${times} (${Math.round((times / of) * 100)} %)`;
}

/** Cohen's kappa to two places; a dash where it is not defined. */
export function kappaWords({ kappa }: Agreement): string {
  return kappa === undefined ? "–" : signed(kappa, false);
}

/** The mean difference with its sign, to two places; a dash where there is none to tell. */
export function differenceWords({ mean_difference: mean }: Agreement): string {
  return mean === undefined ? "–" : signed(mean, true);
}

function signed(value: number, plus: boolean): string {
  const text = Math.abs(value).toFixed(2);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : plus ? "+" : ""}${text}`;
}
