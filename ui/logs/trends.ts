import type { CallSummary } from "../lib/bindings/CallSummary";

/** What calls come to together: counts, and shares from 0 to 1; null where there was no occasion. */
export type Totals = {
  calls: number;
  said: number;
  unsure: number;
  missed: number;
  /** Calls that hold for a person. */
  held: number;
  /** Points of the scorecards, as the events propose them. */
  score: number | null;
  /** Clues that were picked up. */
  picked: number | null;
  /** Cards shown. */
  cards: number;
};

/** The calls of one week, or of one day where all lie within three weeks. */
export type Period = Totals & { from: number };

export type AgentTrend = Totals & { agent: string };

export type Trends = { periods: readonly Period[]; agents: readonly AgentTrend[]; all: Totals; daily: boolean };

const DAY = 86_400_000;

/** Calls by time and by agent. Agents stand by name: nobody is ranked. */
export function trendsOf(calls: readonly CallSummary[]): Trends {
  const ended = calls.filter(({ seconds }) => seconds !== undefined);
  const times = ended.map(({ started_at }) => started_at);
  const daily = ended.length > 0 && Math.max(...times) - Math.min(...times) <= 21 * DAY;
  const grouped = <Key>(key: (call: CallSummary) => Key) => {
    const groups = new Map<Key, CallSummary[]>();
    for (const call of ended) groups.set(key(call), [...(groups.get(key(call)) ?? []), call]);
    return [...groups];
  };
  return {
    periods: grouped(({ started_at }) => periodStart(started_at, daily)).map(([from, there]) => ({ from, ...totals(there) })).sort((a, b) => a.from - b.from),
    agents: grouped(({ agent }) => agent).map(([agent, there]) => ({ agent, ...totals(there) })).sort((a, b) => a.agent.localeCompare(b.agent)),
    all: totals(ended),
    daily,
  };
}

/** The midnight at which a call's day or week (from Monday) began, on this computer's clock. */
export function periodStart(milliseconds: number, daily: boolean): number {
  const date = new Date(milliseconds);
  const back = daily ? 0 : (date.getDay() + 6) % 7;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back).getTime();
}

function totals(calls: readonly CallSummary[]): Totals {
  const sum = (value: (call: CallSummary) => number) => calls.reduce((total, call) => total + value(call), 0);
  const share = (part: number, of: number) => (of > 0 ? part / of : null);
  const clues = sum(({ digest }) => digest?.clues ?? 0);
  return {
    calls: calls.length,
    said: sum(({ disclosures }) => disclosures.said),
    unsure: sum(({ disclosures }) => disclosures.unsure),
    missed: sum(({ disclosures }) => disclosures.missed + disclosures.due),
    held: calls.filter(({ digest }) => (digest?.held.length ?? 0) > 0).length,
    score: share(sum(({ digest }) => digest?.points ?? 0), sum(({ digest }) => digest?.of ?? 0)),
    picked: share(clues - sum(({ digest }) => digest?.clues_missed ?? 0), clues),
    cards: sum(({ cards }) => cards),
  };
}
