import type { CallSummary } from "../lib/pending-types";

/** What a past call is called in a list: whom it was with, else whose account. */
export function callName({ context }: CallSummary): string {
  return context.customer_name || context.creditor || "Unnamed call";
}

const WHEN = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** When a call began, on this computer's clock. */
export function startedAt(started: string): string {
  return WHEN.format(new Date(started));
}
