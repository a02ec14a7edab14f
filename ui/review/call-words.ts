import type { CallSummary } from "../lib/bindings/CallSummary";

const WHEN = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** What a past call is called in a list: whom the agent wanted to reach. */
export function callName(call: CallSummary): string {
  return call.customer_name || "Call without a name";
}

/** When a call began, on this computer's clock, from milliseconds since 1970. */
export function startedAt(milliseconds: number): string {
  return WHEN.format(new Date(milliseconds));
}
