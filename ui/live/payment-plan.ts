/** How often a payment is made. */
export type Rhythm = "weekly" | "biweekly" | "monthly";

/** A day of the calendar, without a time of day: months count from 1. */
export type Day = { year: number; month: number; day: number };

/** What a plan is reckoned from. Sums are whole cents. */
export type PlanTerms = {
  balance: number;
  /** Paid at once. */
  down: number;
  /** Either how many instalments, or how much each. */
  instalments: { count: number } | { cents: number };
  first: Day;
  rhythm: Rhythm;
};

/** One payment of a plan. */
export type Payment = { day: Day; cents: number };

/** A plan that comes to the balance, to the cent. */
export type PaymentPlan = { down: number; payments: readonly Payment[] };

/** More payments than anybody would agree to on a call. */
export const MOST_PAYMENTS = 240;

/** Why no plan can be reckoned, or null. */
export type PlanFault = "down_too_large" | "nothing_left" | "too_many" | "too_small";

/** The plan for these terms: equal instalments, and the last one the remainder. */
export function paymentPlan(terms: PlanTerms): PaymentPlan | PlanFault {
  const { balance, down, instalments, first, rhythm } = terms;
  const rest = balance - down;
  if (rest < 0) return "down_too_large";
  if (rest === 0) return "nothing_left";
  if ("cents" in instalments && instalments.cents < 1) return "too_small";
  const count = "count" in instalments ? instalments.count : Math.ceil(rest / instalments.cents);
  if (count > MOST_PAYMENTS) return "too_many";
  const each = "count" in instalments ? Math.floor(rest / count) : instalments.cents;
  if (count < 1 || each < 1) return "too_small";
  const payments = Array.from({ length: count }, (_, i) => ({ day: dayOf(first, rhythm, i), cents: i < count - 1 ? each : rest - each * (count - 1) }));
  return { down, payments };
}

/**
 * The day of the payment with this number, counted from 0.
 *
 * A month without the first payment's day has its payment on its last day, and the next month on the day again.
 */
function dayOf(first: Day, rhythm: Rhythm, number: number): Day {
  if (rhythm !== "monthly") return dayAfter(first, number * (rhythm === "weekly" ? 7 : 14));
  const months = first.year * 12 + (first.month - 1) + number;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  return { year, month, day: Math.min(first.day, daysIn(year, month)) };
}

function dayAfter({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day in a typed date, `2026-12-04`; null where there is no such day. */
export function dayIn(typed: string): Day | null {
  const read = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed.trim());
  if (!read) return null;
  const [year, month, day] = [Number(read[1]), Number(read[2]), Number(read[3])];
  const exists = year >= 2000 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return exists ? { year, month, day } : null;
}

/** A day as a field takes it, `2026-12-04`. Days so written sort as they follow each other. */
export function dayText({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** A day as it is said: `Friday, December 4`. */
export function dayWords({ year, month, day }: Day): string {
  const words = new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" });
  return words.format(new Date(Date.UTC(year, month - 1, day)));
}
