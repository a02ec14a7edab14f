import { expect, it } from "vitest";
import type { CallContext } from "../lib/bindings/CallContext";
import { amountOf, beforeCallOf, contextOf, draftOf, faultsOf, newContext, newDraft, nextDraft } from "./draft";

it.each([
  ["612", 612],
  ["1,840.50", 1840.5],
  [" $ 1840 ", 1840],
  ["£95.5", 95.5],
  ["18,40", null],
  ["lots", null],
  ["-5", null],
  ["1.840,50", null],
])("reads the amount %s", (typed, amount) => {
  expect(amountOf(typed)).toBe(amount);
});

it("leaves out what was not typed", () => {
  expect(contextOf(newDraft(null))).toEqual(newContext());
});

it.each([
  ["amount", "six hundred"],
  ["local_time", "8 am"],
  ["local_time", "24:00"],
  ["calls_in_7_days", "two"],
  ["days_since_conversation", "-1"],
] as const)("refuses what it can't read rather than dropping it: %s %s", (field, typed) => {
  const draft = { ...newDraft(null), [field]: typed };
  expect(contextOf(draft)).toBeNull();
  expect(Object.keys(faultsOf(draft))).toEqual([field]);
});

it("asks nothing of fields that a call without a debt does not have", () => {
  const draft = { ...newDraft(null), mode: "customer_service" as const, calls_in_7_days: "two" };
  expect(faultsOf(draft)).toEqual({});
  expect(contextOf(draft)).not.toHaveProperty("calls_in_7_days");
});

it("says what a link's context said, whole", () => {
  const context: CallContext = {
    ...newContext(), mode: "first_party", creditor: "Harbor Lane", customer_name: "Robin Hale", amount: 1840.5, local_time: "08:30",
    calls_in_7_days: 3, days_since_conversation: 0, prior_consent: true, time_barred: true,
  };
  expect(contextOf(draftOf(context))).toEqual(context);
  expect(draftOf(context).amount).toBe("1840.50");
});

it("writes a time of day as the engine does", () => {
  expect(contextOf({ ...newDraft(null), local_time: "8:05" })?.local_time).toBe("08:05");
});

it("forgets the account between calls and keeps the desk", () => {
  const last = { ...newDraft(null), agency: "Calder Ridge", creditor: "Norfield", customer_name: "L. Pettit", amount: "612", time_barred: true, calls_in_7_days: "3" };
  expect(nextDraft(last)).toEqual({ ...newDraft(null), agency: "Calder Ridge", creditor: "Norfield" });
});

it("keeps nothing about a customer for the next start", () => {
  const last = { ...newDraft(null), mode: "first_party" as const, customer_name: "L. Pettit", creditor: "Norfield", amount: "612", jurisdiction: "US-TX" };
  const kept = beforeCallOf(last);
  expect(kept).toEqual({ mode: "first_party", direction: "outbound", communication: "initial", jurisdiction: "US-TX", recording: true, level: "steady" });
  expect(newDraft(kept)).toMatchObject({ mode: "first_party", jurisdiction: "US-TX", customer_name: "", amount: "" });
});
