import type { CallSummary } from "../lib/bindings/CallSummary";
import type { Outcome } from "../lib/bindings/Outcome";

const WHEN = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** What a past call is called in a list: whom the agent wanted to reach. */
export function callName(call: CallSummary): string {
  return call.customer_name || "Call without a name";
}

const WITH_YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** When a call began, on this computer's clock, from milliseconds since 1970; with the year where it is read elsewhere. */
export function startedAt(milliseconds: number, year = false): string {
  return (year ? WITH_YEAR : WHEN).format(new Date(milliseconds));
}

/** What a call came to, as far as its cue events tell. */
export const OUTCOMES: Record<Outcome, string> = {
  promise: "Promise",
  dispute: "Dispute",
  stop_order: "Stop order",
  third_party: "Third party",
  nothing_agreed: "Nothing agreed",
};
