import { expect, it } from "vitest";
import { amountOf, contextOf, newDraft, nextDraft } from "./draft";

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

it("leaves an amount out that was not typed", () => {
  expect(contextOf(newDraft())).not.toHaveProperty("amount");
});

it("refuses an amount that it can't read, rather than dropping it", () => {
  expect(contextOf({ ...newDraft(), amount: "six hundred" })).toBeNull();
});

it("forgets the account between calls and keeps the desk", () => {
  const last = { ...newDraft(), agency: "Calder Ridge", creditor: "Norfield", customer_name: "L. Pettit", amount: "612", time_barred: true };
  expect(nextDraft(last)).toEqual({ ...newDraft(), agency: "Calder Ridge", creditor: "Norfield" });
});
