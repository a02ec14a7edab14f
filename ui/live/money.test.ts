import { expect, it } from "vitest";
import { centsIn, centsOf, money } from "./money";

it.each([
  ["612", 61200],
  ["1,840.50", 184050],
  [" $ 60 ", 6000],
  ["£95.5", 9550],
  ["0.07", 7],
  ["19.99", 1999],
  ["1.005", null],
  ["18,40", null],
  ["-5", null],
  ["1e9", null],
  ["", null],
  ["99999999999999999", null],
])("reads %s", (typed, cents) => {
  expect(centsOf(typed)).toBe(cents);
});

it("does not lose a cent of a sum with a point", () => {
  expect(centsIn(1840.1)).toBe(184010);
  expect(centsIn(0.29)).toBe(29);
});

it.each([
  [184000, "US-TX", "$1,840.00"],
  [5, "UK", "£0.05"],
  [123456789, "", "1,234,567.89"],
])("writes %i cents in %s", (cents, jurisdiction, written) => {
  expect(money(cents, jurisdiction)).toBe(written);
});
