import type { Role } from "../lib/bindings/Role";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { ReviewMark } from "../lib/bindings/ReviewMark";
import type { Scorecard } from "../lib/bindings/Scorecard";
import type { ScoredItem } from "../lib/bindings/ScoredItem";

/** One person's points for an item, with the reason. */
export type PersonalScore = { author: string; role: Role; at: number; points: number; reason: string };

/** What the agent said against an item. */
export type Objection = { author: string; at: number; comment: string };

/** An item of the scorecard with what people said of it. */
export type ReviewedItem = {
  item: ScoredItem;
  /** What counts: the newest person's points, or else the events'; null where nobody has decided it and where it does not apply. */
  points: number | null;
  /** Each person's newest points, the newest person last. */
  people: readonly PersonalScore[];
  objections: readonly Objection[];
};

/** A scorecard with what people said of it. */
export type ReviewedScore = {
  items: readonly ReviewedItem[];
  /** Points of the items that have any, and what those are worth together. */
  points: number;
  of: number;
};

type Marked<Kind extends ReviewMark["kind"]> = Omit<ReviewEntry, "mark"> & { mark: Extract<ReviewMark, { kind: Kind }> };

/** The entries of one kind, the oldest first. */
export function entriesOf<Kind extends ReviewMark["kind"]>(entries: readonly ReviewEntry[], kind: Kind): readonly Marked<Kind>[] {
  return entries.filter((entry): entry is Marked<Kind> => entry.mark.kind === kind);
}

/** What a call's scorecard is once people have looked: their points stand in place of the events'. */
export function reviewedScore(card: Scorecard, entries: readonly ReviewEntry[]): ReviewedScore {
  const scores = entriesOf(entries, "score");
  const disputes = entriesOf(entries, "dispute");
  const items = card.items.map((item): ReviewedItem => {
    const people = new Map<string, PersonalScore>();
    for (const { author, role, at, mark } of scores) {
      if (mark.item !== item.title) continue;
      people.delete(author);
      if (mark.points !== undefined) people.set(author, { author, role, at, points: mark.points, reason: mark.reason });
    }
    const objections = disputes.filter(({ mark }) => mark.item === item.title).map(({ author, at, mark }) => ({ author, at, comment: mark.comment }));
    const newest = [...people.values()].at(-1);
    return { item, points: newest?.points ?? item.points ?? null, people: [...people.values()], objections };
  });
  const decided = items.filter(({ points }) => points !== null);
  return {
    items,
    points: decided.reduce((sum, { points }) => sum + (points ?? 0), 0),
    of: decided.reduce((sum, { item }) => sum + item.weight, 0),
  };
}

/**
 * The entries as somebody sees them who scores blind: what others gave an item, and what was said against it, is left out
 * until there are points of their own.
 */
export function blindTo(entries: readonly ReviewEntry[], me: string): readonly ReviewEntry[] {
  const own = new Map<string, boolean>();
  for (const { author, mark } of entriesOf(entries, "score")) if (author === me) own.set(mark.item, mark.points !== undefined);
  return entries.filter(({ author, mark }) => {
    const item = mark.kind === "score" || mark.kind === "dispute" ? mark.item : undefined;
    return item === undefined || author === me || own.get(item) === true;
  });
}

/** Points as a person writes them: no decimals where there are none. */
export function pointsWords(points: number): string {
  return String(Math.round(points * 10) / 10);
}

/** What somebody typed as points of an item; null where it is none, or more than the item is worth. */
export function pointsOf(typed: string, weight: number): number | null {
  const points = /^\d+([.,]\d+)?$/.test(typed.trim()) ? Number(typed.trim().replace(",", ".")) : Number.NaN;
  return points >= 0 && points <= weight ? points : null;
}
