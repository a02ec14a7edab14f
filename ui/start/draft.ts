import type { BeforeCall } from "../lib/bindings/BeforeCall";
import type { CallContext } from "../lib/bindings/CallContext";

/** The fields whose value is still what was typed. */
export type Typed = "amount" | "local_time" | "calls_in_7_days" | "days_since_conversation";

/** The form before a call: a call context in which numbers and times are still what was typed. */
export type Draft = Omit<CallContext, Typed> & Record<Typed, string>;

/** What is known of a call about which nothing is known. As in the engine, each default is the stricter one. */
export function newContext(): CallContext {
  return {
    mode: "third_party",
    direction: "outbound",
    communication: "initial",
    jurisdiction: "",
    recording: true,
    agency: "",
    creditor: "",
    debt_type: "",
    customer_name: "",
    time_barred: false,
    in_validation_period: false,
    legal_authorised: false,
    fees_authorised: false,
    level: "steady",
    prior_consent: false,
  };
}

/** A form in which nothing stands but what the agent's calls share. */
export function newDraft(kept: BeforeCall | null): Draft {
  return draftOf({ ...newContext(), ...kept });
}

/** The form that says what a context says. */
export function draftOf(context: CallContext): Draft {
  const { amount, calls_in_7_days: calls, days_since_conversation: days, local_time = "" } = context;
  return {
    ...context,
    amount: amount === undefined ? "" : String(Number.isInteger(amount) ? amount : amount.toFixed(2)),
    local_time,
    calls_in_7_days: calls === undefined ? "" : String(calls),
    days_since_conversation: days === undefined ? "" : String(days),
  };
}

/** What of a form is kept for the next start of the program: nothing about a customer. */
export function beforeCallOf({ mode, direction, communication, jurisdiction, recording, level }: Draft): BeforeCall {
  return { mode, direction, communication, jurisdiction, recording, level };
}

/** The form for the next call: the account goes, what one agent's calls share stays. */
export function nextDraft(last: Draft): Draft {
  const { agency, creditor, debt_type } = last;
  return { ...newDraft(beforeCallOf(last)), agency, creditor, debt_type };
}

/** The number in a typed amount (`1,840.50`, `$612`); null where it is none. */
export function amountOf(typed: string): number | null {
  const plain = typed.replace(/[\s$£€]/g, "");
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?$/.test(plain)) return null;
  return Number(plain.replaceAll(",", ""));
}

/** What only a call about a debt has. */
const OF_A_DEBT = ["local_time", "calls_in_7_days", "days_since_conversation"] as const;

/** The draft without what its kind of call has no fields for. */
function meant(draft: Draft): Draft {
  if (draft.mode !== "customer_service") return draft;
  return { ...draft, ...Object.fromEntries(OF_A_DEBT.map((field) => [field, ""])) };
}

/** What is wrong with what was typed, by field, in words that say how to write it. */
export function faultsOf(draft: Draft): Partial<Record<Typed, string>> {
  const faults: Partial<Record<Typed, string>> = {};
  const kept = meant(draft);
  const typed = (field: Typed) => kept[field].trim();
  if (typed("amount") !== "" && amountOf(typed("amount")) === null) faults.amount = "write it like 1,840.50";
  if (typed("local_time") !== "" && !/^([01]?\d|2[0-3]):[0-5]\d$/.test(typed("local_time"))) faults.local_time = "write it like 08:30";
  for (const field of ["calls_in_7_days", "days_since_conversation"] as const) {
    if (!/^\d{0,4}$/.test(typed(field))) faults[field] = "write a whole number";
  }
  return faults;
}

/** The call context that the form describes; null where something in it can't be read. */
export function contextOf(draft: Draft): CallContext | null {
  if (Object.keys(faultsOf(draft)).length > 0) return null;
  const { amount, local_time, calls_in_7_days, days_since_conversation, ...rest } = meant(draft);
  const context: CallContext = { ...rest, agency: rest.agency.trim(), creditor: rest.creditor.trim(), debt_type: rest.debt_type.trim(), customer_name: rest.customer_name.trim() };
  const read = amountOf(amount);
  if (read !== null) context.amount = read;
  if (local_time.trim() !== "") context.local_time = local_time.trim().padStart(5, "0");
  if (calls_in_7_days.trim() !== "") context.calls_in_7_days = Number(calls_in_7_days);
  if (days_since_conversation.trim() !== "") context.days_since_conversation = Number(days_since_conversation);
  return context;
}
