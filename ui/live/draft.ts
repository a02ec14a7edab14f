import type { CallContext } from "../lib/bindings/CallContext";

/** The form before a call: a call context whose amount is still what was typed. */
export type Draft = Omit<CallContext, "amount"> & { amount: string };

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

/** An empty form. */
export function newDraft(): Draft {
  return { ...newContext(), amount: "" };
}

/** The form for the next call: the account goes, what one agent's calls share stays. */
export function nextDraft(last: Draft): Draft {
  const { mode, direction, jurisdiction, recording, agency, creditor, debt_type, level } = last;
  return { ...newDraft(), mode, direction, jurisdiction, recording, agency, creditor, debt_type, level };
}

/** The number in a typed amount (`1,840.50`, `$612`); null where it is none. */
export function amountOf(typed: string): number | null {
  const plain = typed.replace(/[\s$£€]/g, "");
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?$/.test(plain)) return null;
  return Number(plain.replaceAll(",", ""));
}

/** The call context that the form describes; null where the amount can't be read. */
export function contextOf(draft: Draft): CallContext | null {
  const { amount: typed, ...rest } = draft;
  const trimmed = { ...rest, agency: rest.agency.trim(), creditor: rest.creditor.trim(), debt_type: rest.debt_type.trim(), customer_name: rest.customer_name.trim() };
  if (typed.trim() === "") return trimmed;
  const amount = amountOf(typed);
  return amount === null ? null : { ...trimmed, amount };
}
